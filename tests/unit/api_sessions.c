// SPDX-License-Identifier: MIT
// The api between the engine and the domain, in memory: what happens to what is under way when its
// connection, its login or its frame comes to an end.
#include "support/api_world.h"

static struct api_world house;

static void open_house(void)
{
    api_world_open(&house);
}

static void shut_house(void)
{
    api_world_close(&house);
}

static void post(struct pipe *p, const char *content, const char *receipt)
{
    char body[512];
    int n = snprintf(body, sizeof body, "{\"content\":\"%s\",\"channelId\":\"%s\",\"authorId\":\"%s\"}",
                     content, house.channel, house.kim.id_text);
    api_world_say(p, "SEND\ndestination:/pub/messages\ncontent-length:%d\nreceipt:%s\n\n%s", n, receipt,
                  body);
}

/* ---- tests ---- */

static struct pipe one, two;

TEST(fan_out,
     "a message that is sent by one is delivered to whoever follows its channel, the sender too (SB-10)")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_join(&house, &two, &house.lee, "lee");
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    api_world_say(&two, "SUBSCRIBE\nid:2\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    CHECK(api_world_hears(&one, "receipt-id:s\n") && api_world_hears(&two, "receipt-id:s\n"));
    post(&one, "hello", "r");
    CHECK(api_world_hears(&one, "receipt-id:r\n") && api_world_hears(&one, "subscription:1\n") &&
          api_world_hears(&one, "\"hello\""));
    CHECK(api_world_hears(&two, "subscription:2\n") && api_world_hears(&two, "\"hello\""));
    api_world_part(&one);
    api_world_part(&two);
    shut_house();
}

TEST(refused_at_once,
     "a SEND that fails before the store is asked is ERROR with its receipt-id (AH-7, SL-14)")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_say(&one, "SEND\ndestination:/pub/messages\nreceipt:r\n\nno JSON");
    CHECK(api_world_hears(&one, "ERROR\n") && api_world_hears(&one, "receipt-id:r\n"));
    api_world_part(&one);
    shut_house();
}

TEST(forgiven, "without a receipt it costs nothing, and is told on the queue for that (AH-7)")
{
    unsigned logged = api_world_logged();
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_say(&one, "SEND\ndestination:/pub/messages\n\nno JSON");
    CHECK_INT(house.api.counters.forgiven, 1);
    CHECK_INT(api_world_logged(), logged + 1);
    api_world_say(&one, "SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n");
    api_world_say(&one, "SEND\ndestination:/pub/messages\n\nno JSON");
    CHECK(api_world_hears(&one, "subscription:e\n") && api_world_hears(&one, "\"code\""));
    CHECK_INT(api_world_logged(), logged + 1);
    api_world_part(&one);
    shut_house();
}

TEST(gone_meanwhile,
     "a connection that goes while its tasks run leaves nothing: CONNECT, SUBSCRIBE, SEND, request (ST-54)")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    house.store_rests = true;
    api_world_upgrade(&house, &two);
    api_world_say(&two, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", house.lee.access);
    post(&one, "hello", "r");
    post(&one, "again", "r");
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\n\n", house.channel);
    CHECK(atomic_load(&house.shared.tasks) >= 3);
    api_world_part(&one);
    api_world_part(&two);
    CHECK(pipe_open(&house.pipes, &one));
    api_world_ask(&one, "GET /api/channels HTTP/1.1\r\nHost: a\r\n\r\n");
    api_world_part(&one);
    shut_house();
}

TEST(subscribing_and_gone, "a SUBSCRIBE whose check is under way when its connection goes is forgotten")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_join(&house, &two, &house.lee, "lee");
    house.store_rests = true;
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\n\n", house.channel);
    api_world_say(&two, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    api_world_part(&one);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(api_world_hears(&two, "receipt-id:s\n"));
    api_world_part(&two);
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
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_join(&house, &two, &house.lee, "lee");
    house.store_rests = true;
    post(&one, "hello", "r");
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n");
    end_login(&house.kim);
    CHECK(api_world_hears(&one, "ERROR\nmessage:login ended\n"));
    house.store_rests = false;
    pipes_turn(&house.pipes);
    api_world_say(&two, "SEND\ndestination:/topic/a\nreceipt:still\n\nx");
    CHECK(api_world_hears(&two, "receipt-id:still\n"));
    api_world_part(&one);
    api_world_part(&two);
    shut_house();
}

