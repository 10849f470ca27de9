// SPDX-License-Identifier: MIT
#include "support/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/measure.h"
#include "wire/ws_frame.h"

enum { ANSWER = 16 << 10, PER_SOURCE = 20000 };

/* ---- sockets ---- */

void client_server_parse(struct client_server *s, const char *text)
{
    const char *colon = strrchr(text, ':');
    long port = colon == NULL ? 0 : strtol(colon + 1, NULL, 10);
    char host[sizeof s->host];
    struct in_addr address;
    (void)snprintf(host, sizeof host, "%.*s", colon == NULL ? 0 : (int)(colon - text), text);
    if (port <= 0 || port > 65535 || inet_pton(AF_INET, host, &address) != 1)
        bench_die("%s: give an IPv4 address and a port, 127.0.0.1:8080", text);
    s->address = address.s_addr;
    s->port = (uint16_t)port;
    (void)snprintf(s->host, sizeof s->host, "%s", text);
}

static void choose_source(int fd, unsigned nth)
{
    struct sockaddr_in from = {.sin_family = AF_INET};
    int on = 1;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + nth / PER_SOURCE);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0)
        bench_die("cannot bind a client: %s", strerror(errno));
}

int client_connect(const struct client_server *s, unsigned nth)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(s->port), .sin_addr = {s->address}};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd == -1)
        bench_die("no socket: %s", strerror(errno));
    if (nth >= PER_SOURCE)
        choose_source(fd, nth);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static int connect_or_die(const struct client_server *s, unsigned nth)
{
    int fd = client_connect(s, nth);
    if (fd == -1)
        bench_die("%s: %s", s->host, strerror(errno));
    return fd;
}

void client_write(int fd, const void *octets, size_t len)
{
    const char *at = octets;
    while (len > 0) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            bench_die("the server hung up: %s", strerror(errno));
        at += n;
        len -= (size_t)n;
    }
}

static void read_exactly(int fd, void *octets, size_t len)
{
    if (recv(fd, octets, len, MSG_WAITALL) != (ssize_t)len)
        bench_die("the server hung up");
}

/* ---- HTTP ---- */

/* Reads a head, octet by octet so that nothing behind it is taken. */
static void read_head(int fd, char *head, size_t room)
{
    size_t len = 0;
    while (len + 1 < room && (len < 4 || memcmp(head + len - 4, "\r\n\r\n", 4) != 0)) {
        if (recv(fd, head + len, 1, 0) != 1)
            break;
        len++;
    }
    head[len] = '\0';
}

/* One request on a connection of its own; returns the status.
 * The answer, head and body, is NUL-terminated. */
