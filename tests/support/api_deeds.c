// SPDX-License-Identifier: MIT
#include "support/api_deeds.h"

enum { REQUEST = 2048 };

/* --- the scene --- */

void scene_open(struct scene *s)
{
    static const struct asset page = {"/index.html", "text/html", (const unsigned char *)"page",
                                      (const unsigned char *)"page" + 4, "\"1\""};
    struct person max;
    struct answer a = {0};
    memset(s, 0, sizeof *s);
    api_world_open(&s->world);
    s->world.shared.assets = &page;
    s->world.shared.asset_count = 1;
    domain_join(&s->world.domain, "max", "USER", &max);
    CHECK_INT(domain_send(&s->world.domain, &s->world.kim, s->world.channel, "as it was", &a), ERR_NONE);
    (void)snprintf(s->message, sizeof s->message, "%s", text_at(&a, "id"));
    answer_release(&a);
    domain_forget_events(&s->world.domain);
}

int64_t scene_ask(struct scene *s, const char *format, const char *with)
{
    char sql[256];
    (void)snprintf(sql, sizeof sql, format, with, s->number);
    return domain_sql(&s->world.domain, sql);
}

bool scene_got(const struct pipe *p, const char *text)
{
    return p->got.len > 0 && memmem(p->got.data, p->got.len, text, strlen(text)) != NULL;
}

/* --- what is asked --- */

