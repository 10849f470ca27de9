// SPDX-License-Identifier: MIT
#include "support/pipe.h"

#include <stdlib.h>

enum { PIPE_BUFFER = 16 << 20, PIPE_READ = 64 << 10, PIPE_IOV = 4 };

/* ---- the surroundings ---- */

static int64_t tell(const struct clock *c)
{
    return CONTAINER_OF(c, struct pipes, clock)->now;
}

static void fill(const struct random *r, void *octets, size_t n)
{
    struct pipes *w = CONTAINER_OF(r, struct pipes, random);
    unsigned char *to = octets;
    for (size_t i = 0; i < n; i++) {
        w->dice = w->dice * UINT64_C(6364136223846793005) + 1;
        to[i] = (unsigned char)(w->dice >> 56);
    }
}

static void wake(struct loop *l)
{
    (void)l;
}

static enum error render(struct renderer *r, const struct event *e, struct message *into)
{
    (void)r;
    into->destination = e->stream;
    into->content_type = SLICE("text/plain");
    into->body = frame_copy(e->body);
    return into->body != NULL ? ERR_NONE : ERR_OUT_OF_MEMORY;
}

void pipes_init(struct pipes *w, const struct engine_ports *ports, void *ports_context)
{
    memset(w, 0, sizeof *w);
    w->clock = (struct clock){tell, tell};
    w->random = (struct random){fill};
    w->now = 1700000000 * MICROSECONDS_PER_SECOND;
    w->limits = engine_limits_default;
    w->renderer.render = render;
    loop_init(&w->loop, &w->clock, &w->random, wake);
    log_table_init(&w->table);
    broker_init(&w->broker, &w->loop, &w->table.store, &w->renderer, &broker_options_default);
    engine_init(&w->engine, 7, PIPES_MOST, &w->loop, &w->broker, &w->limits, ports, ports_context);
    w->application = ports_context;
}

/* What is there when there should be nothing. */
static const char *find_alive(const struct pipes *w)
{
    const struct engine *e = &w->engine;
    const struct {
        const char *what;
        uint64_t count;
    } rows[] = {
        {"output entries", e->out_entries.live},
        {"HTTP exchanges", e->http_exchanges.live},
        {"WebSockets", e->websockets.live},
        {"STOMP sessions", e->stomp_sessions.live},
        {"tickets", e->tickets.live},
        {"subscriptions", e->subscriptions.count},
        {"connections", e->connections.used},
        {"destinations", w->broker.destinations.count},
        {"messages", w->broker.messages.live},
        {"timers", w->loop.timers.count},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].count > 0)
            return rows[i].what;
    }
    return NULL;
}

bool pipes_release(struct pipes *w, const char **why)
{
    while (w->count > 0)
        pipe_break(w->all[w->count - 1]);
    pipes_turn(w);
    while (w->table.count > 0) {
        log_table_run(&w->table, 0);
        pipes_turn(w);
    }
    *why = find_alive(w);
    if (*why != NULL)
        return false;
    engine_release(&w->engine);
    broker_release(&w->broker);
    return true;
}

/* ---- one pipe ---- */

/* What the clients and the sockets take is no memory of the server's: where allocations fail on purpose (faults.h, if
 * that is linked), theirs do not. */
__attribute__((weak)) void faults_spare(void);
__attribute__((weak)) void faults_resume(void);

static void spare(void)
{
    if (faults_spare != NULL)
        faults_spare();
}

static void resume(void)
{
    if (faults_resume != NULL)
        faults_resume();
}

static void keep(struct buf *b, struct slice octets)
{
    spare();
    bool kept = buf_append(b, octets);
    resume();
    assert(kept);
}

bool pipe_open(struct pipes *w, struct pipe *p)
{
    memset(p, 0, sizeof *p);
    if (w->count == PIPES_MOST || !connection_init(&p->c, &w->engine))
        return false;
    p->world = w;
    p->room = SIZE_MAX;
    p->got_at = w->now;
    buf_init(&p->sent, PIPE_BUFFER);
    buf_init(&p->got, PIPE_BUFFER);
    w->all[w->count++] = p;
    return true;
}

static void leave_world(struct pipe *p)
{
    struct pipes *w = p->world;
    size_t i = 0;
    while (w->all[i] != p)
        i++;
    w->all[i] = w->all[--w->count];
    p->cause = p->c.cause;
    p->gone = true;
    connection_release(&p->c);
    buf_release(&p->sent);
}

void pipe_release(struct pipe *p)
{
    assert(p->gone);
    buf_release(&p->got);
}

