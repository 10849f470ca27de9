// SPDX-License-Identifier: MIT
#include "wire/stomp_frame.h"

#include "base/object.h"
#include "wire/stomp_headers.h"
#include "wire/stomp_machine.h"

/* The phases of a frame:
 *   HEAD     before it and up to the empty line: the machine
 *   COUNTED  a body of `left` octets, then NUL
 *   TO_NUL   a body up to the first NUL
 *   NO_BODY  a frame that has none: the machine again, which lets EOLs pass
 * Octets of a body are passed over in bulk. */
enum phase { HEAD, COUNTED, TO_NUL, NO_BODY, PHASES };

/* One call's input. */
struct input {
    unsigned char *data;
    size_t len, used;
    size_t kept; /* octets of data that p->kept has, if it has any */
};

static void begin_frame(struct stomp_parser *p)
{
    p->at = 0;
    p->line = 0;
    p->header_count = 0;
    p->phase = HEAD;
    p->escaped = false;
    p->framed = false;
    stomp_machine_begin(p);
}

void stomp_parser_init(struct stomp_parser *p, const struct stomp_limits *limits,
                       struct stomp_scratch *scratch)
{
    assert(limits->frame <= STOMP_FRAME_MAX && limits->headers <= STOMP_HEADERS_MAX);
    *p = (struct stomp_parser){.limits = limits, .scratch = scratch, .dialect = STOMP_1_2};
    buf_init(&p->kept, sizeof *scratch + limits->frame);
    begin_frame(p);
}

void stomp_parser_release(struct stomp_parser *p)
{
    buf_release(&p->kept);
}

void stomp_parser_speak(struct stomp_parser *p, enum stomp_dialect dialect, bool lenient)
{
    assert(p->at == 0 || p->framed);
    p->dialect = (unsigned char)dialect;
    p->lenient = lenient;
}

bool stomp_parser_valid(const struct stomp_parser *p)
{
    return buf_valid(&p->kept) && p->phase < PHASES && p->at <= p->limits->frame &&
           p->header_count <= p->limits->headers && (p->kept.len == 0) == (p->table == 0) &&
           p->kept.len <= (size_t)p->table + p->limits->frame;
}

/* ---- where the frame is: in the input, with its table in the scratch, or kept ---- */

static bool is_kept(const struct stomp_parser *p)
{
    return p->table > 0;
}

static struct stomp_frame *frame_of(const struct stomp_parser *p)
{
    return is_kept(p) ? (struct stomp_frame *)(void *)p->kept.data : &p->scratch->frame;
}

static struct stomp_header *headers_of(const struct stomp_parser *p)
{
    return is_kept(p) ? (struct stomp_header *)(void *)(p->kept.data + sizeof(struct stomp_frame))
                      : p->scratch->headers;
}

static unsigned char *octets_of(const struct stomp_parser *p, const struct input *in)
{
    return is_kept(p) ? p->kept.data + p->table : in->data + in->used - p->at;
}

/* Begins to keep: the table, with room for all headers that may come, and what there is of the frame. */
static bool keep(struct stomp_parser *p, struct slice octets)
{
    size_t headers = p->phase == HEAD ? p->limits->headers : p->header_count;
    size_t table = sizeof(struct stomp_frame) + headers * sizeof(struct stomp_header);
    if (buf_reserve(&p->kept, table + octets.len) == NULL) {
        buf_release(&p->kept);
        return false;
    }
    memcpy(p->kept.data, &p->scratch->frame, sizeof(struct stomp_frame));
    memcpy(p->kept.data + sizeof(struct stomp_frame), p->scratch->headers,
           p->header_count * sizeof(struct stomp_header));
    p->kept.len = p->table = (uint32_t)table;
    return buf_append(&p->kept, octets);
}

/* Appends what was taken since the last time, if the frame is kept at all. */
static bool keep_up(struct stomp_parser *p, struct input *in)
{
    size_t from = in->kept;
    in->kept = in->used;
    return !is_kept(p) || buf_append(&p->kept, slice_of(in->data + from, in->used - from));
}

static void describe(struct stomp_parser *p, const unsigned char *octets, struct slice body)
{
    *frame_of(p) = (struct stomp_frame){.octets = octets,
                                        .headers = headers_of(p),
                                        .header_count = p->header_count,
                                        .command = (enum stomp_command)p->command,
                                        .body = body};
}

