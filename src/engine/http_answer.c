// SPDX-License-Identifier: MIT
// HTTP: from the application's answer to octets, or to another protocol.
#include "engine/handshake.h"
#include "engine/http_internal.h"
#include "wire/http_response.h"

enum { RESPONSE_HEAD = 16 << 10 };

/* ---- answers ---- */

static bool has_no_body(unsigned status)
{
    return status < 200 || status == 204 || status == 304; /* RFC 9110 6.4.1 */
}

static struct frame *render_head(struct connection *c, const struct http_response *r, uint64_t length,
                                 bool is_last)
{
    struct buf head;
    buf_init(&head, RESPONSE_HEAD);
    http_response_begin(&head, r->status);
    http_response_date(&head, c->engine->loop->clock->wall(c->engine->loop->clock) / MICROSECONDS_PER_SECOND);
    if (r->content_type.data != NULL)
        http_response_field(&head, SLICE("Content-Type"), r->content_type);
    buf_append(&head, r->fields);
    if (!has_no_body(r->status))
        http_response_content_length(&head, length);
    if (is_last && r->status != 101)
        http_response_field_string(&head, "Connection", "close");
    http_response_end(&head);
    struct frame *frame = buf_ok(&head) ? frame_copy(buf_slice(&head)) : NULL;
    buf_release(&head);
    return frame;
}

struct http_note *http_note(const struct connection *c)
{
    return http_is_spoken(c) && c->state != NULL ? &http_exchange_of(c)->note : NULL;
}

/* The head of an answer has been queued. */
static void tell_answered(struct connection *c, unsigned status)
{
    const struct engine *e = c->engine;
    if (e->ports->http_answered != NULL)
        e->ports->http_answered(e->ports_context, c, status, http_exchange_of(c)->started);
}

static bool send_head(struct connection *c, const struct http_response *r, uint64_t length, bool is_last)
{
    struct frame *head = render_head(c, r, length, is_last);
    if (head == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    bool pushed = connection_push(c, SLICE_NONE, head);
    if (pushed)
        tell_answered(c, r->status);
    frame_unref(head);
    return pushed;
}

static bool send_response(struct connection *c, const struct http_response *r, bool is_last)
{
    if (!send_head(c, r, r->body == NULL ? 0 : r->body->len, is_last))
        return false;
    if (r->body == NULL || http_exchange_of(c)->is_head || has_no_body(r->status))
        return true;
    return connection_push(c, SLICE_NONE, r->body);
}

/* The request was refused, or its body is not read to the end: nothing comes after it. */
static bool is_cut_off(enum http_phase phase)
{
    return phase == HTTP_OVER || phase == HTTP_OFFERED || phase == HTTP_STREAMING || phase == HTTP_HELD;
}

static bool is_last(const struct connection *c, const struct http_response *r)
{
    const struct http_exchange *x = http_exchange_of(c);
    return r->close || !x->keep_alive || c->input_ended || x->machine.phase == HTTP_LEAVING ||
           is_cut_off(x->machine.phase);
}

void http_answer(struct connection *c, const struct http_response *r)
{
    struct http_exchange *x = http_exchange_of(c);
    assert(x->machine.phase != HTTP_SENDING); /* one answer to each request */
    x->stream = NULL;
    if (c->phase != CONNECTION_OPEN)
        return;
    bool last = is_last(c, r);
    if (!send_response(c, r, last))
        return;
    if (x->machine.phase == HTTP_OVER)
        connection_finish(c);
    else
        http_step(c, last ? HTTPE_LAST : HTTPE_ANSWERED);
}

bool http_is_answering(const struct connection *c)
{
    static const bool owed[] = {[HTTP_OFFERED] = true,   [HTTP_STREAMING] = true, [HTTP_HELD] = true,
                                [HTTP_ANSWERING] = true, [HTTP_LEAVING] = true,   [HTTP_OVER] = false};
    return http_is_spoken(c) && c->state != NULL && c->phase == CONNECTION_OPEN &&
           owed[http_exchange_of(c)->machine.phase];
}

/* ---- in pieces ---- */

static void want_more(struct connection *c)
{
    connection_want_drained(c);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->http_idle_timeout);
}

static void end_answer(struct connection *c)
{
    http_step(c, http_exchange_of(c)->keep_alive && !c->input_ended ? HTTPE_ANSWERED : HTTPE_LAST);
}

bool http_answer_begin(struct connection *c, const struct http_response *r, uint64_t length)
{
    struct http_exchange *x = http_exchange_of(c);
    bool has_body = length > 0 && !x->is_head && !has_no_body(r->status);
    assert(r->body == NULL);
    if (!has_body || c->phase != CONNECTION_OPEN)
        x->stream = NULL;
    if (c->phase != CONNECTION_OPEN)
        return false;
    x->keep_alive = !is_last(c, r);
    if (!send_head(c, r, length, !x->keep_alive)) {
        x->stream = NULL;
        return false;
    }
    if (!has_body) {
        end_answer(c);
        return false;
    }
    http_step(c, HTTPE_BEGUN);
    x->unsent = length;
    want_more(c);
    return true;
}

void http_answer_more(struct connection *c, struct frame *piece)
{
    struct http_exchange *x = http_exchange_of(c);
    assert(x->machine.phase == HTTP_SENDING && piece->len > 0 && piece->len <= x->unsent);
    x->unsent -= piece->len;
    bool is_whole = x->unsent == 0;
    if (is_whole)
        x->stream = NULL;
    if (!connection_push(c, SLICE_NONE, piece))
        return;
    if (is_whole)
        end_answer(c);
    else
        want_more(c);
}

void http_answer_abort(struct connection *c, enum error cause)
{
    http_exchange_of(c)->stream = NULL;
    connection_abort(c, cause);
}

void http_stream_set(struct connection *c, void *stream)
{
    http_exchange_of(c)->stream = stream;
}

void *http_stream(const struct connection *c)
{
    return http_is_spoken(c) && c->state != NULL ? http_exchange_of(c)->stream : NULL;
}

/* ---- upgrade ---- */

static bool send_switching(struct connection *c, const struct handshake *h)
{
    struct buf fields;
    char accept[28];
    c->engine->ports->websocket_accept(c->engine->ports_context, h->key, accept);
    buf_init(&fields, 1024);
    http_response_field_string(&fields, "Upgrade", "websocket");
    http_response_field_string(&fields, "Connection", "Upgrade");
    http_response_field(&fields, SLICE("Sec-WebSocket-Accept"), slice_of(accept, sizeof accept));
    if (h->subprotocol.data != NULL)
        http_response_field(&fields, SLICE("Sec-WebSocket-Protocol"), h->subprotocol);
    bool sent = false;
    if (buf_ok(&fields))
        sent = send_response(c, &(struct http_response){.status = 101, .fields = buf_slice(&fields)}, false);
    else
        connection_abort(c, ERR_OUT_OF_MEMORY);
    buf_release(&fields);
    return sent;
}

void http_upgrade(struct connection *c, const struct http_request *request,
                  const struct http_successor *successor, struct slice note)
{
    struct http_exchange *x = http_exchange_of(c);
    struct handshake h;
    enum error error = handshake_read(request, successor, &h);
    if (error != ERR_NONE) {
        c->engine->ports->http_refused(c->engine->ports_context, c, error, request->path);
        return;
    }
    if (!send_switching(c, &h))
        return;
    if (http_machine_step(&x->machine, HTTPE_UPGRADED) == HTTP_DO_FINISH) { /* the server is leaving */
        connection_finish(c);
        return;
    }
    http_exchange_end(c);
    if (successor->open(c, note))
        connection_resume(c);
}
