// SPDX-License-Identifier: MIT
// The lobby's requests whose bodies, or whose answers, are streamed.
#include <stdlib.h>

#include "engine/http.h"
#include "support/lobby.h"

enum { ENOUGH = 3, PIECE = 100, FILE_PIECE = 30000 };

enum manner { AS_IT_COMES, SLOWLY, THINKING, UNTIL_ENOUGH };

/* What the lobby keeps for one: memory of its own, so that a leak or a second release shows. */
struct lobby_stream {
    struct lobby *lobby;
    enum manner manner;
    struct buf body; /* all of it, to give it back */
    bool whole;
    uint64_t unsent;
    size_t piece;
    bool breaks;
};

static struct lobby_stream *open_stream(struct lobby *l, struct connection *c, enum manner manner)
{
    struct lobby_stream *s = calloc(1, sizeof *s);
    if (s == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return NULL;
    }
    *s = (struct lobby_stream){.lobby = l, .manner = manner, .piece = PIECE};
    buf_init(&s->body, LOBBY_BODY);
    l->streams++;
    http_stream_set(c, s);
    return s;
}

static void close_stream(struct lobby_stream *s)
{
    assert(s->lobby->streams > 0);
    s->lobby->streams--;
    buf_release(&s->body);
    free(s);
}

static void answer_text(struct connection *c, unsigned status, const char *text)
{
    struct frame *body = frame_copy(slice_from_string(text));
    http_answer(c, &(struct http_response){.status = status, .body = body});
    frame_unref(body);
}

/* ---- answers ---- */

static void begin_answer(struct lobby_stream *s, struct connection *c, uint64_t length)
{
    s->unsent = length;
    if (!http_answer_begin(c, &(struct http_response){.status = 200}, length))
        close_stream(s);
}

/* Of a body its own octets, of a file any. */
static struct frame *next_piece(struct lobby_stream *s)
{
    struct frame *piece = frame_new(s->unsent < s->piece ? (size_t)s->unsent : s->piece);
    if (piece == NULL)
        return NULL;
    if (s->body.len > 0)
        memcpy(piece->octets, s->body.data + s->body.len - s->unsent, piece->len);
    else
        memset(piece->octets, 'f', piece->len);
    return piece;
}

void lobby_http_writable(void *context, struct connection *c)
{
    struct lobby_stream *s = http_stream(c);
    (void)context;
    struct frame *piece = s->breaks && s->unsent < s->lobby->file ? NULL : next_piece(s);
    if (piece == NULL) {
        http_answer_abort(c, ERR_INTERNAL_SERVER_ERROR);
        close_stream(s);
        return;
    }
    s->unsent -= piece->len;
    bool is_whole = s->unsent == 0;
    http_answer_more(c, piece);
    frame_unref(piece);
    if (is_whole)
        close_stream(s);
}

bool lobby_send_file(struct lobby *l, struct connection *c, struct slice path)
{
    bool breaks = slice_equals(path, SLICE("/broken"));
    if (!breaks && !slice_equals(path, SLICE("/file")))
        return false;
    struct lobby_stream *s = open_stream(l, c, AS_IT_COMES);
    if (s == NULL)
        return true;
    s->breaks = breaks;
    s->piece = FILE_PIECE;
    begin_answer(s, c, l->file);
    return true;
}

/* ---- bodies ---- */

static void hold(struct lobby_stream *s, struct connection *c)
{
    if (lobby_add_task(s->lobby, LOBBY_STREAM, c->id) != NULL)
        http_body_pause(c);
}

void lobby_finish_stream(struct lobby *l, const struct lobby_task *t)
{
    struct connection *c = connection_find(&l->pipes.engine, t->connection);
    struct lobby_stream *s = c == NULL ? NULL : http_stream(c);
    if (s == NULL || !http_is_answering(c))
        return; /* it was dropped */
    if (s->whole)
        begin_answer(s, c, s->body.len);
    else
        http_body_resume(c);
}

uint64_t lobby_http_head(void *context, struct connection *c, const struct http_request *head)
{
    static const struct {
        struct slice path;
        enum manner manner;
    } routes[] = {
        {SLICE_INIT("/stream"), AS_IT_COMES},
        {SLICE_INIT("/slow"), SLOWLY},
        {SLICE_INIT("/think"), THINKING},
        {SLICE_INIT("/enough"), UNTIL_ENOUGH},
    };
    assert(head->body.len == 0);
    if (slice_equals(head->path, SLICE("/early")))
        answer_text(c, 403, "early");
    for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
        if (!slice_equals(head->path, routes[i].path))
            continue;
        struct lobby_stream *s = open_stream(context, c, routes[i].manner);
        if (s != NULL && s->manner == SLOWLY)
            hold(s, c);
        return LOBBY_BODY;
    }
    return 0;
}

void lobby_http_body(void *context, struct connection *c, struct slice piece)
{
    struct lobby_stream *s = http_stream(c);
    (void)context;
    assert(piece.len > 0 && !s->whole && s->body.len + piece.len <= LOBBY_BODY);
    if (!buf_append(&s->body, piece)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return;
    }
    if (s->manner == SLOWLY)
        hold(s, c);
    if (s->manner != UNTIL_ENOUGH || s->body.len < ENOUGH)
        return;
    answer_text(c, 200, "enough");
    close_stream(s);
}

void lobby_http_body_end(void *context, struct connection *c)
{
    struct lobby_stream *s = http_stream(c);
    (void)context;
    s->whole = true;
    if (s->manner != THINKING || lobby_add_task(s->lobby, LOBBY_STREAM, c->id) == NULL)
        begin_answer(s, c, s->body.len);
}

void lobby_http_dropped(void *context, struct connection *c)
{
    struct lobby *l = context;
    l->dropped++;
    close_stream(http_stream(c));
}