/* ---- headers ---- */

/* ST-17: CONNECT and STOMP are as they stand. */
static bool has_escapes(const struct stomp_parser *p)
{
    return p->escaped && p->command != STOMP_CMD_CONNECT && p->command != STOMP_CMD_STOMP;
}

/* The place of the first undefined escape, or 0. */
static uint32_t decode_headers(struct stomp_parser *p, unsigned char *octets)
{
    p->escaped = false;
    return stomp_headers_decode(headers_of(p), p->header_count, octets, (enum stomp_dialect)p->dialect,
                                p->lenient);
}

/* ---- failing ---- */

/* What is known of the faulty frame stays to be asked, for its receipt. */
static enum stomp_result fail(struct stomp_parser *p, struct input *in, enum error error, uint32_t at)
{
    bool whole = keep_up(p, in);
    unsigned char *octets = octets_of(p, in);
    if (!whole)
        p->header_count = 0;
    if (has_escapes(p))
        decode_headers(p, octets);
    describe(p, octets, SLICE_NONE);
    p->error = (unsigned char)error;
    p->taken += at;
    return STOMP_ERROR;
}

/* A fault of the machine, unless the line was too long before it. */
static enum stomp_result fail_step(struct stomp_parser *p, struct input *in, struct stomp_step fault)
{
    if (p->line > 0 && fault.at - p->line >= p->limits->line)
        return fail(p, in, ERR_STOMP_LINE_TOO_LONG, p->line + p->limits->line);
    return fail(p, in, fault.error, fault.at);
}

/* All octets are taken and the frame goes on: a limit may be reached, and what there is must be kept. */
static enum stomp_result run_out(struct stomp_parser *p, struct input *in)
{
    if (p->at == 0)
        return STOMP_MORE;
    if (p->line > 0 && p->at - p->line > p->limits->line)
        return fail(p, in, ERR_STOMP_LINE_TOO_LONG, p->line + p->limits->line);
    if (p->at >= p->limits->frame)
        return fail(p, in, ERR_STOMP_TOO_BIG, p->limits->frame);
    bool kept = is_kept(p) ? keep_up(p, in) : keep(p, slice_of(octets_of(p, in), p->at));
    return kept ? STOMP_MORE : fail(p, in, ERR_OUT_OF_MEMORY, p->at);
}

/* ---- the phases; each returns true when it has a result ---- */

/* What kind of body follows the head, and how much of it? */
static enum error choose_body(struct stomp_parser *p, const unsigned char *octets)
{
    const struct stomp_header *h =
        stomp_headers_find(headers_of(p), p->header_count, octets, SLICE("content-length"));
    p->left = 0;
    p->phase = h != NULL ? COUNTED : p->command == STOMP_CMD_SEND ? TO_NUL : NO_BODY;
    if (p->phase == NO_BODY)
        stomp_machine_no_body(p);
    if (h == NULL)
        return p->body < p->limits->frame ? ERR_NONE : ERR_STOMP_TOO_BIG;
    enum error error =
        stomp_length_read(slice_of(octets + h->value, h->value_len), p->limits->frame, &p->left);
    if (error != ERR_NONE)
        return error;
    if (p->left >= p->limits->frame - p->body) /* the NUL needs one, SD-15 */
        return ERR_STOMP_TOO_BIG;
    return p->left > 0 && p->command != STOMP_CMD_SEND ? ERR_STOMP_BODY : ERR_NONE;
}

static bool end_head(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    uint32_t fault = 0;
    bool whole = keep_up(p, in);
    unsigned char *octets = octets_of(p, in);
    if (whole && has_escapes(p))
        fault = decode_headers(p, octets);
    enum error error = !whole ? ERR_OUT_OF_MEMORY : fault > 0 ? ERR_STOMP_ESCAPE : choose_body(p, octets);
    if (error != ERR_NONE)
        *result = fail(p, in, error, fault > 0 ? fault : p->body);
    return error != ERR_NONE;
}

static bool end_frame(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    if (!keep_up(p, in)) {
        *result = fail(p, in, ERR_OUT_OF_MEMORY, p->at);
        return true;
    }
    const unsigned char *octets = octets_of(p, in);
    describe(p, octets, slice_of(octets + p->body, p->phase == NO_BODY ? 0 : p->at - 1 - p->body));
    p->framed = true;
    *result = STOMP_FRAME;
    return true;
}

