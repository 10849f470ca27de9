# STOMP 1.2, as far as it can be written as grammar: one machine for the frames of a client ("Augmented BNF"), one for
# the escapes ("Value Encoding"), one each for the headers accept-version and heart-beat.

%%{
    # "Augmented BNF", for octets that a client may send.
    #
    # Deviations: names and values are UTF-8, as "STOMP Frames" demands and the ABNF does not say; a value may hold
    # colons, which real clients do not escape (ST-7); a NUL between frames is noise, not an error (ST-3). Escapes
    # are only noticed here: whether they mean something depends on version and command. Where a body ends is known
    # to the host, but for frames that have none: these may have EOLs there (CQ-17).
    # Actions of the host: beat, noise; frame_begin, one for each command, server_frame; line_begin, name_end,
    # value_end, line_end, head_end; escape; body_end; skip_name and skip_value where octets that are not special loop;
    # not_text on an octet that is never UTF-8; bad_text, bad_command, bad_header, bad_body at the octet that cannot be
    # (bad_text before bad_header).
    machine stomp12;
    include rfc3629 "rfc3629.rl";

    NULL           = 0x00;
    LF             = 0x0A;
    CR             = 0x0D;
    EOL            = CR? LF;
    beyond_ascii   = ( UTF8_2 | UTF8_3 | UTF8_4 ) <>err(bad_text) | ( 0x80..0xC1 | 0xF5..0xFF ) @not_text;
    value_octet    = ( 0x01..0x7F - CR - LF - "\\" ) $skip_value | "\\" @escape | beyond_ascii;
    name_octet     = ( 0x01..0x7F - CR - LF - "\\" - ":" ) $skip_name | "\\" @escape | beyond_ascii;

    client_command = "SEND" @send | "SUBSCRIBE" @subscribe | "UNSUBSCRIBE" @unsubscribe | "BEGIN" @begin
                   | "COMMIT" @commit | "ABORT" @abort | "ACK" @ack | "NACK" @nack | "DISCONNECT" @disconnect
                   | "CONNECT" @connect | "STOMP" @stomp;
    server_command = "CONNECTED" | "MESSAGE" | "RECEIPT" | "ERROR";
    command        = client_command EOL | server_command EOL @server_frame;
    header_name    = name_octet+;
    header_value   = value_octet*;
    header         = header_name ":" @name_end @skip_value header_value;

    before_frame   = ( EOL @beat | NULL @noise )* command >frame_begin;
    header_block   = ( header >line_begin %value_end EOL @line_end )* EOL @head_end;
    frame_head     = before_frame @err(bad_command) header_block @err(bad_header);
    no_body        = ( EOL* NULL @body_end ) @err(bad_body);
}%%

%%{
    # "Value Encoding" of 1.1 and of 1.2, which brought \r (ST-14, ST-15). The lenient forms keep what is not defined
    # as it stands (ST-18).
    #
    # Actions of the host: plain, put_lf, put_cr, put_colon, put_backslash; undefined on the octet behind the backslash.
    machine stomp12_escapes;

    ordinary    = ( any - "\\" ) @plain;
    escape_1_1  = "\\" ( "n" @put_lf | "c" @put_colon | "\\" @put_backslash );
    escape_1_2  = escape_1_1 | "\\" "r" @put_cr;
    strict_1_1  = ( ordinary | escape_1_1 )*;
    strict_1_2  = ( ordinary | escape_1_2 )*;
    lenient_1_1 = ( ordinary | escape_1_1 | "\\" ( any - [nc\\] ) @undefined )*;
    lenient_1_2 = ( ordinary | escape_1_2 | "\\" ( any - [nrc\\] ) @undefined )*;
}%%

%%{
    # "Protocol Negotiation": a list of versions. Blanks around items are allowed (SL-4), other versions are passed
    # over (ST-22), so every value is in the language.
    #
    # Actions of the host: version_1_0, version_1_1, version_1_2 behind an item.
    machine stomp12_accept_version;

    OWS            = [ \t]*;
    known          = OWS "1.0" OWS %version_1_0 | OWS "1.1" OWS %version_1_1 | OWS "1.2" OWS %version_1_2;
    unknown        = ( any - "," )* - OWS ( "1.0" | "1.1" | "1.2" ) OWS;
    version_item   = known | unknown;
    accept_version = version_item ( "," version_item )*;
}%%

%%{
    # "Heart-beating": two numbers of milliseconds, nine digits at most (HB-9).
    #
    # Actions of the host: heart_beat_digit, heart_beat_comma.
    machine stomp12_heart_beat;

    milliseconds = ( digit{1,9} ) $heart_beat_digit;
    heart_beat   = milliseconds "," @heart_beat_comma milliseconds;
}%%
