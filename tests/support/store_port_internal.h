/* SPDX-License-Identifier: MIT
 *
 * tests/support/store_port_internal.h - what the promises of support/store_port_test.h share.
 */
#ifndef PARLEY_TESTS_STORE_PORT_INTERNAL_H
#define PARLEY_TESTS_STORE_PORT_INTERNAL_H

#include "support/store_port_test.h"

enum { STORE_PORT_MEMORY = 64 * 1024 };

void store_port_begin(struct store_fixture *f, const struct store_adapter *adapter);
void store_port_end(struct store_fixture *f, const struct store_adapter *adapter);

/* Steps of an attempt: makes its channel; announces it on a stream, by an event of this id. */
void attempt_make(struct attempt *a, struct slice stream, bool allowed);
void attempt_append(struct attempt *a, size_t stream, const struct uuid *event, struct slice envelope);

/* One read or write of a single statement, settled. */
void store_port_ask(struct attempt *a, struct store_fixture *f, enum batch_kind kind,
                    const struct statement *statement, const struct value *values);
/* The number it reads in the first row; -1 when there is none. */
int64_t store_port_number(struct store_fixture *f, const struct statement *statement,
                          const struct value *values, size_t column);
/* Of a stream; -1 when it has no row. */
int64_t store_port_head(struct store_fixture *f, const char *stream);
/* The published event at i is attempt a's first, where the store said. */
void store_port_published(const struct store_fixture *f, size_t i, const struct attempt *a,
                          const char *stream);

#endif
