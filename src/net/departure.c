// SPDX-License-Identifier: MIT
#include "net/departure.h"

#include "net/acceptor.h"
#include "net/conn.h"

enum { DEPARTURE_MAGIC = 0x44455041 };

static void schedule(struct departure *d, int64_t now);

static bool tell_one(struct departure *d)
{
    struct connection *c = slots_next(&d->engine->connections, &d->slot);
    if (c == NULL)
        return false;
    d->told++;
    if (c->phase == CONNECTION_OPEN)
        c->protocol->leave(c);
    return true;
}

/* As many as should have been told by now, if they are spread evenly. */
static void tell_due(struct departure *d, int64_t now)
{
    int64_t passed = now - d->since;
    uint32_t due = d->total;
    if (passed < d->spread)
        due = (uint32_t)(1 + (double)d->total * (double)passed / (double)d->spread);
    while (d->told < due && tell_one(d))
        ;
    if (d->told < due)
        d->told = d->total; /* others have ended by themselves */
}

static void cut_rest(struct departure *d)
{
    uint32_t slot = 0;
    struct connection *c;
    while ((c = slots_next(&d->engine->connections, &slot)) != NULL) {
        if (c->phase != CONNECTION_DEAD)
            d->cut++;
        connection_abort(c, ERR_GOING_AWAY);
    }
}

static void on_timer(struct timer *t)
{
    struct departure *d = CONTAINER_OF(t, struct departure, timer);
    OBJ_CHECK(d, DEPARTURE_MAGIC);
    int64_t now = d->engine->loop->now;
    if (now >= d->since + d->grace) {
        cut_rest(d);
        return;
    }
    tell_due(d, now);
    schedule(d, now);
}

static void schedule(struct departure *d, int64_t now)
{
    int64_t deadline = d->since + d->grace;
    int64_t next = d->told < d->total ? now + TIMERS_TICK : deadline;
    timer_start(&d->engine->loop->timers, &d->timer, next < deadline ? next : deadline);
}

static void on_order(struct mail *mail)
{
    struct departure *d = CONTAINER_OF(mail, struct departure, order);
    OBJ_CHECK(d, DEPARTURE_MAGIC);
    acceptor_let_go(d->acceptor); /* who waits in the queue is told to go like the others */
    acceptor_drain(d->acceptor);
    d->leaving = true;
    d->since = d->engine->loop->now;
    d->total = d->engine->connections.used;
    tell_due(d, d->since);
    schedule(d, d->since);
}

void departure_init(struct departure *d, struct engine *engine, struct acceptor *acceptor)
{
    OBJ_INIT(d, DEPARTURE_MAGIC);
    d->order.run = on_order;
    d->engine = engine;
    d->acceptor = acceptor;
    timer_init(&d->timer, on_timer);
}

void departure_post(struct departure *d, int64_t grace, int64_t spread)
{
    OBJ_CHECK(d, DEPARTURE_MAGIC);
    d->grace = grace;
    d->spread = spread;
    loop_post(d->engine->loop, &d->order);
}

void departure_check(struct departure *d, uint32_t connections)
{
    if (!d->leaving || d->left || connections > 0)
        return;
    d->left = true;
    timer_stop(&d->engine->loop->timers, &d->timer);
    if (d->on_left != NULL)
        d->on_left(d->context, d->engine->worker, d->cut);
}

void departure_release(struct departure *d)
{
    OBJ_CHECK(d, DEPARTURE_MAGIC);
    timer_stop(&d->engine->loop->timers, &d->timer);
    OBJ_DEAD(d);
}
