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
    HTTPE_OCTETS = 1,    /* the first octets of a request came */
    HTTPE_REQUEST = 2,   /* a request is whole */
    HTTPE_HEAD = 3,      /* the head of a request with a body is whole */
    HTTPE_GATHER = 4,    /* the application wants that body whole */
    HTTPE_STREAM = 5,    /* it wants it as it comes */
    HTTPE_HOLD = 6,      /* it wants no more of it for now */
    HTTPE_RESUME = 7,    /* it wants more of it */
    HTTPE_WHOLE = 8,     /* the body that is streamed is whole */
    HTTPE_BAD = 9,       /* the request cannot be read to its end */
    HTTPE_BEGUN = 10,    /* the head of its answer is queued, the body follows in pieces */
    HTTPE_ROOM = 11,     /* there is room for the next piece */
    HTTPE_ANSWERED = 12, /* its answer is queued, and another request may follow */
    HTTPE_LAST = 13,     /* its answer is queued, and it is the last */
    HTTPE_UPGRADED = 14, /* another protocol has taken over */
    HTTPE_TIMEOUT = 15,  /* the time for this phase is over */
    HTTPE_ENDED = 16,    /* the peer sends no more */
    HTTPE_LEAVE = 17,    /* the server is going away */
};

enum http_phase {
    HTTP_IDLE,      /* between requests: nothing is kept */
    HTTP_READING,   /* octets of a request are there */
    HTTP_OFFERED,   /* the application says what is to become of the body */
    HTTP_GATHERING, /* the body is kept until it is whole */
    HTTP_STREAMING, /* the body goes to the application as it comes */
    HTTP_HELD,      /* the application wants no more of it for now */
    HTTP_ANSWERING, /* a request is with the application, whole */
    HTTP_LEAVING,   /* the same, and its answer will be the last */
    HTTP_SENDING,   /* the application pushes the pieces of an answer */
    HTTP_OVER,      /* refused, finished, or another protocol's business */
};

/* What the chart asks for. One thing per event; the caller does it after the step, so that what it does may
 * lead to the next event. */
enum http_deed {
    HTTP_DO_NOTHING,
    HTTP_DO_BEGIN,    /* a request begins: its time runs */
    HTTP_DO_DISPATCH, /* hand the request up */
    HTTP_DO_OFFER,    /* ask the application what is to become of the body */
    HTTP_DO_STREAM,   /* from here on the time between octets counts */
    HTTP_DO_HOLD,     /* stop the time */
    HTTP_DO_GO_ON,    /* let it run again */
    HTTP_DO_DELIVER,  /* tell the application that the body is whole */
    HTTP_DO_REFUSE,   /* answer the error that was found, close */
    HTTP_DO_LATE,     /* answer 408, close */
    HTTP_DO_ASK,      /* ask the application for the next piece of its answer */
    HTTP_DO_LAST,     /* the answer to come is the last, or the one that is on its way */
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
