// SPDX-License-Identifier: MIT
// Tickets: in what order the answers to frames leave (ST-47).
#include "engine/stomp_internal.h"
#include "wire/stomp_write.h"

static struct stomp_ticket *ticket_at(struct stomp_tickets *t, uint32_t i)
{
    return &t->ring[(t->first + i) % ARRAY_LEN(t->ring)];
}

uint32_t stomp_ticket_take(struct stomp_session *s, struct slice receipt, bool is_send)
{
    struct frame *kept = receipt.data == NULL ? NULL : frame_copy(receipt);
    if (receipt.data != NULL && kept == NULL)
        return 0;
    if (s->tickets == NULL) {
        s->tickets = pool_get(&s->connection->engine->tickets);
        if (s->tickets == NULL) {
            frame_unref(kept);
            return 0;
        }
        *s->tickets = (struct stomp_tickets){.first = 0};
    }
    struct stomp_tickets *t = s->tickets;
    assert(t->count < ARRAY_LEN(t->ring));
    if (++s->numbers == 0)
        s->numbers = 1;
    *ticket_at(t, t->count++) =
        (struct stomp_ticket){.number = s->numbers, .is_send = is_send, .receipt = kept};
    t->others += !is_send;
    return s->numbers;
}

/* Gives back what one ticket held, and the ring when it was the last. */
static void ticket_release(struct stomp_session *s, struct stomp_ticket *ticket)
{
    struct stomp_tickets *t = s->tickets;
    t->others -= !ticket->is_send;
    frame_unref(ticket->receipt);
    if (--t->count == 0) {
        pool_put(&s->connection->engine->tickets, t);
        s->tickets = NULL;
    }
}

static void ticket_pop(struct stomp_session *s)
{
    struct stomp_ticket *oldest = ticket_at(s->tickets, 0);
    s->tickets->first = (s->tickets->first + 1) % ARRAY_LEN(s->tickets->ring);
    ticket_release(s, oldest);
}

/* The frame of the newest ticket could not begin after all. */
void stomp_ticket_take_back(struct stomp_session *s)
{
    ticket_release(s, ticket_at(s->tickets, s->tickets->count - 1));
}

void stomp_tickets_drop(struct stomp_session *s)
{
    while (s->tickets != NULL)
        ticket_pop(s);
}

void stomp_send_receipt(struct stomp_session *s, struct slice receipt)
{
    struct buf b;
    counter_add(&s->connection->engine->counters.receipts, 1);
    buf_init(&b, STOMP_CONTROL_FRAME);
    stomp_write_receipt(&b, s->dialect, receipt, NULL, 0);
    stomp_push(s, &b);
    buf_release(&b);
}

/* AH-7: a SEND whose body is invalid does not cost its session, unless it asked to be told by a receipt. */
static bool is_forgivable(enum error error)
{
    uint16_t status = error_row(error)->status;
    return status == 400 || status == 404 || status == 409;
}

/* Whoever holds `s` must ask stomp_of() again afterwards. */
static void refuse_send(struct stomp_session *s, enum error error, struct slice receipt)
{
    struct engine *e = s->connection->engine;
    counter_add(&e->counters.refused_sends, 1);
    if (receipt.data == NULL && is_forgivable(error)) {
        e->ports->stomp_forgiven(e->ports_context, s, error);
        return;
    }
    stomp_reject(s, error, receipt);
}

/* Sends what is due from the front of the ring (ST-47). False when the session ended on the way. */
static bool settle(struct stomp_session *s)
{
    struct connection *c = s->connection;
    while (s->tickets != NULL && ticket_at(s->tickets, 0)->finished) {
        struct stomp_ticket ticket = *ticket_at(s->tickets, 0);
        if (ticket.receipt != NULL)
            frame_ref(ticket.receipt);
        ticket_pop(s);
        struct slice receipt = ticket.receipt == NULL ? SLICE_NONE : frame_slice(ticket.receipt);
        if (ticket.error != ERR_NONE && ticket.is_send)
            refuse_send(s, ticket.error, receipt);
        else if (ticket.error != ERR_NONE)
            stomp_reject(s, ticket.error, receipt);
        else if (ticket.receipt != NULL)
            stomp_send_receipt(s, receipt);
        frame_unref(ticket.receipt);
        if (stomp_of(c) != s || c->phase != CONNECTION_OPEN)
            return false;
    }
    return true;
}

void stomp_ticket_finish(struct stomp_session *s, uint32_t number, enum error error)
{
    for (uint32_t i = 0; s->tickets != NULL && i < s->tickets->count; i++) {
        struct stomp_ticket *ticket = ticket_at(s->tickets, i);
        if (ticket->number != number)
            continue;
        assert(!ticket->finished);
        ticket->finished = true;
        ticket->error = error;
        if (settle(s))
            stomp_go_on(s);
        return;
    }
}

void stomp_sent(struct engine *e, struct connection_id id, uint32_t ticket, enum error error)
{
    struct stomp_session *s = stomp_find(e, id);
    if (s != NULL)
        stomp_ticket_finish(s, ticket, error);
}
