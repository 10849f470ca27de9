// SPDX-License-Identifier: MIT
// HTTP, WebSocket and STOMP.
#include <stdio.h>
#include <stdlib.h>

#include "base/object.h"
#include "parsers/byhand.h"
#include "parsers/subjects.h"
#include "support/measure.h"
#include "wire/authorization.h"
#include "wire/cookie.h"
#include "wire/http1.h"
#include "wire/http_fields.h"
#include "wire/media_type.h"
#include "wire/multipart.h"
#include "wire/stomp_escape.h"
#include "wire/stomp_frame.h"
#include "wire/target.h"
#include "wire/ws_frame.h"

enum { PICTURE = 64 << 10, FRAME = 300 };

static void must(bool ok, const char *what)
{
    if (!ok)
        bench_die("%s is refused", what);
}

/* ---- HTTP ---- */

/* What a desktop browser sent for one picture: 703 octets, nine fields. */
static struct slice make_head(void)
{
    return SUBJECT_INPUT("GET /wp-content/uploads/2010/03/hello-kitty-darth-vader-pink.jpg HTTP/1.1\r\n"
                         "Host: www.kittyhell.com\r\n"
                         "User-Agent: Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10.6; ja-JP-mac; rv:1.9.2.3) "
                         "Gecko/20100401 Firefox/3.6.3 Pathtraq/0.9\r\n"
                         "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                         "Accept-Language: ja,en-us;q=0.7,en;q=0.3\r\n"
                         "Accept-Encoding: gzip,deflate\r\n"
                         "Accept-Charset: Shift_JIS,utf-8;q=0.7,*;q=0.7\r\n"
                         "Keep-Alive: 115\r\nConnection: keep-alive\r\n"
                         "Cookie: wp_ozh_wsa_visits=2; wp_ozh_wsa_visit_lasttime=xxxxxxxxxx; "
                         "__utma=xxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.x; "
                         "__utmz=xxxxxxxxx.xxxxxxxxxx.x.x.utmccn=(referral)|utmcsr=reader.livedoor.com|"
                         "utmcct=/reader/|utmcmd=referral\r\n\r\n");
}

static void run_head(unsigned char *octets, size_t len)
{
    struct http1_head h;
    http1_head_init(&h, 8192, 16384);
    must(http1_head_execute(&h, octets, len) == HTTP1_DONE, "the head");
    subject_keep(&h);
}

static void run_byhand(unsigned char *octets, size_t len)
{
    struct byhand_head h;
    must(byhand_parse(&h, slice_of(octets, len)) == len, "the head, by hand,");
    subject_keep(&h);
}

/* A list of tags whose last one is ours. */
static struct slice make_tags(void)
{
    return SUBJECT_INPUT("\"686897696a7c876b\", W/\"0815\", \"f2ca1bb6c7e907d0\", \"7e4b0fcd3a1c5d21\"");
}

static void run_tags(unsigned char *octets, size_t len)
{
    must(http_etag_matches(slice_of(octets, len), SLICE("\"7e4b0fcd3a1c5d21\"")), "the list of tags");
}

static struct slice make_list(void)
{
    return SUBJECT_INPUT("keep-alive, X-Forwarded-For, X-Real-IP, \"quoted, too\", Upgrade");
}

static void run_list(unsigned char *octets, size_t len)
{
    must(http_list_has_token(slice_of(octets, len), SLICE("upgrade")), "the list");
}

static struct slice make_target(void)
{
    return SUBJECT_INPUT("/api/channels/3f0c8f5e-5c1d-4f4e-9d2b-2f8a0c7b1e11/messages/%EC%95%88%EB%85%95"
                         "?cursor=2026-03-02T09%3A15%3A30.482913Z&size=50&sort=createdAt,desc");
}

static void run_target(unsigned char *octets, size_t len)
{
    struct arena arena;
    struct slice path, query, values[2];
    arena_init(&arena, 4096);
    target_split(slice_of(octets, len), &path, &query);
    must(target_path_decode(&arena, path, &path) &&
             target_path_match(path, SLICE("/api/channels/{}/messages/{*}"), values, 2) &&
             target_query_find(query, SLICE("sort"), &values[0]),
         "the target");
    subject_keep(values);
    arena_release(&arena);
}

