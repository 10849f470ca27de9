// SPDX-License-Identifier: MIT
// The api between the engine and the domain, in memory: what happens to what is under way when its
// connection, its login or its frame comes to an end.
#include <stdarg.h>
#include <stdlib.h>

#include "api/internal.h"
#include "log/hub.h"
#include "support/domain.h"
#include "support/pipe.h"
#include "wire/ws_frame.h"

enum { LINE = 4096 };

/* A worker with everything. */
static struct house {
    struct pipes pipes;
    struct domain domain;
    struct hub hub;
    struct lane lane, *lanes[1];
    struct api api, *apis[1];
    struct api_shared shared;
    struct person kim, lee;
    char channel[UUID_TEXT + 1];
    unsigned logged;
    bool store_rests; /* what is asked of the store waits */
} house;

static void accept_key(struct slice key, char accept[28])
{
    (void)key;
    memset(accept, 'x', 28);
}

static void count_line(const char *event, struct slice detail)
{
    (void)event, (void)detail;
    house.logged++;
}

/* The store's thread, and what it publishes. */
static bool work(struct pipes *w)
{
    struct domain *d = &house.domain;
    d->now = w->now;
    bool did = false;
    if (!house.store_rests)
        sqlite_store_step(&d->sqlite); /* its answers are mail */
    for (size_t i = 0; i < d->event_count; i++) {
        hub_publish(&house.hub, d->events[i]);
        event_unref(d->events[i]);
        did = true;
    }
    d->event_count = 0;
    return did;
}

static void open_shared(void)
{
    house.shared.chat[LANGUAGE_KOREAN] = house.shared.chat[LANGUAGE_ENGLISH] = house.domain.chat;
    house.shared.options = (struct api_options){
        .allowed_origins = "", .allow_direct_publish = true, .language = LANGUAGE_ENGLISH};
    house.shared.hub = &house.hub;
    house.shared.websocket_accept = accept_key;
    house.shared.workers = house.apis;
    house.shared.worker_count = 1;
    house.shared.log = count_line;
}

static void open_house(void)
{
    struct pipes *w = &house.pipes;
    memset(&house, 0, sizeof house);
    domain_open(&house.domain);
    domain_join(&house.domain, "kim", "CHANNEL_MANAGER", &house.kim);
    domain_join(&house.domain, "lee", "USER", &house.lee);
    domain_public_channel(&house.domain, &house.kim, "hall", house.channel);
    pipes_init(w, &api_ports, &house.api);
    w->now = house.domain.now;
    w->loop.now = w->now;
    timers_init(&w->loop.timers, w->now);
    w->work = work;
    CHECK(lane_init(&house.lane, LANE_CAPACITY, &w->loop, &w->broker.sink));
    house.lanes[0] = &house.lane;
    house.apis[0] = &house.api;
    hub_init(&house.hub, house.lanes, 1);
    open_shared();
    api_init(&house.api, &house.shared, &w->loop);
    api_attach(&house.api, &w->engine);
    w->broker.renderer = &house.api.renderer;
    w->broker.reader.store = &house.domain.store.port;
}

