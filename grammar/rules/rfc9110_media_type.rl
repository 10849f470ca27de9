%%{
    # RFC 9110, HTTP Semantics: parameters and media types. Apart from rfc9110.rl because these rules name actions.
    machine rfc9110_media_type;
    include rfc9110 "rfc9110.rl";

    parameter_value = token >value_begin %value_end                     # 5.6.6
                    | DQUOTE @quote_begin ( qdtext | quoted_pair )* DQUOTE @quote_end;
    parameter = token >name_begin "=" @name_end parameter_value;
    parameters = ( OWS ";" OWS parameter? )*;

    media_type = token >type_begin "/" @type_end token >subtype_begin %subtype_end parameters; # 8.3.1
}%%
