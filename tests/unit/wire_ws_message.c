// SPDX-License-Identifier: MIT
#include "wire/ws_message.h"

#include "support/test.h"

/* RFC 6455 5.4 and 5.5 as somebody would write them with flags. */
struct naive {
    bool in_message, closed, bad, text;
};

static enum ws_verdict naive_data(struct naive *n, bool first, bool last, bool text)
{
    if (first == n->in_message) {
        n->bad = true;
        return WS_SAYS_BAD;
    }
    n->in_message = !last;
    if (!first)
        return last ? WS_SAYS_END : WS_SAYS_CONTINUE;
    n->text = text;
    return last ? WS_SAYS_WHOLE : WS_SAYS_BEGIN;
}

static enum ws_verdict naive_event(struct naive *n, enum ws_event event)
{
    if (n->bad || n->closed)
        return WS_SAYS_BAD;
    switch (event) {
    case WSE_PING: return WS_SAYS_PING;
    case WSE_PONG: return WS_SAYS_PONG;
    case WSE_CLOSE: n->closed = true; return WS_SAYS_CLOSE;
    case WSE_TEXT: return naive_data(n, true, true, true);
    case WSE_BINARY: return naive_data(n, true, true, false);
    case WSE_TEXT_BEGIN: return naive_data(n, true, false, true);
    case WSE_BINARY_BEGIN: return naive_data(n, true, false, false);
    case WSE_CONT: return naive_data(n, false, false, false);
    case WSE_CONT_END: return naive_data(n, false, true, false);
    }
    return WS_SAYS_BAD;
}

static unsigned long sequences;

static void walk(struct ws_message machine, struct naive naive, int depth)
{
    for (int event = WSE_TEXT; depth > 0 && event <= WSE_CLOSE; event++) {
        struct ws_message m = machine;
        struct naive n = naive;
        CHECK_INT(ws_message_event(&m, (enum ws_event)event), naive_event(&n, (enum ws_event)event));
        CHECK(n.bad || n.closed || m.text == n.text);
        sequences++;
        walk(m, n, depth - 1);
    }
}

TEST(all, "RFC 6455 5.4, 5.5: every sequence of up to six frames is judged as flags would judge it")
{
    struct ws_message m;
    struct naive n = {.bad = false};
    sequences = 0;
    ws_message_init(&m);
    walk(m, n, 6);
    CHECK_INT(sequences, 9 + 81 + 729 + 6561 + 59049 + 531441);
}

TEST(kinds, "opcode and FIN make the event")
{
    static const struct {
        enum ws_opcode opcode;
        bool fin;
        enum ws_event event;
    } cases[] = {
        {WS_TEXT, true, WSE_TEXT},
        {WS_TEXT, false, WSE_TEXT_BEGIN},
        {WS_BINARY, true, WSE_BINARY},
        {WS_BINARY, false, WSE_BINARY_BEGIN},
        {WS_CONTINUATION, true, WSE_CONT_END},
        {WS_CONTINUATION, false, WSE_CONT},
        {WS_PING, true, WSE_PING},
        {WS_PONG, true, WSE_PONG},
        {WS_CLOSE, true, WSE_CLOSE},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        CHECK_INT(ws_event_of(cases[i].opcode, cases[i].fin), cases[i].event);
}
