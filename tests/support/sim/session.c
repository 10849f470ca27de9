// SPDX-License-Identifier: MIT
#include "support/sim/session.h"

#include <stdarg.h>

#include "support/sim/session_internal.h"
#include "support/sim/sim.h"

enum { FRAME_ROOM = 8 << 10, GATHERED = 24 << 10, PIECE = 32 << 10 };

/* ---- octets out ---- */

static void flush(struct session *s)
{
    struct slice all = fifo_slice(&s->out);
    line_send(s->line, all.data, all.len);
    fifo_take(&s->out, all.len);
}

void session_put(struct session *s, unsigned opcode, const char *octets, size_t n, bool fin)
{
    unsigned char head[8] = {(unsigned char)(opcode | (fin ? 0x80 : 0))}, key[4], piece[PIECE];
    size_t len = 2;
    head[1] = (unsigned char)(0x80 | (n < 126 ? n : 126));
    if (n >= 126) {
        head[2] = (unsigned char)(n >> 8);
        head[3] = (unsigned char)n;
        len = 4;
    }
    uint64_t mask = dice_next(&s->sim->people);
    memcpy(key, &mask, sizeof key);
    fifo_put(&s->out, head, len);
    fifo_put(&s->out, key, sizeof key);
    assert(n <= sizeof piece);
    for (size_t i = 0; i < n; i++)
        piece[i] = (unsigned char)(octets[i] ^ key[i % 4]);
    fifo_put(&s->out, piece, n);
    flush(s);
}

static void send_text(struct session *s, const char *text, size_t n)
{
    size_t first = n > 2 && dice_chance(&s->sim->people, 100) ? 1 + dice_below(&s->sim->people, n - 1) : n;
    session_put(s, OP_TEXT, text, first, first == n);
    if (first < n)
        session_put(s, OP_MORE, text + first, n - first, true);
}

