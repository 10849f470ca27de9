/* SPDX-License-Identifier: MIT
 *
 * base/instant.h - points in time as text (RFC 3339) and as microseconds since 1970-01-01T00:00:00Z.
 *
 * Years 0001 to 9999 of the proleptic Gregorian calendar, in UTC. Leap seconds do not exist here. Knows no
 * clock and no time zone data.
 */
#ifndef PARLEY_BASE_INSTANT_H
#define PARLEY_BASE_INSTANT_H

#include "base/slice.h"

enum {
    INSTANT_TEXT = 27, /* characters that instant_format() writes */
    INSTANT_ROOM = 28  /* with the NUL behind them */
};

#define INSTANT_MIN INT64_C(-62135596800000000) /* 0001-01-01T00:00:00.000000Z */
#define INSTANT_MAX INT64_C(253402300799999999) /* 9999-12-31T23:59:59.999999Z */

/* date "T" time [fraction of 1 to 9 digits] ( "Z" | offset ). What is finer than a microsecond is cut off.
 * False, and *microseconds untouched, when the form is another, when the calendar has no such day or time
 * (second 60 included), or when the offset carries it out of the years above. */
bool instant_parse(struct slice s, int64_t *microseconds);
/* Writes `2026-03-02T09:15:30.482913Z` and a NUL; returns INSTANT_TEXT. The instant must lie between
 * INSTANT_MIN and INSTANT_MAX. */
size_t instant_format(int64_t microseconds, char out[INSTANT_ROOM]);

#endif
