// SPDX-License-Identifier: MIT
#include "support/store_port_internal.h"

#include "support/test.h"

enum { START = 1772442930 /* seconds */ };

/* --- the fixture --- */

static int64_t fixture_wall(const struct clock *c)
{
    return CONTAINER_OF(c, struct store_fixture, clock)->wall;
}

static int64_t fixture_mono(const struct clock *c)
{
    return CONTAINER_OF(c, struct store_fixture, clock)->mono;
}

static void fixture_fill(const struct random *r, void *octets, size_t n)
{
    struct store_fixture *f = CONTAINER_OF(r, struct store_fixture, random);
    unsigned char *to = octets;
    for (size_t i = 0; i < n; i++) {
        f->seed = f->seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        to[i] = (unsigned char)(f->seed >> 56);
    }
}

static void remember(struct publisher *p, struct event *e)
{
    struct store_fixture *f = CONTAINER_OF(p, struct store_fixture, publisher);
    assert(f->published_count < FIXTURE_EVENTS);
    f->published[f->published_count++] = event_ref(e);
    if (f->on_publish != NULL)
        f->on_publish(f, e);
}

/* When the first answer of a turn arrives. */
static void note_answer(struct loop *l)
{
    struct store_fixture *f = CONTAINER_OF(l, struct store_fixture, home);
    f->published_at_answer = f->published_count;
}

void store_fixture_init(struct store_fixture *f)
{
    memset(f, 0, sizeof *f);
    f->clock = (struct clock){fixture_wall, fixture_mono};
    f->random = (struct random){fixture_fill};
    f->wall = START * MICROSECONDS_PER_SECOND;
    f->publisher.publish = remember;
    loop_init(&f->home, &f->clock, &f->random, note_answer);
}

void store_fixture_release(struct store_fixture *f)
{
    while (f->published_count > 0)
        event_unref(f->published[--f->published_count]);
}

void store_fixture_settle(struct store_fixture *f)
{
    f->step(f);
    (void)loop_turn(&f->home);
}

void store_port_begin(struct store_fixture *f, const struct store_adapter *adapter)
{
    store_fixture_init(f);
    adapter->open(f);
}

void store_port_end(struct store_fixture *f, const struct store_adapter *adapter)
{
    adapter->close(f);
    store_fixture_release(f);
}

/* --- attempts --- */

static const struct statement MAKE = {
    "test_make",
    "INSERT INTO channels (id, created_at, name, type) SELECT ?1, ?2, ?3, 'PUBLIC' FROM streams"
    " WHERE name = ?4 AND ?5 = 1 ON CONFLICT (id) DO NOTHING",
    5};
static const struct statement APPEND = {
    "test_append",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT streams.name, streams.seq + 1, CASE WHEN ?2 > streams.time THEN ?2 ELSE streams.time + 1 END, "
    "'*', ?3, ?4"
    " FROM streams JOIN channels ON channels.id = ?5 WHERE streams.name = ?1 ON CONFLICT (id) DO NOTHING",
    5};
const struct statement ATTEMPT_VIOLATE = {
    "test_violate", "INSERT INTO channels (id, created_at, type) VALUES (?1, 0, 'NO SUCH TYPE')", 1};
const struct statement ATTEMPT_CHANNELS = {"test_channels",
                                           "SELECT id, name FROM channels ORDER BY id LIMIT ?1", 1};
const struct statement ATTEMPT_COUNT = {
    "test_count", "SELECT (SELECT count(*) FROM channels), (SELECT count(*) FROM log)", 0};

struct uuid uuid_number(unsigned n)
{
    struct uuid u = {{0}};
    for (size_t i = 0; i < sizeof n; i++)
        u.octets[15 - i] = (unsigned char)(n >> (8 * i));
    u.octets[0] = 0xAB;
    return u;
}

static void on_done(struct batch *b)
{
    struct attempt *a = CONTAINER_OF(b, struct attempt, batch);
    a->answers++;
    a->answered_as = ++a->fixture->answers;
}

