// SPDX-License-Identifier: MIT
#include "adapter/postgres_dialect.h"

#include "base/object.h"

/* Statements by name. */
static const struct {
    const char *name, *sql;
} overrides[] = {
    /* A time is no number here. The condition that is never true locks the row without writing it anew. */
    {"log_lock", "INSERT INTO streams (name, seq, time) VALUES ($1, 0, 'epoch') ON CONFLICT (name)"
                 " DO UPDATE SET seq = streams.seq WHERE FALSE"},
    /* Who expires wants to know how many there were. */
    {"log_expire", "WITH gone AS (DELETE FROM log WHERE (stream, seq) IN (SELECT stream, seq FROM log"
                   " WHERE time < $1 ORDER BY time LIMIT $2) RETURNING 1) SELECT count(*) FROM gone"},
};

/* What stands inside statements: time is counted in microseconds, ids that travel one after the other are cut out as
 * octets, and JSON is read by operators. */
static const struct {
    struct slice portable;
    const char *ours;
} phrases[] = {
    {SLICE_INIT(".time + 1"), ".time + interval '1 microsecond'"},
    {SLICE_INIT("?4 + l.i,"), "$4 + l.i * interval '1 microsecond',"},
    {SLICE_INIT("json_extract(?5, '$[' || l.i || '].fileName')"), "$5::jsonb -> l.i ->> 'fileName'"},
    {SLICE_INIT("json_extract(?5, '$[' || l.i || '].contentType')"), "$5::jsonb -> l.i ->> 'contentType'"},
    {SLICE_INIT("json_extract(?5, '$[' || l.i || '].size')"), "($5::jsonb -> l.i ->> 'size')::bigint"},
    {SLICE_INIT("substr(?1, i * 16 + 1, 16)"), "encode(substr($1, i * 16 + 1, 16), 'hex')::uuid"},
    {SLICE_INIT("substr(?3, i * 16 + 1, 16)"), "encode(substr($3, i * 16 + 1, 16), 'hex')::uuid"},
    {SLICE_INIT("substr(?5, member.i * 16 + 1, 16)"),
     "encode(substr($5, member.i * 16 + 1, 16), 'hex')::uuid"},
};

static const char *find_override(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(overrides); i++) {
        if (strcmp(overrides[i].name, name) == 0)
            return overrides[i].sql;
    }
    return NULL;
}

/* Takes the phrase that *rest begins with, if it is one of ours. */
static bool write_phrase(struct slice *rest, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
        if (slice_starts_with(*rest, phrases[i].portable)) {
            buf_append_string(out, phrases[i].ours);
            *rest = slice_after(*rest, phrases[i].portable.len);
            return true;
        }
    }
    return false;
}

/* The octets of a 'text' are nobody's parameters. */
static size_t quoted_length(struct slice s)
{
    size_t len = 1;
    while (len < s.len && s.data[len] != '\'')
        len++;
    return len < s.len ? len + 1 : len;
}

static void write_octets(struct slice *rest, struct buf *out)
{
    unsigned char first = rest->data[0];
    size_t len = first == '\'' ? quoted_length(*rest) : 1;
    if (first == '?')
        buf_append_octet(out, '$');
    else
        buf_append(out, slice_of(rest->data, len));
    *rest = slice_after(*rest, len);
}

bool postgres_dialect_write(const struct statement *statement, struct buf *out)
{
    const char *override = find_override(statement->name);
    struct slice rest = slice_from_string(statement->sql);
    if (override != NULL) {
        buf_append_string(out, override);
        rest = SLICE_NONE;
    }
    while (rest.len > 0) {
        if (!write_phrase(&rest, out))
            write_octets(&rest, out);
    }
    return buf_append_octet(out, '\0');
}
