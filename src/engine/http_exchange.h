/* SPDX-License-Identifier: MIT
 *
 * engine/http_exchange.h - the life of a connection that speaks HTTP, as a machine over events
 * (grammar/machines/http_exchange.rl). The chart decides which event may come when, and what it leads to.
 */
#ifndef PARLEY_ENGINE_HTTP_EXCHANGE_H
#define PARLEY_ENGINE_HTTP_EXCHANGE_H

#include <stdbool.h>

/* Ragel imports these lines: NAME = number. */
enum http_event {
    HTTPE_OCTETS = 1,   /* the first octets of a request came */
    HTTPE_REQUEST = 2,  /* a request is whole */
    HTTPE_BAD = 3,      /* it cannot be read to its end */
    HTTPE_ANSWERED = 4, /* its answer is queued, and another request may follow */
    HTTPE_LAST = 5,     /* its answer is queued, and it is the last */
    HTTPE_UPGRADED = 6, /* another protocol has taken over */
    HTTPE_TIMEOUT = 7,  /* the time for this phase is over */
    HTTPE_ENDED = 8,    /* the peer sends no more */
    HTTPE_LEAVE = 9,    /* the server is going away */
};

enum http_phase {
    HTTP_IDLE,      /* between requests: nothing is kept */
    HTTP_READING,   /* octets of a request are there */
    HTTP_ANSWERING, /* a request is with the application */
    HTTP_LEAVING,   /* the same, and its answer will be the last */
    HTTP_OVER,      /* refused, finished, or another protocol's business */
};

/* What the chart asks for. One thing per event; the caller does it after the step, so that what it does may
 * lead to the next event. */
enum http_deed {
    HTTP_DO_NOTHING,
    HTTP_DO_BEGIN,    /* a request begins: its time runs */
    HTTP_DO_DISPATCH, /* hand the request up */
    HTTP_DO_REFUSE,   /* answer the error that was found, close */
    HTTP_DO_LATE,     /* answer 408, close */
    HTTP_DO_NEXT,     /* go on reading */
    HTTP_DO_FINISH,   /* close after what is queued */
    HTTP_DO_SPEAK,    /* let the other protocol go on */
    HTTP_DO_BUG,      /* the chart does not allow this event now */
};

struct http_machine {
    int cs;
    enum http_phase phase;
};

void http_machine_init(struct http_machine *m);
enum http_deed http_machine_step(struct http_machine *m, enum http_event event);

#endif
