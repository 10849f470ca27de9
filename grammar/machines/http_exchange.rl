// SPDX-License-Identifier: MIT
// The life of a connection that speaks HTTP (RFC 9112 section 9): one request at a time, pipelined ones wait.
#include "engine/http_exchange.h"

%%{
    machine http_exchange;
    import "engine/http_exchange.h";
    alphtype int;

    action begin    { deed = HTTP_DO_BEGIN; }
    action dispatch { deed = HTTP_DO_DISPATCH; }
    action offer    { deed = HTTP_DO_OFFER; }
    action stream   { deed = HTTP_DO_STREAM; }
    action hold     { deed = HTTP_DO_HOLD; }
    action go_on    { deed = HTTP_DO_GO_ON; }
    action deliver  { deed = HTTP_DO_DELIVER; }
    action refuse   { deed = HTTP_DO_REFUSE; }
    action late     { deed = HTTP_DO_LATE; }
    action ask      { deed = HTTP_DO_ASK; }
    action last     { deed = HTTP_DO_LAST; }
    action next     { deed = HTTP_DO_NEXT; }
    action finish   { deed = HTTP_DO_FINISH; }
    action speak    { deed = HTTP_DO_SPEAK; }

    main := (
        # between requests: nothing is kept
        start: (
              HTTPE_OCTETS @begin -> Reading
            | ( HTTPE_TIMEOUT | HTTPE_ENDED | HTTPE_LEAVE ) @finish -> Over
        ) >to{ m->phase = HTTP_IDLE; },

        Reading: (
              HTTPE_REQUEST @dispatch -> Answering
            | HTTPE_HEAD @offer -> Offered
            | HTTPE_BAD @refuse -> Over
            | HTTPE_TIMEOUT @late -> Over
            | ( HTTPE_ENDED | HTTPE_LEAVE ) @finish -> Over
        ) >to{ m->phase = HTTP_READING; },

        # a moment: the application is being asked, and may answer
        Offered: (
              HTTPE_GATHER -> Gathering
            | HTTPE_STREAM @stream -> Streaming
            | HTTPE_HOLD @hold -> Held
            | HTTPE_LAST @finish -> Over
        ) >to{ m->phase = HTTP_OFFERED; },

        Gathering: (
              HTTPE_REQUEST @dispatch -> Answering
            | HTTPE_BAD @refuse -> Over
            | HTTPE_TIMEOUT @late -> Over
            | ( HTTPE_ENDED | HTTPE_LEAVE ) @finish -> Over
        ) >to{ m->phase = HTTP_GATHERING; },

        # the application has the request; an answer that comes before the body is whole is the last
        Streaming: (
              HTTPE_WHOLE @deliver -> Answering
            | HTTPE_HOLD @hold -> Held
            | HTTPE_LAST @finish -> Over
            | HTTPE_BAD @refuse -> Over
            | HTTPE_TIMEOUT @late -> Over
            | HTTPE_ENDED @finish -> Over
            | HTTPE_LEAVE @last -> Streaming
        ) >to{ m->phase = HTTP_STREAMING; },

        # time does not run here: the peer has to wait. BAD: a length over the limit
        Held: (
              HTTPE_RESUME @go_on -> Streaming
            | HTTPE_LAST @finish -> Over
            | HTTPE_BAD @refuse -> Over
            | HTTPE_ENDED @finish -> Over
            | HTTPE_LEAVE @last -> Held
        ) >to{ m->phase = HTTP_HELD; },

        # time does not run here: the application has limits of its own
        Answering: (
              HTTPE_ANSWERED @next -> start
            | HTTPE_LAST @finish -> Over
            | HTTPE_BEGUN -> Sending
            | HTTPE_UPGRADED @speak -> Over
            | HTTPE_ENDED -> Answering
            | HTTPE_LEAVE -> Leaving
        ) >to{ m->phase = HTTP_ANSWERING; },

        Leaving: (
              ( HTTPE_ANSWERED | HTTPE_LAST | HTTPE_UPGRADED ) @finish -> Over
            | HTTPE_BEGUN -> Sending
            | ( HTTPE_ENDED | HTTPE_LEAVE ) -> Leaving
        ) >to{ m->phase = HTTP_LEAVING; },

        # whether this answer is the last, its head has said
        Sending: (
              HTTPE_ROOM @ask -> Sending
            | HTTPE_ANSWERED @next -> start
            | HTTPE_LAST @finish -> Over
            | HTTPE_ENDED -> Sending
            | HTTPE_LEAVE @last -> Sending
        ) >to{ m->phase = HTTP_SENDING; },

        Over: (
            ( HTTPE_TIMEOUT | HTTPE_ENDED | HTTPE_LEAVE ) -> Over
        ) >to{ m->phase = HTTP_OVER; }
    );
}%%

%% write data noerror nofinal noentry;

void http_machine_init(struct http_machine *m)
{
    int cs;
    %% write init;
    m->cs = cs;
    m->phase = HTTP_IDLE;
}

enum http_deed http_machine_step(struct http_machine *m, enum http_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum http_deed deed = HTTP_DO_NOTHING;
    %% write exec;
    if (cs == 0)
        return HTTP_DO_BUG;
    m->cs = cs;
    return deed;
}