void attempt_init(struct attempt *a, struct store_fixture *f, enum batch_kind kind, size_t memory)
{
    memset(a, 0, sizeof *a);
    a->fixture = f;
    arena_init(&a->arena, memory);
    batch_init(&a->batch, kind, &a->arena, &f->home, on_done);
}

void attempt_release(struct attempt *a)
{
    arena_release(&a->arena);
}

void attempt_submit(struct attempt *a)
{
    a->fixture->store->submit(a->fixture->store, &a->batch);
}

void attempt_append(struct attempt *a, size_t stream, const struct uuid *event, struct slice envelope)
{
    struct batch_step *step = batch_event(&a->batch, stream, event, &APPEND);
    step->values[0] = value_text(a->batch.streams[stream]);
    step->values[1] = value_instant(a->fixture->wall);
    step->values[2] = value_uuid(&a->batch.events[a->batch.event_count - 1].id);
    step->values[3] = value_blob(envelope);
    step->values[4] = value_uuid(&a->id);
}

void attempt_make(struct attempt *a, struct slice stream, bool allowed)
{
    struct batch_step *step = batch_add(&a->batch, &MAKE);
    step->values[0] = value_uuid(&a->id);
    step->values[1] = value_instant(a->fixture->wall);
    step->values[2] = value_text(SLICE("채널"));
    step->values[3] = value_text(stream);
    step->values[4] = value_int(allowed);
}

void attempt_prepare(struct attempt *a, struct store_fixture *f, const char *stream, unsigned id,
                     bool allowed)
{
    attempt_init(a, f, BATCH_WRITE, STORE_PORT_MEMORY);
    a->id = uuid_number(id);
    size_t at = batch_stream(&a->batch, slice_from_string(stream));
    attempt_make(a, a->batch.streams[at], allowed);
    attempt_append(a, at, &a->id, SLICE("the envelope"));
}

void attempt_announce(struct attempt *a, struct store_fixture *f, const char *stream, unsigned id,
                      bool allowed)
{
    attempt_prepare(a, f, stream, id, allowed);
    attempt_submit(a);
}

uint64_t attempt_seq(const struct attempt *a)
{
    return a->batch.events[0].seq;
}

void store_port_ask(struct attempt *a, struct store_fixture *f, enum batch_kind kind,
                    const struct statement *statement, const struct value *values)
{
    attempt_init(a, f, kind, STORE_PORT_MEMORY);
    struct batch_step *step = batch_add(&a->batch, statement);
    for (unsigned i = 0; i < statement->parameters; i++)
        step->values[i] = values[i];
    attempt_submit(a);
    store_fixture_settle(f);
    CHECK_INT(a->answers, 1);
}

int64_t store_port_number(struct store_fixture *f, const struct statement *statement,
                          const struct value *values, size_t column)
{
    struct attempt a;
    store_port_ask(&a, f, BATCH_READ, statement, values);
    int64_t number =
        a.batch.steps[0].rows.count == 0 ? -1 : rows_at(&a.batch.steps[0].rows, 0, column)->number;
    attempt_release(&a);
    return number;
}

int64_t store_port_head(struct store_fixture *f, const char *stream)
{
    struct value name = value_text(slice_from_string(stream));
    return store_port_number(f, &LOG_HEAD, &name, 0);
}

void store_port_published(const struct store_fixture *f, size_t i, const struct attempt *a,
                          const char *stream)
{
    CHECK(i < f->published_count);
    if (i >= f->published_count)
        return;
    const struct event *e = f->published[i];
    CHECK(e->kind == EVENT_DURABLE && uuid_equals(&e->id, &a->id));
    CHECK_INT(e->seq, attempt_seq(a));
    CHECK_INT(e->time, a->batch.events[0].time);
    CHECK_SLICE(e->stream, stream);
    CHECK_SLICE(e->body, "the envelope");
}
