%%{
    # RFC 9112, HTTP/1.1: the head of a request.
    #
    # Deviations:
    # - request_target is origin_form alone (3.2.1). The other three forms are for proxies and for OPTIONS *.
    # - HTTP_version takes any two digits; `version` refuses those that are not served with an error of their own.
    # - obs_fold (5.2) is refused, as a server may; and a line ends in CRLF, never in LF alone (2.2).
    # - At most two empty lines before the request line (2.2 asks for one).
    machine rfc9112;
    include rfc9110 "rfc9110.rl";
    include rfc3986 "rfc3986.rl";

    HTTP_version = "HTTP/" digit "." digit @version;                    # 2.3

    absolute_path = "/" ( absolute_path_octet $skip_path | pct_encoded )*;
    query = ( query_octet $skip_query | pct_encoded )*;
    origin_form = absolute_path ( "?" @query_begin query )?;            # 3.2.1
    request_target = origin_form;                                       # 3.2
    method = token;                                                     # 3.1
    request_line = method >method_begin SP @method_end                  # 3
                   request_target >target_begin SP @target_end HTTP_version CRLF;

    field_name = token $skip_name;                                      # 5
    field_value = ( field_vchar field_octet* )? $skip_value;
    field_line = field_name >name_begin ":" @name_end @skip_blank OWS <: field_value >value_begin;

    request_head = ( CRLF ){0,2} request_line                           # 2.1
                   ( field_line CRLF @field_end )* CRLF @head_end;
}%%
