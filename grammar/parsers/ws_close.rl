// SPDX-License-Identifier: MIT
#include "wire/ws_close.h"

#include "base/utf8.h"

%%{
    machine ws_close;
    alphtype unsigned char;

    action code_octet { code = (uint16_t)(code << 8 | *p); }
    action code_end   { fbreak; }

    include rfc6455_close "rfc6455.rl";
    main := close_code;
    write data noerror;
}%%

enum error ws_close_parse(struct slice payload, struct ws_close *close)
{
    uint16_t code = 0;
    int cs;
    *close = (struct ws_close){.code = WS_CLOSE_NONE};
    if (slice_is_empty(payload))
        return ERR_NONE;
    const unsigned char *p = payload.data, *pe = p + payload.len;
    %% write init;
    %% write exec;
    if (cs < ws_close_first_final)
        return ERR_WS_PROTOCOL;
    struct slice reason = slice_after(payload, (size_t)(p - payload.data));
    if (!utf8_valid(reason))
        return ERR_WS_TEXT;
    *close = (struct ws_close){.code = code, .reason = reason};
    return ERR_NONE;
}

size_t ws_close_write(unsigned char out[WS_CONTROL_MAX], uint16_t code, struct slice reason)
{
    size_t len = reason.len;
    if (len > WS_CONTROL_MAX - 2) {
        len = WS_CONTROL_MAX - 2;
        while (len > 0 && (reason.data[len] & 0xC0) == 0x80)
            len--;
    }
    out[0] = (unsigned char)(code >> 8);
    out[1] = (unsigned char)code;
    if (len > 0)
        memcpy(out + 2, reason.data, len);
    return len + 2;
}