static int exchange(const struct client_server *s, const char *request, char answer[ANSWER])
{
    size_t len = 0;
    ssize_t n;
    int fd = connect_or_die(s, 0), status = 0;
    client_write(fd, request, strlen(request));
    while (len + 1 < ANSWER && (n = recv(fd, answer + len, ANSWER - 1 - len, 0)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    close(fd);
    if (sscanf(answer, "HTTP/1.1 %d", &status) != 1)
        bench_die("%s: no HTTP answer", s->host);
    return status;
}

/* Copies what stands between `before` and the first of `end`. */
static bool extract(const char *text, const char *before, const char *end, char *out, size_t room)
{
    const char *at = strstr(text, before);
    if (at == NULL)
        return false;
    at += strlen(before);
    size_t len = strcspn(at, end);
    if (len >= room)
        return false;
    memcpy(out, at, len);
    out[len] = '\0';
    return true;
}

bool client_is_ready(const struct client_server *s)
{
    char request[256], answer[ANSWER];
    (void)snprintf(request, sizeof request,
                   "GET /actuator/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", s->host);
    return exchange(s, request, answer) == 200;
}

static void get_csrf(const struct client_server *s, char csrf[128])
{
    char request[256], answer[ANSWER];
    (void)snprintf(request, sizeof request,
                   "GET /api/auth/csrf-token HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", s->host);
    int status = exchange(s, request, answer);
    if (status / 100 != 2 || !extract(answer, "XSRF-TOKEN=", ";\r", csrf, 128))
        bench_die("no CSRF token: %.200s", answer);
}

/* A multipart body, which the page would send (discodeit.md 4.1). */
static int post_form(const struct client_server *s, const char *path, const char *csrf, const char *body,
                     char answer[ANSWER])
{
    char request[4096];
    (void)snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nCookie: XSRF-TOKEN=%s\r\n"
        "X-XSRF-TOKEN: %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %zu\r\n\r\n%s",
        path, s->host, csrf, csrf, strlen(body), body);
    return exchange(s, request, answer);
}

void client_login(const struct client_server *s, char token[CLIENT_TOKEN])
{
    char csrf[128], body[1024], name[CLIENT_NAME + 1], answer[ANSWER];
    (void)snprintf(name, sizeof name, "bench%011llx", (unsigned long long)bench_now() & 0xFFFFFFFFFFF);
    get_csrf(s, csrf);
    (void)snprintf(
        body, sizeof body,
        "--b\r\nContent-Disposition: form-data; name=\"userCreateRequest\"; filename=\"blob\"\r\n"
        "Content-Type: application/json\r\n\r\n"
        "{\"username\":\"%s\",\"email\":\"%s@parley.example\",\"password\":\"bench-pass-1!\"}\r\n--b--\r\n",
        name, name);
    if (post_form(s, "/api/users", csrf, body, answer) != 201)
        bench_die("sign-up failed: %.300s", answer);
    (void)snprintf(
        body, sizeof body,
        "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\n%s\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nbench-pass-1!\r\n--b--\r\n",
        name);
    if (post_form(s, "/api/auth/login", csrf, body, answer) != 200 ||
        !extract(answer, "\"accessToken\":\"", "\"", token, CLIENT_TOKEN))
        bench_die("login failed: %.300s", answer);
}

/* ---- STOMP over WebSocket ---- */

size_t client_frame(unsigned char *out, const char *text, size_t len)
{
    static const unsigned char key[4] = {0x12, 0x34, 0x56, 0x78};
    size_t head = ws_frame_head(out, WS_TEXT, true, len);
    out[1] |= 0x80;
    memcpy(out + head, key, sizeof key);
    memcpy(out + head + sizeof key, text, len);
    ws_unmask(out + head + sizeof key, len, key, 0);
    return head + sizeof key + len;
}

static void send_text(int fd, const char *text, size_t len)
{
    unsigned char *frame = malloc(len + 14);
    if (frame == NULL)
        bench_die("out of memory");
    client_write(fd, frame, client_frame(frame, text, len));
    free(frame);
}

/* Waits for the frame whose text begins so; heart-beats may come before it. */
static void expect_text(int fd, const char *begin)
{
    unsigned char head[4];
    char text[ANSWER];
    do {
        read_exactly(fd, head, 2);
        size_t len = head[1];
        if (len == 126) {
            read_exactly(fd, head + 2, 2);
            len = (size_t)(head[2] << 8 | head[3]);
        }
        if (len >= sizeof text)
            bench_die("a frame of %zu octets where %s was expected", len, begin);
        read_exactly(fd, text, len);
        text[len] = '\0';
    } while (strcmp(text, "\n") == 0);
    if (strncmp(text, begin, strlen(begin)) != 0)
        bench_die("%s was expected, but there came: %.200s", begin, text);
}

int client_open_stomp(const struct client_server *s, unsigned nth, const char *token)
{
    char text[CLIENT_TOKEN + 512], head[4096];
    int fd = connect_or_die(s, nth);
    (void)snprintf(text, sizeof text,
                   "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n",
                   s->host);
    client_write(fd, text, strlen(text));
    read_head(fd, head, sizeof head);
    if (strncmp(head, "HTTP/1.1 101", 12) != 0)
        bench_die("no WebSocket: %.200s", head);
    int len = snprintf(text, sizeof text,
                       "CONNECT\naccept-version:1.2\nhost:bench\nheart-beat:0,0\nAuthorization:Bearer %s\n\n",
                       token);
    send_text(fd, text, (size_t)len + 1); /* its NUL ends the frame */
    expect_text(fd, "CONNECTED\n");
    return fd;
}

void client_subscribe(int fd, const char *destination)
{
    char text[512];
    int len = snprintf(text, sizeof text, "SUBSCRIBE\nid:sub-0\ndestination:%s\nreceipt:r\n\n", destination);
    send_text(fd, text, (size_t)len + 1);
    expect_text(fd, "RECEIPT\n");
}
