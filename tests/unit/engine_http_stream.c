// SPDX-License-Identifier: MIT
// Bodies that are handed on as they come and answers in pieces: however the octets are cut, wherever it ends.
// What is said in which order is tests/script/http_stream.rts.
#include <stdlib.h>

#include "engine/http.h"
#include "support/lobby.h"
#include "support/test.h"

/* ---- the lobby's routes, cut and ended everywhere ---- */

#define COUNTED(path)                                                                                        \
    "POST " path " HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nhello, world"                            \
    "GET /now HTTP/1.1\r\nHost: a\r\n\r\n"
#define CHUNKED(path)                                                                                        \
    "POST " path " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;a\r\n, world"    \
    "\r\n0\r\nX: y\r\n\r\nGET /now HTTP/1.1\r\nHost: a\r\n\r\n"

static const char *const sessions[] = {
    COUNTED("/stream"),
    CHUNKED("/stream"),
    COUNTED("/slow"),
    CHUNKED("/slow"),
    COUNTED("/think"),
    CHUNKED("/think"),
    COUNTED("/enough"),
    CHUNKED("/enough"),
    COUNTED("/early"),
    CHUNKED("/early"),
    "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\nabc",
    "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\nabc",
    "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\n",
    "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\n",
    "HEAD /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabHEAD /file HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /broken HTTP/1.1\r\nHost: a\r\n\r\n",
};

static struct lobby lobby;
static struct pipe client;

static void begin(void)
{
    lobby_init(&lobby);
    CHECK(pipe_open(&lobby.pipes, &client));
}

static void settle(void)
{
    pipes_turn(&lobby.pipes);
    while (lobby.count > 0) {
        lobby_finish(&lobby, 0, ERR_NONE);
        pipes_turn(&lobby.pipes);
    }
}

