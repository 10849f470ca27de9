// SPDX-License-Identifier: MIT
#include "support/sim/line.h"

#include "support/sim/sim.h"

enum { LINE_IOV = 16, LINE_READ = 64 << 10, LINE_ALLOCATIONS = 12 };

/* ---- the client's end ---- */

struct line *line_open(struct sim *sim, unsigned client, size_t room)
{
    struct house *h = &sim->house;
    struct line *l = calloc(1, sizeof *l);
    if (l == NULL)
        abort();
    l->sim = sim;
    l->client = client;
    l->number = ++sim->lines;
    l->room = room;
    l->waits = true;
    l->worker = &h->workers[dice_below(&sim->people, sim->plan.workers)];
    if (sim->near != NULL)
        l->worker = sim->near;
    sim->near = NULL;
    list_init(&l->link);
    list_append(&l->worker->lines, &l->link);
    NOTE(sim, CONNECTS, .client = client, .a = l->number, .b = l->worker->index + 1);
    return l;
}

void line_send(struct line *l, const void *octets, size_t n)
{
    if (l->served || l->waits)
        fifo_put(&l->up, octets, n);
}

bool line_has_news(const struct line *l)
{
    return l->down.len > 0 || l->server_ended;
}

struct slice line_read(struct line *l)
{
    struct slice in = fifo_slice(&l->down);
    if (in.len > 0)
        NOTE(l->sim, TAKES, .client = l->client, .a = l->number, .b = (int64_t)in.len);
    fifo_put(&l->got, in.data, in.len);
    fifo_take(&l->down, in.len);
    return fifo_slice(&l->got);
}

void line_took(struct line *l, size_t n)
{
    fifo_take(&l->got, n);
}

void line_end(struct line *l)
{
    l->client_ended = true;
    l->excuses |= LINE_ENDED;
}

static void free_line(struct line *l)
{
    fifo_release(&l->up);
    fifo_release(&l->down);
    fifo_release(&l->got);
    free(l);
}

void line_drop(struct line *l)
{
    l->client_gone = true;
    l->excuses |= LINE_ENDED;
    fifo_release(&l->down);
    if (l->waits) {
        list_remove(&l->link);
        l->waits = false;
    }
    if (!l->served)
        free_line(l);
}

/* ---- the server's end: what net/conn.c does ---- */

static bool is_readable(const struct line *l)
{
    return connection_wants_input(&l->c) &&
           (l->up.len > 0 || l->client_gone || (l->client_ended && !l->told));
}

static bool is_writable(const struct line *l)
{
    return !outq_is_empty(&l->c.out) && (l->client_gone || (l->full && l->down.len < l->room));
}

bool line_is_ready(const struct line *l)
{
    return l->waits || (l->served && (is_readable(l) || is_writable(l)));
}

static bool accept_line(struct line *l)
{
    l->waits = false;
    l->served = connection_init(&l->c, &l->worker->engine);
    NOTE(l->sim, ACCEPT, .worker = l->worker->index + 1, .a = l->number);
    return l->served;
}

/* From now on the n-th allocation of our own code fails, until the piece is read. */
static bool arm(struct line *l)
{
    struct sim *sim = l->sim;
    if (!sim->faults_on || !dice_chance(&sim->luck, sim->plan.allocations))
        return false;
    uint64_t n = 1 + dice_below(&sim->luck, LINE_ALLOCATIONS);
    NOTE(sim, MEMORY, .worker = l->worker->index + 1, .a = l->number, .b = (int64_t)n);
    faults_arm(n, dice_chance(&sim->luck, 500) ? FAULTS_ONCE : FAULTS_ON);
    return true;
}

static void disarm(struct line *l, bool armed)
{
    if (armed && faults_disarm() > 0)
        l->excuses |= LINE_MEMORY;
}

static size_t cut(struct sim *sim, size_t most)
{
    if (most < 2 || !dice_chance(&sim->cuts, sim->plan.cut_octets))
        return most;
    return 1 + dice_below(&sim->cuts, dice_chance(&sim->cuts, 500) && most > 20 ? 20 : most);
}

static void read_once(struct line *l)
{
    size_t n = cut(l->sim, l->up.len < LINE_READ ? l->up.len : LINE_READ);
    unsigned char *piece = malloc(n);
    if (piece == NULL)
        abort();
    memcpy(piece, fifo_slice(&l->up).data, n);
    fifo_take(&l->up, n);
    NOTE(l->sim, READ, .worker = l->worker->index + 1, .a = l->number, .b = (int64_t)n);
    bool armed = arm(l);
    connection_input(&l->c, piece, n);
    disarm(l, armed);
    free(piece);
}

/* A reset throws away what was not read yet; an orderly end comes behind it. */
static void read_some(struct line *l)
{
    if (l->client_gone) {
        connection_broken(&l->c);
        return;
    }
    while (l->up.len > 0 && connection_wants_input(&l->c)) {
        read_once(l);
        if (dice_chance(&l->sim->cuts, 300))
            break; /* the rest came a little later */
    }
    if (l->up.len == 0 && l->client_ended && !l->told && connection_wants_input(&l->c)) {
        l->told = true;
        connection_input_ended(&l->c);
    }
}

void line_serve(struct line *l)
{
    if (l->waits && !accept_line(l)) {
        line_close(l);
        return;
    }
    if (is_writable(l))
        l->full = false;
    if (is_readable(l))
        read_some(l);
    connection_touch(&l->c);
}

static void write_once(struct line *l)
{
    struct iovec iov[LINE_IOV];
    int count = outq_iov(&l->c.out, iov, LINE_IOV);
    size_t asked = 0, n = 0, room = l->room > l->down.len ? l->room - l->down.len : 0;
    if (l->client_gone) {
        connection_broken(&l->c);
        return;
    }
    for (int i = 0; i < count; i++)
        asked += iov[i].iov_len;
    size_t most = cut(l->sim, asked < room ? asked : room);
    for (int i = 0; i < count && n < most; i++) {
        size_t part = iov[i].iov_len < most - n ? iov[i].iov_len : most - n;
        fifo_put(&l->down, iov[i].iov_base, part);
        n += part;
    }
    l->full = n < asked;
    NOTE(l->sim, WRITE, .worker = l->worker->index + 1, .a = l->number, .b = (int64_t)n);
    connection_sent(&l->c, n, l->full);
}

void line_flush(struct connection *c)
{
    struct line *l = CONTAINER_OF(c, struct line, c);
    while (c->phase != CONNECTION_DEAD && !outq_is_empty(&c->out) && !l->full)
        write_once(l);
}

bool line_settle(struct line *l)
{
    assert(connection_valid(&l->c));
    bool armed = arm(l);
    connection_settle(&l->c);
    line_flush(&l->c);
    disarm(l, armed);
    if (l->c.phase == CONNECTION_LINGERING && outq_is_empty(&l->c.out))
        l->server_ended = true;
    return l->c.phase != CONNECTION_DEAD;
}

void line_close(struct line *l)
{
    struct sim *sim = l->sim;
    if (l->served) {
        l->cause = l->c.cause;
        l->was_full = l->down.len >= l->room;
        connection_release(&l->c);
        NOTE(sim, CLOSED, .worker = l->worker->index + 1, .a = l->number,
             .text = l->cause == ERR_NONE ? "in order" : error_row(l->cause)->line);
    }
    l->served = false;
    l->server_ended = true;
    list_remove(&l->link);
    fifo_release(&l->up);
    if (l->client_gone)
        free_line(l);
}
