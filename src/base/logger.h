/* SPDX-License-Identifier: MIT
 *
 * base/logger.h - log lines: one JSON object a line, written by one thread of their own.
 *
 * Whoever logs renders the line and posts it; he never waits for the disk or a pipe. What waits is bounded:
 * lines beyond it are dropped and counted, and the count is logged when there is room again. Any thread.
 */
#ifndef PARLEY_BASE_LOGGER_H
#define PARLEY_BASE_LOGGER_H

#include "base/clock.h"
#include "base/service.h"
#include "base/slice.h"

/* level, name */
#define LOG_LEVELS(X) X(ERROR, "error") X(WARNING, "warning") X(INFO, "info") X(DEBUG, "debug")

enum log_level {
#define X(name, text) LOG_##name,
    LOG_LEVELS(X)
#undef X
};

enum {
    LOGGER_LINES = 4096,      /* that may wait */
    LOGGER_LINE_LIMIT = 8192, /* octets; what is longer is cut */
};

/* How long logger_stop() waits for a reader who has stopped. */
#define LOGGER_GRACE MICROSECONDS_PER_SECOND

struct log_field {
    const char *name;  /* needs no escape */
    struct slice text; /* any octets: written as a JSON string */
};

struct logger {
    unsigned magic;
    struct service service;
    const struct clock *clock;
    int descriptor; /* borrowed */
    enum log_level level;
    _Atomic uint32_t waiting;
    _Atomic uint64_t dropped; /* lines that no line has told of yet */
    _Atomic uint64_t lost;    /* lines ever that were dropped */
    _Atomic int64_t give_up;  /* monotonic: when what cannot be written is dropped */
};

void logger_init(struct logger *l, int descriptor, enum log_level level, const struct clock *clock);
/* Starts its thread. False when there is none to be had; lines are then written by logger_stop(). */
bool logger_start(struct logger *l);
/* Writes what waits and ends the thread. What a full pipe does not take within LOGGER_GRACE is dropped:
 * whoever has stopped reading our lines does not keep us from leaving (G8). */
void logger_stop(struct logger *l);
/* Whether a line of that level would be written: asked before its fields are rendered, where that costs. */
static inline bool logger_wants(const struct logger *l, enum log_level level)
{
    return level <= l->level;
}
/* `event` names what happened: a literal, words joined by "_". */
void logger_write(struct logger *l, enum log_level level, const char *event, const struct log_field *fields,
                  size_t count);

#endif
