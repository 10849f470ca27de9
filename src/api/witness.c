// SPDX-License-Identifier: MIT
// What was committed, by this instance or another one, and ends what somebody has open: a channel, a user, a login (G6,
// SC-8, SC-10). Whoever publishes or reads the log tells it, on his own thread; each worker hears of it by mail, which
// unlike a lane never overflows.
#include <stdlib.h>

#include "api/internal.h"
#include "chat/streams.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"

enum { WITNESS_MEMORY = 1 << 20, NAME_MEMORY = 4096 /* octets: of an envelope; of the name of a stream */ };

struct notice {
    struct mail mail;
    struct api *api;
    struct uuid about;
};

/* Without memory the process aborts: what was forgotten would stay open. */
static void tell_workers(struct api_shared *shared, void (*run)(struct mail *), const struct uuid *about)
{
    for (size_t w = 0; w < shared->worker_count; w++) {
        struct notice *notice = malloc(sizeof *notice);
        if (notice == NULL)
            abort();
        notice->mail.run = run;
        notice->api = shared->workers[w];
        notice->about = *about;
        loop_post(shared->workers[w]->loop, &notice->mail);
    }
}

/* ---- on each worker ---- */

/* Who follows it is told on /user/queue/errors, if he listens there; an ERROR would cost him all the other channels. */
static void on_channel_gone(struct mail *mail)
{
    struct notice *notice = CONTAINER_OF(mail, struct notice, mail);
    struct arena arena;
    arena_init(&arena, NAME_MEMORY);
    struct slice stream = stream_of_channel(&arena, &notice->about);
    if (stream.data == NULL)
        abort();
    broker_end(notice->api->engine->broker, stream, ERR_CHANNEL_NOT_FOUND);
    arena_release(&arena);
    free(notice);
}

static void on_user_gone(struct mail *mail)
{
    struct notice *notice = CONTAINER_OF(mail, struct notice, mail);
    api_end_user(notice->api, &notice->about);
    free(notice);
}

/* ---- on the thread of whoever tells ---- */

static void channel_deleted(struct api_shared *shared, const Parley__V1__Envelope *e)
{
    struct uuid id;
    if (dto_read_uuid(e->channel_deleted->id, &id))
        tell_workers(shared, on_channel_gone, &id);
}

static void user_deleted(struct api_shared *shared, const Parley__V1__Envelope *e)
{
    struct uuid id;
    if (dto_read_uuid(e->user_deleted->id, &id))
        tell_workers(shared, on_user_gone, &id);
}

static void login_live(struct api_shared *shared, const Parley__V1__Envelope *e)
{
    const struct chat *chat = &shared->chat[LANGUAGE_KOREAN];
    const Parley__V1__Login *login = e->login_live;
    struct uuid id, user;
    if (dto_read_uuid(login->id, &id) && dto_read_uuid(login->user, &user) && login->expires != NULL)
        (void)presence_put(chat->presence, &user, &id, login->expires->microseconds,
                           chat->clock->wall(chat->clock));
}

static void login_ended(struct api_shared *shared, const Parley__V1__Envelope *e)
{
    const struct chat *chat = &shared->chat[LANGUAGE_KOREAN];
    struct uuid id, user;
    if (!dto_read_uuid(e->login_ended->id, &id) || !dto_read_uuid(e->login_ended->user, &user))
        return;
    presence_end(chat->presence, &user, &id, chat->clock->wall(chat->clock));
    api_end_logins(shared->workers[0], &id, 1);
}

static const struct {
    Parley__V1__Envelope__PayloadCase payload;
    void (*act)(struct api_shared *, const Parley__V1__Envelope *);
} rows[] = {
    {PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_DELETED, channel_deleted},
    {PARLEY__V1__ENVELOPE__PAYLOAD_USER_DELETED, user_deleted},
    {PARLEY__V1__ENVELOPE__PAYLOAD_LOGIN_LIVE, login_live},
    {PARLEY__V1__ENVELOPE__PAYLOAD_LOGIN_ENDED, login_ended},
};

void api_witness(struct api_shared *shared, const struct event *event)
{
    struct arena arena;
    if (event->kind != EVENT_DURABLE ||
        !(slice_equals(event->stream, SLICE("events")) || slice_equals(event->stream, SLICE("logins"))))
        return;
    arena_init(&arena, WITNESS_MEMORY);
    const Parley__V1__Envelope *e = dto_unpack(&arena, &parley__v1__envelope__descriptor, event->body);
    for (size_t i = 0; e != NULL && i < ARRAY_LEN(rows); i++) {
        if (rows[i].payload == e->payload_case)
            rows[i].act(shared, e);
    }
    arena_release(&arena);
}
