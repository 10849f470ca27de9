// SPDX-License-Identifier: MIT
#include "wire/accept_version.h"

%%{
    machine accept_version;
    alphtype unsigned char;

    action version_1_0 { offered |= STOMP_SERVES(STOMP_1_0); }
    action version_1_1 { offered |= STOMP_SERVES(STOMP_1_1); }
    action version_1_2 { offered |= STOMP_SERVES(STOMP_1_2); }

    include stomp12_accept_version "stomp12.rl";
    main := accept_version;
    write data noerror nofinal;
}%%

static unsigned offered_in(struct slice value)
{
    unsigned offered = 0;
    int cs;
    if (slice_is_empty(value))
        return 0;
    const unsigned char *p = value.data, *pe = p + value.len, *eof = pe;
    %% write init;
    %% write exec;
    return offered;
}

bool accept_version_parse(struct slice value, unsigned served, enum stomp_dialect *agreed)
{
    unsigned common = offered_in(value) & served;
    for (int dialect = STOMP_DIALECTS - 1; dialect >= 0; dialect--) {
        if (common & STOMP_SERVES(dialect)) {
            *agreed = (enum stomp_dialect)dialect;
            return true;
        }
    }
    return false;
}

struct slice stomp_dialect_name(enum stomp_dialect dialect)
{
    static const struct slice names[STOMP_DIALECTS] = {
        [STOMP_1_0] = SLICE_INIT("1.0"), [STOMP_1_1] = SLICE_INIT("1.1"), [STOMP_1_2] = SLICE_INIT("1.2")};
    return names[dialect];
}
