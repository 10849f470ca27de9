// SPDX-License-Identifier: MIT
#include "wire/heart_beat.h"

%%{
    machine heart_beat;
    alphtype unsigned char;

    action heart_beat_digit { n[at] = n[at] * 10 + (*p - '0'); }
    action heart_beat_comma { at = 1; }

    include stomp12_heart_beat "stomp12.rl";
    main := heart_beat;
    write data noerror;
}%%

bool heart_beat_parse(struct slice value, uint32_t *cx, uint32_t *cy)
{
    uint32_t n[2] = {0, 0};
    int at = 0, cs;
    if (slice_is_empty(value))
        return false;
    const unsigned char *p = value.data, *pe = p + value.len;
    %% write init;
    %% write exec;
    if (cs < heart_beat_first_final)
        return false;
    *cx = n[0];
    *cy = n[1];
    return true;
}
