// SPDX-License-Identifier: MIT
// Frames in: which one runs now, which waits.
#include "engine/stomp_internal.h"
#include "wire/accept_version.h"
#include "wire/heart_beat.h"

/* The frame cannot be done: ERROR with its receipt-id (SL-14), close. */
void stomp_reject(struct stomp_session *s, enum error error, struct slice receipt)
{
    if (stomp_life_step(&s->life, STOMPE_REFUSED) == STOMP_DO_FAIL)
        stomp_fail_as(s, error, receipt);
}

/* The frame is done, and none before it is unfinished. */
void stomp_finish_frame(struct stomp_session *s, struct slice receipt)
{
    assert(s->tickets == NULL);
    if (receipt.data != NULL)
        stomp_send_receipt(s, receipt);
}

/* ---- frames ---- */

static void do_connect(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    const struct engine *e = s->connection->engine;
    struct slice value;
    enum stomp_dialect dialect;
    uint32_t cx = 0, cy = 0, beat = e->limits->stomp_heart_beat;
    (void)receipt; /* ST-24 */
    if (!stomp_frame_header(f, SLICE("accept-version"), &value) ||
        !accept_version_parse(value, STOMP_SERVES(STOMP_1_2), &dialect)) {
        stomp_refuse(s, ERR_STOMP_VERSION);
        return;
    }
    if (stomp_frame_header(f, SLICE("heart-beat"), &value) && !heart_beat_parse(value, &cx, &cy)) {
        stomp_refuse(s, ERR_STOMP_BAD_VALUE); /* HB-9 */
        return;
    }
    s->dialect = dialect;
    s->beat_out = heart_beat_interval(beat, cy);
    s->beat_in = heart_beat_interval(cx, beat);
    struct stomp_credentials credentials = {.authorization = SLICE_NONE,
                                            .frame = f,
                                            .handshake = s->note == NULL ? SLICE_NONE : frame_slice(s->note)};
    if (stomp_frame_header(f, SLICE("Authorization"), &value) ||
        stomp_frame_header(f, SLICE("authorization"), &value))
        credentials.authorization = value;
    (void)stomp_frame_header(f, SLICE("login"), &credentials.login);
    (void)stomp_frame_header(f, SLICE("passcode"), &credentials.passcode);
    e->ports->stomp_connect(e->ports_context, s, &credentials);
}

static enum error check_send(const struct stomp_session *s, const struct stomp_frame *f,
                             struct slice *destination)
{
    struct slice transaction;
    if (!stomp_frame_header(f, SLICE("destination"), destination))
        return ERR_STOMP_MISSING_HEADER; /* SB-5 */
    if (destination->len > s->connection->engine->limits->stomp_destination)
        return ERR_STOMP_BAD_VALUE; /* ST-59 */
    if (stomp_frame_header(f, SLICE("transaction"), &transaction))
        return ERR_STOMP_UNSUPPORTED;
    return ERR_NONE;
}

/* The application cannot take it now: the frame waits,
 * and is offered again until the time for that is over. */
static void be_busy(struct stomp_session *s, struct slice receipt)
{
    const struct engine *e = s->connection->engine;
    stomp_ticket_take_back(s);
    if (s->busy_since == 0)
        s->busy_since = e->loop->now;
    if (e->loop->now >= s->busy_since + e->limits->store_wait) {
        stomp_reject(s, ERR_SERVICE_UNAVAILABLE, receipt);
        return;
    }
    s->busy = true;
    connection_wake_at(s->connection, e->loop->now + STOMP_BUSY_RETRY);
}

/* Answers leave in the order of their frames: those of the SENDs before it come first. */
static void reject_in_turn(struct stomp_session *s, enum error error, struct slice receipt)
{
    if (s->tickets == NULL)
        stomp_reject(s, error, receipt);
    else
        s->busy = true;
}

static void do_send(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    struct connection *c = s->connection;
    const struct engine *e = c->engine;
    struct slice destination;
    enum error error = check_send(s, f, &destination);
    if (error != ERR_NONE) {
        reject_in_turn(s, error, receipt);
        return;
    }
    uint32_t ticket = stomp_ticket_take(s, receipt, true);
    if (ticket == 0) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    enum stomp_fate fate = e->ports->stomp_send(e->ports_context, s, ticket, f, destination, &error);
    if (stomp_of(c) != s)
        return; /* it was refused at once, and that ended the session */
    if (fate == STOMP_FATE_BUSY) {
        be_busy(s, receipt);
        return;
    }
    s->busy_since = 0;
    if (fate != STOMP_FATE_PENDING)
        stomp_ticket_finish(s, ticket, fate == STOMP_FATE_DONE ? ERR_NONE : error);
}

