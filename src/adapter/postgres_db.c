// SPDX-License-Identifier: MIT
#include "adapter/postgres_db.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "adapter/postgres_dialect.h"
#include "adapter/postgres_library.h"
#include "adapter/postgres_values.h"
#include "base/object.h"

enum {
    POSTGRES_DB_MAGIC = 0x50474442,
    FIRST_ROOM = 64,
    STATEMENT_TEXT = 64 * 1024 /* octets */
};

#define FIRST_PAUSE   (100 * MICROSECONDS_PER_MS)
#define LONGEST_PAUSE (2 * MICROSECONDS_PER_SECOND)

void postgres_db_init(struct postgres_db *db, const struct postgres_ways *ways,
                      const struct postgres_target *target)
{
    OBJ_INIT(db, POSTGRES_DB_MAGIC);
    db->ways = ways;
    db->target = target;
}

static void report(const struct postgres_db *db, const char *what, const char *detail)
{
    const struct postgres_report *r = &db->ways->report;
    if (r->line != NULL)
        r->line(r->to, what, detail);
}

/* --- losing it --- */

/* Nothing after the first loss; then doubling from FIRST_PAUSE, and at least half of it, so that not all come
 * back at once. */
static int64_t pause_before(const struct postgres_db *db)
{
    unsigned times = db->failures + db->losses;
    if (times <= 1)
        return 0;
    int64_t pause = times > 7 ? LONGEST_PAUSE : FIRST_PAUSE << (times - 2);
    uint32_t dice;
    db->ways->random->fill(db->ways->random, &dice, sizeof dice);
    if (pause > LONGEST_PAUSE)
        pause = LONGEST_PAUSE;
    return pause / 2 + (int64_t)dice % (pause / 2);
}

/* libpq's messages are lines. */
static void report_loss(const struct postgres_db *db, const char *why)
{
    char line[256];
    size_t len = strcspn(why, "\n");
    if (len >= sizeof line)
        len = sizeof line - 1;
    memcpy(line, why, len);
    line[len] = '\0';
    report(db, db->phase == POSTGRES_READY ? "connection lost" : "cannot connect", line);
}

static void lose(struct postgres_db *db, const char *why)
{
    bool ready = db->phase == POSTGRES_READY;
    int64_t now = db->ways->clock->mono(db->ways->clock);
    if (ready)
        counter_add(&db->ways->stats->losses, 1);
    if (ready || db->failures == 0)
        report_loss(db, why);
    PQfinish(db->handle);
    db->handle = NULL;
    postgres_prepared_release(&db->prepared);
    db->count = db->first = 0;
    db->answered = db->given_up = false;
    db->phase = POSTGRES_DOWN;
    db->events = 0;
    if (ready)
        db->losses = now - db->since < LONGEST_PAUSE ? db->losses + 1 : 1;
    else
        db->failures++;
    db->deadline = now + pause_before(db);
}

void postgres_db_release(struct postgres_db *db)
{
    OBJ_CHECK(db, POSTGRES_DB_MAGIC);
    PQfinish(db->handle);
    postgres_prepared_release(&db->prepared);
    free(db->pieces);
    *db = (struct postgres_db){0};
}

bool postgres_db_is_down(const struct postgres_db *db)
{
    return db->phase != POSTGRES_READY && db->failures > 0;
}

void postgres_db_give_up(struct postgres_db *db)
{
    db->given_up = true;
}

/* --- making it --- */

static void ignore_notice(void *argument, const PGresult *result)
{
    (void)argument, (void)result;
}

static bool enter(struct postgres_db *db)
{
    (void)PQsetNoticeReceiver(db->handle, ignore_notice, NULL);
    if (PQsetnonblocking(db->handle, 1) != 0 || PQenterPipelineMode(db->handle) != 1)
        return false;
    if (db->failures > 0)
        report(db, "connected", "again");
    if (db->failures + db->losses > 0)
        counter_add(&db->ways->stats->returns, 1);
    db->failures = 0;
    db->phase = POSTGRES_READY;
    db->since = db->ways->clock->mono(db->ways->clock);
    db->events = POLLIN;
    db->deadline = INT64_MAX;
    return true;
}

