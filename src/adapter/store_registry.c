// SPDX-License-Identifier: MIT
#include "adapter/store_registry.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/object.h"

enum {
    REGISTRY_MAGIC = 0x52454749,
    CALL_MAGIC = 0x5243414c,
    CALL_MEMORY = 4096 /* octets: a few rows of a few ids */
};

const struct registry_options registry_defaults = {.live = 1, .grace = 10 * MICROSECONDS_PER_SECOND};

/* One call on its way through the store. */
struct work {
    unsigned magic;
    struct registry_call *call;
    struct arena arena;
    struct batch batch;
};

/* --- statements --- */

/* Two logins of one user at a time wait for each other here,
 * where the store itself does not serialise them. */
static const struct statement LOGIN_LOCK = {"login_lock", "UPDATE users SET role = role WHERE id = ?1", 1};

/* Logins end in three steps: they are noted as removed by this call, ?1 at ?2; what is noted is deleted; and what is
 * noted is what the call ended. A call that is made again, because its outcome was lost, finds what it noted and ends
 * nobody else. */
#define END_LOGINS(condition)                                                                                \
    "INSERT INTO removals (id, owner_id, cause, removed_at) SELECT l.id, l.user_id, ?1, ?2 FROM logins l"    \
    " WHERE " condition                                                                                      \
    " AND NOT EXISTS (SELECT 1 FROM removals r WHERE r.cause = ?1) ON CONFLICT (id) DO NOTHING"

/* All but the newest ?5 others, so that with the new one there are ?5 + 1. Nobody, when the new one is there
 * already: this is a repetition, and who came after it stays. */
static const struct statement LOGIN_DISPLACE = {
    "login_displace",
    END_LOGINS("l.user_id = ?3 AND l.id <> ?4 AND l.id NOT IN"
               " (SELECT id FROM logins WHERE user_id = ?3 AND id <> ?4 ORDER BY issued DESC, id LIMIT ?5)"
               " AND NOT EXISTS (SELECT 1 FROM logins WHERE id = ?4)"),
    5};
static const struct statement LOGIN_REMOVE = {
    "login_remove",
    END_LOGINS("l.id = ?3 AND (l.refresh_id = ?4 OR (l.previous_refresh_id = ?4 AND l.rotated > ?5))"), 5};
static const struct statement LOGIN_REVOKE = {"login_revoke", END_LOGINS("l.user_id = ?3 AND l.id <> ?4"), 4};
static const struct statement LOGIN_SWEEP = {
    "login_sweep",
    END_LOGINS("l.id IN (SELECT id FROM logins WHERE expires <= ?2 ORDER BY expires LIMIT ?3)"), 3};
static const struct statement LOGIN_DELETE = {
    "login_delete", "DELETE FROM logins WHERE id IN (SELECT id FROM removals WHERE cause = ?1)", 1};
static const struct statement LOGIN_ENDED = {
    "login_ended", "SELECT id, owner_id FROM removals WHERE cause = ?1 ORDER BY id", 1};

/* A user who was deleted meanwhile gets none. */
static const struct statement LOGIN_INSERT = {
    "login_insert",
    "INSERT INTO logins (id, user_id, access_id, refresh_id, previous_refresh_id, issued, rotated, expires)"
    " SELECT ?1, users.id, ?3, ?4, NULL, ?5, ?5, ?6 FROM users WHERE users.id = ?2 ON CONFLICT (id) DO "
    "NOTHING",
    6};

#define LOGIN_COLUMNS "id, user_id, access_id, refresh_id, rotated, expires"

static const struct statement LOGIN_READ = {"login_read",
                                            "SELECT " LOGIN_COLUMNS " FROM logins WHERE id = ?1", 1};
static const struct statement LOGIN_VERIFY = {
    "login_verify",
    "SELECT " LOGIN_COLUMNS
    " FROM logins WHERE id = ?1 AND user_id = ?2 AND expires > ?3 AND (?5 = 1 OR access_id = ?4)",
    5};