static struct slice make_cookies(void)
{
    return SUBJECT_INPUT(
        "wp_ozh_wsa_visits=2; wp_ozh_wsa_visit_lasttime=xxxxxxxxxx; theme=dark; "
        "XSRF-TOKEN=3f0c8f5e5c1d4f4e9d2b2f8a0c7b1e11; REFRESH_TOKEN=eyJhbGciOiJIUzI1NiJ9."
        "eyJzdWIiOiIzZjBjOGY1ZSIsImV4cCI6MTc5NTIzMzIwMH0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

static void run_cookies(unsigned char *octets, size_t len)
{
    struct slice value;
    must(cookie_find(slice_of(octets, len), SLICE("REFRESH_TOKEN"), &value), "the cookie");
    subject_keep(&value);
}

static struct slice make_authorization(void)
{
    return SUBJECT_INPUT(
        "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIzZjBjOGY1ZS01YzFkLTRmNGUtOWQyYi0y"
        "ZjhhMGM3YjFlMTEiLCJyb2xlIjoiVVNFUiIsImlhdCI6MTc5NTIzMTQwMCwiZXhwIjoxNzk1MjMzMjAwfQ."
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

static void run_authorization(unsigned char *octets, size_t len)
{
    struct slice token;
    must(authorization_bearer(slice_of(octets, len), &token), "the token");
    subject_keep(&token);
}

static struct slice make_media_type(void)
{
    return SUBJECT_INPUT(
        "multipart/form-data; charset=\"utf-8\"; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW");
}

static void run_media_type(unsigned char *octets, size_t len)
{
    struct media_type m;
    struct slice boundary;
    must(media_type_parse(slice_of(octets, len), &m) && media_type_boundary(&m, &boundary), "the media type");
    subject_keep(&m);
}

/* One file of 64 KiB, like a picture: a CR every 256 octets. */
static struct slice make_form(void)
{
    static const char begin[] =
        "--b\r\nContent-Disposition: form-data; name=\"profile\"; filename=\"me.png\"\r\n"
        "Content-Type: image/png\r\n\r\n";
    static const char end[] = "\r\n--b--";
    static unsigned char form[PICTURE + sizeof begin + sizeof end];
    size_t len = sizeof begin - 1;
    uint32_t seed = 1;
    memcpy(form, begin, len);
    for (size_t i = 0; i < PICTURE; i++) {
        seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
        form[len++] = (unsigned char)(seed >> 24);
    }
    memcpy(form + len, end, sizeof end - 1);
    return subject_input(form, len + sizeof end - 1);
}

static void run_form(unsigned char *octets, size_t len)
{
    struct multipart m;
    struct slice data, input = slice_of(octets, len);
    size_t taken = 0;
    multipart_init(&m, SLICE("b"), 1, 1024);
    for (enum multipart_event e = MULTIPART_PART; e != MULTIPART_MORE && e != MULTIPART_ERROR;) {
        e = multipart_next(&m, &input, &data);
        taken += e == MULTIPART_DATA ? data.len : 0;
    }
    must(multipart_finish(&m) == ERR_NONE && taken == PICTURE, "the form");
    multipart_release(&m);
}

/* ---- WebSocket ---- */

/* Heads as a client sends them: short, 16-bit and 64-bit lengths, without their payloads. */
static struct slice make_ws_heads(void)
{
    static const unsigned char heads[] = {0x81, 0xFD, 1,    2,    3, 4, 0x81, 0xFE, 0x01, 0x2C, 1, 2, 3, 4,
                                          0x01, 0xFE, 0x04, 0x00, 1, 2, 3,    4,    0x80, 0xFF, 0, 0, 0, 0,
                                          0,    1,    0,    0,    1, 2, 3,    4,    0x89, 0x80, 1, 2, 3, 4};
    return subject_input(heads, sizeof heads);
}

static void run_ws_heads(unsigned char *octets, size_t len)
{
    struct ws_frame f;
    size_t used;
    ws_frame_init(&f);
    for (size_t at = 0; at < len; at += used)
        must(ws_frame_feed(&f, slice_of(octets + at, len - at), &used) == WS_HEAD, "the head of a frame");
    subject_keep(&f);
}

static void run_unmask(unsigned char *octets, size_t len)
{
    static const unsigned char key[4] = {0x12, 0x34, 0x56, 0x78};
    ws_unmask(octets, len, key, 1);
    subject_keep(octets);
}

static struct slice make_payload(void)
{
    return subject_repeated("payload ", 125);
}

static struct slice make_payload_300(void)
{
    return subject_repeated("payload ", 300);
}

static struct slice make_payload_4k(void)
{
    return subject_repeated("payload ", 4 << 10);
}

static struct slice make_payload_64k(void)
{
    return subject_repeated("payload ", 64 << 10);
}

/* ---- STOMP ---- */

static void run_stomp(unsigned char *octets, size_t len)
{
    static const struct stomp_limits limits = {.frame = 65536, .line = 8192, .headers = 100, .noise = 1000};
    static struct stomp_scratch scratch;
    static struct stomp_parser parser; /* a session has one for all its frames */
    size_t used;
    if (parser.limits == NULL)
        stomp_parser_init(&parser, &limits, &scratch);
    must(stomp_parser_feed(&parser, octets, len, &used) == STOMP_FRAME && used == len, "the STOMP frame");
    subject_keep(stomp_parser_frame(&parser));
    stomp_parser_done(&parser);
}

/* A message of the chat: 300 octets in all, with the NUL. */
static struct slice make_frame(const char *head)
{
    static const char text[] =
        "{\"channelId\":\"3f0c8f5e-5c1d-4f4e-9d2b-2f8a0c7b1e11\",\"authorId\":\"9b1d6a34-77b1-4a9e-8a3e-"
        "0d6f2c3b4a59\",\"content\":\"a message of usual length, which somebody has typed into a box and has "
        "sent to "
        "a channel of many\"}";
    char frame[FRAME];
    size_t len = strlen(head);
    memset(frame, ' ', sizeof frame);
    memcpy(frame, head, len);
    memcpy(frame + len, text, FRAME - 1 - len < sizeof text - 1 ? FRAME - 1 - len : sizeof text - 1);
    frame[FRAME - 1] = '\0';
    return subject_input(frame, sizeof frame);
}

static struct slice make_send(void)
{
    static const char head[] =
        "SEND\ndestination:/pub/messages\ncontent-type:application/json\nreceipt:m-1234\n"
        "content-length:%zu\n\n";
    char text[sizeof head];
    (void)snprintf(text, sizeof text, head,
                   FRAME - 1 - (sizeof head - 1)); /* "%zu" is as long as the number */
    return make_frame(text);
}

/* The same without content-length: its body ends at the first NUL. */
static struct slice make_send_to_nul(void)
{
    return make_frame("SEND\ndestination:/pub/messages\ncontent-type:application/json\nreceipt:m-1234\n\n");
}

/* Nothing but headers. */
static struct slice make_connect(void)
{
    return SUBJECT_INPUT(
        "CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:10000,10000\nhost:chat.example\n"
        "Authorization:Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIzZjBjOGY1ZS01YzFkLTRmNG"
        "UtOWQyYi0yZjhhMGM3YjFlMTEiLCJyb2xlIjoiVVNFUiIsImlhdCI6MTc5NTIzMTQwMH0.dBjftJeZ4CVP-mB92K27uh"
        "bUJU1p1r_w\n\n\0");
}

static struct slice make_escapes(void)
{
    return SUBJECT_INPUT(
        "C:\\\\users\\\\woody\\nsaid\\c hello, and some text that has nothing special in it");
}

/* It works in place: on a copy, whose making is counted in. */
static void run_escapes(unsigned char *octets, size_t len)
{
    unsigned char copy[256];
    size_t n = len;
    memcpy(copy, octets, len);
    must(stomp_unescape(copy, &n, STOMP_1_2, false), "the escaped text");
    subject_keep(copy);
}

const struct subject subjects_wire[] = {
    {"request head, 703 octets", make_head, run_head, run_byhand, "a head parsed by hand with SSE4.2", 0, 1.0,
     false},
    {"list of tokens", make_list, run_list, NULL, NULL, 0, 0, false},
    {"list of entity tags", make_tags, run_tags, NULL, NULL, 0, 0, false},
    {"target: path, pattern, query", make_target, run_target, NULL, NULL, 0, 0, false},
    {"cookies", make_cookies, run_cookies, NULL, NULL, 0, 0, false},
    {"bearer token", make_authorization, run_authorization, NULL, NULL, 0, 0, false},
    {"media type with boundary", make_media_type, run_media_type, NULL, NULL, 0, 0, false},
    {"form with a file of 64 KiB", make_form, run_form, NULL, NULL, 0, 0, false},
    {"WebSocket heads", make_ws_heads, run_ws_heads, NULL, NULL, 0, 0, false},
    {"unmask 125 octets", make_payload, run_unmask, NULL, NULL, 0.7, 0, true},
    {"unmask 300 octets", make_payload_300, run_unmask, NULL, NULL, 0.7, 0, true},
    {"unmask 4 KiB", make_payload_4k, run_unmask, NULL, NULL, 0.7, 0, true},
    {"unmask 64 KiB", make_payload_64k, run_unmask, NULL, NULL, 0.7, 0, true},
    {"STOMP SEND, 300 octets", make_send, run_stomp, NULL, NULL, 0.1, 0, false},
    {"STOMP SEND without length, 300 octets", make_send_to_nul, run_stomp, NULL, NULL, 0.1, 0, false},
    {"STOMP CONNECT, 300 octets", make_connect, run_stomp, NULL, NULL, 0.1, 0, false},
    {"STOMP escapes", make_escapes, run_escapes, NULL, NULL, 0, 0, false},
};
const size_t subjects_wire_count = ARRAY_LEN(subjects_wire);