/* False when this attempt has failed. */
static bool go_on_connecting(struct postgres_db *db)
{
    switch (PQconnectPoll(db->handle)) {
    case PGRES_POLLING_READING: db->events = POLLIN; return true;
    case PGRES_POLLING_WRITING: db->events = POLLOUT; return true;
    case PGRES_POLLING_OK: return enter(db);
    case PGRES_POLLING_FAILED:
    default: return false;
    }
}

static bool begin_connecting(struct postgres_db *db)
{
    db->handle = PQconnectStartParams(db->target->keywords, db->target->values, 1);
    db->phase = POSTGRES_CONNECTING;
    db->deadline = db->ways->clock->mono(db->ways->clock) + db->ways->connect_timeout;
    db->events = POLLOUT; /* as libpq says: as if PQconnectPoll() had wanted to write */
    return db->handle != NULL && PQstatus(db->handle) != CONNECTION_BAD;
}

/* --- one step --- */

static bool push_out(struct postgres_db *db)
{
    int left = PQflush(db->handle);
    db->events = left > 0 ? POLLIN | POLLOUT : POLLIN;
    return left >= 0;
}

static bool exchange(struct postgres_db *db)
{
    if (db->stirred) {
        if (PQconsumeInput(db->handle) != 1)
            return false;
        if (db->count > 0)
            db->deadline = db->ways->clock->mono(db->ways->clock) + db->ways->patience;
    }
    return push_out(db);
}

static bool take_step(struct postgres_db *db)
{
    switch (db->phase) {
    case POSTGRES_DOWN: return begin_connecting(db);
    case POSTGRES_CONNECTING: return !db->stirred || go_on_connecting(db);
    case POSTGRES_READY: return exchange(db);
    }
    return false;
}

bool postgres_db_step(struct postgres_db *db)
{
    OBJ_CHECK(db, POSTGRES_DB_MAGIC);
    bool late = db->given_up || db->ways->clock->mono(db->ways->clock) >= db->deadline;
    if (db->phase == POSTGRES_DOWN && !late)
        return false;
    bool whole = db->phase == POSTGRES_DOWN || !late;
    if (whole && take_step(db)) {
        db->stirred = false;
        return false;
    }
    lose(db, whole          ? db->handle == NULL ? "out of memory" : PQerrorMessage(db->handle)
                      : db->given_up ? "given up"
                            : "no answer in time");
    db->stirred = false;
    return true;
}

int postgres_db_descriptor(const struct postgres_db *db)
{
    return db->phase == POSTGRES_DOWN ? -1 : PQsocket(db->handle);
}

/* --- sending --- */

static bool grow(struct postgres_db *db)
{
    size_t room = db->room == 0 ? FIRST_ROOM : db->room * 2;
    struct postgres_piece *pieces = calloc(room, sizeof *pieces);
    if (pieces == NULL)
        return false;
    for (size_t i = 0; i < db->count; i++)
        pieces[i] = db->pieces[(db->first + i) & (db->room - 1)];
    free(db->pieces);
    db->pieces = pieces;
    db->room = room;
    db->first = 0;
    return true;
}

static bool push(struct postgres_db *db, const struct postgres_piece *piece)
{
    if (db->count == db->room && !grow(db))
        return false;
    if (db->count == 0)
        db->deadline = db->ways->clock->mono(db->ways->clock) + db->ways->patience;
    db->pieces[(db->first + db->count++) & (db->room - 1)] = *piece;
    return true;
}

static bool prepare(struct postgres_db *db, struct postgres_prepared *prepared,
                    const struct postgres_parameters *parameters)
{
    struct buf text;
    struct postgres_piece piece = {.statement = prepared->statement, .prepares = prepared};
    buf_init(&text, STATEMENT_TEXT);
    bool sent = postgres_dialect_write(prepared->statement, &text) &&
                PQsendPrepare(db->handle, prepared->name, (const char *)text.data, parameters->count,
                              parameters->types) == 1 &&
                push(db, &piece);
    buf_release(&text);
    prepared->known = sent;
    return sent;
}

