// SPDX-License-Identifier: MIT
#include "adapter/postgres_verdict.h"

#include <string.h>

#include "base/object.h"

static const struct {
    const char *class;
    enum postgres_verdict verdict;
} verdicts[] = {
    {"08", POSTGRES_SPOILT},    /* connection exception */
    {"0A000", POSTGRES_SPOILT}, /* a cached plan must not change its type: somebody has changed the schema */
    {"25006", POSTGRES_SPOILT}, /* read-only: this server is a standby now */
    {"25P03", POSTGRES_SPOILT}, /* idle in transaction for too long */
    {"26", POSTGRES_SPOILT},    /* a prepared statement is not there: the connection was reset behind us */
    {"40", POSTGRES_BUSY},      /* transaction rollback */
    {"40001", POSTGRES_AGAIN},  /* serialization failure */
    {"40P01", POSTGRES_AGAIN},  /* deadlock */
    {"53", POSTGRES_BUSY},      /* insufficient resources */
    {"55", POSTGRES_BUSY},      /* object not in prerequisite state: a lock, among others */
    {"57", POSTGRES_BUSY},      /* operator intervention: also the statement timeout */
    {"57P", POSTGRES_SPOILT},   /* shutdown, crash, dropped database */
    {"58", POSTGRES_BUSY},      /* system error */
    {"F0", POSTGRES_BUSY},      /* configuration file error */
    {"XX001", POSTGRES_BUSY},   /* data corrupted */
    {"XX002", POSTGRES_BUSY},   /* index corrupted */
};

enum postgres_verdict postgres_verdict(const char *state)
{
    enum postgres_verdict verdict = POSTGRES_WRONG;
    size_t longest = 0;
    if (state == NULL)
        return POSTGRES_SPOILT;
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++) {
        size_t len = strlen(verdicts[i].class);
        if (len > longest && strncmp(state, verdicts[i].class, len) == 0) {
            longest = len;
            verdict = verdicts[i].verdict;
        }
    }
    return verdict;
}
