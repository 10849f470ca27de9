// SPDX-License-Identifier: MIT
#include "chat/tickets.h"

#include <stdio.h>

#include "chat/operation.h"
#include "dto/values.h"

/* ?1 ticket, ?2 who uses it, ?3 when it expires. A batch that is repeated finds itself there. */
static const struct statement ticket_take = {
    "ticket_take", "INSERT INTO tickets (id, used_by, expires) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    3};
static const struct statement ticket_taken = {
    "ticket_taken", "SELECT 1 FROM tickets t WHERE t.id = ?1 AND t.used_by = ?2", 2};
/* Those that nobody could use any more, a few at each use: they never become many. */
static const struct statement ticket_forget = {
    "ticket_forget",
    "DELETE FROM tickets WHERE id IN (SELECT t.id FROM tickets t WHERE t.expires < ?1 LIMIT 4)", 1};

void ticket_use(struct task *t, struct batch *b)
{
    if (t->ticket.len == 0)
        return;
    struct uuid *user = ARENA_NEW(&t->arena, struct uuid);
    if (user == NULL)
        return; /* the driver asks the arena */
    task_make_id(t, user);
    batch_add(b, &ticket_forget)->values[0] = value_instant(t->now);
    struct batch_step *take = batch_add(b, &ticket_take);
    take->values[0] = value_uuid(&t->shown);
    take->values[1] = value_uuid(user);
    take->values[2] = value_instant(t->now + TICKET_LIFETIME);
    struct batch_step *taken = batch_add(b, &ticket_taken);
    taken->values[0] = value_uuid(&t->shown);
    taken->values[1] = value_uuid(user);
}

bool ticket_was_good(const struct task *t)
{
    return t->ticket.len == 0 || t->write->steps[2].rows.count > 0;
}

static enum error create_finish(struct task *t)
{
    struct token_claims claims = {.kind = TOKEN_TICKET};
    struct tokens *tokens = t->chat->tokens;
    struct slice role = dto_enum_name(&parley__v1__role__descriptor, (int)t->caller.role), ticket;
    Parley__V1__TicketDto *dto = dto_new(&t->arena, &parley__v1__ticket_dto__descriptor);
    if (dto == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, &claims.id);
    claims.login = t->caller.login;
    claims.user = t->caller.user;
    claims.issued = t->now;
    claims.expires = t->now + TICKET_LIFETIME;
    snprintf(claims.role, sizeof claims.role, "%.*s", (int)role.len, (const char *)role.data);
    enum error error = tokens->issue(tokens, &claims, &t->arena, &ticket);
    dto->ticket = arena_string(&t->arena, ticket);
    dto->expires_at = dto_instant(&t->arena, claims.expires);
    t->output = &dto->base;
    return error;
}

const struct operation OPERATION_TICKET_CREATE = {
    .name = "ticket_create",
    .who = WHO_USER,
    .finish = create_finish,
};
