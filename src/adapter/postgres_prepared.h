/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_prepared.h - which statements one connection knows: by their address and the types of
 * their parameters.
 *
 * Statements are rows of static tables, so there are only so many. Knows no connection.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_PREPARED_H
#define PARLEY_ADAPTER_POSTGRES_PREPARED_H

#include "log/port.h"

enum { POSTGRES_NAME = 16 };

struct postgres_prepared {
    const struct statement *statement; /* NULL: a free slot */
    uint64_t signature;
    bool known;               /* the server has it, or will before whatever is sent next */
    char name[POSTGRES_NAME]; /* on the server */
};

struct postgres_prepared_set {
    struct postgres_prepared **slots; /* a hash: room slots, a power of two */
    size_t room, used;
};

/* The row of this statement, made if there is none; it stays where it is until the set is released. NULL when
 * out of memory. */
struct postgres_prepared *postgres_prepared_find(struct postgres_prepared_set *set,
                                                 const struct statement *statement, uint64_t signature);
/* Forgets all: the connection is gone. The set is usable again. */
void postgres_prepared_release(struct postgres_prepared_set *set);

#endif