static const struct statement LOGIN_ROTATE = {"login_rotate",
                                              "UPDATE logins SET previous_refresh_id = refresh_id, "
                                              "refresh_id = ?4, access_id = ?5, rotated = ?6, expires = ?7"
                                              " WHERE id = ?1 AND refresh_id = ?2 AND expires > ?3",
                                              7};
/* The pair of this rotation, or the one that another has issued for the same refresh token within the grace
 * time. */
static const struct statement LOGIN_ROTATED = {
    "login_rotated",
    "SELECT " LOGIN_COLUMNS " FROM logins WHERE id = ?1 AND expires > ?3"
    " AND (refresh_id = ?4 OR (previous_refresh_id = ?2 AND rotated > ?5))",
    5};
static const struct statement LOGIN_COUNT = {
    "login_count", "SELECT count(*) FROM logins WHERE user_id = ?1 AND expires > ?2", 2};

/* --- what other instances are told (schema/proto/parley/v1/event.proto) --- */

/* ?1 the event's id, ?2 now; payload: of `rows`, each with n, counting from 1. */
#define TELL(field, login, rows)                                                                             \
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"                                            \
    " SELECT s.name, s.seq + x.n, event_time(s.time, ?2, x.n), '*', event_id(?1, x.n),"                      \
    " pb_cat(pb_id(1, event_id(?1, x.n)), pb_text(2, s.name), pb_text(5, '*'),"                              \
    " pb_message(" #field ", " login "))"                                                                    \
    " FROM streams s JOIN (" rows ") x ON x.n > 0"                                                           \
    " WHERE s.name = 'logins' AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = event_id(?1, 1))"             \
    " ON CONFLICT (id) DO NOTHING"

/* ?3 the call that ended them */
static const struct statement TELL_ENDED = {
    "tell_login_ended",
    TELL(
        26, "pb_cat(pb_id(1, x.id), pb_id(2, x.owner_id))",
        "SELECT row_number() OVER (ORDER BY r.id) AS n, r.id, r.owner_id FROM removals r WHERE r.cause = ?3"),
    3};
/* ?3 the login, ?4 its refresh token: if that is the one it has */
static const struct statement TELL_LIVE = {
    "tell_login_live",
    TELL(25, "pb_cat(pb_id(1, x.id), pb_id(2, x.user_id), pb_instant(3, x.expires))",
         "SELECT 1 AS n, l.id, l.user_id, l.expires FROM logins l WHERE l.id = ?3 AND l.refresh_id = ?4"),
    4};

static void add(struct batch *b, const struct statement *statement, const struct value *values)
{
    memcpy(batch_add(b, statement)->values, values, statement->parameters * sizeof *values);
}

#define ADD(batch, statement, ...)                                                                           \
    do {                                                                                                     \
        const struct value values_[] = {__VA_ARGS__};                                                        \
        assert(ARRAY_LEN(values_) == (statement).parameters);                                                \
        add(batch, &(statement), values_);                                                                   \
    } while (0)

static const struct rows *last_rows(const struct batch *b)
{
    return &b->steps[b->step_count - 1].rows;
}

/* --- what each operation asks, and what it makes of the answer --- */

static bool take_login(const struct rows *rows, struct login *l)
{
    if (rows->count != 1)
        return false;
    l->issued = rows_at(rows, 0, 4)->number;
    l->expires = rows_at(rows, 0, 5)->number;
    return rows_uuid(rows, 0, 0, &l->id) && rows_uuid(rows, 0, 1, &l->user) &&
           rows_uuid(rows, 0, 2, &l->access) && rows_uuid(rows, 0, 3, &l->refresh);
}

/* LOGIN_ENDED is the last step. */
static enum error made_ended(const struct batch *b, struct registry_call *c)
{
    const struct rows *rows = last_rows(b);
    for (size_t i = 0; i < rows->count && c->ended_count < REGISTRY_ENDED; i++)
        c->ended_count += rows_uuid(rows, i, 0, &c->ended[c->ended_count]) &&
                          rows_uuid(rows, i, 1, &c->ended_users[c->ended_count]);
    return ERR_NONE;
}

