// SPDX-License-Identifier: MIT
#include "support/domain.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/object.h"
#include "dto/values.h"

#define START INT64_C(1772442930482913) /* 2026-03-02T09:15:30.482913Z */

static int64_t tell_time(const struct clock *clock)
{
    return CONTAINER_OF(clock, struct domain, clock)->now;
}

/* splitmix64: the same in every run. */
static void fill(const struct random *random, void *octets, size_t n)
{
    struct domain *d = CONTAINER_OF(random, struct domain, random);
    unsigned char *to = octets;
    for (size_t i = 0; i < n; i++) {
        uint64_t z = d->seed += UINT64_C(0x9E3779B97F4A7C15);
        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        to[i] = (unsigned char)(z ^ z >> 31);
    }
}

static void wake(struct loop *loop)
{
    (void)loop;
}

static void publish(struct publisher *publisher, struct event *event)
{
    struct domain *d = CONTAINER_OF(publisher, struct domain, publisher);
    if (slice_equals(event->stream, SLICE("events"))) {
        if (d->told_count < DOMAIN_TOLD)
            d->told[d->told_count++] = event_ref(event);
    } else if (d->event_count < DOMAIN_EVENTS) {
        d->events[d->event_count++] = event_ref(event);
    }
}

void domain_open(struct domain *d)
{
    domain_open_in(d, ":memory:");
}

void domain_open_in(struct domain *d, const char *folder)
{
    memset(d, 0, sizeof *d);
    d->clock = (struct clock){tell_time, tell_time};
    d->random = (struct random){fill};
    d->publisher = (struct publisher){publish};
    d->now = START;
    loop_init(&d->loop, &d->clock, &d->random, wake);
    memory_store_init(&d->store, domain_store_open(d, folder));
    store_registry_init(&d->registry, &d->store.port, &registry_defaults);
    memory_passwords_init(&d->passwords);
    memory_tokens_init(&d->tokens);
    d->chat = (struct chat){
        .store = &d->store.port,
        .registry = &d->registry.port,
        .passwords = &d->passwords.port,
        .tokens = &d->tokens.port,
        .presence = presence_new(),
        .clock = &d->clock,
        .random = &d->random,
        .access_lifetime = CHAT_ACCESS_LIFETIME,
        .refresh_lifetime = CHAT_REFRESH_LIFETIME,
        .language = LANGUAGE_ENGLISH,
        .body_limit = CHAT_BODY_LIMIT,
        .task_memory = CHAT_TASK_MEMORY,
        .list_memory = CHAT_LIST_MEMORY,
    };
}

void domain_forget_events(struct domain *d)
{
    while (d->event_count > 0)
        event_unref(d->events[--d->event_count]);
    while (d->told_count > 0)
        event_unref(d->told[--d->told_count]);
}

void domain_close(struct domain *d)
{
    domain_store_close(d);
    presence_free(d->chat.presence);
    domain_forget_events(d);
}

/* --- running --- */

static json_t *render(const struct task *t)
{
    struct buf out;
    buf_init(&out, 1024 * 1024);
    CHECK(t->error == ERR_NONE ? task_render(t, &out) : task_render_error(t, &out));
    json_t *json =
        out.len == 0 ? NULL : json_loadb((const char *)out.data, out.len, JSON_REJECT_DUPLICATES, NULL);
    CHECK(out.len == 0 || json != NULL);
    buf_release(&out);
    return json;
}

static void copy_text(char *to, size_t room, struct slice s)
{
    snprintf(to, room, "%.*s", (int)s.len, s.data == NULL ? "" : (const char *)s.data);
}

static void on_done(struct task *t)
{
    struct answer *a = (struct answer *)(uintptr_t)t->context[0];
    CHECK(!a->done);
    a->done = true;
    a->error = t->error;
    a->json = render(t);
    a->caller = t->caller;
    a->login = t->issued.login;
    copy_text(a->access, sizeof a->access, t->issued.access_token);
    copy_text(a->refresh, sizeof a->refresh, t->issued.refresh_token);
    copy_text(a->stream, sizeof a->stream, t->stream);
    a->head = t->head;
    a->ended_count = t->ended_count;
    memcpy(a->ended, t->ended, sizeof a->ended);
    memcpy(a->ended_users, t->ended_users, sizeof a->ended_users);
}

struct task *domain_task(struct domain *d, const struct operation *operation)
{
    struct task *t = task_new(&d->chat, operation, &d->loop, on_done);
    assert(t != NULL);
    return t;
}

