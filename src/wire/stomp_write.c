// SPDX-License-Identifier: MIT
#include "wire/stomp_write.h"

#include "base/object.h"
#include "wire/accept_version.h"

/* ---- header text, ST-19 ---- */

enum { KEEP, DROP, ESCAPE, IMPOSSIBLE };

/* What a dialect does with an octet that is special to some dialect. `letter` follows the backslash. */
struct rule {
    unsigned char octet, letter;
    unsigned char does[STOMP_DIALECTS];
};

static const struct rule rules[] = {
    {'\0', 0, {[STOMP_1_0] = IMPOSSIBLE, [STOMP_1_1] = IMPOSSIBLE, [STOMP_1_2] = IMPOSSIBLE}},
    {'\n', 'n', {[STOMP_1_0] = IMPOSSIBLE, [STOMP_1_1] = ESCAPE, [STOMP_1_2] = ESCAPE}},
    {'\r', 'r', {[STOMP_1_0] = IMPOSSIBLE, [STOMP_1_1] = DROP, [STOMP_1_2] = ESCAPE}},
    {':', 'c', {[STOMP_1_0] = KEEP, [STOMP_1_1] = ESCAPE, [STOMP_1_2] = ESCAPE}},
    {'\\', '\\', {[STOMP_1_0] = KEEP, [STOMP_1_1] = ESCAPE, [STOMP_1_2] = ESCAPE}},
};

/* One more than the place of an octet's rule; 0: it stands for itself in every dialect. */
static const unsigned char rule_of[256] = {['\0'] = 1, ['\n'] = 2, ['\r'] = 3, [':'] = 4, ['\\'] = 5};

/* How many octets at the head of s stand for themselves. */
static size_t plain_length(struct slice s)
{
    size_t n = 0;
    while (n < s.len && rule_of[s.data[n]] == 0)
        n++;
    return n;
}

/* False when the dialect has no way to say it. */
static bool put_text(struct buf *b, enum stomp_dialect dialect, struct slice s)
{
    while (s.len > 0) {
        size_t n = plain_length(s);
        buf_append(b, slice_of(s.data, n));
        s = slice_after(s, n);
        if (s.len == 0)
            break;
        const struct rule *rule = &rules[rule_of[s.data[0]] - 1];
        if (rule->does[dialect] == IMPOSSIBLE)
            return false;
        if (rule->does[dialect] == ESCAPE)
            buf_append(b, slice_of((unsigned char[]){'\\', rule->letter}, 2));
        if (rule->does[dialect] == KEEP)
            buf_append_octet(b, rule->octet);
        s = slice_after(s, 1);
    }
    return true;
}

/* A header whose value has data NULL is not written, nor one that cannot be: what was begun of it is taken
 * back. In 1.0 a name with a colon would be another name. */
static void put_header(struct buf *b, enum stomp_dialect dialect, struct slice name, struct slice value)
{
    uint32_t before = b->len;
    if (value.data == NULL)
        return;
    bool said = put_text(b, dialect, name);
    if (dialect == STOMP_1_0 && name.len > 0 && memchr(name.data, ':', name.len) != NULL)
        said = false;
    buf_append_octet(b, ':');
    said = said && put_text(b, dialect, value);
    buf_append_octet(b, '\n');
    if (!said || slice_is_empty(name))
        b->len = before;
}

void stomp_write_headers(struct buf *b, enum stomp_dialect dialect, const struct stomp_pair *headers,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_header(b, dialect, headers[i].name, headers[i].value);
}

/* content-length comes last, SE-3. */
static void put_body(struct buf *b, struct slice body)
{
    buf_append_string(b, "content-length:");
    buf_append_uint(b, body.len);
    buf_append_string(b, "\n\n");
    buf_append(b, body);
    buf_append_octet(b, 0);
}

/* ---- frames ---- */

/* SE-4: nothing is escaped here, so what 1.0 cannot express cannot be said in any version. */
void stomp_write_connected(struct buf *b, enum stomp_dialect dialect, const struct stomp_connected *c)
{
    buf_append_string(b, "CONNECTED\nversion:");
    buf_append(b, stomp_dialect_name(dialect));
    buf_append_string(b, "\nheart-beat:");
    buf_append_uint(b, c->sx);
    buf_append_octet(b, ',');
    buf_append_uint(b, c->sy);
    buf_append_octet(b, '\n');
    put_header(b, STOMP_1_0, SLICE("user-name"), c->user);
    put_header(b, STOMP_1_0, SLICE("session"), c->session);
    buf_append(b, slice_of("\n", 2)); /* with its NUL */
}

void stomp_write_receipt(struct buf *b, enum stomp_dialect dialect, struct slice receipt_id,
                         const struct stomp_pair *headers, size_t header_count)
{
    buf_append_string(b, "RECEIPT\n");
    put_header(b, dialect, SLICE("receipt-id"), receipt_id);
    stomp_write_headers(b, dialect, headers, header_count);
    buf_append(b, slice_of("\n", 2));
}

void stomp_write_error(struct buf *b, enum stomp_dialect dialect, const struct stomp_error *e)
{
    buf_append_string(b, "ERROR\n");
    put_header(b, dialect, SLICE("message"), e->message);
    put_header(b, dialect, SLICE("receipt-id"), e->receipt_id);
    put_header(b, dialect, SLICE("version"), e->version);
    put_header(b, dialect, SLICE("content-type"), e->content_type);
    put_body(b, e->body);
}

void stomp_write_message_prefix(struct buf *b, enum stomp_dialect dialect, struct slice subscription,
                                struct slice ack)
{
    buf_append_string(b, "MESSAGE\n");
    put_header(b, dialect, SLICE("subscription"), subscription);
    put_header(b, dialect, SLICE("ack"), ack);
}

void stomp_write_message_rest(struct buf *b, enum stomp_dialect dialect, const struct stomp_message *m)
{
    put_header(b, dialect, SLICE("destination"), m->destination);
    put_header(b, dialect, SLICE("content-type"), m->content_type);
    put_header(b, dialect, SLICE("message-id"), m->message_id);
    stomp_write_headers(b, dialect, m->headers, m->header_count);
    buf_append(b, m->lines);
    put_body(b, m->body);
}

bool stomp_header_passes(struct slice name)
{
    static const struct slice stay[] = {
        SLICE_INIT("destination"),         SLICE_INIT("content-type"), SLICE_INIT("message-id"),
        SLICE_INIT("subscription"),        SLICE_INIT("ack"),          SLICE_INIT("receipt"),
        SLICE_INIT("transaction"),         SLICE_INIT("user-name"),    SLICE_INIT("content-length"),
        SLICE_INIT("simpOrigDestination"), SLICE_INIT("position"),     SLICE_INIT("redelivered"),
    };
    for (size_t i = 0; i < ARRAY_LEN(stay); i++) {
        if (slice_equals(name, stay[i]))
            return false;
    }
    return !slice_starts_with(name, SLICE("parley-"));
}
