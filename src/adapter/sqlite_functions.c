// SPDX-License-Identifier: MIT
#include "adapter/sqlite_functions.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "base/object.h"
#include "base/uuid.h"

/* The wire types of protobuf: https://protobuf.dev/programming-guides/encoding */
enum { WIRE_VARINT = 0, WIRE_LENGTH = 2 };
enum { FIELD_MOST = 536870911, EVENT_ID_FIXED = 12 };

static void put_varint(struct buf *b, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_append_octet(b, (unsigned char)(n | 0x80));
    buf_append_octet(b, (unsigned char)n);
}

static void put_octets(struct buf *b, uint64_t field, struct slice octets)
{
    put_varint(b, field << 3 | WIRE_LENGTH);
    put_varint(b, octets.len);
    buf_append(b, octets);
}

static void put_integer(struct buf *b, uint64_t field, uint64_t n)
{
    put_varint(b, field << 3 | WIRE_VARINT);
    put_varint(b, n);
}

/* ---- arguments and results ---- */

static struct slice octets_of(sqlite3_value *v)
{
    const void *octets = sqlite3_value_blob(v); /* before its length is asked */
    return slice_of(octets, (size_t)sqlite3_value_bytes(v));
}

static bool is_null(sqlite3_value *v)
{
    return sqlite3_value_type(v) == SQLITE_NULL;
}

/* False, and the statement fails, for what is no field number. */
static bool read_field(sqlite3_context *c, sqlite3_value *v, uint64_t *field)
{
    int64_t n = sqlite3_value_int64(v);
    if (sqlite3_value_type(v) != SQLITE_INTEGER || n < 1 || n > FIELD_MOST) {
        sqlite3_result_error(c, "not the number of a field", -1);
        return false;
    }
    *field = (uint64_t)n;
    return true;
}

static void give(sqlite3_context *c, struct buf *b)
{
    static const unsigned char none[1];
    if (!buf_ok(b))
        sqlite3_result_error_nomem(c);
    else
        sqlite3_result_blob64(c, b->len == 0 ? none : b->data, b->len, SQLITE_TRANSIENT);
    buf_release(b);
}

/* What a function of two arguments, field and value, puts for a value that is not null. */
typedef void put_value(struct buf *b, uint64_t field, sqlite3_value *v);

static void run_field(sqlite3_context *c, sqlite3_value **v, put_value *put)
{
    struct buf b;
    uint64_t field;
    if (!read_field(c, v[0], &field))
        return;
    buf_init(&b, BUF_MOST);
    if (!is_null(v[1]))
        put(&b, field, v[1]);
    give(c, &b);
}

/* ---- the functions ---- */

static void put_text(struct buf *b, uint64_t field, sqlite3_value *v)
{
    put_octets(b, field, octets_of(v));
}

static void put_int(struct buf *b, uint64_t field, sqlite3_value *v)
{
    put_integer(b, field, (uint64_t)sqlite3_value_int64(v));
}

static void put_id(struct buf *b, uint64_t field, sqlite3_value *v)
{
    struct buf id;
    buf_init(&id, BUF_MOST);
    put_octets(&id, 1, octets_of(v));
    put_octets(b, field, buf_slice(&id));
    b->failed |= id.failed;
    buf_release(&id);
}

static void put_instant(struct buf *b, uint64_t field, sqlite3_value *v)
{
    int64_t n = sqlite3_value_int64(v);
    struct buf instant;
    buf_init(&instant, BUF_MOST);
    put_integer(&instant, 1, (uint64_t)n << 1 ^ (uint64_t)(n >> 63)); /* sint64 */
    put_octets(b, field, buf_slice(&instant));
    b->failed |= instant.failed;
    buf_release(&instant);
}

static void pb_field(sqlite3_context *c, int count, sqlite3_value **v)
{
    (void)count;
    run_field(c, v, *(put_value *const *)sqlite3_user_data(c));
}

static void pb_cat(sqlite3_context *c, int count, sqlite3_value **v)
{
    struct buf b;
    buf_init(&b, BUF_MOST);
    for (int i = 0; i < count; i++)
        buf_append(&b, octets_of(v[i]));
    give(c, &b);
}