/* Nothing is left of anything. */
static void end(void)
{
    const char *alive = NULL;
    pipe_break(&client);
    pipe_release(&client);
    CHECK(lobby_release(&lobby, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
}

/* What the client gets for the first `cut` octets, and then the rest. */
static struct buf run(const char *text, size_t cut, int32_t size)
{
    struct slice all = slice_from_string(text);
    struct buf got;
    begin();
    client.in.size = size;
    pipe_send(&client, slice_of(all.data, cut));
    settle();
    pipe_send(&client, slice_after(all, cut));
    settle();
    got = client.got;
    buf_init(&client.got, 0);
    end();
    return got;
}

TEST(cuts, "however the octets are cut, and wherever it is held back, the same comes of them")
{
    for (size_t s = 0; s < ARRAY_LEN(sessions); s++) {
        size_t len = strlen(sessions[s]);
        struct buf whole = run(sessions[s], len, 0);
        CHECK(whole.len > 0);
        for (size_t cut = 0; cut <= len; cut++) {
            struct buf got = run(sessions[s], cut, cut == 0 ? 1 : 0); /* and octet by octet */
            if (!slice_equals(buf_slice(&got), buf_slice(&whole)))
                printf("# session %zu, cut at %zu\n", s, cut);
            CHECK(slice_equals(buf_slice(&got), buf_slice(&whole)));
            buf_release(&got);
        }
        buf_release(&whole);
    }
}

static void vanish(void)
{
    pipe_break(&client);
}

static void half_close(void)
{
    pipe_end(&client);
}

static void leave(void)
{
    engine_leave(&lobby.pipes.engine);
}

static void abandon(void)
{
    pipes_pass(&lobby.pipes, 3600 * MICROSECONDS_PER_SECOND);
}

static void give_up(void)
{
    if (!client.gone)
        connection_abort(&client.c, ERR_OUT_OF_MEMORY);
}

TEST(ends, "wherever it ends, and by whomever, what the application keeps is released, once")
{
    static void (*const ways[])(void) = {vanish, half_close, leave, abandon, give_up};
    unsigned dropped = 0;
    for (size_t s = 0; s < ARRAY_LEN(sessions); s++) {
        for (size_t at = 0; at <= strlen(sessions[s]); at++) {
            for (size_t way = 0; way < 2 * ARRAY_LEN(ways); way++) {
                begin();
                pipe_send(&client, slice_of(sessions[s], at));
                pipes_turn(&lobby.pipes);
                if (way >= ARRAY_LEN(ways)) /* once with what was held back, and once with it let go */
                    settle();
                ways[way % ARRAY_LEN(ways)]();
                pipes_turn(&lobby.pipes);
                settle(); /* what comes too late does no harm */
                CHECK(lobby.streams == 0 || !client.gone);
                pipe_break(&client);
                CHECK_INT(lobby.streams, 0);
                dropped += lobby.dropped;
                end();
            }
        }
    }
    CHECK(dropped > 1000);
}

TEST(answer_ends, "so it is for an answer, wherever in it")
{
    static void (*const ways[])(void) = {vanish, half_close, leave, abandon, give_up};
    for (size_t room = 0; room < 2 * LOBBY_FILE; room += 12345) {
        for (size_t way = 0; way < ARRAY_LEN(ways); way++) {
            begin();
            pipe_room(&client, room);
            pipe_send(&client, SLICE("GET /file HTTP/1.1\r\nHost: a\r\n\r\n"));
            pipes_turn(&lobby.pipes);
            bool is_over = room > LOBBY_FILE + 1000;
            CHECK(is_over ? lobby.streams == 0 : lobby.streams <= 1);
            ways[way]();
            pipes_turn(&lobby.pipes);
            pipe_break(&client);
            CHECK_INT(lobby.streams, 0);
            CHECK_INT(lobby.dropped, lobby.dropped > 0 && !is_over);
            end();
        }
    }
}

/* ---- an application of the test's own ---- */

static struct {
    struct pipes pipes;
    struct pipe pipe;
    uint64_t most;   /* what http_head() says */
    uint64_t octets; /* of the body */
    unsigned ends, requests, writable, dropped, refused;
    bool holds, again; /* pauses at each piece; and resumes at once */
    uint64_t length, unsent;
    unsigned status;
    bool begun; /* what http_answer_begin() said */
} app;

static uint64_t on_head(void *context, struct connection *c, const struct http_request *head)
{
    (void)context;
    CHECK_INT(head->body.len, 0);
    CHECK(http_is_answering(c));
    http_stream_set(c, &app);
    http_body_pause(c);
    http_body_resume(c); /* nothing comes of it, and 100 is not owed twice */
    return app.most;
}

static void on_body(void *context, struct connection *c, struct slice piece)
{
    (void)context;
    CHECK(http_stream(c) == &app && piece.len > 0);
    app.octets += piece.len;
    if (app.holds)
        http_body_pause(c);
    if (app.holds && app.again)
        http_body_resume(c);
}

static void begin_answer(struct connection *c)
{
    app.unsent = app.length;
    app.begun = http_answer_begin(c, &(struct http_response){.status = app.status}, app.length);
}

static void on_body_end(void *context, struct connection *c)
{
    (void)context;
    CHECK(http_is_answering(c));
    app.ends++;
    begin_answer(c);
}

static void on_writable(void *context, struct connection *c)
{
    struct frame *piece = frame_new(app.unsent < 30000 ? (size_t)app.unsent : 30000);
    (void)context;
    app.writable++;
    CHECK(c->out.bytes < HTTP_QUEUE);
    CHECK(!http_is_answering(c));
    memset(piece->octets, 'x', piece->len);
    app.unsent -= piece->len;
    http_answer_more(c, piece);
    frame_unref(piece);
}

static void on_dropped(void *context, struct connection *c)
{
    (void)context;
    CHECK(http_stream(c) == &app);
    app.dropped++;
}

static void on_request(void *context, struct connection *c, const struct http_request *r)
{
    (void)context;
    app.requests++;
    if (slice_equals(r->path, SLICE("/stream")))
        begin_answer(c);
    else
        http_answer(c, &(struct http_response){.status = 204});
}

static void on_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    (void)context, (void)path;
    app.refused++;
    http_answer(c, &(struct http_response){.status = error_row(error)->status});
}

static const struct engine_ports ports = {
    .http_request = on_request,
    .http_refused = on_refused,
    .http_head = on_head,
    .http_body = on_body,
    .http_body_end = on_body_end,
    .http_writable = on_writable,
    .http_dropped = on_dropped,
};

static void begin_app(const struct engine_ports *with)
{
    memset(&app, 0, sizeof app);
    app.most = UINT64_MAX;
    app.status = 200;
    pipes_init(&app.pipes, with, NULL);
    CHECK(pipe_open(&app.pipes, &app.pipe));
}

static void end_app(void)
{
    const char *alive = NULL;
    CHECK(pipes_release(&app.pipes, &alive));
    pipe_release(&app.pipe);
}

static void say(const char *text)
{
    pipe_send(&app.pipe, slice_from_string(text));
    pipes_turn(&app.pipes);
}

static bool got(const char *text)
{
    return app.pipe.got.len > 0 && memmem(app.pipe.got.data, app.pipe.got.len, text, strlen(text)) != NULL;
}

/* 2 MB, which no limit of a gathered body would let in. */
static void send_much(bool chunked)
{
    enum { TIMES = 64, BLOCK = 32 << 10 };
    unsigned char *block = calloc(1, BLOCK);
    say(chunked ? "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2097152\r\n\r\n");
    for (int i = 0; i < TIMES; i++) {
        say(chunked ? "8000\r\n" : "");
        pipe_send(&app.pipe, slice_of(block, BLOCK));
        say(chunked ? "\r\n" : "");
        while (app.holds && !app.again && app.pipe.c.paused && app.octets < (uint64_t)(i + 1) * BLOCK) {
            CHECK(app.pipe.c.in.len <= 64 << 10);
            http_body_resume(&app.pipe.c);
            pipes_turn(&app.pipes);
        }
    }
    say(chunked ? "0\r\n\r\n" : "");
    http_body_resume(&app.pipe.c);
    http_body_resume(&app.pipe.c);
    pipes_turn(&app.pipes);
    free(block);
}

TEST(memory, "a body of any size takes what a read takes, and no more while it is held back")
{
    for (int way = 0; way < 6; way++) {
        begin_app(&ports);
        app.holds = way / 2 > 0;
        app.again = way / 2 > 1;
        send_much(way % 2 == 1);
        CHECK_INT(app.octets, 2 << 20);
        CHECK_INT(app.ends, 1);
        CHECK_INT(app.dropped, 0);
        CHECK(got("HTTP/1.1 200"));
        CHECK_INT(app.pipe.c.in.room, 0);
        say("GET / HTTP/1.1\r\nHost: a\r\n\r\n"); /* the connection goes on */
        CHECK_INT(app.requests, 1);
        end_app();
    }
}

TEST(room, "of an answer of any size no more waits than HTTP_QUEUE and a piece")
{
    begin_app(&ports);
    app.length = 10 << 20;
    pipe_room(&app.pipe, 0);
    say("GET /stream HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(app.begun);
    size_t most = 0;
    while (app.unsent > 0) {
        pipe_room(&app.pipe, 7777);
        pipes_turn(&app.pipes);
        most = app.pipe.c.out.bytes > most ? app.pipe.c.out.bytes : most;
        CHECK_INT(app.requests, 1);
    }
    CHECK(most > HTTP_QUEUE && most <= HTTP_QUEUE + 30000);
    pipe_room(&app.pipe, SIZE_MAX);
    pipes_turn(&app.pipes);
    CHECK(app.pipe.got.len > app.length && got("HTTP/1.1 204"));
    CHECK_INT(app.writable, (10 << 20) / 30000 + 1);
    CHECK_INT(app.requests, 2);
    end_app();
}

TEST(nothing_to_send, "an answer without octets ends where it begins: HEAD, a length of 0, 204, 304")
{
    static const struct {
        const char *method;
        unsigned status;
        uint64_t length;
        const char *field; /* in its head */
    } rows[] = {{"HEAD", 200, 1000, "Content-Length: 1000\r\n"},
                {"GET", 200, 0, "Content-Length: 0\r\n"},
                {"GET", 204, 5, "HTTP/1.1 204 No Content\r\n"},
                {"GET", 304, 5, "HTTP/1.1 304 Not Modified\r\n"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char request[128];
        begin_app(&ports);
        app.status = rows[i].status;
        app.length = rows[i].length;
        app.begun = true;
        (void)snprintf(request, sizeof request, "%s /stream HTTP/1.1\r\nHost: a\r\n\r\n", rows[i].method);
        say(request);
        say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(!app.begun);
        CHECK_INT(app.writable, 0);
        CHECK_INT(app.requests, 2);
        CHECK(got(rows[i].field) && (rows[i].status < 204 || !got("Content-Length")));
        end_app();
    }
}

TEST(limit, "the application's limit holds at the value and refuses one beyond, counted and chunked")
{
    static const char *const bodies[] = {
        "Content-Length: 5\r\n\r\nabcde",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"};
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        for (uint64_t most = 4; most <= 5; most++) {
            begin_app(&ports);
            app.most = most;
            say("POST / HTTP/1.1\r\nHost: a\r\n");
            say(bodies[i]);
            bool fits = most == 5;
            CHECK(got(fits ? "HTTP/1.1 200" : "HTTP/1.1 413"));
            CHECK_INT(app.ends, fits);
            CHECK_INT(app.refused, !fits);
            CHECK_INT(app.dropped, !fits);
            end_app();
        }
    }
}

TEST(without_ports, "an application that streams nothing need not know of it")
{
    static const struct engine_ports plain = {.http_request = on_request, .http_refused = on_refused};
    begin_app(&plain);
    say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
    CHECK_INT(app.requests, 2);
    CHECK(http_stream(&app.pipe.c) == NULL);
    http_body_pause(&app.pipe.c); /* there is nothing to pause */
    http_body_resume(&app.pipe.c);
    CHECK(connection_wants_input(&app.pipe.c));
    end_app();
}
