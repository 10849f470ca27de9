// SPDX-License-Identifier: MIT
#include "support/sim/revocation.h"

#include "api/internal.h"
#include "support/sim/sim.h"

enum { REVOCATION_MEMORY = 4096 };

static const struct statement sim_revoke = {
    "sim_revoke", "DELETE FROM read_statuses WHERE channel_id = ?1 AND user_id = ?2", 2};

struct revocation {
    struct sim *sim;
    struct batch batch;
    struct arena arena;
    struct uuid channel, user;
    unsigned number; /* of the channel */
};

/* To one worker. */
struct notice {
    struct mail mail;
    struct house_worker *worker;
    struct uuid user;
    unsigned channel;
};

static void on_notice(struct mail *mail)
{
    struct notice *n = CONTAINER_OF(mail, struct notice, mail);
    uint32_t slot = 0;
    for (struct connection *c; (c = slots_next(&n->worker->engine.connections, &slot)) != NULL;) {
        struct stomp_session *s = stomp_of(c);
        const struct api_session *session = s == NULL ? NULL : s->principal;
        if (session != NULL && uuid_equals(&session->caller.user, &n->user))
            stomp_withdraw(s, slice_from_string(n->worker->sim->model.channels[n->channel].stream));
    }
    free(n);
}

static void on_revoked(struct batch *b)
{
    struct revocation *r = CONTAINER_OF(b, struct revocation, batch);
    struct house *h = &r->sim->house;
    for (unsigned i = 0; b->error == ERR_NONE && i < r->sim->plan.workers; i++) {
        struct notice *n = malloc(sizeof *n);
        if (n == NULL)
            abort();
        *n = (struct notice){.worker = &h->workers[i], .user = r->user, .channel = r->number};
        n->mail.run = on_notice;
        loop_post(&h->workers[i].loop, &n->mail);
    }
    arena_release(&r->arena);
    free(r);
}

bool revocation_is_possible(const struct sim *sim, unsigned person, unsigned channel)
{
    const struct model_channel *c = &sim->model.channels[channel];
    return c->is_private && model_is_member(c, person) && c->revoked[person] == MODEL_NEVER;
}

void revocation_begin(struct sim *sim, unsigned person, unsigned channel)
{
    const struct model_channel *c = &sim->model.channels[channel];
    struct revocation *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    r->sim = sim;
    r->number = channel;
    r->channel = c->id;
    r->user = sim->persons[person].id;
    arena_init(&r->arena, REVOCATION_MEMORY);
    batch_init(&r->batch, BATCH_WRITE, &r->arena, &sim->house.workers[0].loop, on_revoked);
    struct batch_step *step = batch_add(&r->batch, &sim_revoke);
    step->values[0] = value_uuid(&r->channel);
    step->values[1] = value_uuid(&r->user);
    NOTE(sim, REVOKES, .client = person + 1, .a = channel);
    sim->house.desk.port.submit(&sim->house.desk.port, &r->batch);
    desk_collect(&sim->house.desk);
}
