/* SPDX-License-Identifier: MIT
 *
 * adapter/secrets.h - keys that sign, kept in the data folder or given by the configuration.
 *
 * A struct secret has no member that a format string or a log call takes: its octets come out by
 * secret_expose() alone, which is easy to search for. Whoever holds one wipes it.
 */
#ifndef PARLEY_ADAPTER_SECRETS_H
#define PARLEY_ADAPTER_SECRETS_H

#include "adapter/data_folder.h"
#include "base/clock.h"
#include "base/slice.h"

enum {
    SECRET_MIN = 32, /* RFC 7518 3.2: a key for HS256 has at least 256 bits */
    SECRET_MAX = 512
};

struct secret {
    struct {
        size_t len;
        unsigned char octets[SECRET_MAX];
    } hidden;
};

/* Takes a configured secret as it is. False, and *s empty, unless it has SECRET_MIN to SECRET_MAX octets. */
bool secret_set(struct secret *s, struct slice octets);
/* Reads the file `name` of the folder, or makes it with SECRET_MIN random octets. The caller holds the
 * folder's lock, so two processes cannot both make it. False when it cannot be read or written, is too short,
 * or may be opened by others. */
bool secret_load(struct secret *s, const struct data_folder *folder, const char *name,
                 const struct random *random, struct problem *why);
/* Borrowed from s. */
struct slice secret_expose(const struct secret *s);
void secret_wipe(struct secret *s);

#endif
