/* SPDX-License-Identifier: MIT
 *
 * wire/target.h - request targets in origin-form (RFC 9112 3.2.1, RFC 3986): path, segments, query.
 *
 * Strict where a lenient reading would let two programs see two paths: an escape must be whole, and what it
 * stands for must be neither a control octet nor "/"; dot segments are refused, not removed; the result is
 * UTF-8. Memory comes from the arena of the request.
 */
#ifndef PARLEY_WIRE_TARGET_H
#define PARLEY_WIRE_TARGET_H

#include "base/arena.h"

/* Cuts at the first "?"; *query is SLICE_NONE (data NULL) without one. */
void target_split(struct slice target, struct slice *path, struct slice *query);
/* The path with its escapes resolved: the very same slice when there are none, else from the arena. False
 * when the path is refused (see above) or does not begin with "/". */
bool target_path_decode(struct arena *a, struct slice raw, struct slice *path);

/* A value or name of the query, "+" as blank; NUL and what is not UTF-8 are refused. Zero-copy where nothing
 * has to be changed. */
bool target_query_decode(struct arena *a, struct slice raw, struct slice *value);
/* The next "name=value" of the query, raw; without "=" the value is empty; empty pairs are skipped. False at
 * the end. Begin with *rest = query. */
bool target_query_next(struct slice *rest, struct slice *name, struct slice *value);
/* The raw value of the first pair whose decoded name is `name`. */
bool target_query_find(struct slice query, struct slice name, struct slice *value);

/* Matches a decoded path against a pattern, segment by segment. In the pattern a segment "{}" takes exactly
 * one segment that is not empty, and "{*}" at the end takes all that follows its "/", perhaps nothing. What
 * they took goes to values[], in order, as slices of `path`; a pattern that takes more than `most` of them
 * matches nothing. After false, values[] holds anything. */
bool target_path_match(struct slice path, struct slice pattern, struct slice *values, size_t most);

#endif
