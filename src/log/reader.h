/* SPDX-License-Identifier: MIT
 *
 * log/reader.h - a range of a stream out of the log table, as events.
 *
 * One portion per call, bounded in rows and octets; a portion too large for its octets is asked for again
 * with fewer rows. A `reading` stands for one stream on one worker and has at most one portion on its way,
 * however many want it: who needs more asks again when it has come. Failure is handed on; when to try again
 * is the caller's business. All on the worker's thread.
 */
#ifndef PARLEY_LOG_READER_H
#define PARLEY_LOG_READER_H

#include "log/port.h"

struct reader_options {
    size_t rows, octets; /* of one portion */
};

struct reader {
    struct store *store;
    struct loop *loop;
    struct reader_options options;
    size_t outstanding; /* portions on their way, cancelled ones included */
};

struct reader_task;

/* What came. The events are borrowed: whoever keeps one takes a reference. */
struct portion {
    enum error error;            /* ERR_NONE, or the store's; then nothing came */
    uint64_t after;              /* what was asked for */
    struct event *const *events; /* ascending by seq, all beyond `after` */
    size_t count;
    bool more; /* there may be more behind the last */
};

/* Embedded by whoever reads. */
struct reading {
    void (*done)(struct reading *, const struct portion *);
    struct reader_task *task; /* NULL: nothing is on its way */
};

void reader_init(struct reader *r, struct store *store, struct loop *loop,
                 const struct reader_options *options);
void reading_init(struct reading *g, void (*done)(struct reading *, const struct portion *));
static inline bool reading_is_busy(const struct reading *g)
{
    return g->task != NULL;
}
/* Asks for the events of the stream beyond `after`. Nothing may be on its way. done() comes once, in a later
 * turn of the loop. False when there was no memory: done() does not come. The name is copied. */
bool reader_read(struct reader *r, struct reading *g, struct slice stream, uint64_t after);
/* done() will not come any more. Harmless when nothing is on its way. */
void reader_cancel(struct reading *g);

#endif
