/* SPDX-License-Identifier: MIT
 *
 * bench/commit/database.h - the physical limit of durable creation: one connection to SQLite that runs what
 * chat/message_create.c and the log run for a message, and nothing else, and commits a group of messages at a
 * time. On a data folder whose parleyd has ended.
 */
#ifndef PARLEY_BENCH_COMMIT_DATABASE_H
#define PARLEY_BENCH_COMMIT_DATABASE_H

#include <sqlite3.h>

#include "base/uuid.h"

enum { DATABASE_STATEMENTS = 10, DATABASE_STREAM = 64 };

struct database {
    sqlite3 *handle;
    sqlite3_stmt *statements[DATABASE_STATEMENTS];
    struct uuid channel, author;
    char stream[DATABASE_STREAM];
    unsigned char envelope[4096]; /* of the message that came last */
    int envelope_len;
};

/* A public channel, and the user who signed up last: for who speaks to parleyd. May be called while it runs. */
void database_look(const char *folder, struct uuid *channel, struct uuid *author);
/* So many users have the bell of that channel on. They are older than all others, and are told of nothing that was said
 * until now. */
void database_receivers(const char *folder, unsigned count);
/* Dies when there is no message yet: it is the model of those that will be made. */
void database_open(struct database *d, const char *folder);
void database_close(struct database *d);
/* Commits so many messages with this content. */
void database_create(struct database *d, unsigned messages, const char *content);
unsigned database_count(struct database *d);

#endif
