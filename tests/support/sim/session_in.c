// SPDX-License-Identifier: MIT
// What comes to a session: WebSocket frames, and STOMP frames in them.
#include "support/sim/oracle.h"
#include "support/sim/session_internal.h"
#include "support/sim/sim.h"

enum { HEADERS = 16 };

#define BEAT_TARDY MICROSECONDS_PER_SECOND /* workers are held up */

struct stomp_in {
    struct slice command, body;
    struct {
        struct slice name, value;
    } headers[HEADERS];
    unsigned count;
};

static struct slice header(const struct stomp_in *f, const char *name)
{
    for (unsigned i = 0; i < f->count; i++) {
        if (slice_equals(f->headers[i].name, slice_from_string(name)))
            return f->headers[i].value;
    }
    return SLICE_NONE;
}

static bool read_stomp(struct slice text, struct stomp_in *f)
{
    memset(f, 0, sizeof *f);
    f->command = slice_cut(&text, '\n');
    while (text.data != NULL) {
        struct slice line = slice_cut(&text, '\n');
        if (line.len == 0)
            break;
        if (f->count == HEADERS)
            return false;
        f->headers[f->count].name = slice_cut(&line, ':');
        f->headers[f->count++].value = line;
    }
    if (text.len == 0 || text.data[text.len - 1] != '\0')
        return false;
    f->body = slice_of(text.data, text.len - 1);
    return true;
}

static void on_receipt(struct session *s, struct slice id)
{
    uint64_t frame;
    if (id.len < 2 || !slice_to_uint(slice_after(id, 1), UINT32_MAX, &frame)) {
        sim_fail(s->sim, "receipts", "a RECEIPT nobody asked for: %.*s", (int)id.len, (const char *)id.data);
        return;
    }
    NOTE(s->sim, GETS, .client = s->person + 1, .a = s->number, .text = "RECEIPT");
    oracle_receipt(s, (uint32_t)frame);
}

static void on_stomp(struct session *s, struct slice text)
{
    struct stomp_in f;
    if (text.len == 1 && text.data[0] == '\n')
        return; /* a heart-beat */
    if (!read_stomp(text, &f)) {
        sim_fail(s->sim, "the protocol", "session %u gets octets that are no STOMP frame", s->number);
        return;
    }
    if (!s->welcomed && (f.command.len == 7)) /* MESSAGE, RECEIPT */
        sim_fail(s->sim, "the protocol", "session %u gets a %.*s before CONNECTED", s->number, 7,
                 (const char *)f.command.data);
    if (slice_equals(f.command, SLICE("MESSAGE"))) {
        oracle_message(s, header(&f, "subscription"), header(&f, "message-id"), header(&f, "destination"),
                       f.body);
    } else if (slice_equals(f.command, SLICE("RECEIPT"))) {
        on_receipt(s, header(&f, "receipt-id"));
    } else if (slice_equals(f.command, SLICE("CONNECTED"))) {
        NOTE(s->sim, GETS, .client = s->person + 1, .a = s->number, .text = "CONNECTED");
        if (s->welcomed)
            sim_fail(s->sim, "the protocol", "session %u gets CONNECTED at the wrong time", s->number);
        s->welcomed = true;
        s->heard_at = s->sim->now;
        if (s->phase == SESSION_CONNECTING)
            s->phase = SESSION_OPEN;
    } else {
        char line[40];
        struct slice message = header(&f, "message");
        snprintf(line, sizeof line, "ERROR %.*s", (int)message.len, (const char *)message.data);
        NOTE(s->sim, GETS, .client = s->person + 1, .a = s->number, .text = line);
        s->errored = true;
        oracle_error(s, header(&f, "receipt-id"), message);
    }
}

static void on_frame(struct session *s, unsigned opcode, struct slice payload)
{
    if (s->errored && opcode != OP_CLOSE)
        sim_fail(s->sim, "the protocol", "session %u gets something behind an ERROR", s->number);
    switch (opcode) {
    case OP_TEXT:
    case OP_BINARY: on_stomp(s, payload); return;
    case OP_PING: session_put(s, OP_PONG, (const char *)payload.data, payload.len, true); return;
    case OP_CLOSE:
        if (s->phase != SESSION_LEAVING && !s->errored)
            s->phase = SESSION_OVER;
        session_put(s, OP_CLOSE, (const char *)payload.data, payload.len < 2 ? 0 : 2, true);
        line_end(s->line);
        return;
    default: return;
    }
}

/* One WebSocket frame out of what is there; 0: not all of it is. */
static size_t read_frame(struct slice in, unsigned *opcode, struct slice *payload)
{
    size_t head = 2, len;
    if (in.len < head)
        return 0;
    len = in.data[1] & 0x7F;
    if (len == 126)
        head = 4;
    if (len == 127)
        head = 10;
    if (in.len < head)
        return 0;
    if (head > 2)
        len = 0;
    for (size_t i = 2; i < head; i++)
        len = len << 8 | in.data[i];
    if (in.len < head + len)
        return 0;
    *opcode = in.data[0] & 0x0F;
    *payload = slice_of(in.data + head, len);
    return head + len;
}

static void read_upgrade(struct session *s)
{
    struct slice in = line_read(s->line);
    const unsigned char *end = memmem(in.data, in.len, "\r\n\r\n", 4);
    if (end == NULL)
        return;
    bool upgraded = slice_starts_with(in, SLICE("HTTP/1.1 101"));
    line_took(s->line, (size_t)(end + 4 - in.data));
    if (upgraded) {
        session_connect(s);
        return;
    }
    sim_fail(s->sim, "the protocol", "the handshake of session %u is refused", s->number);
}

static void read_frames(struct session *s)
{
    struct slice in = line_read(s->line), payload;
    size_t taken = 0, n;
    unsigned opcode;
    while (!s->sim->failed && (n = read_frame(slice_after(in, taken), &opcode, &payload)) > 0) {
        taken += n;
        on_frame(s, opcode, payload);
    }
    line_took(s->line, taken);
}

/* HB-1: the server owes something at least so often, unless it was not read. */
static void check_beats(struct session *s)
{
    int64_t now = s->sim->now, most = s->sim->plan.limits.stomp_heart_beat * MICROSECONDS_PER_MS;
    bool owed = s->welcomed && s->beat_every > 0 && s->line->excuses == 0;
    if (owed && now - s->heard_at > most + BEAT_TARDY)
        sim_fail(s->sim, "heart-beats", "session %u hears nothing for %lld ms, %lld are agreed", s->number,
                 (long long)(now - s->heard_at) / 1000, (long long)most / 1000);
    s->heard_at = now;
}

void session_read(struct session *s)
{
    if (s->phase == SESSION_FREE)
        return;
    if (line_has_news(s->line))
        check_beats(s);
    if (s->phase == SESSION_UPGRADING)
        read_upgrade(s);
    if (s->phase > SESSION_UPGRADING)
        read_frames(s);
    if (s->line->server_ended) { /* and every whole frame has been read */
        oracle_session_over(s);
        session_drop(s);
    }
}