/* The machine never sees an octet that is over the frame limit. */
static bool run_machine(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    struct stomp_step step;
    size_t there = in->len - in->used, room = p->limits->frame - p->at, n = there < room ? there : room;
    in->used += stomp_machine_run(p, headers_of(p), in->data + in->used, n, &step);
    switch (step.event) {
    case STOMP_SAW_HEAD: return end_head(p, in, result);
    case STOMP_SAW_END: return end_frame(p, in, result);
    case STOMP_SAW_BEAT: *result = STOMP_BEAT; return true;
    case STOMP_SAW_FAULT: *result = fail_step(p, in, step); return true;
    case STOMP_RAN_OUT: break;
    }
    if (in->used < in->len && p->at < p->limits->frame)
        return false;
    *result = run_out(p, in);
    return true;
}

static void take(struct stomp_parser *p, struct input *in, size_t n)
{
    in->used += n;
    p->at += (uint32_t)n;
}

static bool run_counted(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    size_t there = in->len - in->used, n = there < p->left ? there : p->left;
    take(p, in, n);
    p->left -= (uint32_t)n;
    if (n == there) {
        *result = run_out(p, in);
        return true;
    }
    if (in->data[in->used] != 0) { /* SD-10 */
        *result = fail(p, in, ERR_STOMP_BODY, p->at);
        return true;
    }
    take(p, in, 1);
    return end_frame(p, in, result);
}

static bool run_to_nul(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    size_t there = in->len - in->used, room = p->limits->frame - p->at, n = there < room ? there : room;
    const unsigned char *from = in->data + in->used, *nul = n == 0 ? NULL : memchr(from, 0, n);
    if (nul == NULL) {
        take(p, in, n);
        *result = run_out(p, in);
        return true;
    }
    take(p, in, (size_t)(nul - from) + 1);
    return end_frame(p, in, result);
}

static bool run_phase(struct stomp_parser *p, struct input *in, enum stomp_result *result)
{
    switch ((enum phase)p->phase) {
    case COUNTED: return run_counted(p, in, result);
    case TO_NUL: return run_to_nul(p, in, result);
    default: return run_machine(p, in, result);
    }
}

enum stomp_result stomp_parser_feed(struct stomp_parser *p, unsigned char *data, size_t len, size_t *used)
{
    struct input in = {.data = data, .len = len};
    enum stomp_result result = STOMP_MORE;
    *used = 0;
    if (p->framed)
        stomp_parser_done(p);
    if (p->error != ERR_NONE)
        return STOMP_ERROR;
    while (len > 0 && !run_phase(p, &in, &result))
        ;
    *used = in.used;
    return result;
}

/* ---- a frame, and an error ---- */

const struct stomp_frame *stomp_parser_frame(const struct stomp_parser *p)
{
    assert(p->framed);
    return frame_of(p);
}

bool stomp_parser_hold(struct stomp_parser *p)
{
    assert(p->framed);
    if (is_kept(p))
        return true;
    struct stomp_frame frame = p->scratch->frame;
    if (!keep(p, slice_of(frame.octets, p->at)))
        return false;
    const unsigned char *octets = p->kept.data + p->table;
    describe(p, octets, slice_of(octets + p->body, frame.body.len));
    return true;
}

void stomp_parser_done(struct stomp_parser *p)
{
    assert(p->framed);
    if (is_kept(p))
        buf_release(&p->kept);
    p->table = 0;
    p->taken += p->at;
    begin_frame(p);
}

enum error stomp_parser_error(const struct stomp_parser *p)
{
    return (enum error)p->error;
}

uint64_t stomp_parser_error_offset(const struct stomp_parser *p)
{
    assert(p->error != ERR_NONE);
    return p->taken;
}

bool stomp_parser_error_receipt(const struct stomp_parser *p, struct slice *receipt)
{
    assert(p->error != ERR_NONE);
    return stomp_frame_header(frame_of(p), SLICE("receipt"), receipt);
}

bool stomp_parser_is_idle(const struct stomp_parser *p)
{
    return stomp_machine_is_at_begin(p) && p->noise == 0 && p->error == ERR_NONE;
}
