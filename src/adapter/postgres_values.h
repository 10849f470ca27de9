/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_values.h - values on their way into PostgreSQL and back, in its binary formats.
 *
 *   VALUE_UUID uuid, VALUE_INSTANT timestamptz, VALUE_TEXT text, VALUE_BLOB bytea, VALUE_INT bigint; back also from
 * varchar, smallint, integer and boolean (0 or 1). VALUE_NULL has no type: the server finds out. Instants are
 * counted from 2000 there and from 1970 here.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_VALUES_H
#define PARLEY_ADAPTER_POSTGRES_VALUES_H

#include "log/port.h"

struct pg_result;

/* What libpq takes, pointing into the values. */
struct postgres_parameters {
    int count;
    unsigned types[BATCH_VALUES]; /* Oid */
    const char *octets[BATCH_VALUES];
    int lengths[BATCH_VALUES], formats[BATCH_VALUES];
    unsigned char numbers[BATCH_VALUES][8];
};

void postgres_parameters_fill(struct postgres_parameters *p, const struct value *values, unsigned count);
/* Which of its parameters are null, and what the others are: a statement is prepared once for each such list. */
uint64_t postgres_signature(const struct value *values, unsigned count);

/* One value of a column whose type is ours; octets are the result's. */
struct value postgres_value_at(const struct pg_result *result, int row, int column);
/* Copies all rows into the arena. ERR_CONTENT_TOO_LARGE when they do not fit, ERR_INTERNAL_SERVER_ERROR for a
 * column of a type that is none of ours. */
enum error postgres_take_rows(const struct pg_result *result, struct arena *arena, struct rows *rows);

#endif
