/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_trust.h - the logins that Redis lately called live, for the time in which it cannot be asked
 * (design.md section 5): such an answer is good for 30 s, and not a moment longer.
 *
 * Bounded: the login that was verified longest ago makes room. Knows no Redis. One thread.
 */
#ifndef PARLEY_ADAPTER_REDIS_TRUST_H
#define PARLEY_ADAPTER_REDIS_TRUST_H

#include "base/list.h"
#include "base/table.h"
#include "chat/port.h"

struct redis_trust {
    struct table logins;
    struct list order; /* the one verified longest ago first */
    size_t most;       /* logins it remembers */
    int64_t life;      /* microseconds an answer is good for */
};

void redis_trust_init(struct redis_trust *t, size_t most, int64_t life);
void redis_trust_release(struct redis_trust *t);
/* Redis said at `now` (monotonic) that this login is live. Without memory it is not remembered, and that is
 * all. */
void redis_trust_put(struct redis_trust *t, const struct login *l, int64_t now);
void redis_trust_forget(struct redis_trust *t, const struct uuid *login);
/* Would Redis have verified this call (REGISTRY_VERIFY) lately? Then fills in call->login. */
bool redis_trust_verify(struct redis_trust *t, struct registry_call *call, int64_t now);

#endif
