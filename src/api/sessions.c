// SPDX-License-Identifier: MIT
// Which STOMP sessions belong to which login, so that the end of a login ends them (SC-8, G6).
#include <stdlib.h>

#include "api/internal.h"
#include "dto/values.h"

enum {
    SESSION_MAGIC = 0x53455353,
};
/* A check of a login that was under way when the login ended comes back within this time. */
#define ENDED_REMEMBERED (120 * MICROSECONDS_PER_SECOND)

struct ended_login {
    struct table_node node;
    struct list order;
    struct uuid login;
    int64_t at;
};

/* One worker is told that a login ended. */
struct ended_notice {
    struct mail mail;
    struct api *api;
    struct uuid login;
};

static uint32_t hash_login(const struct api *a, const struct uuid *login)
{
    return (uint32_t)hash_slice(&a->key, slice_of(login->octets, sizeof login->octets));
}

struct api_session *api_session_new(struct api *a, struct connection_id id, const struct caller *caller,
                                    const Parley__V1__UserDto *user)
{
    size_t len = protobuf_c_message_get_packed_size(&user->base);
    struct api_session *s = len > UINT16_MAX ? NULL : calloc(1, sizeof *s + len);
    if (s == NULL)
        return NULL;
    s->magic = SESSION_MAGIC;
    s->references = 1;
    s->api = a;
    s->connection = id;
    s->caller = *caller;
    s->user_len = (uint16_t)protobuf_c_message_pack(&user->base, s->user);
    return s;
}

Parley__V1__UserDto *api_session_user(const struct api_session *s, struct arena *arena)
{
    OBJ_CHECK(s, SESSION_MAGIC);
    return dto_unpack(arena, &parley__v1__user_dto__descriptor, slice_of(s->user, s->user_len));
}

struct api_session *api_session_ref(struct api_session *s)
{
    OBJ_CHECK(s, SESSION_MAGIC);
    s->references++;
    return s;
}

void api_session_unref(struct api_session *s)
{
    if (s == NULL)
        return;
    OBJ_CHECK(s, SESSION_MAGIC);
    if (--s->references > 0)
        return;
    assert(!s->entered);
    OBJ_DEAD(s);
    free(s);
}

static bool ended_equals(const struct table_node *node, const void *key)
{
    const struct ended_login *ended = CONTAINER_OF(node, struct ended_login, node);
    return uuid_equals(&ended->login, key);
}

static bool has_ended(const struct api *a, const struct uuid *login)
{
    return table_find(&a->ended, hash_login(a, login), ended_equals, login) != NULL;
}

bool api_session_enter(struct api_session *s)
{
    struct api *a = s->api;
    if (has_ended(a, &s->caller.login))
        return false;
    table_insert(&a->sessions, &s->node, hash_login(a, &s->caller.login));
    s->entered = true;
    return true;
}

bool api_session_move(struct api_session *s, const struct caller *caller)
{
    OBJ_CHECK(s, SESSION_MAGIC);
    if (has_ended(s->api, &caller->login))
        return false;
    api_session_leave(s);
    s->caller = *caller;
    return api_session_enter(s);
}

void api_session_leave(struct api_session *s)
{
    if (!s->entered)
        return;
    table_remove(&s->api->sessions, &s->node);
    s->entered = false;
}

/* ---- the end of a login ---- */

static void forget(struct api *a, struct ended_login *ended)
{
    table_remove(&a->ended, &ended->node);
    list_remove(&ended->order);
    free(ended);
}

static void remember(struct api *a, const struct uuid *login)
{
    while (!list_is_empty(&a->ended_order)) {
        struct ended_login *oldest = CONTAINER_OF(a->ended_order.next, struct ended_login, order);
        if (a->loop->now < oldest->at + ENDED_REMEMBERED)
            break;
        forget(a, oldest);
    }
    struct ended_login *ended = calloc(1, sizeof *ended);
    if (ended == NULL)
        abort(); /* outside any connection: nothing that could be given up instead */
    ended->login = *login;
    ended->at = a->loop->now;
    list_init(&ended->order);
    list_append(&a->ended_order, &ended->order);
    table_insert(&a->ended, &ended->node, hash_login(a, login));
}

static bool session_equals(const struct table_node *node, const void *key)
{
    const struct api_session *s = CONTAINER_OF(node, struct api_session, node);
    return uuid_equals(&s->caller.login, key);
}

static void end_session(struct api *a, struct api_session *s)
{
    struct stomp_session *stomp = stomp_find(a->engine, s->connection);
    api_session_leave(s);
    if (stomp != NULL)
        stomp_refuse(stomp, ERR_LOGIN_ENDED);
}

static void on_ended(struct mail *mail)
{
    struct ended_notice *notice = CONTAINER_OF(mail, struct ended_notice, mail);
    struct api *a = notice->api;
    uint32_t hash = hash_login(a, &notice->login);
    remember(a, &notice->login);
    struct table_node *node;
    while ((node = table_find(&a->sessions, hash, session_equals, &notice->login)) != NULL)
        end_session(a, CONTAINER_OF(node, struct api_session, node));
    free(notice);
}

/* The table must not change while it is walked through, so it is walked through again after each. */
static struct api_session *find_by_user(const struct api *a, const struct uuid *user)
{
    for (struct table_node *n = table_next(&a->sessions, NULL); n != NULL; n = table_next(&a->sessions, n)) {
        struct api_session *s = CONTAINER_OF(n, struct api_session, node);
        if (uuid_equals(&s->caller.user, user))
            return s;
    }
    return NULL;
}

void api_end_user(struct api *a, const struct uuid *user)
{
    for (struct api_session *s = find_by_user(a, user); s != NULL; s = find_by_user(a, user))
        end_session(a, s);
}

void api_end_logins(struct api *a, const struct uuid *logins, size_t count)
{
    struct api_shared *shared = a->shared;
    for (size_t i = 0; i < count; i++) {
        for (size_t w = 0; w < shared->worker_count; w++) {
            struct ended_notice *notice = malloc(sizeof *notice);
            if (notice == NULL)
                abort();
            notice->mail.run = on_ended;
            notice->api = shared->workers[w];
            notice->login = logins[i];
            loop_post(shared->workers[w]->loop, &notice->mail);
        }
    }
}

void api_sessions_release(struct api *a)
{
    assert(a->sessions.count == 0);
    while (!list_is_empty(&a->ended_order))
        forget(a, CONTAINER_OF(a->ended_order.next, struct ended_login, order));
    table_release(&a->sessions);
    table_release(&a->ended);
}
