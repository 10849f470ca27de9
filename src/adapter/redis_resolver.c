// SPDX-License-Identifier: MIT
#include "adapter/redis_resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include "base/object.h"

static void on_answer(struct mail *mail)
{
    CONTAINER_OF(mail, struct redis_lookup, mail)->pending = false;
}

static void take(struct redis_lookup *l, const struct addrinfo *found)
{
    for (const struct addrinfo *a = found; a != NULL && l->count < LOOKUP_ADDRESSES; a = a->ai_next) {
        if (getnameinfo(a->ai_addr, a->ai_addrlen, l->text[l->count], LOOKUP_TEXT, NULL, 0, NI_NUMERICHOST) ==
            0)
            l->count++;
    }
}

static void on_question(struct mail *mail)
{
    struct redis_lookup *l = CONTAINER_OF(mail, struct redis_lookup, mail);
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    l->count = 0;
    int error = getaddrinfo(l->host, NULL, &hints, &found);
    l->why = gai_strerror(error);
    if (error == 0) {
        take(l, found);
        freeaddrinfo(found);
    }
    l->mail.run = on_answer;
    service_post(l->home, &l->mail);
}

static void step(struct service *s)
{
    (void)mailbox_run(&s->inbox);
}

void redis_resolver_init(struct redis_resolver *r)
{
    service_init(&r->service, "resolver", step);
}

void redis_resolver_ask(struct redis_resolver *r, struct redis_lookup *l)
{
    l->pending = true;
    l->mail.run = on_question;
    service_post(&r->service, &l->mail);
}
