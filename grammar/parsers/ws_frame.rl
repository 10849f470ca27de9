// SPDX-License-Identifier: MIT
#include "wire/ws_frame.h"

%%{
    machine ws_frame;
    alphtype unsigned char;
    variable cs f->state;

    action opcode    { f->opcode = (enum ws_opcode)(*p & 0x0F); f->fin = *p >= 0x80; }
    action len7      { f->len = *p & 0x7F; }
    action len_octet { f->len = f->len << 8 | *p; }
    action key_octet { memmove(f->key, f->key + 1, 3); f->key[3] = *p; }
    action head_end  { fbreak; }

    action refuse_rsv                { f->reason = "reserved bit set"; fbreak; }
    action refuse_unknown_opcode     { f->reason = "unknown opcode"; fbreak; }
    action refuse_fragmented_control { f->reason = "fragmented control frame"; fbreak; }
    action refuse_unmasked           { f->reason = "frame without mask"; fbreak; }
    action refuse_long_control       { f->reason = "control frame over 125 octets"; fbreak; }
    action refuse_long_form          { f->reason = "length not in its shortest form"; fbreak; }
    action refuse_length             { f->reason = "length over 63 bits"; fbreak; }

    include rfc6455 "rfc6455.rl";
    main := frame_head;
    write data noerror;
}%%

void ws_frame_init(struct ws_frame *f)
{
    *f = (struct ws_frame){.reason = NULL};
    f->state = (unsigned char)ws_frame_start; /* what `write init` says, in our type */
}

enum ws_result ws_frame_feed(struct ws_frame *f, struct slice in, size_t *used)
{
    *used = 0;
    if (f->error != ERR_NONE)
        return WS_FAILED;
    if (f->state >= ws_frame_first_final)
        ws_frame_init(f);
    if (slice_is_empty(in))
        return WS_MORE;
    const unsigned char *p = in.data, *pe = p + in.len;
    %% write exec;
    *used = (size_t)(p - in.data);
    f->offset = (unsigned char)(f->offset + *used);
    if (f->reason != NULL) {
        f->offset--;
        f->error = ERR_WS_PROTOCOL;
        return WS_FAILED;
    }
    return f->state >= ws_frame_first_final ? WS_HEAD : WS_MORE;
}