void domain_run(struct domain *d, struct task *t, struct answer *a)
{
    answer_release(a);
    t->context[0] = (uintptr_t)a;
    task_start(t);
    for (int turns = 0; !a->done && turns < 64; turns++) {
        domain_store_step(d);
        loop_turn(&d->loop);
    }
    CHECK(a->done);
}

void answer_release(struct answer *a)
{
    json_decref(a->json);
    memset(a, 0, sizeof *a);
}

/* --- shorthands --- */

enum error domain_ask(struct domain *d, const struct operation *operation, const char *access,
                      const char *body, struct answer *a)
{
    struct task *t = domain_task(d, operation);
    t->bearer = slice_from_string(access);
    if (body != NULL)
        task_read(t, slice_from_string(body));
    domain_run(d, t, a);
    return a->error;
}

enum error domain_login(struct domain *d, const char *name, const char *password, struct answer *a)
{
    char body[512];
    snprintf(body, sizeof body, "{\"username\":\"%s\",\"password\":\"%s\"}", name, password);
    return domain_ask(d, &OPERATION_LOGIN, NULL, body, a);
}

enum error domain_refresh(struct domain *d, const char *refresh, struct answer *a)
{
    char token[DOMAIN_TOKEN];
    snprintf(token, sizeof token, "%s", refresh);
    struct task *t = domain_task(d, &OPERATION_REFRESH);
    t->refresh = slice_from_string(token);
    domain_run(d, t, a);
    return a->error;
}

void domain_join(struct domain *d, const char *name, const char *role, struct person *p)
{
    struct answer a = {0};
    char body[512];
    snprintf(body, sizeof body,
             "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"pass1234!\"}", name, name);
    CHECK_INT(domain_ask(d, &OPERATION_USER_CREATE, NULL, body, &a), ERR_NONE);
    snprintf(p->id_text, sizeof p->id_text, "%s", text_at(&a, "id"));
    CHECK(uuid_parse(slice_from_string(p->id_text), &p->id));
    snprintf(body, sizeof body, "UPDATE users SET role = '%s' WHERE username = '%s'", role, name);
    domain_sql(d, body);
    CHECK_INT(domain_login(d, name, "pass1234!", &a), ERR_NONE);
    memcpy(p->access, a.access, sizeof p->access);
    memcpy(p->refresh, a.refresh, sizeof p->refresh);
    answer_release(&a);
}

void domain_public_channel(struct domain *d, const struct person *manager, const char *name, char *out)
{
    struct answer a = {0};
    char body[512];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"description\":\"\"}", name);
    CHECK_INT(domain_ask(d, &OPERATION_CHANNEL_CREATE_PUBLIC, manager->access, body, &a), ERR_NONE);
    snprintf(out, UUID_TEXT + 1, "%s", text_at(&a, "id"));
    answer_release(&a);
}

void domain_private_channel(struct domain *d, const struct person *a, const struct person *b, char *out)
{
    struct answer answer = {0};
    char body[512];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\"]}", b->id_text, a->id_text);
    CHECK_INT(domain_ask(d, &OPERATION_CHANNEL_CREATE_PRIVATE, a->access, body, &answer), ERR_NONE);
    snprintf(out, UUID_TEXT + 1, "%s", text_at(&answer, "id"));
    answer_release(&answer);
}

enum error domain_send(struct domain *d, const struct person *p, const char *channel, const char *content,
                       struct answer *a)
{
    char body[16 * 1024];
    snprintf(body, sizeof body, "{\"content\":\"%s\",\"channelId\":\"%s\",\"authorId\":\"%s\"}", content,
             channel, p->id_text);
    return domain_ask(d, &OPERATION_MESSAGE_CREATE, p->access, body, a);
}

json_t *at(const struct answer *a, const char *path)
{
    json_t *json = a->json;
    struct slice rest = slice_from_string(path);
    while (rest.data != NULL && rest.len > 0 && json != NULL) {
        struct slice part = slice_cut(&rest, '.');
        uint64_t index;
        char name[64];
        copy_text(name, sizeof name, part);
        json = slice_to_uint(part, 1000, &index) ? json_array_get(json, (size_t)index)
                                                 : json_object_get(json, name);
    }
    return json;
}

const char *text_at(const struct answer *a, const char *path)
{
    json_t *json = at(a, path);
    if (json == NULL)
        return "(none)";
    if (json_is_string(json))
        return json_string_value(json);
    return json_is_null(json)    ? "null"
           : json_is_true(json)  ? "true"
           : json_is_false(json) ? "false"
                                 : "(other)";
}