static void shut_house(void)
{
    const char *alive = NULL;
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(pipes_release(&house.pipes, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
    CHECK_INT(atomic_load(&house.shared.tasks), 0);
    CHECK_INT(house.api.sessions.count, 0);
    api_release(&house.api);
    lane_release(&house.lane);
    domain_close(&house.domain);
}

/* ---- clients ---- */

static void say(struct pipe *p, const char *format, ...)
{
    char text[LINE];
    unsigned char octets[LINE + 16];
    va_list arguments;
    va_start(arguments, format);
    size_t len = (size_t)vsnprintf(text, sizeof text, format, arguments) + 1; /* with its NUL */
    va_end(arguments);
    size_t n = ws_frame_head(octets, WS_TEXT, true, len);
    octets[1] |= 0x80;
    memset(octets + n, 0, 4);
    memcpy(octets + n + 4, text, len);
    pipe_send(p, slice_of(octets, n + 4 + len));
    pipes_turn(&house.pipes);
}

/* Whether that text has come; everything up to its end is read. */
static bool hears(struct pipe *p, const char *text)
{
    const unsigned char *at = p->got.len == 0 ? NULL : memmem(p->got.data, p->got.len, text, strlen(text));
    if (at == NULL)
        printf("# no \"%s\" in %u octets: %.*s\n", text, p->got.len, (int)p->got.len,
               p->got.len == 0 ? "" : (const char *)p->got.data);
    else
        pipe_took(p, (size_t)(at - p->got.data) + strlen(text));
    return at != NULL;
}

static void ask(struct pipe *p, const char *request)
{
    pipe_send(p, slice_from_string(request));
    pipes_turn(&house.pipes);
}

static void upgrade(struct pipe *p)
{
    CHECK(pipe_open(&house.pipes, p));
    ask(p, "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: "
           "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CHECK(hears(p, "\r\n\r\n"));
}

static void join(struct pipe *p, const struct person *who, const char *name)
{
    char expected[64];
    (void)snprintf(expected, sizeof expected, "user-name:%s\n\n", name);
    upgrade(p);
    say(p, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", who->access);
    CHECK(hears(p, expected));
}

static void post(struct pipe *p, const char *content, const char *receipt)
{
    char body[512];
    int n = snprintf(body, sizeof body, "{\"content\":\"%s\",\"channelId\":\"%s\",\"authorId\":\"%s\"}",
                     content, house.channel, house.kim.id_text);
    say(p, "SEND\ndestination:/pub/messages\ncontent-length:%d\nreceipt:%s\n\n%s", n, receipt, body);
}

static void part(struct pipe *p)
{
    pipe_break(p);
    pipe_release(p);
}

/* ---- tests ---- */

static struct pipe one, two;

TEST(fan_out,
     "a message that is sent by one is delivered to whoever follows its channel, the sender too (SB-10)")
{
    open_house();
    join(&one, &house.kim, "kim");
    join(&two, &house.lee, "lee");
    say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n", house.channel);
    say(&two, "SUBSCRIBE\nid:2\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n", house.channel);
    CHECK(hears(&one, "receipt-id:s\n") && hears(&two, "receipt-id:s\n"));
    post(&one, "hello", "r");
    CHECK(hears(&one, "receipt-id:r\n") && hears(&one, "subscription:1\n") && hears(&one, "\"hello\""));
    CHECK(hears(&two, "subscription:2\n") && hears(&two, "\"hello\""));
    part(&one);
    part(&two);
    shut_house();
}

TEST(refused_at_once,
     "a SEND that fails before the store is asked is ERROR with its receipt-id (AH-7, SL-14)")
{
    open_house();
    join(&one, &house.kim, "kim");
    say(&one, "SEND\ndestination:/pub/messages\nreceipt:r\n\nno JSON");
    CHECK(hears(&one, "ERROR\n") && hears(&one, "receipt-id:r\n"));
    part(&one);
    shut_house();
}

TEST(forgiven, "without a receipt it costs nothing, and is told on the queue for that (AH-7)")
{
    open_house();
    join(&one, &house.kim, "kim");
    say(&one, "SEND\ndestination:/pub/messages\n\nno JSON");
    CHECK_INT(house.api.counters.forgiven, 1);
    CHECK_INT(house.logged, 1);
    say(&one, "SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n");
    say(&one, "SEND\ndestination:/pub/messages\n\nno JSON");
    CHECK(hears(&one, "subscription:e\n") && hears(&one, "\"code\""));
    CHECK_INT(house.logged, 1);
    part(&one);
    shut_house();
}

TEST(gone_meanwhile,
     "a connection that goes while its tasks run leaves nothing: CONNECT, SUBSCRIBE, SEND, request (ST-54)")
{
    open_house();
    join(&one, &house.kim, "kim");
    house.store_rests = true;
    upgrade(&two);
    say(&two, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", house.lee.access);
    post(&one, "hello", "r");
    post(&one, "again", "r");
    say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\n\n", house.channel);
    CHECK(atomic_load(&house.shared.tasks) >= 3);
    part(&one);
    part(&two);
    CHECK(pipe_open(&house.pipes, &one));
    ask(&one, "GET /api/channels HTTP/1.1\r\nHost: a\r\n\r\n");
    part(&one);
    shut_house();
}

TEST(subscribing_and_gone, "a SUBSCRIBE whose check is under way when its connection goes is forgotten")
{
    open_house();
    join(&one, &house.kim, "kim");
    join(&two, &house.lee, "lee");
    house.store_rests = true;
    say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\n\n", house.channel);
    say(&two, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n", house.channel);
    part(&one);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(hears(&two, "receipt-id:s\n"));
    part(&two);
    shut_house();
}

static void end_login(const struct person *p)
{
    struct answer a = {0};
    CHECK_INT(domain_refresh(&house.domain, p->refresh, &a), ERR_NONE);
    api_end_logins(&house.api, &a.login.id, 1);
    answer_release(&a);
    pipes_turn(&house.pipes);
}

TEST(revoked, "the end of a login ends its session at once, with all that is under way (SC-8, G6)")
{
    open_house();
    join(&one, &house.kim, "kim");
    join(&two, &house.lee, "lee");
    house.store_rests = true;
    post(&one, "hello", "r");
    say(&one, "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n");
    end_login(&house.kim);
    CHECK(hears(&one, "ERROR\nmessage:login ended\n"));
    house.store_rests = false;
    pipes_turn(&house.pipes);
    say(&two, "SEND\ndestination:/topic/a\nreceipt:still\n\nx");
    CHECK(hears(&two, "receipt-id:still\n"));
    part(&one);
    part(&two);
    shut_house();
}

TEST(revoked_while_opening, "a login that ends while its CONNECT is checked gets no session (SC-8)")
{
    open_house();
    upgrade(&one);
    house.store_rests = true;
    say(&one, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", house.kim.access);
    end_login(&house.kim);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(hears(&one, "ERROR\n"));
    CHECK_INT(house.api.sessions.count, 0);
    part(&one);
    shut_house();
}

TEST(realms, "nobody sends where the domain does, or to nowhere (SB-1, SC-3)")
{
    open_house();
    join(&one, &house.kim, "kim");
    say(&one, "SEND\ndestination:/elsewhere\nreceipt:1\n\nx");
    say(&one, "SEND\ndestination:/pub/nothing\nreceipt:2\n\nx");
    say(&one, "SUBSCRIBE\nid:1\ndestination:/elsewhere\nreceipt:3\n\n");
    CHECK(hears(&one, "receipt-id:1\n") && hears(&one, "receipt-id:2\n") && hears(&one, "receipt-id:3\n"));
    CHECK_INT(house.api.counters.unrouted, 3);
    say(&one, "SEND\ndestination:/sub/channels.%s.messages\nreceipt:4\n\nx", house.channel);
    CHECK(hears(&one, "ERROR\nmessage:not permitted\nreceipt-id:4\n"));
    part(&one);
    shut_house();
}
