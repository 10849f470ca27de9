// SPDX-License-Identifier: MIT
#include "wire/stomp_machine.h"

#if defined(__SSE2__) && !defined(WIRE_SKIP_PLAIN)
#include <emmintrin.h>

/* The last octet of a run that begins at p, is below 0x80, no control and neither `stop` nor a backslash. May end
 * early, never late (see wire/skip.h). */
static inline __attribute__((always_inline)) const unsigned char *
skip_to(const unsigned char *p, const unsigned char *pe, char stop)
{
    for (p++; pe - p >= 16; p += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\\')), _mm_cmpeq_epi8(x, _mm_set1_epi8(stop)));
        special = _mm_or_si128(special, _mm_cmplt_epi8(x, _mm_set1_epi8(0x20))); /* 0x80 and over are negative */
        int stops = _mm_movemask_epi8(special);
        if (stops != 0)
            return p + __builtin_ctz((unsigned)stops) - 1;
    }
    return p - 1;
}
#else
static inline __attribute__((always_inline)) const unsigned char *
skip_to(const unsigned char *p, const unsigned char *pe, char stop)
{
    (void)pe, (void)stop;
    return p;
}
#endif

%%{
    machine stomp_frame;
    alphtype unsigned char;
    variable cs s->state;

    action utf8_ascii   { }
    action skip_name    { p = skip_to(p, pe, ':'); }
    action skip_value   { p = skip_to(p, pe, '\\'); }
    action escape       { s->escaped = true; }

    action send         { s->command = STOMP_CMD_SEND; }
    action subscribe    { s->command = STOMP_CMD_SUBSCRIBE; }
    action unsubscribe  { s->command = STOMP_CMD_UNSUBSCRIBE; }
    action begin        { s->command = STOMP_CMD_BEGIN; }
    action commit       { s->command = STOMP_CMD_COMMIT; }
    action abort        { s->command = STOMP_CMD_ABORT; }
    action ack          { s->command = STOMP_CMD_ACK; }
    action nack         { s->command = STOMP_CMD_NACK; }
    action disconnect   { s->command = STOMP_CMD_DISCONNECT; }
    action connect      { s->command = STOMP_CMD_CONNECT; }
    action stomp        { s->command = STOMP_CMD_STOMP; }

    # AT is the place of *p in the frame.
    action frame_begin  {
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
    action line_begin   {
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            fbreak;
        }
    }
    action name_end     { s->name_end = AT; }
    action value_end    { s->value_end = AT; }
    action line_end     {
        if (AT - s->line > s->limits->line) {
            FAULT(ERR_STOMP_LINE_TOO_LONG, s->line + s->limits->line);
            fbreak;
        }
        headers[s->header_count++] = (struct stomp_header){
            .name = s->line, .name_len = s->name_end - s->line,
            .value = s->name_end + 1, .value_len = s->value_end - s->name_end - 1};
        s->line = 0;
    }
    action head_end     { s->body = AT + 1; step->event = STOMP_SAW_HEAD; fbreak; }
    action body_end     { step->event = STOMP_SAW_END; fbreak; }
    action beat         { s->noise = 0; step->event = STOMP_SAW_BEAT; fbreak; }
    action noise        {
        if (s->noise == s->limits->noise) {
            FAULT(ERR_STOMP_NOISE, 0);
            fhold; fbreak; /* not taken: what is taken before a frame is counted */
        }
        s->noise++;
    }
    action server_frame { FAULT(ERR_STOMP_SERVER_FRAME, AT); fbreak; }
    action not_text     { FAULT(ERR_STOMP_TEXT, AT); fbreak; }
    action bad_text     { FAULT(ERR_STOMP_TEXT, AT); }
    action bad_command  { FAULT(ERR_STOMP_COMMAND, begun ? AT : 0); }
    action bad_header   { FAULT(step->error == ERR_NONE ? ERR_STOMP_HEADER : step->error, AT); }
    action bad_body     { FAULT(ERR_STOMP_BODY, AT); }

    include stomp12 "stomp12.rl";
    main    := frame_head;
    nothing := no_body;
    write data nofinal noerror;
}%%

#define AT               ((uint32_t)(p - data) + shift)
#define FAULT(row, place) (*step = (struct stomp_step){STOMP_SAW_FAULT, (row), (place)})

void stomp_machine_begin(struct stomp_parser *s)
{
    s->state = (unsigned char)stomp_frame_start; /* what `write init` says, in our type */
}

bool stomp_machine_is_at_begin(const struct stomp_parser *s)
{
    return s->state == stomp_frame_start;
}

void stomp_machine_no_body(struct stomp_parser *s)
{
    s->state = (unsigned char)stomp_frame_en_nothing;
}

size_t stomp_machine_run(struct stomp_parser *s, struct stomp_header *headers, const unsigned char *data, size_t len,
                         struct stomp_step *step)
{
    const unsigned char *p = data, *pe = data + len, *eof = NULL;
    uint32_t shift = s->at;
    bool begun = s->at > 0;
    *step = (struct stomp_step){STOMP_RAN_OUT, ERR_NONE, 0};
    %% write exec;
    if (begun)
        s->at = AT;
    else
        s->taken += (size_t)(p - data);
    return (size_t)(p - data);
}
