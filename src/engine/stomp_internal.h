/* SPDX-License-Identifier: MIT
 *
 * engine/stomp_internal.h - what the files of the STOMP engine share: stomp.c (life, time, ends),
 * stomp_frames.c (frames), stomp_tickets.c (the order of answers), stomp_deliver.c (subscriptions, messages).
 */
#ifndef PARLEY_ENGINE_STOMP_INTERNAL_H
#define PARLEY_ENGINE_STOMP_INTERNAL_H

#include "engine/stomp.h"
#include "engine/websocket.h"

enum {
    STOMP_SESSION_MAGIC = 0x53544f4d,
    STOMP_SUBSCRIPTION_MAGIC = 0x53554253,
    /* CONNECTED, RECEIPT, ERROR: a receipt-id may be a whole header line, escaped. */
    STOMP_CONTROL_FRAME = 20 << 10
};

/* ERROR with `text`, then close (ST-50, ST-51). receipt: data NULL without one. */
void stomp_fail(struct stomp_session *s, enum error error, struct slice text, struct slice receipt);
/* The same with the error's own line, and with the limit if one was passed. */
void stomp_fail_as(struct stomp_session *s, enum error error, struct slice receipt);
/* Sends a rendered control frame as one text message. */
void stomp_push(struct stomp_session *s, const struct buf *rendered);
/* Orderly end: DISCONNECT (1000). */
void stomp_leave(struct stomp_session *s);

#define STOMP_BUSY_RETRY (10 * MICROSECONDS_PER_MS)

/* --- stomp_frames.c --- */
/* The frame that runs cannot be done: ERROR with its receipt-id (SL-14), close. */
void stomp_reject(struct stomp_session *s, enum error error, struct slice receipt);
/* It is done, and none before it is unfinished: its receipt, if wanted. */
void stomp_finish_frame(struct stomp_session *s, struct slice receipt);
/* Octets of the client's stream of frames. Takes or keeps all of them. */
void stomp_input(struct stomp_session *s, unsigned char *octets, size_t len);
/* Something finished: goes on with what waited. */
void stomp_go_on(struct stomp_session *s);
/* Gives the parser back, with what it kept, if there is one. */
void stomp_parser_put(struct stomp_session *s);

/* --- stomp_tickets.c --- */
/* A ticket of a frame that is not finished, with its receipt (data NULL: none). 0: no memory. */
uint32_t stomp_ticket_take(struct stomp_session *s, struct slice receipt, bool is_send);
/* The frame of the newest ticket could not begin after all. */
void stomp_ticket_take_back(struct stomp_session *s);
/* It is finished. Sends the answers that are due, in order, and may end the session. */
void stomp_ticket_finish(struct stomp_session *s, uint32_t number, enum error error);
void stomp_tickets_drop(struct stomp_session *s);
void stomp_send_receipt(struct stomp_session *s, struct slice receipt);

/* --- stomp_deliver.c --- */
void stomp_do_subscribe(struct stomp_session *s, const struct stomp_frame *frame, struct slice receipt);
void stomp_do_unsubscribe(struct stomp_session *s, const struct stomp_frame *frame, struct slice receipt);
void stomp_unsubscribe_all(struct stomp_session *s);

#endif
