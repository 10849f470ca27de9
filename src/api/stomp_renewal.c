// SPDX-License-Identifier: MIT
// SC-9: a STOMP session goes over to another login of its user, without a new connection.
//
//   SEND
//   destination:/app/token
//   Authorization:Bearer eyJ...
//
// The token is judged as that of CONNECT is. From the RECEIPT on the session belongs to the login of this token: it ends
// with that one, and not with the one before. Who shows a token of somebody else, or one that is no good, is refused as
// whoever has no right is (SL-17): ERROR and close, 4403 or 4401.
#include "api/internal.h"
#include "api/stomp_rules.h"
#include "wire/authorization.h"

struct renewal {
    struct api *api;
    struct connection_id connection;
    uint32_t ticket;
};

/* What the rules say of the role that this login has (SC-1). */
static enum error renew(struct stomp_session *s, const struct task *t, const struct stomp_rules *rules)
{
    if (t->error != ERR_NONE)
        return t->error;
    if (s->life.phase != STOMP_OPEN)
        return ERR_LOGIN_ENDED; /* meanwhile */
    struct api_session *session = s->principal;
    if (!uuid_equals(&session->caller.user, &t->caller.user))
        return ERR_AUTHORIZATION_DENIED;
    if (!stomp_rules_allow(rules, STOMP_RULE_CONNECT, SLICE("-"), t->caller.role))
        return ERR_AUTHORIZATION_DENIED;
    if (!api_session_move(session, &t->caller))
        return ERR_LOGIN_ENDED;
    s->denied = stomp_rules_denied(rules, t->caller.role);
    return ERR_NONE;
}

static void on_verified(struct task *t)
{
    const struct renewal *r = (const struct renewal *)(uintptr_t)t->context[0];
    struct api *a = r->api;
    OBJ_CHECK(a, API_MAGIC);
    atomic_fetch_sub(&a->shared->tasks, 1);
    struct stomp_session *s = stomp_find(a->engine, r->connection);
    if (s != NULL)
        stomp_sent(a->engine, r->connection, r->ticket, renew(s, t, a->shared->options.rules));
}

enum stomp_fate api_stomp_renew(struct api *a, const struct stomp_session *s, uint32_t ticket,
                                const struct stomp_frame *frame, enum error *error)
{
    struct slice value, token;
    *error = ERR_STOMP_MISSING_HEADER;
    if (!stomp_frame_header(frame, SLICE("Authorization"), &value) &&
        !stomp_frame_header(frame, SLICE("authorization"), &value))
        return STOMP_FATE_REFUSED;
    *error = ERR_INVALID_TOKEN;
    if (!authorization_bearer(value, &token))
        return STOMP_FATE_REFUSED;
    struct task *t = task_new(&a->shared->chat[a->shared->options.language], &OPERATION_SESSION_OPEN, a->loop,
                              on_verified);
    struct renewal *r = t == NULL ? NULL : ARENA_NEW(&t->arena, struct renewal);
    *error = ERR_OUT_OF_MEMORY;
    if (r == NULL) {
        if (t != NULL)
            task_free(t);
        return STOMP_FATE_REFUSED;
    }
    *r = (struct renewal){.api = a, .connection = s->connection->id, .ticket = ticket};
    t->context[0] = (uint64_t)(uintptr_t)r;
    t->bearer = arena_copy(&t->arena, token);
    atomic_fetch_add(&a->shared->tasks, 1);
    task_start(t);
    return STOMP_FATE_PENDING;
}