/* The id of the n-th event of a batch: the first with n - 1 added to its last four octets. */
static void event_id(sqlite3_context *c, int count, sqlite3_value **v)
{
    struct slice first = octets_of(v[0]);
    int64_t n = sqlite3_value_int64(v[1]);
    struct uuid id;
    (void)count;
    if (first.len != sizeof id.octets || n < 1 || n > UINT32_MAX) {
        sqlite3_result_error(c, "not the id of an event", -1);
        return;
    }
    memcpy(id.octets, first.data, sizeof id.octets);
    uint64_t last = (uint64_t)n - 1;
    for (int i = 15; i >= EVENT_ID_FIXED; i--) {
        last += id.octets[i];
        id.octets[i] = (unsigned char)last;
        last >>= 8;
    }
    sqlite3_result_blob(c, id.octets, sizeof id.octets, SQLITE_TRANSIENT);
}

/* The time of the n-th event that comes to a stream now: later than all before it. */
static void event_time(sqlite3_context *c, int count, sqlite3_value **v)
{
    int64_t last = sqlite3_value_int64(v[0]), now = sqlite3_value_int64(v[1]), n = sqlite3_value_int64(v[2]);
    (void)count;
    sqlite3_result_int64(c, (last >= now ? last : now - 1) + n);
}

/* ---- aggregates: an octet string that grows from row to row ---- */

static struct buf *so_far(sqlite3_context *c)
{
    struct buf *b = sqlite3_aggregate_context(c, sizeof *b); /* zeroed at first */
    if (b != NULL && b->limit == 0)
        buf_init(b, BUF_MOST);
    return b;
}

static void pb_join_step(sqlite3_context *c, int count, sqlite3_value **v)
{
    struct buf *b = so_far(c);
    (void)count;
    if (b != NULL)
        buf_append(b, octets_of(v[0]));
}

static void pb_join_final(sqlite3_context *c)
{
    struct buf *b = so_far(c);
    if (b == NULL)
        sqlite3_result_error_nomem(c);
    else
        give(c, b);
}

static void audience_step(sqlite3_context *c, int count, sqlite3_value **v)
{
    struct buf *b = so_far(c);
    struct slice user = octets_of(v[0]);
    char text[UUID_TEXT];
    struct uuid id;
    (void)count;
    if (b == NULL || user.len != sizeof id.octets)
        return;
    memcpy(id.octets, user.data, sizeof id.octets);
    uuid_format(&id, text);
    if (b->len > 0)
        buf_append_octet(b, ',');
    buf_append(b, slice_of(text, sizeof text));
}

static void audience_final(sqlite3_context *c)
{
    struct buf *b = so_far(c);
    if (b == NULL || !buf_ok(b))
        sqlite3_result_error_nomem(c);
    else
        sqlite3_result_text64(c, b->len == 0 ? "" : (const char *)b->data, b->len, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    if (b != NULL)
        buf_release(b);
}

/* ---- the table ---- */

static put_value *const puts_text = put_text, *const puts_int = put_int, *const puts_id = put_id,
                        *const puts_instant = put_instant;

static const struct {
    const char *name;
    int arguments; /* -1: any number */
    put_value *const *puts;
    void (*scalar)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*final)(sqlite3_context *);
} functions[] = {
    {"pb_text", 2, &puts_text, pb_field, NULL, NULL},
    {"pb_message", 2, &puts_text, pb_field, NULL, NULL},
    {"pb_int", 2, &puts_int, pb_field, NULL, NULL},
    {"pb_id", 2, &puts_id, pb_field, NULL, NULL},
    {"pb_instant", 2, &puts_instant, pb_field, NULL, NULL},
    {"pb_cat", -1, NULL, pb_cat, NULL, NULL},
    {"pb_join", 1, NULL, NULL, pb_join_step, pb_join_final},
    {"audience_of", 1, NULL, NULL, audience_step, audience_final},
    {"event_id", 2, NULL, event_id, NULL, NULL},
    {"event_time", 3, NULL, event_time, NULL, NULL},
};

bool sqlite_functions_register(struct sqlite3 *handle)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
        void *data = (void *)(uintptr_t)functions[i].puts;
        if (sqlite3_create_function(handle, functions[i].name, functions[i].arguments, flags, data,
                                    functions[i].scalar, functions[i].step, functions[i].final) != SQLITE_OK)
            return false;
    }
    return true;
}