TEST(revoked_while_opening, "a login that ends while its CONNECT is checked gets no session (SC-8)")
{
    open_house();
    api_world_upgrade(&house, &one);
    house.store_rests = true;
    api_world_say(&one, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", house.kim.access);
    end_login(&house.kim);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(api_world_hears(&one, "ERROR\n"));
    CHECK_INT(house.api.sessions.count, 0);
    api_world_part(&one);
    shut_house();
}

/* A second login of Kim's; Kim himself goes on with the first. */
static void log_in_again(struct person *kim)
{
    struct answer a = {0};
    house.domain.registry.options.live = 2;
    *kim = house.kim;
    CHECK_INT(domain_login(&house.domain, "kim", "pass1234!", &a), ERR_NONE);
    CHECK_INT(a.ended_count, 0);
    memcpy(kim->access, a.access, sizeof kim->access);
    memcpy(kim->refresh, a.refresh, sizeof kim->refresh);
    answer_release(&a);
}

static void show_token(struct pipe *p, const char *token, const char *receipt)
{
    api_world_say(p, "SEND\ndestination:/app/token\nAuthorization:Bearer %s\nreceipt:%s\n\n", token, receipt);
}

TEST(renewed,
     "SC-9: a session goes over to another login of its user: it ends with that one, not with the first")
{
    struct person again;
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    log_in_again(&again);
    show_token(&one, again.access, "t");
    CHECK(api_world_hears(&one, "receipt-id:t\n"));
    end_login(&house.kim);
    api_world_say(&one, "SEND\ndestination:/topic/a\nreceipt:still\n\nx");
    CHECK(api_world_hears(&one, "receipt-id:still\n"));
    end_login(&again);
    CHECK(api_world_hears(&one, "ERROR\nmessage:login ended\n"));
    api_world_part(&one);
    shut_house();
}

TEST(not_renewed,
     "SC-9: not with a token of another user, a forged one, one of a login that has ended, or none")
{
    struct person again;
    open_house();
    log_in_again(&again);
    end_login(&again);
    const struct {
        const char *token, *says;
    } cases[] = {{house.lee.access, "ERROR\nmessage:not permitted\nreceipt-id:t\n"},
                 {"forged", "ERROR\nmessage:invalid token\nreceipt-id:t\n"},
                 {again.access, "ERROR\nmessage:login ended\nreceipt-id:t\n"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        api_world_join(&house, &one, &house.kim, "kim");
        show_token(&one, cases[i].token, "t");
        CHECK(api_world_hears(&one, cases[i].says));
        api_world_part(&one);
    }
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_say(&one, "SEND\ndestination:/app/token\n\n");
    api_world_say(&one, "SEND\ndestination:/topic/a\nreceipt:still\n\nx");
    CHECK(api_world_hears(&one, "receipt-id:still\n"));
    api_world_say(&one, "SEND\ndestination:/app/token\nreceipt:t\n\n");
    CHECK(api_world_hears(&one, "ERROR\n") && api_world_hears(&one, "receipt-id:t\n"));
    api_world_part(&one);
    shut_house();
}

TEST(renewed_too_late, "SC-9: a login that ends while its token is checked takes nobody in")
{
    struct person again;
    open_house();
    log_in_again(&again);
    api_world_join(&house, &one, &house.kim, "kim");
    house.store_rests = true;
    show_token(&one, again.access, "t");
    end_login(&again);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(api_world_hears(&one, "ERROR\n"));
    api_world_part(&one);
    shut_house();
}

TEST(realms, "nobody sends where the domain does, or to nowhere (SB-1, SC-3)")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_say(&one, "SEND\ndestination:/elsewhere\nreceipt:1\n\nx");
    api_world_say(&one, "SEND\ndestination:/pub/nothing\nreceipt:2\n\nx");
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/elsewhere\nreceipt:3\n\n");
    CHECK(api_world_hears(&one, "receipt-id:1\n") && api_world_hears(&one, "receipt-id:2\n") &&
          api_world_hears(&one, "receipt-id:3\n"));
    CHECK_INT(house.api.counters.unrouted, 3);
    api_world_say(&one, "SEND\ndestination:/sub/channels.%s.messages\nreceipt:4\n\nx", house.channel);
    CHECK(api_world_hears(&one, "ERROR\nmessage:not permitted\nreceipt-id:4\n"));
    api_world_part(&one);
    shut_house();
}

static void delete_channel(const char *id)
{
    struct answer a = {0};
    struct task *t = domain_task(&house.domain, &OPERATION_CHANNEL_DELETE);
    t->bearer = slice_from_string(house.kim.access);
    t->parameters.id = slice_from_string(id);
    domain_run(&house.domain, t, &a);
    CHECK_INT(a.error, ERR_NONE);
    answer_release(&a);
    pipes_turn(&house.pipes);
}

TEST(channel_gone, "SC-10 G6: who follows a channel that is deleted loses that subscription, is told on his "
                   "queue, and goes on")
{
    open_house();
    api_world_join(&house, &one, &house.kim, "kim");
    api_world_join(&house, &two, &house.lee, "lee");
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    api_world_say(&two, "SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n");
    api_world_say(&two, "SUBSCRIBE\nid:2\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    CHECK(api_world_hears(&one, "receipt-id:s\n") && api_world_hears(&two, "receipt-id:s\n"));
    delete_channel(house.channel);
    CHECK(api_world_hears(&two, "subscription:e\n") && api_world_hears(&two, "CHANNEL_NOT_FOUND"));
    api_world_say(&one, "UNSUBSCRIBE\nid:1\nreceipt:u\n\n");
    CHECK(api_world_hears(&one, "receipt-id:u\n"));
    CHECK_INT(house.pipes.broker.destinations.count, 0);
    CHECK_INT(domain_sql(&house.domain, "SELECT count(*) FROM streams WHERE name LIKE 'channels.%'"), 0);
    api_world_part(&one);
    api_world_part(&two);
    shut_house();
}

TEST(channel_gone_meanwhile, "SC-10: a SUBSCRIBE whose channel is deleted while it is checked is refused")
{
    open_house();
    api_world_join(&house, &one, &house.lee, "lee");
    house.store_rests = true;
    api_world_say(&one, "SUBSCRIBE\nid:1\ndestination:/sub/channels.%s.messages\nreceipt:s\n\n",
                  house.channel);
    char stream[128];
    (void)snprintf(stream, sizeof stream, "channels.%s.messages", house.channel);
    broker_end(&house.pipes.broker, slice_from_string(stream), ERR_CHANNEL_NOT_FOUND);
    house.store_rests = false;
    pipes_turn(&house.pipes);
    CHECK(api_world_hears(&one, "ERROR\nmessage:not permitted\n"));
    api_world_part(&one);
    shut_house();
}
