// SPDX-License-Identifier: MIT
// The machine of wire/authorization.h.
#include "wire/authorization.h"

%%{
    machine authorization;
    alphtype unsigned char;

    action token_begin { begin = p; }

    include rfc6750 "rfc6750.rl";

    main := credentials;
    write data noerror noentry;
}%%

bool authorization_bearer(struct slice value, struct slice *token)
{
    if (value.len == 0)
        return false;
    const unsigned char *p = value.data, *pe = p + value.len, *begin = NULL;
    int cs;
    %% write init;
    %% write exec;
    if (cs < authorization_first_final)
        return false;
    *token = slice_of(begin, (size_t)(pe - begin));
    return true;
}
