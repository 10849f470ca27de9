// SPDX-License-Identifier: MIT
//
// Every allocation is made to fail once, in every operation of the domain: until the operation has come to its end
// without a failure. Then two, eight and all that follow.
#include "support/fault_stage.h"
#include "support/faults.h"

/* Without memory the domain says so; LOGOUT says nothing. */
static bool is_clear(enum error error)
{
    return error == ERR_NONE || error == ERR_OUT_OF_MEMORY || error == ERR_SERVICE_UNAVAILABLE;
}

static int64_t ask(struct stage *s, const char *sql)
{
    return domain_sql(&s->domain, sql);
}

/* An event was published if and only if its change was committed (G2); a change that was committed may still
 * find no memory for its answer. */
static bool is_whole(struct stage *s, uint64_t before, int64_t logged, enum error error)
{
    bool changed = stage_digest(s) != before;
    int64_t published = (int64_t)(s->domain.event_count + s->domain.told_count);
    return published == ask(s, "SELECT count(*) FROM log") - logged && (changed || published == 0) &&
           (!changed || error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
}

static bool try(struct stage *s, const struct deed *deed, uint64_t n, uint64_t span)
{
    stage_prepare(s, deed);
    uint64_t before = stage_digest(s);
    int64_t logged = ask(s, "SELECT count(*) FROM log");
    faults_arm(n, span);
    struct outcome o = stage_do(s, deed);
    bool struck = faults_disarm() > 0;
    bool clear = is_clear(o.error) && (struck || o.error == ERR_NONE);
    bool whole = is_whole(s, before, logged, o.error);
    if (!clear || !whole) {
        printf("# %s, allocation %d: %s%s\n", deed->name, (int)n,
               o.error == ERR_NONE ? "no error" : error_row(o.error)->code, whole ? "" : ", half done");
        faults_print();
    }
    CHECK(clear && whole);
    CHECK(struck || o.rendered);
    if (o.error != ERR_NONE && stage_digest(s) == before)
        CHECK_INT(stage_do(s, deed).error, ERR_NONE); /* and all goes on */
    return struck;
}

static void try_all(uint64_t span)
{
    static struct stage s;
    unsigned total = 0;
    for (size_t i = 0; i < deeds_count(); i++) {
        uint64_t n = 1;
        stage_open(&s);
        while (try(&s, deed_at(i), n, span))
            n++;
        total += (unsigned)n - 1;
        CHECK(n > 2);
        stage_close(&s);
    }
    printf("# %u tries in which something failed\n", total);
}

TEST(once, "whichever allocation fails in an operation: 503, nothing half done, nothing leaks, and all goes "
           "on; G1 G2")
{
    try_all(FAULTS_ONCE);
}

TEST(two, "two in a row")
{
    try_all(2);
}

TEST(all, "all from some point on")
{
    try_all(FAULTS_ON);
}
