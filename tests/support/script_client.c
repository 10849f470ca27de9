// SPDX-License-Identifier: MIT
// What one client of a script says, hears and expects.
#include <stdlib.h>

#include "support/script_internal.h"
#include "wire/ws_close.h"
#include "wire/ws_frame.h"

/* ---- expecting ---- */

static bool fits(struct slice got, struct slice pattern)
{
    while (pattern.len > 0 && pattern.data[0] != '~') {
        if (got.len == 0 || got.data[0] != pattern.data[0])
            return false;
        got = slice_after(got, 1);
        pattern = slice_after(pattern, 1);
    }
    if (pattern.len == 0)
        return got.len == 0;
    for (size_t n = 1; n <= got.len && got.data[n - 1] != '\n'; n++) {
        if (fits(slice_after(got, n), slice_after(pattern, 1)))
            return true;
    }
    return false;
}

static void unexpected(struct script *s, const char *what, struct slice got)
{
    char text[1024];
    size_t n = 0;
    for (size_t i = 0; i < got.len && n < sizeof text - 5; i++) {
        unsigned char octet = got.data[i];
        n += (size_t)snprintf(text + n, sizeof text - n, octet >= ' ' && octet < 0x7f ? "%c" : "\\x%02x",
                              octet);
    }
    text[n] = 0;
    script_fail(s, "%s, but: \"%s\"", what, text);
}

struct got_frame {
    unsigned char first;
    struct slice payload;
    size_t size;
};

/* The next frame of the server's; false when it is not there whole. */
static bool next_frame(const struct pipe *p, struct got_frame *f)
{
    struct slice in = buf_slice(&p->got);
    size_t head = 2;
    uint64_t len = in.len < 2 ? 0 : in.data[1];
    if (in.len < 2)
        return false;
    if (len >= 126) {
        size_t more = len == 126 ? 2 : 8;
        len = 0;
        for (size_t i = 0; i < more && head < in.len; i++)
            len = len << 8 | in.data[head++];
    }
    if (in.len < head || in.len - head < len)
        return false;
    *f = (struct got_frame){
        .first = in.data[0], .payload = slice_of(in.data + head, (size_t)len), .size = head + (size_t)len};
    return true;
}

static void expect_frame(struct script *s, struct pipe *p, unsigned char first, struct slice pattern)
{
    struct got_frame f;
    if (!next_frame(p, &f))
        unexpected(s, "a frame was expected", buf_slice(&p->got));
    else if (f.first != first || !fits(f.payload, pattern))
        unexpected(s, "another frame was expected", slice_of(p->got.data, f.size));
    else
        pipe_took(p, f.size);
}

/* ---- what clients say ---- */

static const struct {
    const char *name;
    unsigned char first;
} kinds[] = {
    {"text", 0x81},     {"text.begin", 0x01}, {"binary", 0x82}, {"binary.begin", 0x02}, {"cont", 0x00},
    {"cont.end", 0x80}, {"close", 0x88},      {"ping", 0x89},   {"pong", 0x8A},
};

static unsigned char kind_word(struct script *s, size_t i)
{
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        if (script_word_is(s, i, kinds[k].name))
            return kinds[k].first;
    }
    script_fail(s, "no such kind of frame");
    return 0;
}

static void send_frame(struct pipe *p, unsigned char first, struct slice payload, bool nul)
{
    static const unsigned char key[4] = {0xa1, 0xb2, 0xc3, 0xd4};
    unsigned char head[WS_HEAD_MAX + sizeof key];
    size_t len = payload.len + nul,
           n = ws_frame_head(head, (enum ws_opcode)(first & 15), (first & 0x80) != 0, len);
    unsigned char *copy = calloc(1, len + 1);
    assert(copy != NULL);
    head[1] |= 0x80;
    memcpy(head + n, key, sizeof key);
    if (payload.len > 0)
        memcpy(copy, payload.data, payload.len);
    ws_unmask(copy, len, key, 0);
    pipe_send(p, slice_of(head, n + sizeof key));
    pipe_send(p, slice_of(copy, len));
    free(copy);
}

/* The payload of "close CODE reason". */
static size_t close_words(const struct script *s, unsigned char out[WS_CONTROL_MAX])
{
    return s->word_count < 4 ? 0 : ws_close_write(out, (uint16_t)script_number(s, 3), script_word(s, 4));
}

static void do_tx(struct script *s, struct pipe *p)
{
    unsigned char payload[WS_CONTROL_MAX], first = kind_word(s, 2);
    if (first == 0x88)
        send_frame(p, first, slice_of(payload, close_words(s, payload)), false);
    else
        send_frame(p, first, script_word(s, 3), false);
}

static void do_rx(struct script *s, struct pipe *p)
{
    unsigned char payload[WS_CONTROL_MAX], first = kind_word(s, 2);
    if (first == 0x88)
        expect_frame(s, p, first, slice_of(payload, close_words(s, payload)));
    else
        expect_frame(s, p, first, script_word(s, 3));
}

static void hear(struct script *s, struct pipe *p, struct slice pattern)
{
    char text[LINE];
    memcpy(text, pattern.data, pattern.len);
    text[pattern.len] = 0;
    expect_frame(s, p, 0x81, slice_of(text, pattern.len + 1));
}

static void do_stomp(struct script *s, struct pipe *p)
{
    send_frame(p, 0x81, script_word(s, 2), true);
}

static void do_hears(struct script *s, struct pipe *p)
{
    hear(s, p, script_word(s, 2));
}

