// SPDX-License-Identifier: MIT
#include "support/sim/desk.h"

#include "adapter/batch_answer.h"
#include "support/sim/revocation.h"
#include "support/sim/sim.h"

enum { DESK_DELAY_MS = 60, DESK_ALLOCATIONS = 12 };

static void stay_asleep(struct loop *l)
{
    (void)l;
}

/* ---- in: batches ---- */

static struct desk_batch *add(struct desk_pile *pile, struct desk_batch entry)
{
    assert(pile->count < DESK_BATCHES);
    pile->batches[pile->count] = entry;
    return &pile->batches[pile->count++];
}

static struct desk_batch take(struct desk_pile *pile, size_t at)
{
    struct desk_batch entry = pile->batches[at];
    pile->count--;
    memmove(&pile->batches[at], &pile->batches[at + 1], (pile->count - at) * sizeof entry);
    return entry;
}

static void on_executed(struct batch *b);

static void submit(struct store *port, struct batch *b)
{
    struct desk *d = CONTAINER_OF(port, struct desk, port);
    (void)add(&d->under_way, (struct desk_batch){.batch = b, .home = b->home, .done = b->done});
    b->home = &d->loop;
    b->done = on_executed;
    d->store->port.submit(&d->store->port, b);
}

static bool is_crowded(struct store *port)
{
    struct desk *d = CONTAINER_OF(port, struct desk, port);
    return d->store->port.is_crowded(&d->store->port);
}

/* ---- what the model is told ---- */

static bool is_named(const struct batch_step *step, const char *name)
{
    return strcmp(step->statement->name, name) == 0;
}

static void tell_ended(struct desk *d, const struct batch_step *step)
{
    struct uuid login;
    for (size_t i = 0; i < step->rows.count; i++) {
        if (rows_uuid(&step->rows, i, 0, &login))
            model_login_ended(d->sim, &login);
    }
}

/* The worst moment to lose a right is when it has just been found, and nobody knows yet. */
static bool ambush(struct sim *sim, const struct uuid *channel, const struct uuid *user)
{
    int person = model_person(sim, user), number = model_channel(&sim->model, channel);
    if (person < 0 || number < 0 || !sim->faults_on || !dice_chance(&sim->luck, sim->plan.ambushes) ||
        !revocation_is_possible(sim, (unsigned)person, (unsigned)number))
        return false;
    revocation_begin(sim, (unsigned)person, (unsigned)number);
    return true;
}

/* True when what was found is to be answered late. */
static bool tell_right(struct desk *d, const struct batch_step *step)
{
    struct uuid channel, user;
    memcpy(channel.octets, step->values[0].octets.data, sizeof channel.octets);
    memcpy(user.octets, step->values[1].octets.data, sizeof user.octets);
    if (is_named(step, "sim_revoke"))
        model_revoked(d->sim, &channel, &user);
    if (is_named(step, "sim_revoke") || step->rows.count == 0)
        return false;
    model_checked(d->sim, &channel, &user, (uint64_t)rows_at(&step->rows, 0, 0)->number);
    return ambush(d->sim, &channel, &user);
}

static bool tell_model(struct desk *d, const struct batch *b)
{
    bool late = false;
    for (size_t i = 0; b->error == ERR_NONE && i < b->step_count; i++) {
        const struct batch_step *step = &b->steps[i];
        if (is_named(step, "login_ended"))
            tell_ended(d, step);
        else if (is_named(step, "log_read"))
            late |= dice_chance(&d->sim->luck, d->sim->plan.delays);
        else if (is_named(step, "channel_head") || is_named(step, "sim_revoke"))
            late |= tell_right(d, step);
    }
    return late;
}

/* Now and then a thread is interrupted before it has answered, or placed the next event. */
static int64_t interrupted_until(struct desk *d, unsigned per_mille)
{
    struct sim *sim = d->sim;
    if (!sim->faults_on || !dice_chance(&sim->luck, per_mille))
        return sim->now;
    return sim->now + dice_between(&sim->luck, 0, DESK_DELAY_MS) * MICROSECONDS_PER_MS;
}

static void on_executed(struct batch *b)
{
    struct desk *d = CONTAINER_OF(b->home, struct desk, loop);
    bool write = b->kind == BATCH_WRITE;
    size_t at = 0;
    while (d->under_way.batches[at].batch != b)
        at++;
    struct desk_batch entry = take(&d->under_way, at);
    entry.behind = d->committed;
    bool late = tell_model(d, b);
    entry.ready_at = interrupted_until(d, late    ? 1000
                                          : write ? d->sim->plan.delays / 4
                                                  : d->sim->plan.delays / 2);
    (void)add(write ? &d->writes : &d->reads, entry);
}

void desk_collect(struct desk *d)
{
    (void)mailbox_run(&d->loop.mail);
}

/* ---- out: events ---- */

static void publish(struct publisher *publisher, struct event *e)
{
    struct desk *d = CONTAINER_OF(publisher, struct desk, publisher);
    if (d->committed == d->room) {
        d->room = d->room == 0 ? 256 : d->room * 2;
        d->events = realloc(d->events, d->room * sizeof(struct event *));
        if (d->events == NULL)
            abort();
    }
    d->events[d->committed++] = event_ref(e);
    model_committed(d->sim, e);
}

bool desk_can_place(const struct desk *d, unsigned worker)
{
    return d->placed[worker] < d->committed && d->sim->now >= d->place_at[worker];
}

