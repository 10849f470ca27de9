// SPDX-License-Identifier: MIT
#include "wire/transfer_encoding.h"

%%{
    machine transfer_encoding;
    alphtype unsigned char;

    action listed { listed = true; }

    include rfc9112_codings "rfc9112.rl";

    main := transfer_encoding;
    write data noerror noentry;
}%%

enum transfer_encoding transfer_encoding_read(struct slice value)
{
    bool listed = false;
    int cs;
    if (slice_is_empty(value))
        return TRANSFER_ENCODING_UNFIT;
    const unsigned char *p = value.data, *pe = p + value.len;
    %% write init;
    %% write exec;
    if (cs < transfer_encoding_first_final)
        return TRANSFER_ENCODING_UNFIT;
    return listed ? TRANSFER_ENCODING_UNKNOWN : TRANSFER_ENCODING_CHUNKED;
}
