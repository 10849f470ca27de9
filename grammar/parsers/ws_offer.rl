// SPDX-License-Identifier: MIT
// The machines of wire/ws_offer.h.
#include "wire/ws_offer.h"

%%{
    machine ws_protocols;
    alphtype unsigned char;
    include rfc6455_offers "rfc6455.rl";
    main := protocol_list;
    write data noerror noentry;
}%%

%%{
    machine ws_extensions;
    alphtype unsigned char;
    include rfc6455_offers "rfc6455.rl";
    main := extension_list;
    write data noerror noentry;
}%%

bool ws_protocols_valid(struct slice value)
{
    int cs;
    if (slice_is_empty(value))
        return false;
    const unsigned char *p = value.data, *pe = p + value.len;
    %% machine ws_protocols;
    %% write init;
    %% write exec;
    return cs >= ws_protocols_first_final;
}

bool ws_extensions_valid(struct slice value)
{
    int cs;
    if (slice_is_empty(value))
        return false;
    const unsigned char *p = value.data, *pe = p + value.len;
    %% machine ws_extensions;
    %% write init;
    %% write exec;
    return cs >= ws_extensions_first_final;
}
