// SPDX-License-Identifier: MIT
// Sec-WebSocket-Key (RFC 6455 4.1 and 11.3.1): sixteen octets are 21 characters, one whose low four bits are zero, "==".
#include "engine/ws_key.h"

%%{
    machine ws_key;
    alphtype unsigned char;

    base64_character = [A-Za-z0-9+/];
    main := base64_character{21} [AQgw] "==";
}%%

%% write data noerror noentry;

bool ws_key_valid(struct slice key)
{
    int cs;
    if (slice_is_empty(key))
        return false;
    const unsigned char *p = key.data, *pe = p + key.len;
    %% write init;
    %% write exec;
    return cs >= ws_key_first_final;
}
