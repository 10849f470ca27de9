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

%%{
    # RFC 9112 6.1 and 7, the value of Transfer-Encoding in a request: `chunked` once and last, or the message has no
    # end. Codings before it are legal and not served; `listed` says that there are some.
    #
    # Deviations:
    # - Empty elements of the list are refused, and so are parameters of `chunked`: each is read differently by some
    #   program.
    machine rfc9112_codings;
    include rfc9110 "rfc9110.rl";

    chunked = "chunked"i;
    transfer_parameter = token BWS "=" BWS ( token | quoted_string );   # 7
    transfer_coding = ( token - chunked ) ( OWS ";" OWS transfer_parameter )*;
    transfer_encoding = ( transfer_coding OWS "," @listed OWS )* chunked;
}%%

%%{
    # RFC 9112 7.1, the chunked coding: what stands around the octets of the chunks. They themselves are counted, not
    # parsed: the host leaves the machine at chunk_begin and comes back behind them.
    #
    # Deviations:
    # - A line ends in CRLF, never in LF alone; nothing but an extension stands behind a size, no blank either.
    # - Trailer fields that frame or route the message, or say who sends it, are refused; RFC 9110 6.5.1 forbids to send
    #   them. The others are read and dropped.
    # Actions of the host: size_digit, extension_octet, trailer_octet; chunk_begin, body_end.
    machine rfc9112_chunked;
    include rfc9110 "rfc9110.rl";

    chunk_ext_val = token | quoted_string;                              # 7.1.1
    chunk_ext = ( BWS ";" BWS token ( BWS "=" BWS chunk_ext_val )? )* $extension_octet;

    last_size = "0"+ $size_digit;
    chunk_size = ( xdigit+ - last_size ) $size_digit;
    chunk = chunk_size chunk_ext CRLF @chunk_begin CRLF;                # chunk_data: counted
    last_chunk = last_size chunk_ext CRLF;

    forbidden_name = "content-length"i | "transfer-encoding"i | "trailer"i | "content-encoding"i | "content-type"i
                   | "host"i | "connection"i | "upgrade"i | "expect"i | "authorization"i | "cookie"i;
    trailer_name = token - forbidden_name;
    trailer_section = ( trailer_name ":" field_octet* CRLF )*;          # 7.1.2

    chunked_body = chunk* last_chunk ( trailer_section CRLF ) $trailer_octet @body_end;
}%%
