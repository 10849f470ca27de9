// SPDX-License-Identifier: MIT
#include "wire/ws_message.h"

%%{
    machine ws_message;
    alphtype int;
    import "wire/ws_message.h";
    variable cs m->state;

    action text    { m->text = true; }
    action binary  { m->text = false; }
    action whole   { m->verdict = WS_SAYS_WHOLE; }
    action begin   { m->verdict = WS_SAYS_BEGIN; }
    action next    { m->verdict = WS_SAYS_CONTINUE; }
    action end     { m->verdict = WS_SAYS_END; }
    action ping    { m->verdict = WS_SAYS_PING; }
    action pong    { m->verdict = WS_SAYS_PONG; }
    action closing { m->verdict = WS_SAYS_CLOSE; }
    action bad     { m->verdict = WS_SAYS_BAD; }

    include rfc6455_messages "rfc6455.rl";
    # drawn: start "between messages", begin "inside a message", closing "closed", bad "broken"
    main := session $err(bad);
    write data nofinal;
}%%

void ws_message_init(struct ws_message *m)
{
    *m = (struct ws_message){.verdict = WS_SAYS_WHOLE};
    %% write init;
}

enum ws_verdict ws_message_event(struct ws_message *m, enum ws_event event)
{
    const int kind = (int)event, *p = &kind, *pe = p + 1, *eof = NULL;
    %% write exec;
    return m->verdict;
}

enum ws_event ws_event_of(enum ws_opcode opcode, bool fin)
{
    static const unsigned char events[16][2] = {
        [WS_CONTINUATION] = {WSE_CONT, WSE_CONT_END},
        [WS_TEXT] = {WSE_TEXT_BEGIN, WSE_TEXT},
        [WS_BINARY] = {WSE_BINARY_BEGIN, WSE_BINARY},
        [WS_CLOSE] = {WSE_CLOSE, WSE_CLOSE},
        [WS_PING] = {WSE_PING, WSE_PING},
        [WS_PONG] = {WSE_PONG, WSE_PONG},
    };
    return (enum ws_event)events[opcode & 15][fin];
}
