// SPDX-License-Identifier: MIT
#include "support/sim/rest.h"

#include "support/sim/sim.h"

enum { REQUEST_ROOM = 4096 };

static const char *const names[] = {[REST_NONE] = "nothing",
#define X(name, path) [REST_##name] = path,
                                    REST_TABLE(X)
#undef X
};

const char *rest_name(enum rest_kind kind)
{
    return names[kind];
}

void rest_ask(struct rest *r, struct sim *sim, unsigned person, enum rest_kind kind, const char *query,
              const char *type, const char *body)
{
    const struct person *p = &sim->persons[person];
    char text[REQUEST_ROOM], bearer[700] = "";
    assert(r->kind == REST_NONE);
    if (r->line != NULL && r->line->server_ended)
        rest_drop(r);
    if (r->line == NULL)
        r->line = line_open(sim, person + 1, sim->plan.room);
    else if (sim->now - r->asked_at > sim->plan.limits.http_idle_timeout / 2)
        r->line->excuses |= LINE_IDLE;
    r->kind = kind;
    r->asked_at = sim->now;
    if (p->access[0] != '\0')
        snprintf(bearer, sizeof bearer, "Authorization: Bearer %s\r\n", p->access);
    int n =
        snprintf(text, sizeof text,
                 "%s%s HTTP/1.1\r\nHost: sim\r\nCookie: XSRF-TOKEN=t; REFRESH_TOKEN=%s\r\nX-XSRF-TOKEN: t\r\n"
                 "%s%s%s%sContent-Length: %zu\r\n\r\n%s",
                 names[kind], query, p->refresh, bearer, type[0] == '\0' ? "" : "Content-Type: ", type,
                 type[0] == '\0' ? "" : "\r\n", strlen(body), body);
    assert(n > 0 && (size_t)n < sizeof text);
    NOTE(sim, ASKS, .client = person + 1, .a = r->line->number, .text = names[kind]);
    line_send(r->line, text, (size_t)n);
}

static uint64_t length_of(struct slice head)
{
    static const char field[] = "Content-Length: ";
    const unsigned char *at = memmem(head.data, head.len, field, sizeof field - 1);
    uint64_t n = 0;
    if (at == NULL)
        return 0;
    for (at += sizeof field - 1; *at >= '0' && *at <= '9'; at++)
        n = n * 10 + (uint64_t)(*at - '0');
    return n;
}

bool rest_answered(struct rest *r, struct rest_answer *a)
{
    *a = (struct rest_answer){.kind = r->kind};
    if (r->line == NULL)
        return false;
    struct slice in = line_read(r->line);
    const unsigned char *end = in.len == 0 ? NULL : memmem(in.data, in.len, "\r\n\r\n", 4);
    if (end != NULL) {
        a->head = slice_of(in.data, (size_t)(end + 4 - in.data));
        uint64_t len = length_of(a->head);
        a->body = slice_of(end + 4, (size_t)len);
        a->status =
            (unsigned)(in.data[9] - '0') * 100 + (unsigned)(in.data[10] - '0') * 10 + in.data[11] - '0';
        if (in.len - a->head.len >= len)
            return true;
    }
    a->status = 0;
    return r->line->server_ended;
}

void rest_done(struct rest *r, const struct rest_answer *a)
{
    r->kind = REST_NONE;
    if (a->status == 0) {
        rest_drop(r);
        return;
    }
    line_took(r->line, a->head.len + a->body.len);
    if (r->line->server_ended)
        rest_drop(r);
}

void rest_drop(struct rest *r)
{
    if (r->line != NULL)
        line_drop(r->line);
    r->line = NULL;
    r->kind = REST_NONE;
}