static bool send_statement(struct postgres_db *db, const struct postgres_piece *piece,
                           const struct value *values)
{
    struct postgres_parameters p;
    unsigned count = piece->statement->parameters;
    struct postgres_prepared *prepared =
        postgres_prepared_find(&db->prepared, piece->statement, postgres_signature(values, count));
    if (prepared == NULL)
        return false;
    postgres_parameters_fill(&p, values, count);
    if (!prepared->known && !prepare(db, prepared, &p))
        return false;
    return PQsendQueryPrepared(db->handle, prepared->name, p.count, p.octets, p.lengths, p.formats, 1) == 1 &&
           push(db, piece);
}

void postgres_db_send(struct postgres_db *db, const struct postgres_piece *piece, const struct value *values)
{
    assert(db->phase == POSTGRES_READY && piece->prepares == NULL);
    if (!send_statement(db, piece, values))
        postgres_db_give_up(db);
}

void postgres_db_sync(struct postgres_db *db)
{
    static const struct postgres_piece sync;
    assert(db->phase == POSTGRES_READY);
    if (PQpipelineSync(db->handle) != 1 || !push(db, &sync) || !push_out(db))
        postgres_db_give_up(db);
}

void postgres_db_flush(struct postgres_db *db)
{
    assert(db->phase == POSTGRES_READY);
    if (PQsendFlushRequest(db->handle) != 1 || !push_out(db))
        postgres_db_give_up(db);
}

/* --- receiving --- */

static void pop(struct postgres_db *db)
{
    assert(db->count > 0);
    db->first = (db->first + 1) & (db->room - 1);
    db->answered = false;
    if (--db->count == 0)
        db->deadline = INT64_MAX;
}

/* Only the first line: details repeat values, which are nobody's business. */
static void judge_failure(struct postgres_db *db, const PGresult *result, struct postgres_answer *answer)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const struct statement *statement = answer->piece.statement;
    char line[256];
    snprintf(line, sizeof line, "%s %s", state == NULL ? "-----" : state,
             text == NULL ? PQresultErrorMessage(result) : text);
    answer->verdict = postgres_verdict(state);
    report(db, statement == NULL ? "sync" : statement->name, line);
    if (answer->verdict == POSTGRES_SPOILT)
        postgres_db_give_up(db);
}

/* What a result is worth to the caller; it is his only when there are rows. */
static enum postgres_outcome judge(struct postgres_db *db, PGresult *result, struct postgres_answer *answer)
{
    enum postgres_outcome outcome = POSTGRES_FAILED;
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK: answer->result = result; return POSTGRES_ROWS;
    case PGRES_PIPELINE_ABORTED: outcome = POSTGRES_SKIPPED; break;
    default: judge_failure(db, result, answer); break;
    }
    PQclear(result);
    return outcome;
}

/* The preparation of a statement is nobody's business unless it failed. */
static bool is_news(struct postgres_answer *answer, enum postgres_outcome outcome)
{
    if (answer->piece.prepares == NULL)
        return true;
    if (outcome == POSTGRES_ROWS)
        postgres_db_clear(answer);
    else
        answer->piece.prepares->known = false;
    return outcome == POSTGRES_FAILED;
}

/* In pipeline mode each statement gives one result and then none; a Sync gives a result alone. */
enum postgres_outcome postgres_db_next(struct postgres_db *db, struct postgres_answer *answer)
{
    OBJ_CHECK(db, POSTGRES_DB_MAGIC);
    while (db->phase == POSTGRES_READY && db->count > 0 && !PQisBusy(db->handle)) {
        PGresult *result = PQgetResult(db->handle);
        *answer = (struct postgres_answer){.piece = db->pieces[db->first]};
        if (result == NULL) {
            if (!db->answered)
                return POSTGRES_NOTHING;
            pop(db);
            continue;
        }
        db->losses = 0;
        if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
            assert(answer->piece.statement == NULL);
            PQclear(result);
            pop(db);
            return POSTGRES_SYNCED;
        }
        db->answered = true;
        enum postgres_outcome outcome = judge(db, result, answer);
        if (is_news(answer, outcome))
            return outcome;
    }
    return POSTGRES_NOTHING;
}

void postgres_db_clear(struct postgres_answer *answer)
{
    PQclear(answer->result);
    answer->result = NULL;
}