/* The call's id with its last octets free for counting; `kind` tells the events of one call apart. NULL: no memory. */
static const struct uuid *event_id(struct batch *b, const struct registry_call *c, unsigned char kind)
{
    struct uuid *id = ARENA_NEW(b->arena, struct uuid);
    if (id == NULL)
        return NULL;
    *id = c->id;
    memset(id->octets + sizeof id->octets - EVENT_ID_COUNTER, 0, EVENT_ID_COUNTER);
    id->octets[0] = (unsigned char)(id->octets[0] ^ kind);
    return id;
}

static size_t stream_of(struct batch *b)
{
    return b->stream_count > 0 ? 0 : batch_stream(b, SLICE("logins"));
}

static void tell_ended(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    const struct uuid *id = r->options.tells ? event_id(b, c, 0) : NULL;
    if (id == NULL)
        return;
    struct batch_step *step = batch_events(b, stream_of(b), id, &TELL_ENDED);
    step->values[0] = value_uuid(id);
    step->values[1] = value_instant(c->now);
    step->values[2] = value_uuid(&c->id);
}

static void tell_live(const struct store_registry *r, struct batch *b, const struct registry_call *c,
                      const struct login *login)
{
    const struct uuid *id = r->options.tells ? event_id(b, c, 1) : NULL;
    if (id == NULL)
        return;
    struct batch_step *step = batch_events(b, stream_of(b), id, &TELL_LIVE);
    step->values[0] = value_uuid(id);
    step->values[1] = value_instant(c->now);
    step->values[2] = value_uuid(&login->id);
    step->values[3] = value_uuid(&login->refresh);
}

/* What the statement before it has noted. */
static void add_deletion(struct batch *b, const struct registry_call *c)
{
    ADD(b, LOGIN_DELETE, value_uuid(&c->id));
}

static void add_ended(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    ADD(b, LOGIN_ENDED, value_uuid(&c->id));
    tell_ended(r, b, c);
}

enum { CREATE_READ = 4 /* the step that reads the login */ };

static void ask_create(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    const struct login *l = &c->login;
    ADD(b, LOGIN_LOCK, value_uuid(&l->user));
    ADD(b, LOGIN_DISPLACE, value_uuid(&c->id), value_instant(c->now), value_uuid(&l->user),
        value_uuid(&l->id), value_int(r->options.live - 1));
    add_deletion(b, c);
    ADD(b, LOGIN_INSERT, value_uuid(&l->id), value_uuid(&l->user), value_uuid(&l->access),
        value_uuid(&l->refresh), value_instant(l->issued), value_instant(l->expires));
    ADD(b, LOGIN_READ, value_uuid(&l->id));
    add_ended(r, b, c);
    tell_live(r, b, c, l);
}

static enum error made_create(const struct batch *b, struct registry_call *c)
{
    if (!take_login(&b->steps[CREATE_READ].rows, &c->login))
        return ERR_INVALID_TOKEN;
    return made_ended(b, c);
}

static void ask_verify(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    (void)r;
    const struct login *l = &c->login;
    ADD(b, LOGIN_VERIFY, value_uuid(&l->id), value_uuid(&l->user), value_instant(c->now),
        value_uuid(&l->access), value_int(c->any_access));
}

static enum error made_login(const struct batch *b, struct registry_call *c)
{
    return take_login(last_rows(b), &c->login) ? ERR_NONE : ERR_INVALID_TOKEN;
}

static void ask_rotate(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    const struct login *l = &c->login, *next = &c->next;
    ADD(b, LOGIN_ROTATE, value_uuid(&l->id), value_uuid(&l->refresh), value_instant(c->now),
        value_uuid(&next->refresh), value_uuid(&next->access), value_instant(next->issued),
        value_instant(next->expires));
    ADD(b, LOGIN_ROTATED, value_uuid(&l->id), value_uuid(&l->refresh), value_instant(c->now),
        value_uuid(&next->refresh), value_instant(c->now - r->options.grace));
    tell_live(r, b, c, &c->next);
}

static void ask_remove(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    const struct login *l = &c->login;
    ADD(b, LOGIN_REMOVE, value_uuid(&c->id), value_instant(c->now), value_uuid(&l->id),
        value_uuid(&l->refresh), value_instant(c->now - r->options.grace));
    add_deletion(b, c);
    add_ended(r, b, c);
}