/* The template with the number in the place of each #. */
static struct slice numbered(struct slice template, uint64_t n, char out[LINE])
{
    size_t len = 0;
    for (size_t i = 0; i < template.len; i++) {
        if (template.data[i] == '#')
            len += (size_t)snprintf(out + len, 24, "%llu", (unsigned long long)n);
        else
            out[len++] = (char)template.data[i];
    }
    return slice_of(out, len);
}

static void do_stomps(struct script *s, struct pipe *p)
{
    char text[LINE];
    for (uint64_t n = script_number(s, 2); n <= script_number(s, 3); n++)
        send_frame(p, 0x81, numbered(script_word(s, 4), n, text), true);
}

static void do_hears_each(struct script *s, struct pipe *p)
{
    char text[LINE];
    for (uint64_t n = script_number(s, 2); n <= script_number(s, 3); n++)
        hear(s, p, numbered(script_word(s, 4), n, text));
}

static void do_send(struct script *s, struct pipe *p)
{
    pipe_send(p, script_word(s, 2));
}

/* ---- HTTP ---- */

static bool head_has(struct slice head, struct slice part)
{
    return memmem(head.data, head.len, part.data, part.len) != NULL;
}

static size_t content_length(struct slice head)
{
    const char *at = memmem(head.data, head.len, "Content-Length: ", 16);
    return at == NULL ? 0 : (size_t)strtoul(at + 16, NULL, 10);
}

/* Takes one answer; a body is taken when the line says "body". */
static void do_answer(struct script *s, struct pipe *p)
{
    struct slice got = buf_slice(&p->got), body = SLICE_NONE;
    const unsigned char *end = got.len == 0 ? NULL : memmem(got.data, got.len, "\r\n\r\n", 4);
    if (end == NULL || got.len < 12 || !slice_equals(slice_of(got.data + 9, 3), script_word(s, 2))) {
        unexpected(s, "another answer was expected", got);
        return;
    }
    struct slice head = slice_of(got.data, (size_t)(end - got.data) + 4);
    for (size_t i = 3; i < s->word_count; i++) {
        if (script_word_is(s, i, "body")) {
            body = script_word(s, i + 1);
            break;
        }
        if (!head_has(head, script_word(s, i)))
            unexpected(s, "more was expected in the head", head);
    }
    size_t length = body.data == NULL ? 0 : content_length(head);
    if (got.len - head.len < length || (body.data != NULL && !fits(slice_of(end + 4, length), body)))
        unexpected(s, "another body was expected", slice_after(got, head.len));
    else
        pipe_took(p, head.len + length);
}

static void expect_switching(struct script *s, struct pipe *p)
{
    s->word_count = 2;
    s->words[s->word_count++] = SLICE("101");
    s->words[s->word_count++] = SLICE("Sec-WebSocket-Protocol: v12.stomp\r\n");
    do_answer(s, p);
}

static void do_upgrade(struct script *s, struct pipe *p)
{
    pipe_send(p, SLICE("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n"));
    pipes_turn(&s->lobby.pipes);
    expect_switching(s, p);
}

static void do_login(struct script *s, struct pipe *p)
{
    char frame[256], connected[128];
    struct slice user = script_word(s, 2), beat = s->word_count > 3 ? script_word(s, 3) : SLICE("0,0");
    int n =
        snprintf(frame, sizeof frame, "CONNECT\naccept-version:1.2\nheart-beat:%.*s\nAuthorization:%.*s\n\n",
                 (int)beat.len, (const char *)beat.data, (int)user.len, (const char *)user.data);
    int m = snprintf(connected, sizeof connected, "CONNECTED\nversion:1.2\nheart-beat:~\nuser-name:%.*s\n\n",
                     (int)user.len, (const char *)user.data);
    do_upgrade(s, p);
    send_frame(p, 0x81, slice_of(frame, (size_t)n), true);
    pipes_turn(&s->lobby.pipes);
    hear(s, p, slice_of(connected, (size_t)m));
}

/* ---- ends ---- */

static void do_silent(struct script *s, struct pipe *p)
{
    if (p->got.len > 0)
        unexpected(s, "silence was expected", buf_slice(&p->got));
}

static void do_ended(struct script *s, struct pipe *p)
{
    do_silent(s, p);
    if (!p->server_ended)
        script_fail(s, "the server's end was expected");
}

static void do_gone(struct script *s, struct pipe *p)
{
    if (!p->gone)
        script_fail(s, "the connection should be gone");
    else if (p->cause != script_error(s, 2))
        script_fail(s, "another cause was expected, but: %s",
                    p->cause == ERR_NONE ? "none" : error_row(p->cause)->code);
}

static void do_end(struct script *s, struct pipe *p)
{
    (void)s;
    pipe_end(p);
}

static void do_break(struct script *s, struct pipe *p)
{
    (void)s;
    pipe_break(p);
}

static void do_room(struct script *s, struct pipe *p)
{
    pipe_room(p, script_word_is(s, 2, "all") ? SIZE_MAX : (size_t)script_number(s, 2));
}

static const struct {
    const char *name;
    void (*run)(struct script *, struct pipe *);
} client_commands[] = {
    {"send", do_send},     {"answer", do_answer}, {"upgrade", do_upgrade}, {"login", do_login},
    {"tx", do_tx},         {"rx", do_rx},         {"stomp", do_stomp},     {"hears", do_hears},
    {"stomps", do_stomps}, {"silent", do_silent}, {"ended", do_ended},     {"hears-each", do_hears_each},
    {"gone", do_gone},     {"end", do_end},       {"break", do_break},     {"room", do_room},
};

bool script_client_run(struct script *s, struct pipe *p)
{
    for (size_t i = 0; i < ARRAY_LEN(client_commands); i++) {
        if (script_word_is(s, 1, client_commands[i].name)) {
            client_commands[i].run(s, p);
            return true;
        }
    }
    return false;
}
