%%{
    # RFC 3986, Uniform Resource Identifier: what an origin-form target is made of.
    #
    # Deviations:
    # - `query` also takes  [ ] { } | \ ^ `  because browsers send them raw (URL Standard, query percent-encode set).
    # - `host` is judged by its octets: an IP literal may hold any digits, colons and dots, and a reg_name also
    #   stands for an IPv4 address, which it contains.
    machine rfc3986;

    pct_encoded = "%" xdigit xdigit;                                    # 2.1
    sub_delims  = [!$&'()*+,;=];                                        # 2.2
    unreserved  = alnum | "-" | "." | "_" | "~";                        # 2.3
    pchar_octet = unreserved | sub_delims | ":" | "@";                  # pchar without pct_encoded
    pchar       = pchar_octet | pct_encoded;

    IP_literal  = "[" ( xdigit | ":" | "." )+ "]";                      # 3.2.2
    reg_name_octet = unreserved | sub_delims;                           # reg_name without pct_encoded
    port        = digit{0,5};                                           # 3.2.3

    absolute_path_octet = pchar_octet | "/";                            # 3.3
    query_octet = pchar_octet | "/" | "?" | [\[\]{}|\\^`];              # 3.4
}%%
