%%{
    # RFC 6265, HTTP State Management Mechanism, 4.1.1: the pairs of which Cookie and Set-Cookie are made.
    machine rfc6265;
    include rfc9110 "rfc9110.rl";

    cookie_octet = 0x21 | 0x23..0x2B | 0x2D..0x3A | 0x3C..0x5B | 0x5D..0x7E;
    cookie_value = cookie_octet* | DQUOTE cookie_octet* DQUOTE;
    cookie_name = token;
    cookie_pair = cookie_name "=" cookie_value;
    path_value = ( 0x20..0x7E - ";" )+;
}%%