void pipe_send(struct pipe *p, struct slice octets)
{
    if (p->gone)
        return;
    keep(&p->sent, octets);
}

void pipe_end(struct pipe *p)
{
    p->client_ended = true;
}

void pipe_break(struct pipe *p)
{
    if (p->gone)
        return;
    connection_broken(&p->c);
    leave_world(p);
}

void pipe_took(struct pipe *p, size_t n)
{
    buf_consume(&p->got, n);
}

void pipe_room(struct pipe *p, size_t room)
{
    p->room = room;
    p->full = false;
    if (!p->gone)
        connection_touch(&p->c);
}

static size_t next_cut(struct cut *cut, size_t most)
{
    size_t n = most;
    if (cut->size > 0)
        n = (size_t)cut->size;
    if (cut->size < 0) {
        cut->dice = cut->dice * UINT32_C(1664525) + UINT32_C(1013904223) + (uint32_t)cut->size;
        n = 1 + (cut->dice >> 8) % ((cut->dice >> 28) == 0 ? 1000 : 7);
    }
    return n < most ? n : most;
}

/* One read. False when there is nothing to read, or nobody wants it. */
static bool read_once(struct pipe *p)
{
    size_t there = p->gone ? 0 : p->sent.len - p->read;
    if (there == 0 || !connection_wants_input(&p->c))
        return false;
    size_t n = next_cut(&p->in, there < PIPE_READ ? there : PIPE_READ);
    spare();
    unsigned char *piece = malloc(n);
    resume();
    assert(piece != NULL);
    memcpy(piece, p->sent.data + p->read, n);
    p->read += n;
    if (p->read == p->sent.len) {
        buf_release(&p->sent);
        p->read = 0;
    }
    connection_input(&p->c, piece, n);
    free(piece);
    return true;
}

static bool read_all(struct pipe *p)
{
    bool did = false;
    while (read_once(p))
        did = true;
    if (!p->gone && p->client_ended && !p->told && p->sent.len == 0 && connection_wants_input(&p->c)) {
        p->told = did = true;
        connection_input_ended(&p->c);
    }
    return did;
}

/* One write; the socket may take less than it is offered. */
static void write_once(struct pipe *p)
{
    struct iovec iov[PIPE_IOV];
    int count = outq_iov(&p->c.out, iov, PIPE_IOV);
    size_t asked = 0, n = 0;
    for (int i = 0; i < count; i++)
        asked += iov[i].iov_len;
    size_t most = next_cut(&p->out, asked < p->room ? asked : p->room);
    for (int i = 0; i < count && n < most; i++) {
        size_t part = iov[i].iov_len < most - n ? iov[i].iov_len : most - n;
        keep(&p->got, slice_of(iov[i].iov_base, part));
        n += part;
    }
    if (p->room != SIZE_MAX)
        p->room -= n;
    if (n > 0)
        p->got_at = p->world->now;
    p->full = p->room == 0;
    connection_sent(&p->c, n, p->full && n < asked);
}

static void settle(struct pipe *p)
{
    assert(connection_valid(&p->c));
    while (p->c.phase != CONNECTION_DEAD && !outq_is_empty(&p->c.out) && !p->full)
        write_once(p);
    if (p->c.phase == CONNECTION_LINGERING && outq_is_empty(&p->c.out))
        p->server_ended = true;
    if (p->c.phase == CONNECTION_DEAD)
        leave_world(p);
}

/* ---- turns ---- */

static bool settle_all(struct pipes *w)
{
    bool did = false;
    struct connection *c;
    while ((c = engine_next_dirty(&w->engine)) != NULL) {
        settle(CONTAINER_OF(c, struct pipe, c));
        did = true;
    }
    return did;
}

static bool read_everywhere(struct pipes *w)
{
    bool did = false;
    for (size_t i = 0; i < w->count; i++)
        did |= read_all(w->all[i]);
    return did;
}

void pipes_turn(struct pipes *w)
{
    bool did = true;
    while (did || !mailbox_is_empty(&w->loop.mail)) {
        did = read_everywhere(w);
        (void)loop_turn(&w->loop);
        if (w->work != NULL)
            did |= w->work(w);
        did |= settle_all(w);
    }
}

void pipes_pass(struct pipes *w, int64_t microseconds)
{
    int64_t until = w->now + microseconds;
    while (w->now < until) {
        int64_t wait = timers_wait(&w->loop.timers, w->now);
        if (wait == 0)
            wait = 1;
        w->now = wait > until - w->now ? until : w->now + wait;
        pipes_turn(w);
    }
}
