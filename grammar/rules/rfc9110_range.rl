%%{
    # RFC 9110, 14.1.2 and 14.2: the Range field.
    #
    # Deviation: the unit is `bytes`, and the set has one element. Several ranges are ignored, as a server may (14.2).
    #
    # Actions of the host: first_digit, last_begin, suffix_begin, last_digit.
    machine rfc9110_range;
    include rfc9110 "rfc9110.rl";

    first_pos = digit+ $first_digit;
    last_pos = digit+ >last_begin $last_digit;
    suffix_length = digit+ >suffix_begin $last_digit;
    int_range = first_pos "-" last_pos?;
    suffix_range = "-" suffix_length;
    range_spec = int_range | suffix_range;
    ranges_specifier = "bytes"i "=" OWS range_spec OWS;
}%%
