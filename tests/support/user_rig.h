/* SPDX-License-Identifier: MIT
 *
 * tests/support/user_rig.h - a domain with people who change themselves and go.
 */
#ifndef PARLEY_TESTS_USER_RIG_H
#define PARLEY_TESTS_USER_RIG_H

#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

enum { BODY = 256 };

struct rig {
    struct domain d;
    struct arena arena;
    struct answer a;
    struct person chief, kim, lee;
    struct task_file picture;
};

static inline void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    r->d.registry.options.live = 3;
    arena_init(&r->arena, 1 << 20);
    domain_join(&r->d, "chief", "ADMIN", &r->chief);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    r->picture = (struct task_file){.part = SLICE("profile"),
                                    .file_name = SLICE("나.png"),
                                    .content_type = SLICE("image/png"),
                                    .size = 48213};
    uuid_draw(&r->picture.id, &r->d.random);
    r->d.now++; /* since they signed up */
}

static inline void end(struct rig *r)
{
    answer_release(&r->a);
    arena_release(&r->arena);
    domain_close(&r->d);
}

static inline struct task *make(struct rig *r, const struct operation *operation, const struct person *by,
                                const char *id, const char *body)
{
    struct task *t = domain_task(&r->d, operation);
    t->bearer = slice_from_string(by->access);
    t->parameters.id = slice_from_string(id);
    if (body != NULL)
        task_read(t, slice_from_string(body));
    return t;
}

/* He changes himself. */
static inline enum error edit(struct rig *r, const struct person *who, const char *body)
{
    domain_run(&r->d, make(r, &OPERATION_USER_UPDATE, who, who->id_text, body), &r->a);
    return r->a.error;
}

static inline enum error edit_with_picture(struct rig *r, const struct person *who, const char *body)
{
    struct task *t = make(r, &OPERATION_USER_UPDATE, who, who->id_text, body);
    t->files = &r->picture;
    t->file_count = 1;
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static inline enum error leave(struct rig *r, const struct person *who)
{
    domain_run(&r->d, make(r, &OPERATION_USER_DELETE, who, who->id_text, NULL), &r->a);
    return r->a.error;
}

static inline enum error list_as(struct rig *r, const char *access)
{
    return domain_ask(&r->d, &OPERATION_USER_LIST, access, NULL, &r->a);
}

static inline Parley__V1__Envelope *told(struct rig *r, size_t back)
{
    CHECK(r->d.told_count > back);
    return dto_unpack(&r->arena, &parley__v1__envelope__descriptor,
                      r->d.told[r->d.told_count - 1 - back]->body);
}

static inline int64_t count(struct rig *r, const char *what)
{
    char sql[BODY];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    return domain_sql(&r->d, sql);
}

enum { VERIFY = 1, READ, REVOKE, WRITE, SETTLE };

/* Starts it, and lets all that runs take turns until the condition holds. */
static inline void advance(struct rig *r, struct task *t, struct answer *a, bool (*is_there)(struct rig *))
{
    t->context[0] = (uintptr_t)a;
    task_start(t);
    for (int turns = 0; !is_there(r) && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(is_there(r));
}

static inline void settle(struct rig *r, const struct answer *a)
{
    for (int turns = 0; !a->done && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(a->done);
}

#endif
