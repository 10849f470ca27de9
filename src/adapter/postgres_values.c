// SPDX-License-Identifier: MIT
#include "adapter/postgres_values.h"

#include "adapter/postgres_library.h"
#include "base/object.h"

/* Numbers of the server's catalog, which never change. */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_VARCHAR = 1043,
    TYPE_TIMESTAMPTZ = 1184,
    TYPE_UUID = 2950
};

enum { BINARY = 1 };

#define EPOCH_2000 (INT64_C(946684800) * MICROSECONDS_PER_SECOND)

static const unsigned types[] = {
    [VALUE_NULL] = 0,          [VALUE_INT] = TYPE_INT8,  [VALUE_TEXT] = TYPE_TEXT,
    [VALUE_BLOB] = TYPE_BYTEA, [VALUE_UUID] = TYPE_UUID, [VALUE_INSTANT] = TYPE_TIMESTAMPTZ,
};

/* --- there --- */

static void put_number(unsigned char *to, int64_t number)
{
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
}

static void fill(struct postgres_parameters *p, int at, const struct value *v)
{
    p->types[at] = types[v->kind];
    p->formats[at] = BINARY;
    if (v->kind == VALUE_NULL) {
        p->octets[at] = NULL;
        p->lengths[at] = 0;
    } else if (v->kind == VALUE_INT || v->kind == VALUE_INSTANT) {
        put_number(p->numbers[at], v->kind == VALUE_INSTANT ? v->number - EPOCH_2000 : v->number);
        p->octets[at] = (const char *)p->numbers[at];
        p->lengths[at] = sizeof p->numbers[at];
    } else {
        p->octets[at] = v->octets.len == 0 ? "" : (const char *)v->octets.data; /* NULL would be null */
        p->lengths[at] = (int)v->octets.len;
    }
}

void postgres_parameters_fill(struct postgres_parameters *p, const struct value *values, unsigned count)
{
    assert(count <= BATCH_VALUES);
    p->count = (int)count;
    for (unsigned i = 0; i < count; i++)
        fill(p, (int)i, &values[i]);
}

uint64_t postgres_signature(const struct value *values, unsigned count)
{
    uint64_t signature = 0;
    for (unsigned i = 0; i < count; i++)
        signature = signature << 3 | (uint64_t)values[i].kind;
    return signature;
}

/* --- and back --- */

static int64_t get_number(const unsigned char *octets, int len)
{
    uint64_t number = octets[0] >= 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < len; i++)
        number = number << 8 | octets[i];
    return (int64_t)number;
}

/* Infinity is the end of our time, not an overflow. */
static int64_t get_instant(const unsigned char *octets)
{
    int64_t number = get_number(octets, 8);
    return number > INT64_MAX - EPOCH_2000 ? INT64_MAX : number + EPOCH_2000;
}

static const struct column_type {
    unsigned type; /* Oid */
    enum value_kind kind;
    int len; /* octets; 0: any number */
} columns[] = {
    {TYPE_BOOL, VALUE_INT, 1},     {TYPE_BYTEA, VALUE_BLOB, 0},
    {TYPE_INT8, VALUE_INT, 8},     {TYPE_INT2, VALUE_INT, 2},
    {TYPE_INT4, VALUE_INT, 4},     {TYPE_TEXT, VALUE_TEXT, 0},
    {TYPE_VARCHAR, VALUE_TEXT, 0}, {TYPE_TIMESTAMPTZ, VALUE_INSTANT, 8},
    {TYPE_UUID, VALUE_UUID, 16},
};

static const struct column_type *find_type(unsigned type)
{
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        if (columns[i].type == type)
            return &columns[i];
    }
    return NULL;
}

static bool is_octets(enum value_kind kind)
{
    return kind == VALUE_TEXT || kind == VALUE_BLOB || kind == VALUE_UUID;
}

/* Of all values; SIZE_MAX when a column has a type that is none of ours. */
static size_t count_octets(const struct pg_result *result, int rows, int fields)
{
    size_t octets = 0;
    for (int column = 0; column < fields; column++) {
        const struct column_type *type = find_type(PQftype(result, column));
        if (type == NULL || PQfformat(result, column) != BINARY)
            return SIZE_MAX;
        for (int row = 0; row < rows && is_octets(type->kind); row++)
            octets += (size_t)PQgetlength(result, row, column);
    }
    return octets;
}

struct value postgres_value_at(const struct pg_result *result, int row, int column)
{
    const struct column_type *type = find_type(PQftype(result, column));
    const unsigned char *octets = (const unsigned char *)PQgetvalue(result, row, column);
    int len = PQgetlength(result, row, column);
    if (PQgetisnull(result, row, column))
        return value_null();
    assert(type != NULL && (type->len == 0 || type->len == len));
    if (type->kind == VALUE_INT)
        return value_int(get_number(octets, len));
    if (type->kind == VALUE_INSTANT)
        return value_instant(get_instant(octets));
    return (struct value){.kind = type->kind, .octets = slice_of(octets, (size_t)len)};
}

static void place(unsigned char **to, struct slice *octets)
{
    if (octets->len > 0)
        memcpy(*to, octets->data, octets->len);
    octets->data = *to;
    *to += octets->len;
}

static void copy_row(const struct pg_result *result, int row, int fields, unsigned char **to,
                     struct value *values)
{
    for (int column = 0; column < fields; column++) {
        values[column] = postgres_value_at(result, row, column);
        if (is_octets(values[column].kind))
            place(to, &values[column].octets);
    }
}

enum error postgres_take_rows(const struct pg_result *result, struct arena *arena, struct rows *rows)
{
    int count = PQntuples(result), fields = PQnfields(result);
    size_t values = (size_t)count * (size_t)fields, octets = count_octets(result, count, fields);
    unsigned char *to = NULL;
    *rows = (struct rows){.count = (size_t)count, .columns = (size_t)fields};
    if (octets == SIZE_MAX)
        return ERR_INTERNAL_SERVER_ERROR;
    if (values == 0)
        return ERR_NONE;
    rows->values = arena_alloc(arena, values * sizeof *rows->values);
    if (octets > 0)
        to = arena_alloc(arena, octets);
    if (rows->values == NULL || (octets > 0 && to == NULL))
        return ERR_CONTENT_TOO_LARGE;
    for (int row = 0; row < count; row++)
        copy_row(result, row, fields, &to, rows->values + (size_t)row * (size_t)fields);
    return ERR_NONE;
}
