%%{
    # RFC 9562, section 4: UUID format, as text.
    #
    # Action of the host: hex_digit, on each of the 32 digits.
    machine rfc9562;

    hexOctet   = ( xdigit xdigit ) $hex_digit;
    time_low   = hexOctet{4};
    time_mid   = hexOctet{2};
    ver_time   = hexOctet{2};      # "time-high-and-version" of RFC 4122
    var_clock  = hexOctet{2};      # "clock-seq-and-reserved clock-seq-low"
    node       = hexOctet{6};
    UUID       = time_low "-" time_mid "-" ver_time "-" var_clock "-" node;
}%%