static void request(struct scene *s, const char *method, const char *target, const char *fields,
                    const char *body)
{
    api_world_ask(&s->actor,
                  "%s %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                  method, target, s->world.kim.access, fields, strlen(body), body);
}

#define MAY_WRITE "Cookie: XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\n"
#define JSON      MAY_WRITE "Content-Type: application/json\r\n"

/* --- REST --- */

static void connect_plain(struct scene *s)
{
    CHECK(pipe_open(&s->world.pipes, &s->actor));
}

static void log_in(struct scene *s)
{
    struct answer a = {0};
    CHECK_INT(domain_login(&s->world.domain, "max", "pass1234!", &a), ERR_NONE);
    memcpy(s->access, a.access, sizeof s->access);
    memcpy(s->refresh, a.refresh, sizeof s->refresh);
    answer_release(&a);
}

/* Somebody with an open session, which his next login or his logout ends. */
static void connect_with_session(struct scene *s)
{
    struct person max;
    log_in(s);
    memcpy(max.access, s->access, sizeof max.access);
    api_world_join(&s->world, &s->session, &max, "max");
    s->has_session = true;
    connect_plain(s);
}

static void do_login(struct scene *s)
{
    request(s, "POST", "/api/auth/login", MAY_WRITE "Content-Type: multipart/form-data; boundary=b\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nmax\r\n"
            "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\npass1234!\r\n--b--\r\n");
}

static void do_login_urlencoded(struct scene *s)
{
    request(s, "POST", "/api/auth/login", MAY_WRITE "Content-Type: application/x-www-form-urlencoded\r\n",
            "username=ma%78&password=pass1234%21");
}

static void do_refresh(struct scene *s)
{
    char fields[REQUEST];
    (void)snprintf(fields, sizeof fields, "Cookie: XSRF-TOKEN=t; REFRESH_TOKEN=%s\r\nX-XSRF-TOKEN: t\r\n",
                   s->refresh);
    request(s, "POST", "/api/auth/refresh", fields, "");
}

static void do_logout(struct scene *s)
{
    char fields[REQUEST];
    (void)snprintf(fields, sizeof fields, "Cookie: XSRF-TOKEN=t; REFRESH_TOKEN=%s\r\nX-XSRF-TOKEN: t\r\n",
                   s->refresh);
    request(s, "POST", "/api/auth/logout", fields, "");
}

static bool session_ended(struct scene *s)
{
    return s->session.gone || scene_got(&s->session, "ERROR\nmessage:login ended\n");
}

static void do_list(struct scene *s)
{
    char target[128];
    (void)snprintf(target, sizeof target, "/api/channels?userId=%s", s->world.kim.id_text);
    request(s, "GET", target, "", "");
}

static void do_list_messages(struct scene *s)
{
    char target[128];
    (void)snprintf(target, sizeof target, "/api/messag%%65s?channelId=%s&size=%%32&sort=createdAt,DESC",
                   s->world.channel);
    request(s, "GET", target, "", "");
}

/* So long that its copy needs memory of its own. */
static void do_show_a_long_token(struct scene *s)
{
    char token[5000];
    memset(token, 'x', sizeof token);
    api_world_ask(&s->actor, "GET /api/users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %.*s\r\n\r\n",
                  (int)sizeof token, token);
}

static void do_create(struct scene *s)
{
    char body[128];
    (void)snprintf(body, sizeof body, "{\"name\":\"room%u\",\"description\":\"\"}", s->number);
    request(s, "POST", "/api/channels/public", JSON, body);
}

static bool was_created(struct scene *s)
{
    return scene_ask(s, "SELECT count(*) FROM channels WHERE name = '%s%u'", "room") == 1;
}

static void do_sign_up(struct scene *s)
{
    char body[512];
    (void)snprintf(
        body, sizeof body,
        "--b\r\nContent-Disposition: form-data; name=\"userCreateRequest\"; filename=\"x\"\r\n"
        "Content-Type: application/json\r\n\r\n{\"username\":\"user%u\",\"email\":\"user%u@example.org\","
        "\"password\":\"pass1234!\"}\r\n--b--\r\n",
        s->number, s->number);
    request(s, "POST", "/api/users", MAY_WRITE "Content-Type: multipart/form-data; boundary=b\r\n", body);
}

static bool was_signed_up(struct scene *s)
{
    return scene_ask(s, "SELECT count(*) FROM users WHERE username = '%s%u'", "user") == 1;
}

static void do_edit(struct scene *s)
{
    char target[128], body[128];
    (void)snprintf(target, sizeof target, "/api/messages/%s", s->message);
    (void)snprintf(body, sizeof body, "{\"newContent\":\"edited%u\"}", s->number);
    request(s, "PATCH", target, JSON, body);
}

static bool was_edited(struct scene *s)
{
    return scene_ask(s, "SELECT count(*) FROM messages WHERE content = '%s%u'", "edited") == 1;
}

static void do_nothing(struct scene *s)
{
    request(s, "GET", "/api/nothing", "", "");
}

static void do_method(struct scene *s)
{
    request(s, "PUT", "/api/channels/public", "", "");
}

static bool methods_named(struct scene *s)
{
    return scene_got(&s->actor, "\r\nAllow: POST, PATCH, DELETE\r\n");
}

static void do_forge(struct scene *s)
{
    request(s, "POST", "/api/channels/public", "", "");
}

static bool cookie_given(struct scene *s)
{
    return scene_got(&s->actor, "\r\nSet-Cookie: XSRF-TOKEN=");
}

static void do_token(struct scene *s)
{
    request(s, "GET", "/api/auth/csrf-token", "", "");
}

static void do_health(struct scene *s)
{
    request(s, "GET", "/actuator/h%65alth", "", "");
}

static void do_page(struct scene *s)
{
    request(s, "GET", "/", "", "");
}

static void do_method_of_socket(struct scene *s)
{
    request(s, "POST", "/ws", "", "");
}

static bool method_of_socket_named(struct scene *s)
{
    return scene_got(&s->actor, "\r\nAllow: GET\r\n");
}

/* --- STOMP --- */

static void upgrade(struct scene *s)
{
    api_world_upgrade(&s->world, &s->actor);
}

static void connect(struct scene *s)
{
    api_world_join(&s->world, &s->actor, &s->world.kim, "kim");
}

static void follow_errors(struct scene *s)
{
    connect(s);
    api_world_say(&s->actor, "SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n");
}

static void follow(struct scene *s)
{
    connect(s);
    api_world_say(&s->actor, "SUBSCRIBE\nid:m\ndestination:/sub/channels.%s.messages\n\n", s->world.channel);
}

static void do_handshake(struct scene *s)
{
    api_world_ask(&s->actor, "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                             "Cookie: REFRESH_TOKEN=whatever\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n");
}

static void do_connect(struct scene *s)
{
    api_world_say(&s->actor, "CONNECT\naccept-version:1.2\nheart-beat:0,0\nAuthorization:Bearer %s\n\n",
                  s->world.kim.access);
}

static void do_follow(struct scene *s)
{
    api_world_say(&s->actor, "SUBSCRIBE\nid:m\ndestination:/sub/channels.%s.messages\nreceipt:followed\n\n",
                  s->world.channel);
}

static void do_send(struct scene *s)
{
    char body[256];
    int n = snprintf(body, sizeof body, "{\"content\":\"sent%u\",\"channelId\":\"%s\",\"authorId\":\"%s\"}",
                     s->number, s->world.channel, s->world.kim.id_text);
    api_world_say(&s->actor, "SEND\ndestination:/pub/messages\ncontent-length:%d\nreceipt:sent\n\n%s", n,
                  body);
}

static bool was_sent(struct scene *s)
{
    return scene_ask(s, "SELECT count(*) FROM messages WHERE content = '%s%u'", "sent") == 1;
}

static void do_send_past_the_store(struct scene *s)
{
    api_world_say(&s->actor, "SEND\ndestination:/topic/x\nx:y\nreceipt:sent\n\nto all");
}

static void do_send_nonsense(struct scene *s)
{
    api_world_say(&s->actor, "SEND\ndestination:/pub/messages\n\nno JSON");
}

static void do_leave(struct scene *s)
{
    api_world_say(&s->actor, "DISCONNECT\nreceipt:left\n\n");
}

/* --- all of it --- */

const struct api_deed api_deeds[] = {
    {"login", connect_with_session, do_login, "HTTP/1.1 200", session_ended, .ends_logins = true},
    {"login, urlencoded", connect_with_session, do_login_urlencoded, "HTTP/1.1 200", session_ended,
     .ends_logins = true},
    {"refresh", connect_with_session, do_refresh, "HTTP/1.1 200", .kept = NULL},
    {"logout", connect_with_session, do_logout, "HTTP/1.1 204", session_ended, .ends_logins = true,
     .forgiving = true},
    {"list", connect_plain, do_list, "HTTP/1.1 200", .kept = NULL},
    {"a page of messages", connect_plain, do_list_messages, "HTTP/1.1 200", .kept = NULL},
    {"a long token", connect_plain, do_show_a_long_token, "\"INVALID_TOKEN\"", .kept = NULL},
    {"create", connect_plain, do_create, "HTTP/1.1 201", .kept = was_created},
    {"sign up", connect_plain, do_sign_up, "HTTP/1.1 201", .kept = was_signed_up},
    {"edit", connect_plain, do_edit, "HTTP/1.1 200", .kept = was_edited},
    {"an unknown path", connect_plain, do_nothing, "HTTP/1.1 404", .kept = NULL},
    {"another method", connect_plain, do_method, "HTTP/1.1 405", .kept = methods_named},
    {"no CSRF token", connect_plain, do_forge, "HTTP/1.1 403", .kept = cookie_given},
    {"a CSRF token", connect_plain, do_token, "HTTP/1.1 204", .kept = cookie_given},
    {"health", connect_plain, do_health, "HTTP/1.1 200", .kept = NULL},
    {"the page", connect_plain, do_page, "HTTP/1.1 200", .kept = NULL},
    {"POST to the socket", connect_plain, do_method_of_socket, "HTTP/1.1 405",
     .kept = method_of_socket_named},
    {"the handshake", connect_plain, do_handshake, "HTTP/1.1 101", .kept = NULL},
    {"CONNECT", upgrade, do_connect, "CONNECTED\n", .kept = NULL},
    {"SUBSCRIBE", connect, do_follow, "receipt-id:followed\n", .kept = NULL},
    {"SEND", follow, do_send, "receipt-id:sent\n", .kept = was_sent},
    {"SEND past the store", connect, do_send_past_the_store, "receipt-id:sent\n", .kept = NULL},
    {"SEND nonsense", follow_errors, do_send_nonsense, "subscription:e\n", .forgiving = true},
    {"DISCONNECT", follow, do_leave, "receipt-id:left\n", .kept = NULL},
};
const size_t api_deed_count = ARRAY_LEN(api_deeds);