static void do_disconnect(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)f;
    if (receipt.data != NULL)
        stomp_send_receipt(s, receipt);
    if (s->connection->phase == CONNECTION_OPEN)
        stomp_leave(s);
}

/* SB-18, `ack_lax`: on plain broadcast every mode is auto, and acknowledging changes nothing. */
static void do_ack(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)f;
    stomp_finish_frame(s, receipt);
}

static void do_transaction(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)f;
    stomp_reject(s, ERR_STOMP_UNSUPPORTED, receipt);
}

static void do_not_connected(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)f;
    stomp_fail_as(s, ERR_STOMP_NOT_CONNECTED, receipt); /* SL-8 */
}

static void do_again(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)f;
    stomp_fail_as(s, ERR_STOMP_ALREADY_CONNECTED, receipt); /* SL-7 */
}

static void do_drop(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    (void)s, (void)f, (void)receipt;
}

static const enum stomp_event events[STOMP_CMD_COUNT] = {
    [STOMP_CMD_CONNECT] = STOMPE_CONNECT,
    [STOMP_CMD_STOMP] = STOMPE_CONNECT,
    [STOMP_CMD_SEND] = STOMPE_SEND,
    [STOMP_CMD_SUBSCRIBE] = STOMPE_SUBSCRIBE,
    [STOMP_CMD_UNSUBSCRIBE] = STOMPE_UNSUBSCRIBE,
    [STOMP_CMD_ACK] = STOMPE_ACK,
    [STOMP_CMD_NACK] = STOMPE_ACK,
    [STOMP_CMD_BEGIN] = STOMPE_TRANSACTION,
    [STOMP_CMD_COMMIT] = STOMPE_TRANSACTION,
    [STOMP_CMD_ABORT] = STOMPE_TRANSACTION,
    [STOMP_CMD_DISCONNECT] = STOMPE_DISCONNECT,
};

static void (*const deeds[])(struct stomp_session *, const struct stomp_frame *, struct slice) = {
    [STOMP_DO_CONNECT] = do_connect,
    [STOMP_DO_SEND] = do_send,
    [STOMP_DO_SUBSCRIBE] = stomp_do_subscribe,
    [STOMP_DO_UNSUBSCRIBE] = stomp_do_unsubscribe,
    [STOMP_DO_ACK] = do_ack,
    [STOMP_DO_TRANSACTION] = do_transaction,
    [STOMP_DO_DISCONNECT] = do_disconnect,
    [STOMP_DO_NOT_CONNECTED] = do_not_connected,
    [STOMP_DO_AGAIN] = do_again,
    [STOMP_DO_DROP] = do_drop,
};

static bool is_denied(const struct stomp_session *s, enum stomp_event event)
{
    return s->life.phase == STOMP_OPEN && (s->denied & 1u << event) != 0;
}

static void run(struct stomp_session *s, const struct stomp_frame *f)
{
    struct slice receipt = SLICE_NONE;
    (void)stomp_frame_header(f, SLICE("receipt"), &receipt);
    if (is_denied(s, events[f->command])) {
        stomp_reject(s, ERR_AUTHORIZATION_DENIED, receipt);
        return;
    }
    enum stomp_deed deed = stomp_life_step(&s->life, events[f->command]);
    assert(deed < ARRAY_LEN(deeds) && deeds[deed] != NULL);
    deeds[deed](s, f, receipt);
}

/* Design: SENDs pipeline among themselves; any other frame waits for those before it; and all wait for
 * CONNECT. */
static bool may_run(const struct stomp_session *s, const struct stomp_frame *f)
{
    const struct stomp_tickets *t = s->tickets;
    if (s->life.phase == STOMP_OPENING)
        return false;
    if (t == NULL)
        return true;
    return f->command == STOMP_CMD_SEND && t->others == 0 && t->count < STOMP_TICKETS;
}

/* ---- the parser: a session that is between two frames has none ---- */

static bool parser_get(struct stomp_session *s)
{
    struct engine *e = s->connection->engine;
    if (s->parser != NULL)
        return true;
    s->parser = pool_get(&e->stomp_parsers);
    if (s->parser == NULL)
        return false;
    stomp_parser_init(s->parser, &e->limits->stomp, &e->stomp_scratch);
    return true;
}

void stomp_parser_put(struct stomp_session *s)
{
    if (s->parser == NULL)
        return;
    stomp_parser_release(s->parser);
    pool_put(&s->connection->engine->stomp_parsers, s->parser);
    s->parser = NULL;
}

/* ---- the loop ---- */

enum verdict {
    GO_ON,
    WAIT, /* the parser's frame must wait */
    GONE  /* no frame will run any more: the session is over, and s perhaps no longer there */
};

