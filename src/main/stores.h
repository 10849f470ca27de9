/* SPDX-License-Identifier: MIT
 *
 * main/stores.h - where the data is: in a SQLite file in the data folder, or in PostgreSQL when the
 * configuration names one. The data folder is there in either case: it holds the keys of the tokens.
 */
#ifndef PARLEY_MAIN_STORES_H
#define PARLEY_MAIN_STORES_H

#include "adapter/postgres_store.h"
#include "adapter/sqlite_store.h"
#include "base/logger.h"
#include "main/config.h"

struct stores {
    struct store *store; /* the one in use; NULL: none is open */
    const struct data_folder *folder;
    bool is_postgres;
    struct sqlite_store sqlite;
    struct postgres_store postgres;
    struct data_folder own; /* the folder, where the store has none */
};

/* Opens the store and starts its threads. False with a problem; close all the same. */
bool stores_open(struct stores *s, const struct config *config, struct publisher *publisher,
                 struct logger *logger, struct problem *why);
/* Any thread: can it be used? */
bool stores_are_up(const struct stores *s);
/* Any thread: batches that wait or run. */
unsigned stores_waiting(const struct stores *s, enum batch_kind kind);
/* Nobody submits any more; the loops of the batches must still be there. */
void stores_close(struct stores *s);
/* Says on `out` what a start would do to the schema of the store, and does nothing. False with a problem. */
bool stores_check(const struct config *config, FILE *out, struct problem *why);

#endif
