%%{
    # RFC 3629, section 4: syntax of UTF-8 byte sequences.
    #
    # Action of the host: utf8_ascii, on each octet of UTF8_1 within UTF8_octets.
    machine rfc3629;

    UTF8_tail   = 0x80..0xBF;
    UTF8_1      = 0x00..0x7F;
    UTF8_2      = 0xC2..0xDF UTF8_tail;
    UTF8_3      = 0xE0 0xA0..0xBF UTF8_tail | 0xE1..0xEC UTF8_tail{2}
                | 0xED 0x80..0x9F UTF8_tail | 0xEE..0xEF UTF8_tail{2};
    UTF8_4      = 0xF0 0x90..0xBF UTF8_tail{2} | 0xF1..0xF3 UTF8_tail{3}
                | 0xF4 0x80..0x8F UTF8_tail{2};
    UTF8_char   = UTF8_1 @utf8_ascii | UTF8_2 | UTF8_3 | UTF8_4;
    UTF8_octets = UTF8_char*;
}%%
