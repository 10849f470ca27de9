/* SPDX-License-Identifier: MIT
 *
 * bench/pages/query.h - the statements that a page of messages is read by, as chat/message_page.c makes them, and the bare
 * rate at which each store answers them.
 */
#ifndef PARLEY_BENCH_QUERY_H
#define PARLEY_BENCH_QUERY_H

#include "base/uuid.h"

/* Pages per second out of the database in this folder, one after the other on one connection: prepared statements, each
 * column of each row is looked at. */
double query_sqlite(const char *folder, const struct uuid *channel, const struct uuid *user, unsigned pages);
/* The same of PostgreSQL, so many pages in the pipeline at a time. */
double query_postgres(const char *url, const struct uuid *channel, const struct uuid *user, unsigned pages,
                      unsigned together);

/* A public channel, and the user who signed up last. */
void query_look_sqlite(const char *folder, struct uuid *channel, struct uuid *user);
void query_look_postgres(const char *url, struct uuid *channel, struct uuid *user);

#endif
