%%{
    # RFC 9110, HTTP Semantics: the tokens and field values that every HTTP grammar shares. The core rules of RFC
    # 5234 stand here too.
    #
    # Deviations:
    # - `field_value` is without the optional blanks behind it: whoever takes it trims them (the RFC's rule cannot
    #   tell an inner blank from a trailing one before it sees what follows).
    machine rfc9110;

    CR = "\r";
    LF = "\n";
    SP = " ";
    HTAB = "\t";
    DQUOTE = '"';
    CRLF = CR LF;

    tchar = alnum | [!#$%&'*+\-.^_`|~];                                 # 5.6.2
    token = tchar+;
    OWS = ( SP | HTAB )*;                                               # 5.6.3
    BWS = OWS;

    obs_text = 0x80..0xFF;                                              # 5.6.4
    qdtext = HTAB | SP | 0x21 | 0x23..0x5B | 0x5D..0x7E | obs_text;
    VCHAR = 0x21..0x7E;
    quoted_pair = "\\" ( HTAB | SP | VCHAR | obs_text );
    quoted_string = DQUOTE ( qdtext | quoted_pair )* DQUOTE;

    field_vchar = VCHAR | obs_text;                                     # 5.5
    field_octet = field_vchar | SP | HTAB;

    etagc = 0x21 | 0x23..0x7E | obs_text;                               # 8.8.3
    opaque_tag = DQUOTE etagc* DQUOTE;

    token68 = ( alnum | [\-._~+/] )+ "="*;                              # 11.2
}%%
