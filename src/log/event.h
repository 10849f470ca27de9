/* SPDX-License-Identifier: MIT
 *
 * log/event.h - one thing that happened, on its way from the store (or a publisher) to every worker.
 *
 * Immutable once made, so that all threads read it without a lock; the count is atomic, and the last
 * reference frees it. Knows nothing of who subscribes or what carries it.
 */
#ifndef PARLEY_LOG_EVENT_H
#define PARLEY_LOG_EVENT_H

#include <stdatomic.h>

#include "base/slice.h"
#include "base/uuid.h"

enum event_kind {
    EVENT_DURABLE,   /* a row of the log: body is an Envelope (schema/proto), seq and time are its columns */
    EVENT_TRANSIENT, /* published directly: headers and body are what MESSAGE will carry; seq is 0 */
};

struct event {
    unsigned magic;
    _Atomic uint32_t references;
    enum event_kind kind;
    struct uuid id;
    uint64_t seq; /* position in the stream, from 1 */
    int64_t time; /* microseconds since 1970 */
    /* Durable: the name of the stream; transient: the destination. Both key the broker. */
    struct slice stream;
    struct slice headers; /* transient: rendered "name:value\n" lines, escaped for STOMP 1.2; may be empty */
    struct slice content_type; /* transient: as the publisher said; may be empty */
    struct slice body;
    unsigned char octets[]; /* what the slices point into */
};

/* What an event is made of; the slices are copied. */
struct event_source {
    enum event_kind kind;
    struct uuid id;
    uint64_t seq;
    int64_t time;
    struct slice stream, headers, content_type, body;
};

/* NULL when out of memory. The caller owns one reference. */
struct event *event_new(const struct event_source *source);
/* Any thread. Returns e; the caller owns one more. */
struct event *event_ref(struct event *e);
/* Any thread. Gives one back; NULL is allowed. */
void event_unref(struct event *e);
/* Octets an event takes, for bounded histories. */
size_t event_size(const struct event *e);

#endif