static enum verdict try_frame(struct stomp_session *s)
{
    struct connection *c = s->connection;
    const struct stomp_frame *f = stomp_parser_frame(s->parser);
    if (!may_run(s, f))
        return WAIT;
    run(s, f);
    if (stomp_of(c) != s || c->phase != CONNECTION_OPEN)
        return GONE;
    if (s->busy) {
        s->busy = false;
        return WAIT;
    }
    stomp_parser_done(s->parser);
    return GO_ON;
}

/* Octets that are no frame: nothing is read any more. The ERROR comes after the answers to the frames before
 * them, like that of any frame. */
static void malformed(struct stomp_session *s)
{
    struct slice receipt = SLICE_NONE;
    enum error error = stomp_parser_error(s->parser);
    (void)stomp_parser_error_receipt(s->parser, &receipt);
    if (s->tickets == NULL) {
        if (stomp_life_step(&s->life, STOMPE_MALFORMED) == STOMP_DO_FAIL)
            stomp_fail_as(s, error, receipt);
        return;
    }
    uint32_t ticket = stomp_ticket_take(s, receipt, false);
    if (ticket == 0) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    s->blocked = true;
    connection_pause(s->connection);
    stomp_ticket_finish(s, ticket, error);
}

static void count_frame(const struct stomp_session *s)
{
    enum stomp_command command = stomp_parser_frame(s->parser)->command;
    counter_add(&s->connection->engine->counters.frames_in[command], 1);
}

/* Returns how many octets were taken; *verdict says why not all. */
static size_t take(struct stomp_session *s, unsigned char *octets, size_t len, enum verdict *verdict)
{
    size_t at = 0;
    *verdict = GO_ON;
    while (at < len && *verdict == GO_ON) {
        size_t used;
        switch (stomp_parser_feed(s->parser, octets + at, len - at, &used)) {
        case STOMP_MORE: break;
        case STOMP_BEAT:
            counter_add(&s->connection->engine->counters.beats_in, 1);
            (void)stomp_life_step(&s->life, STOMPE_BEAT);
            if (is_denied(s, STOMPE_BEAT)) {
                stomp_refuse(s, ERR_AUTHORIZATION_DENIED);
                *verdict = GONE;
            }
            break;
        case STOMP_FRAME:
            count_frame(s);
            *verdict = try_frame(s);
            break;
        case STOMP_ERROR:
            if (s->life.phase == STOMP_LEAVING || s->life.phase == STOMP_OVER)
                return len;
            malformed(s);
            *verdict = GONE;
            break;
        }
        at += used;
    }
    return at;
}

static void wait(struct stomp_session *s, struct slice rest)
{
    if (!stomp_parser_hold(s->parser) || !buf_append(&s->waiting, rest)) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    s->blocked = true;
    connection_pause(s->connection);
}

void stomp_input(struct stomp_session *s, unsigned char *octets, size_t len)
{
    enum verdict verdict;
    if (s->blocked) { /* a piece that was under way when the connection was paused */
        if (!buf_append(&s->waiting, slice_of(octets, len)))
            connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    if (!parser_get(s)) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    s->running = true;
    size_t taken = take(s, octets, len, &verdict);
    if (verdict == GONE)
        return;
    s->running = false;
    if (verdict == WAIT)
        wait(s, slice_of(octets + taken, len - taken));
    else if (stomp_parser_is_idle(s->parser))
        stomp_parser_put(s);
}

/* The frame that waited, then what waited behind it, until one has to wait again. The octets are taken out
 * meanwhile: the session may end on the way. They are not moved, or many frames that wait one after the other
 * would move the rest each time. */
static enum verdict catch_up(struct stomp_session *s)
{
    enum verdict verdict = try_frame(s);
    if (verdict != GO_ON || s->waiting.len == 0)
        return verdict;
    struct buf octets = s->waiting;
    size_t at = s->waiting_at;
    buf_init(&s->waiting, octets.limit);
    at += take(s, octets.data + at, octets.len - at, &verdict);
    if (verdict == GONE) {
        buf_release(&octets);
        return GONE;
    }
    if (verdict == GO_ON) {
        buf_release(&octets);
        at = 0;
    } else if (!stomp_parser_hold(s->parser)) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        verdict = GONE;
    }
    s->waiting = octets;
    s->waiting_at = (uint32_t)at;
    return verdict;
}

void stomp_go_on(struct stomp_session *s)
{
    if (s->running || !s->blocked)
        return;
    s->running = true;
    enum verdict verdict = catch_up(s);
    if (verdict == GONE)
        return;
    s->running = false;
    if (verdict == WAIT)
        return;
    if (stomp_parser_is_idle(s->parser))
        stomp_parser_put(s);
    s->blocked = false;
    connection_resume(s->connection);
}
