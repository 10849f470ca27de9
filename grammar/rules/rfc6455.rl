# RFC 6455, the WebSocket protocol, as far as it can be written as grammar: one machine for the heads of frames (5.2),
# one for their sequence (5.4, 5.5), one for the status codes of a close (7.4), one for the offers
# of a handshake (4.3, 9.1).

%%{
    # Section 5.2, base framing protocol: the octets that a client may send.
    #
    # What a client must not send is here too, one rule for each way to fail, so that the peer can be told which.
    # The mask is required (5.1), control frames are short and whole (5.5), and no extension gives a meaning to a
    # reserved bit.
    # Actions of the host: opcode, len7, len_octet, key_octet, head_end; refuse_* for each rule that is broken.
    machine rfc6455;

    # 5.2, first octet: FIN, RSV1 to RSV3, opcode
    data_opcode        = 0x00..0x02 | 0x80..0x82;
    control_opcode     = 0x88..0x8A;
    fragmented_control = 0x08..0x0A;
    unknown_opcode     = 0x03..0x07 | 0x0B..0x0F | 0x83..0x87 | 0x8B..0x8F;
    rsv_set            = 0x10..0x7F | 0x90..0xFF;
    no_opcode          = fragmented_control @refuse_fragmented_control
                       | unknown_opcode @refuse_unknown_opcode
                       | rsv_set @refuse_rsv;

    # 5.2, mask bit and payload length, "the minimal number of bytes MUST be used"
    unmasked           = 0x00..0x7F @refuse_unmasked;
    len7               = 0x80..0xFD @len7;
    len16              = 0xFE ( ( 0x00 0x7E..0xFF | 0x01..0xFF any ) $len_octet
                              | 0x00 0x00..0x7D @refuse_long_form );
    len64              = 0xFF ( ( ( 0x00..0x7F any{5} - 0x00{6} ) any{2} ) $len_octet
                              | 0x00{6} @refuse_long_form
                              | 0x80..0xFF @refuse_length );
    data_length        = len7 | len16 | len64;
    control_length     = len7 | 0xFE..0xFF @refuse_long_control;

    masking_key        = any{4} $key_octet;
    frame_head         = ( data_opcode @opcode ( data_length | unmasked )
                         | control_opcode @opcode ( control_length | unmasked ) ) masking_key @head_end
                       | no_opcode;
}%%

%%{
    # Sections 5.4 (fragmentation) and 5.5 (control frames): which frame may follow which. Control frames may stand
    # between the fragments of a message, fragments of two messages may not be mixed, nothing follows a close.
    #
    # Alphabet: enum ws_event. Actions of the host: whole, begin, next and end say where in its message a data frame
    # stands, text and binary which kind a new message is of; ping, pong, closing.
    machine rfc6455_messages;

    control = ( WSE_PING @ping | WSE_PONG @pong )*;
    whole   = WSE_TEXT @text @whole | WSE_BINARY @binary @whole;
    first   = WSE_TEXT_BEGIN @text @begin | WSE_BINARY_BEGIN @binary @begin;
    partial = first control ( WSE_CONT @next control )*;
    message = whole | partial WSE_CONT_END @end;
    session = control ( message control )* partial? WSE_CLOSE @closing;
}%%

%%{
    # Section 7.4, status codes, as the first two octets of a close frame.
    #
    # Not for the wire: 1004 (reserved), 1005, 1006 and 1015 (7.4.1). 1012 to 1014 were registered later (11.7).
    # Actions of the host: code_octet on both octets, code_end on the second.
    machine rfc6455_close;

    registered_code = 0x03 ( 0xE8..0xEB | 0xEF..0xF6 );                      # 1000..1003, 1007..1014
    private_code    = 0x0B 0xB8..0xFF | 0x0C..0x12 any | 0x13 0x00..0x87;    # 3000..4999
    close_code      = ( registered_code | private_code ) $code_octet @code_end;
}%%

%%{
    # Sections 4.3 and 9.1: what a client offers in its handshake. Lists may have empty elements (RFC 2616 2.1), but not
    # those alone.
    #
    # Deviations:
    # - A quoted extension parameter is a token in quotes: 9.1 demands that of its value.
    machine rfc6455_offers;
    include rfc9110 "rfc9110.rl";

    comma = OWS "," OWS;

    quoted_token = DQUOTE ( tchar | "\\" tchar )+ DQUOTE;
    extension_param = token ( OWS "=" OWS ( token | quoted_token ) )?;  # 9.1
    extension = token ( OWS ";" OWS extension_param )*;
    extension_list = comma* extension ( comma+ extension )* comma*;

    protocol_list = comma* token ( comma+ token )* comma*;              # 4.3
}%%
