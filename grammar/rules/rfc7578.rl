%%{
    # RFC 7578, multipart/form-data, over RFC 2046 5.1.1: what follows the boundary of a delimiter.
    #
    # Deviations:
    # - Field lines follow RFC 9110: no folding.
    # - Behind the close delimiter there may be blanks and one CRLF, but no epilogue.
    machine rfc7578;
    include rfc9110 "rfc9110.rl";

    transport_padding = OWS;                                            # RFC 2046 5.1.1
    field_value = ( field_vchar field_octet* )?;
    field_line = token >name_begin ":" @name_end OWS <: field_value >value_begin;
    part_head = transport_padding CRLF ( field_line CRLF @field_end )* CRLF @head_end;
    close_delimiter = "--" @close transport_padding CRLF?;
    after_boundary = part_head | close_delimiter;
}%%
