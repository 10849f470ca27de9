/* SPDX-License-Identifier: MIT
 *
 * adapter/store_registry.h - struct registry in the table `logins`, over any struct store (discodeit.md 3.5
 * to 3.9).
 *
 * Each operation is one batch, and its guards stand in the SQL: of two rotations with the same refresh token
 * only one changes the login, and the other finds its result. Knows no dialect. Any worker may submit.
 */
#ifndef PARLEY_ADAPTER_STORE_REGISTRY_H
#define PARLEY_ADAPTER_STORE_REGISTRY_H

#include "chat/port.h"

struct registry_options {
    unsigned live; /* logins a user may have at a time: 1 to REGISTRY_ENDED. One more ends the oldest */
    /* Microseconds for which the previous refresh token still answers with the pair already issued. */
    int64_t grace;
    bool
        tells; /* what becomes of logins is told on the stream `logins`, for other instances that share the store */
};

/* live 1, grace 10 s, tells nothing */
extern const struct registry_options registry_defaults;

struct store_registry {
    struct registry port;
    unsigned magic;
    struct store *store;
    struct registry_options options;
};

/* Owns nothing; `store` must outlive the last call. */
void store_registry_init(struct store_registry *r, struct store *store,
                         const struct registry_options *options);

#endif
