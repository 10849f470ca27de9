%%{
    # RFC 2183, Content-Disposition, as RFC 7578 4.2 uses it.
    #
    # Deviation: in a quoted parameter a backslash escapes a quote and a backslash, and stands for itself before
    # anything else: browsers percent-encode the quote and send backslashes as they are.
    machine rfc2183;
    include rfc9110 "rfc9110.rl";

    quoted_octet = field_octet - [\\"];
    quoted = DQUOTE @quote_begin ( quoted_octet | "\\" ( quoted_octet | [\\"] ) )* DQUOTE @quote_end;
    value = token >value_begin %value_end | quoted;
    parameter = token >name_begin "=" @name_end value;
    disposition = "form-data"i ( OWS ";" OWS parameter )*;
}%%
