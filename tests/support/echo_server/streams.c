// SPDX-License-Identifier: MIT
// /stream: bodies that are never whole in memory. What comes is laid down in a file without a name, piece by piece, and
// given back out of it.
#include <stdio.h>
#include <stdlib.h>

#include "engine/http.h"
#include "support/echo_server/echo_server.h"

enum { PIECE = 48 << 10, PATTERN = 251 };

struct echo_stream {
    struct connection *connection;
    FILE *laid_down; /* NULL: octets of a pattern are sent */
    uint64_t length, sent;
    struct buf type;
    struct timer timer; /* resumes a body that is taken slowly */
    bool slowly;
};

/* ---- life ---- */

static void resume(struct timer *t)
{
    http_body_resume(CONTAINER_OF(t, struct echo_stream, timer)->connection);
}

static struct echo_stream *open_stream(struct connection *c, bool lays_down)
{
    struct echo_stream *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->connection = c;
    buf_init(&s->type, 16 << 10);
    timer_init(&s->timer, resume);
    s->laid_down = lays_down ? tmpfile() : NULL;
    if (lays_down && s->laid_down == NULL) {
        free(s);
        return NULL;
    }
    http_stream_set(c, s);
    return s;
}

static void close_stream(struct echo_stream *s)
{
    timer_stop(&s->connection->engine->loop->timers, &s->timer);
    if (s->laid_down != NULL)
        fclose(s->laid_down);
    buf_release(&s->type);
    free(s);
}

void echo_http_dropped(void *context, struct connection *c)
{
    (void)context;
    close_stream(http_stream(c));
}

/* ---- out ---- */

static void begin(struct echo_stream *s)
{
    struct http_response response = {.status = 200, .content_type = buf_slice(&s->type)};
    if (!http_answer_begin(s->connection, &response, s->length))
        close_stream(s);
}

static bool fill(struct echo_stream *s, struct frame *piece)
{
    if (s->laid_down != NULL)
        return fread(piece->octets, 1, piece->len, s->laid_down) == piece->len;
    for (uint32_t i = 0; i < piece->len; i++)
        piece->octets[i] = (unsigned char)((s->sent + i) % PATTERN);
    return true;
}

void echo_http_writable(void *context, struct connection *c)
{
    struct echo_stream *s = http_stream(c);
    uint64_t missing = s->length - s->sent;
    struct frame *piece = frame_new(missing < PIECE ? (size_t)missing : PIECE);
    (void)context;
    if (piece == NULL || !fill(s, piece)) {
        http_answer_abort(c, ERR_INTERNAL_SERVER_ERROR);
        close_stream(s);
    } else {
        s->sent += piece->len;
        bool is_whole = s->sent == s->length;
        http_answer_more(c, piece);
        if (is_whole)
            close_stream(s);
    }
    frame_unref(piece);
}

bool echo_stream_send(struct connection *c, uint64_t length)
{
    struct echo_stream *s = open_stream(c, false);
    if (s == NULL)
        return false;
    s->length = length;
    begin(s);
    return true;
}

/* ---- in ---- */

uint64_t echo_http_head(void *context, struct connection *c, const struct http_request *r)
{
    (void)context;
    if (r->head->method != HTTP_METHOD_POST)
        return 0;
    if (slice_equals(r->path, SLICE("/refuse")))
        http_answer(c, &(struct http_response){.status = 403});
    if (!slice_equals(r->path, SLICE("/stream")))
        return 0;
    struct echo_stream *s = open_stream(c, true);
    if (s == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return 0;
    }
    s->slowly = slice_equals(r->query, SLICE("slowly"));
    struct slice type = http1_head_field(r->head, r->base, SLICE("content-type"));
    if (type.data != NULL)
        buf_append(&s->type, type);
    return ECHO_MESSAGE;
}

void echo_http_body(void *context, struct connection *c, struct slice piece)
{
    struct echo_stream *s = http_stream(c);
    (void)context;
    if (fwrite(piece.data, 1, piece.len, s->laid_down) != piece.len) {
        http_answer(c, &(struct http_response){.status = 507});
        close_stream(s);
        return;
    }
    s->length += piece.len;
    if (!s->slowly)
        return;
    http_body_pause(c);
    timer_start(&c->engine->loop->timers, &s->timer, c->engine->loop->now);
}

void echo_http_body_end(void *context, struct connection *c)
{
    struct echo_stream *s = http_stream(c);
    (void)context;
    rewind(s->laid_down);
    begin(s);
}