static void ask_sweep(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    ADD(b, LOGIN_SWEEP, value_uuid(&c->id), value_instant(c->now), value_int(REGISTRY_ENDED));
    add_deletion(b, c);
    add_ended(r, b, c);
}

static void ask_revoke(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    ADD(b, LOGIN_LOCK, value_uuid(&c->login.user));
    ADD(b, LOGIN_REVOKE, value_uuid(&c->id), value_instant(c->now), value_uuid(&c->login.user),
        value_uuid(&c->login.id));
    add_deletion(b, c);
    add_ended(r, b, c);
}

static void ask_online(const struct store_registry *r, struct batch *b, const struct registry_call *c)
{
    (void)r;
    ADD(b, LOGIN_COUNT, value_uuid(&c->login.user), value_instant(c->now));
}

static enum error made_online(const struct batch *b, struct registry_call *c)
{
    c->online = rows_at(last_rows(b), 0, 0)->number > 0;
    return ERR_NONE;
}

static const struct {
    enum batch_kind kind;
    void (*ask)(const struct store_registry *, struct batch *, const struct registry_call *);
    enum error (*made)(const struct batch *, struct registry_call *);
} operations[] = {
    [REGISTRY_CREATE] = {BATCH_WRITE, ask_create, made_create},
    [REGISTRY_VERIFY] = {BATCH_READ, ask_verify, made_login},
    [REGISTRY_ROTATE] = {BATCH_WRITE, ask_rotate, made_login},
    [REGISTRY_REMOVE] = {BATCH_WRITE, ask_remove, made_ended},
    [REGISTRY_SWEEP] = {BATCH_WRITE, ask_sweep, made_ended},
    [REGISTRY_ONLINE] = {BATCH_READ, ask_online, made_online},
    [REGISTRY_REVOKE] = {BATCH_WRITE, ask_revoke, made_ended},
};

/* --- the way there and back --- */

static void on_batch(struct batch *b)
{
    struct work *work = CONTAINER_OF(b, struct work, batch);
    OBJ_CHECK(work, CALL_MAGIC);
    struct registry_call *c = work->call;
    c->error = b->error == ERR_NONE ? operations[c->operation].made(b, c) : ERR_SERVICE_UNAVAILABLE;
    arena_release(&work->arena);
    OBJ_DEAD(work);
    free(work);
    c->done(c);
}

static void refuse(struct mail *mail)
{
    struct registry_call *c = CONTAINER_OF(mail, struct registry_call, mail);
    c->error = ERR_SERVICE_UNAVAILABLE;
    c->done(c);
}

/* NULL when there is no memory for all that it says. */
static struct work *work_new(const struct store_registry *r, struct registry_call *c)
{
    struct work *work = malloc(sizeof *work);
    if (work == NULL)
        return NULL;
    work->magic = CALL_MAGIC;
    work->call = c;
    arena_init(&work->arena, CALL_MEMORY);
    batch_init(&work->batch, operations[c->operation].kind, &work->arena, c->home, on_batch);
    operations[c->operation].ask(r, &work->batch, c);
    if (arena_ok(&work->arena))
        return work;
    arena_release(&work->arena);
    free(work);
    return NULL;
}

static void submit(struct registry *port, struct registry_call *c)
{
    struct store_registry *r = CONTAINER_OF(port, struct store_registry, port);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    c->online = false;
    c->ended_count = 0;
    struct work *work = work_new(r, c);
    if (work == NULL) {
        c->mail.run = refuse;
        loop_post(c->home, &c->mail);
        return;
    }
    r->store->submit(r->store, &work->batch);
}

void store_registry_init(struct store_registry *r, struct store *store,
                         const struct registry_options *options)
{
    assert(options->live >= 1 && options->live <= REGISTRY_ENDED && options->grace >= 0);
    OBJ_INIT(r, REGISTRY_MAGIC);
    r->port.submit = submit;
    r->store = store;
    r->options = *options;
}
