// SPDX-License-Identifier: MIT
//
// Every operation of the domain over PostgreSQL, with the connection cut at every message of it, one after the other: before
// a statement arrives, and before the answer does. It is answered as if nothing had happened, and what stands in the tables
// afterwards is what one that went through leaves: nothing is lost, nothing is there twice.
//
// Each third message, another third for each operation; PARLEY_TEST_CUTS=all for every one.
#include <stdio.h>
#include <stdlib.h>

#include "support/deeds.h"
#include "support/domain_postgres.h"
#include "support/postgres.h"
#include "support/postgres_proxy.h"

enum { MOST = 200 /* messages of one operation */ };

static const char *const tables[] = {
    "users",
    "channels",
    "read_statuses",
    "messages",
    "logins",
    "notifications",
    "cursors",
    "tickets",
    "log",
    "binary_contents",
    "streams",
    "message_attachments",
    "discarded_contents",
};

struct census {
    int64_t rows[ARRAY_LEN(tables)];
    int64_t seq; /* of all streams */
};

static void take_census(struct stage *s, struct census *c)
{
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        c->rows[i] = domain_sql(&s->domain, sql);
    }
    c->seq = domain_sql(&s->domain, "SELECT CAST(sum(seq) AS bigint) FROM streams");
}

/* What became more, or less, by a deed that is done with `messages` let through; *cut says whether there were more. */
static void do_cut(struct stage *s, const struct deed *deed, int way, int messages, bool *cut,
                   struct census *change)
{
    struct census before, after;
    stage_prepare(s, deed);
    take_census(s, &before);
    domain_postgres_settle(); /* what is cut is this operation, not a connection that is being made */
    postgres_proxy_arm((enum proxy_way)way, messages);
    struct outcome o = stage_do(s, deed);
    *cut = postgres_proxy_has_cut();
    if (o.error != ERR_NONE || !o.rendered)
        printf("# %s, message %d %s: %s\n", deed->name, messages,
               way == PROXY_TO_SERVER ? "to the server" : "back",
               o.error == ERR_NONE ? "no body" : error_row(o.error)->code);
    CHECK(o.done && o.error == ERR_NONE && o.rendered);
    take_census(s, &after);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        change->rows[i] = after.rows[i] - before.rows[i];
    change->seq = after.seq - before.seq;
}

static bool is_same(const struct deed *deed, int messages, const struct census *expected,
                    const struct census *got)
{
    bool same = expected->seq == got->seq;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (expected->rows[i] == got->rows[i])
            continue;
        same = false;
        printf("# %s, message %d: %s by %lld instead of %lld\n", deed->name, messages, tables[i],
               (long long)got->rows[i], (long long)expected->rows[i]);
    }
    return same;
}

static unsigned cut_everywhere(const struct deed *deed, int first, int stride)
{
    static struct stage s;
    struct census whole, change;
    unsigned cuts = 0;
    bool cut;
    memset(&s, 0, sizeof s);
    domain_postgres_through(postgres_proxy_start());
    domain_open(&s.domain);
    stage_fill(&s);
    for (int i = 0; i < 2; i++) { /* the first may tidy up what filling the stage left */
        do_cut(&s, deed, PROXY_TO_SERVER, MOST, &cut, &whole);
        CHECK(!cut);
    }
    for (int way = PROXY_TO_SERVER; way <= PROXY_TO_CLIENT; way++) {
        int messages = first;
        for (cut = true; cut && messages < MOST; messages += stride) {
            do_cut(&s, deed, way, messages, &cut, &change);
            CHECK(is_same(deed, messages, &whole, &change));
            cuts += cut;
        }
        CHECK(!cut);
    }
    domain_close(&s.domain);
    return cuts;
}

TEST(all, "wherever the connection is lost, each operation is done once and answered as that; G1 G2")
{
    const char *wanted = getenv("PARLEY_TEST_CUTS");
    int stride = wanted != NULL && strcmp(wanted, "all") == 0 ? 1 : 3;
    unsigned cuts = 0;
    for (size_t i = 0; i < deeds_count(); i++)
        cuts += cut_everywhere(deed_at(i), (int)i % stride, stride);
    printf("# %zu operations, %u cuts\n", deeds_count(), cuts);
    CHECK(cuts > 5 * deeds_count());
}