static uint64_t placed_everywhere(const struct desk *d)
{
    uint64_t least = d->committed;
    for (unsigned i = 0; i < d->sim->plan.workers; i++)
        least = d->placed[i] < least ? d->placed[i] : least;
    return least;
}

void desk_place(struct desk *d, unsigned worker)
{
    uint64_t at = d->placed[worker]++;
    struct event *e = d->events[at];
    NOTE(d->sim, PLACED, .worker = worker + 1, .b = (int64_t)at + 1);
    hub_publish(&d->sim->house.workers[worker].alone, e);
    d->place_at[worker] = interrupted_until(d, d->sim->plan.delays / 4);
    if (placed_everywhere(d) > at) {
        d->events[at] = NULL;
        event_unref(e);
    }
}

/* ---- out: answers ---- */

bool desk_can_answer(const struct desk *d, bool write)
{
    int64_t now = d->sim->now;
    if (write)
        return d->writes.count > 0 && d->writes.batches[0].behind <= placed_everywhere(d) &&
               now >= d->writes.batches[0].ready_at;
    for (size_t i = 0; i < d->reads.count; i++) {
        if (now >= d->reads.batches[i].ready_at)
            return true;
    }
    return false;
}

/* Whatever concerns logins ends the process when there is no memory to tell all workers (api/sessions.c). */
static bool may_starve(const struct batch *b)
{
    for (size_t i = 0; i < b->step_count; i++) {
        if (strncmp(b->steps[i].statement->name, "login", 5) == 0 || is_named(&b->steps[i], "sim_revoke"))
            return false;
    }
    return true;
}

static void on_starved(struct batch *b)
{
    struct house_worker *w = CONTAINER_OF(b->home, struct house_worker, loop);
    struct desk *d = &w->sim->house.desk;
    size_t at = 0;
    while (d->starving.batches[at].batch != b)
        at++;
    struct desk_batch entry = take(&d->starving, at);
    uint64_t n = 1 + dice_below(&w->sim->luck, DESK_ALLOCATIONS);
    NOTE(w->sim, STARVES, .worker = w->index + 1, .b = (int64_t)n, .text = "what a store's answer leads to");
    worker_arm(w, n);
    entry.done(b);
    (void)worker_disarm(w);
}

/* Writes come from one thread, reads from several. */
void desk_answer(struct desk *d, bool write)
{
    struct desk_pile *pile = write ? &d->writes : &d->reads;
    size_t at = write ? 0 : dice_below(&d->sim->order, pile->count);
    while (!write && d->sim->now < pile->batches[at].ready_at)
        at = (at + 1) % pile->count;
    struct desk_batch entry = take(pile, at);
    NOTE(d->sim, ANSWER, .a = write, .b = entry.batch->error);
    entry.batch->home = entry.home;
    entry.batch->done = entry.done;
    if (d->sim->faults_on && may_starve(entry.batch) &&
        dice_chance(&d->sim->luck, d->sim->plan.allocations)) {
        (void)add(&d->starving, entry);
        entry.batch->done = on_starved;
    }
    loop_post(entry.home, &entry.batch->mail);
}

/* What could go already waits for something else. */
static int64_t later(int64_t now, int64_t at)
{
    return at > now ? at : INT64_MAX;
}

int64_t desk_wakes(const struct desk *d)
{
    int64_t now = d->sim->now;
    int64_t at = d->writes.count > 0 ? later(now, d->writes.batches[0].ready_at) : INT64_MAX;
    for (size_t i = 0; i < d->reads.count; i++)
        at = timers_sooner(at, later(now, d->reads.batches[i].ready_at));
    for (unsigned i = 0; i < d->sim->plan.workers; i++) {
        if (d->placed[i] < d->committed)
            at = timers_sooner(at, later(now, d->place_at[i]));
    }
    return at;
}

bool desk_is_empty(struct desk *d)
{
    return d->under_way.count == 0 && d->writes.count == 0 && d->reads.count == 0 &&
           placed_everywhere(d) == d->committed;
}

void desk_hurry(struct desk *d)
{
    for (size_t i = 0; i < d->writes.count; i++)
        d->writes.batches[i].ready_at = 0;
    for (size_t i = 0; i < d->reads.count; i++)
        d->reads.batches[i].ready_at = 0;
    memset(d->place_at, 0, sizeof d->place_at);
}

void desk_lose(struct desk *d)
{
    struct sqlite_writer *w = &d->store->writer;
    struct mail *next;
    for (struct mail *mail = mailbox_take(&w->service.inbox); mail != NULL; mail = next) {
        next = mail->next;
        atomic_fetch_sub_explicit(&w->unfinished, 1, memory_order_relaxed);
        batch_answer(CONTAINER_OF(mail, struct batch, mail), ERR_SERVICE_UNAVAILABLE);
    }
    desk_collect(d);
}

/* ---- life ---- */

void desk_init(struct desk *d, struct sim *sim, struct sqlite_store *store)
{
    memset(d, 0, offsetof(struct desk, under_way));
    d->under_way.count = d->writes.count = d->reads.count = d->starving.count = 0;
    d->events = NULL;
    d->room = 0;
    d->committed = 0;
    memset(d->placed, 0, sizeof d->placed);
    memset(d->place_at, 0, sizeof d->place_at);
    d->port = (struct store){submit, is_crowded};
    d->publisher = (struct publisher){publish};
    d->sim = sim;
    d->store = store;
    loop_init(&d->loop, &sim->clock, &sim->random, stay_asleep);
}

void desk_release(struct desk *d)
{
    assert(desk_is_empty(d));
    free(d->events);
}