/* A STOMP frame: its text up to the NUL, which is added. */
static void say(struct session *s, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(struct session *s, const char *what, const char *format, ...)
{
    char text[FRAME_ROOM];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert(n > 0 && (size_t)n < sizeof text);
    NOTE(s->sim, SAYS, .client = s->person + 1, .a = s->frames, .b = s->number, .text = what);
    if (s->gathers)
        fifo_put(&s->text, text, (size_t)n + 1);
    else
        send_text(s, text, (size_t)n + 1);
}

void session_gather(struct session *s)
{
    s->gathers = true;
}

void session_let_go(struct session *s)
{
    struct slice all = fifo_slice(&s->text);
    s->gathers = false;
    if (all.len > 0)
        send_text(s, (const char *)all.data, all.len);
    fifo_take(&s->text, all.len);
}

/* The frame's number; "receipt:rN\n" in `header`, or nothing. */
static uint32_t next_frame(struct session *s, bool receipt, char header[32], enum expect_kind kind, int what)
{
    uint32_t frame = ++s->frames;
    header[0] = '\0';
    if (!receipt)
        return frame;
    assert(s->count < SESSION_EXPECTED);
    snprintf(header, 32, "receipt:r%u\n", frame);
    s->expected[(s->first + s->count++) % SESSION_EXPECTED] = (struct expectation){kind, frame, what};
    return frame;
}

bool session_may_ask(const struct session *s)
{
    return s->phase == SESSION_OPEN && s->count + 8 < SESSION_EXPECTED && s->text.len < GATHERED;
}

/* ---- frames out ---- */

void session_open(struct session *s, struct sim *sim, unsigned person)
{
    const struct person *p = &sim->persons[person];
    char text[1024];
    struct fifo out = s->out, gathered = s->text;
    memset(s, 0, sizeof *s);
    s->out = out;
    s->text = gathered;
    fifo_take(&s->text, s->text.len);
    s->sim = sim;
    s->person = person;
    s->number = ++sim->sessions;
    s->phase = SESSION_UPGRADING;
    s->line = line_open(sim, person + 1, sim->plan.room);
    int n = snprintf(text, sizeof text,
                     "GET /ws HTTP/1.1\r\nHost: sim\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Cookie: REFRESH_TOKEN=%s\r\n\r\n",
                     p->refresh);
    line_send(s->line, text, (size_t)n);
}

void session_connect(struct session *s)
{
    const struct person *p = &s->sim->persons[s->person];
    unsigned beat = dice_chance(&s->sim->people, 300) ? 5000 : 0;
    s->beat_every = beat * MICROSECONDS_PER_MS;
    s->beat_at = s->sim->now + s->beat_every;
    s->phase = dice_chance(&s->sim->people, 200) ? SESSION_OPEN : SESSION_CONNECTING;
    s->login = p->login;
    s->has_login = true;
    s->frames++;
    say(s, "CONNECT", "CONNECT\naccept-version:1.2\nhost:sim\nheart-beat:%u,%u\nAuthorization:Bearer %s\n\n",
        beat, beat, p->access);
}

void session_subscribe(struct session *s, bool is_topic, unsigned to, bool receipt)
{
    char header[32];
    struct sim *sim = s->sim;
    if (s->sub_count == SESSION_SUBS)
        return;
    unsigned place = s->sub_count++;
    struct session_sub *sub = &s->subs[place];
    *sub = (struct session_sub){.phase = SUB_ASKED, .is_topic = is_topic, .to = to, .asked_at = sim->now};
    sub->frame = next_frame(s, receipt, header, EXPECT_SUBSCRIBED, (int)place);
    if (is_topic) {
        say(s, "SUBSCRIBE to a topic", "SUBSCRIBE\nid:s%u\ndestination:/topic/%u\n%s\n", place, to, header);
        return;
    }
    const struct model_channel *c = &sim->model.channels[to];
    if (!model_is_member(c, s->person) || c->revoked[s->person] != MODEL_NEVER)
        s->line->excuses |= LINE_REFUSED;
    say(s, "SUBSCRIBE", "SUBSCRIBE\nid:s%u\ndestination:%s\n%s\n", place, c->destination, header);
}

void session_unsubscribe(struct session *s, unsigned place, bool receipt)
{
    char header[32];
    struct session_sub *sub = &s->subs[place];
    sub->phase = SUB_LEAVING;
    sub->left_by = next_frame(s, receipt, header, EXPECT_UNSUBSCRIBED, (int)place);
    say(s, "UNSUBSCRIBE", "UNSUBSCRIBE\nid:s%u\n%s\n", place, header);
}

void session_say(struct session *s, unsigned channel, bool receipt)
{
    struct sim *sim = s->sim;
    const struct model_channel *c = &sim->model.channels[channel];
    char header[32], content[FRAME_ROOM / 2];
    if (sim->model.send_count == MODEL_SENDS)
        return;
    int send = model_add_send(&sim->model, s->person, (int)channel);
    if (!model_is_member(c, s->person) || c->revoked[s->person] != MODEL_NEVER)
        s->line->excuses |= LINE_REFUSED;
    model_content(send, dice_below(&sim->people, sim->plan.padding), content, sizeof content);
    (void)next_frame(s, receipt, header, EXPECT_SENT, send);
    say(s, "SEND",
        "SEND\ndestination:/pub/messages\ncontent-type:application/json\n%s\n"
        "{\"channelId\":\"%s\",\"authorId\":\"%s\",\"content\":\"%s\"}",
        header, c->id_text, sim->persons[s->person].id_text, content);
}

void session_publish(struct session *s, unsigned topic, bool receipt)
{
    struct model *m = &s->sim->model;
    char header[32];
    if (m->transient_count == MODEL_TRANSIENTS || s->number >= SESSION_HEARD)
        return;
    int number = (int)m->transient_count++;
    m->transients[number] = (struct model_transient){.session = s->number, .topic = topic, .at = s->sim->now};
    (void)next_frame(s, receipt, header, EXPECT_PUBLISHED, number);
    say(s, "SEND to a topic", "SEND\ndestination:/topic/%u\n%s\nhey#%d ", topic, header, number);
}

/* Whole STOMP frames, but for the NUL; those in the first rows must not cost the session. */
static const char *const nonsense[] = {
    "SEND\ndestination:/pub/messages\n\n{\"content\":", /* forgiven: it asks for no RECEIPT */
    "SEND\ndestination:/pub/messages\n\n{}",
    "SEND\ndestination:/pub/nothing\n\nx",
    "SEND\ndestination:/user/somebody\n\nx",
    "SUBSCRIBE\nid:a\ndestination:/pub/x\n\n",
    "SUBSCRIBE\nid:b\ndestination:/sub/nothing\n\n",
    "SUBSCRIBE\nid:b\ndestination:/topic/elsewhere\nack:client\n\n", /* the first one stands */
    "UNSUBSCRIBE\nid:unknown\n\n",
    "ACK\nid:1\n\n",
    "SEND\ndestination:/sub/channels.x.messages\n\nx",
    "SUBSCRIBE\nid:n\ndestination:/sub/channels.x.messages\n\n",
    "SUBSCRIBE\nid:n\ndestination:/topic/*\n\n",
    "SUBSCRIBE\nid:n\ndestination:/topic/0\nack:never\n\n",
    "SUBSCRIBE\ndestination:/topic/0\n\n",
    "UNSUBSCRIBE\n\n",
    "SEND\n\nwhere to?",
    "SEND\ndestination:/topic/0\ntransaction:t\n\nx",
    "BEGIN\ntransaction:t\n\n",
    "CONNECT\naccept-version:1.2\nhost:sim\n\n",
    "SEND\ndestination:/topic/0\nbad escape:\\x\n\n",
    "SEND\ndestination:/topic/0\n\n\xff",
    "WHAT\n\n",
};
enum { NONSENSE_HARMLESS = 9 };

/* What is no WebSocket frame that may come: reserved, unmasked, a close frame with a code that is none. */
static void break_framing(struct session *s, unsigned kind)
{
    static const unsigned char unmasked[] = {0x81, 0x01, 'x'};
    s->line->excuses |= LINE_REFUSED;
    NOTE(s->sim, SAYS, .client = s->person + 1, .a = s->frames, .b = s->number, .text = "a broken frame");
    switch (kind % 4) {
    case 0: session_put(s, OP_RESERVED, "x", 1, true); break;
    case 1: line_send(s->line, unmasked, sizeof unmasked); break;
    case 2: session_put(s, OP_CLOSE, "\x03", 1, true); break;
    default: session_put(s, OP_MORE, "x", 1, true); break;
    }
}

void session_nonsense(struct session *s, unsigned kind)
{
    if (kind % 8 == 0) {
        break_framing(s, kind / 8);
        return;
    }
    if (kind % 8 == 1) {
        session_put(s, OP_PING, "are you there", 13, true);
        return;
    }
    kind = kind / 8 % ARRAY_LEN(nonsense);
    s->frames++;
    if (kind >= NONSENSE_HARMLESS)
        s->line->excuses |= LINE_REFUSED;
    say(s, "nonsense", "%s", nonsense[kind]);
}

void session_hear_errors(struct session *s)
{
    s->frames++;
    say(s, "SUBSCRIBE to its errors", "SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n");
}

void session_disconnect(struct session *s, bool receipt)
{
    char header[32];
    (void)next_frame(s, receipt, header, EXPECT_GONE, 0);
    say(s, "DISCONNECT", "DISCONNECT\n%s\n", header);
    s->phase = SESSION_LEAVING;
    s->line->excuses |= LINE_ENDED;
}

void session_beat(struct session *s)
{
    s->beat_at = s->sim->now + s->beat_every;
    if (s->phase == SESSION_OPEN)
        send_text(s, "\n", 1);
}

void session_drop(struct session *s)
{
    line_drop(s->line);
    s->line = NULL;
    s->phase = SESSION_FREE;
}

bool session_is_healthy(const struct session *s)
{
    return s->phase == SESSION_OPEN && s->sim->now >= s->frozen_until && !s->line->server_ended &&
           (s->line->excuses & ~(unsigned)LINE_REFUSED) == 0;
}
