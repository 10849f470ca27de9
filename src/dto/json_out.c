// SPDX-License-Identifier: MIT
#include "dto/json.h"

#include "base/instant.h"
#include "base/uuid.h"
#include "dto/json_fields.h"
#include "dto/values.h"

/* Sets the sticky failure of a buf whose content cannot be JSON. */
static void fail(struct buf *out)
{
    out->failed = true;
}

/* RFC 8259 section 7: what must be escaped is, nothing else. */
static void write_escaped(struct buf *out, unsigned char c)
{
    static const char letters[0x20] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    static const char digits[] = "0123456789abcdef";
    char letter = c < sizeof letters ? letters[c] : (char)c;
    if (letter != 0) {
        buf_append(out, slice_of((char[]){'\\', letter}, 2));
        return;
    }
    buf_append(out, slice_of((char[]){'\\', 'u', '0', '0', digits[c >> 4], digits[c & 0xF]}, 6));
}

static void write_text(struct buf *out, struct slice s)
{
    size_t from = 0;
    buf_append_octet(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = s.data[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_append(out, slice_of(s.data + from, i - from));
        write_escaped(out, c);
        from = i + 1;
    }
    if (s.len > from)
        buf_append(out, slice_of(s.data + from, s.len - from));
    buf_append_octet(out, '"');
}

static void write_int(struct buf *out, int64_t n)
{
    if (n < 0)
        buf_append_octet(out, '-');
    buf_append_uint(out, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

/* --- messages with a form of their own --- */

static void write_uuid(const ProtobufCMessage *message, struct buf *out)
{
    const Parley__V1__Uuid *m = (const void *)message;
    struct uuid u;
    char text[UUID_TEXT];
    if (m->value.len != sizeof u.octets) {
        fail(out);
        return;
    }
    memcpy(u.octets, m->value.data, sizeof u.octets);
    uuid_format(&u, text);
    write_text(out, slice_of(text, sizeof text));
}

static void write_instant(const ProtobufCMessage *message, struct buf *out)
{
    const Parley__V1__Instant *m = (const void *)message;
    char text[INSTANT_ROOM];
    if (m->microseconds < INSTANT_MIN || m->microseconds > INSTANT_MAX) {
        fail(out);
        return;
    }
    write_text(out, slice_of(text, instant_format(m->microseconds, text)));
}

static void write_details(const ProtobufCMessage *message, struct buf *out)
{
    const Parley__V1__Details *m = (const void *)message;
    buf_append_octet(out, '{');
    for (size_t i = 0; i < m->n_entries; i++) {
        if (i > 0)
            buf_append_octet(out, ',');
        write_text(out, slice_from_string(m->entries[i]->key));
        buf_append_octet(out, ':');
        write_text(out, slice_from_string(m->entries[i]->value));
    }
    buf_append_octet(out, '}');
}

static const struct {
    const ProtobufCMessageDescriptor *type;
    void (*write)(const ProtobufCMessage *, struct buf *);
} forms[] = {
    {&parley__v1__uuid__descriptor, write_uuid},
    {&parley__v1__instant__descriptor, write_instant},
    {&parley__v1__details__descriptor, write_details},
};

/* --- fields --- */

static void write_message(const ProtobufCMessage *message, struct buf *out);

static void write_int32(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    write_int(out, *(const int32_t *)member);
}

static void write_int64(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    write_int(out, *(const int64_t *)member);
}

static void write_uint32(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    buf_append_uint(out, *(const uint32_t *)member);
}

static void write_uint64(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    buf_append_uint(out, *(const uint64_t *)member);
}

static void write_bool(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    buf_append_string(out, *(const protobuf_c_boolean *)member ? "true" : "false");
}

static void write_enum(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    struct slice name = dto_enum_name(field->descriptor, *(const int *)member);
    if (slice_is_empty(name))
        fail(out);
    else
        write_text(out, name);
}

static void write_string(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    write_text(out, slice_from_string(*(char *const *)member));
}

static void write_nested(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    write_message(*(ProtobufCMessage *const *)member, out);
}

static void write_nothing(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    (void)field;
    (void)member;
    fail(out);
}

static void (*const writers[])(const ProtobufCFieldDescriptor *, const void *, struct buf *) = {
    [PROTOBUF_C_TYPE_INT32] = write_int32,    [PROTOBUF_C_TYPE_SINT32] = write_int32,
    [PROTOBUF_C_TYPE_SFIXED32] = write_int32, [PROTOBUF_C_TYPE_INT64] = write_int64,
    [PROTOBUF_C_TYPE_SINT64] = write_int64,   [PROTOBUF_C_TYPE_SFIXED64] = write_int64,
    [PROTOBUF_C_TYPE_UINT32] = write_uint32,  [PROTOBUF_C_TYPE_FIXED32] = write_uint32,
    [PROTOBUF_C_TYPE_UINT64] = write_uint64,  [PROTOBUF_C_TYPE_FIXED64] = write_uint64,
    [PROTOBUF_C_TYPE_FLOAT] = write_nothing,  [PROTOBUF_C_TYPE_DOUBLE] = write_nothing,
    [PROTOBUF_C_TYPE_BOOL] = write_bool,      [PROTOBUF_C_TYPE_ENUM] = write_enum,
    [PROTOBUF_C_TYPE_STRING] = write_string,  [PROTOBUF_C_TYPE_BYTES] = write_nothing,
    [PROTOBUF_C_TYPE_MESSAGE] = write_nested,
};

static void write_value(const ProtobufCFieldDescriptor *field, const void *member, struct buf *out)
{
    writers[field->type](field, member, out);
}

static void write_array(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        struct buf *out)
{
    size_t count = *(const size_t *)json_member(message, field->quantifier_offset);
    const char *values = *(const char *const *)json_member(message, field->offset);
    buf_append_octet(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_append_octet(out, ',');
        write_value(field, values + i * json_member_size(field->type), out);
    }
    buf_append_octet(out, ']');
}

static void write_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        struct buf *out)
{
    char name[JSON_NAME];
    json_name(field->name, name);
    write_text(out, slice_from_string(name));
    buf_append_octet(out, ':');
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        write_array(message, field, out);
    else if (json_is_present(message, field))
        write_value(field, json_member(message, field->offset), out);
    else
        buf_append_string(out, "null");
}

static void write_message(const ProtobufCMessage *message, struct buf *out)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].type == type) {
            forms[i].write(message, out);
            return;
        }
    }
    bool first = true;
    buf_append_octet(out, '{');
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) && !json_is_present(message, field))
            continue;
        if (!first)
            buf_append_octet(out, ',');
        first = false;
        write_field(message, field, out);
    }
    buf_append_octet(out, '}');
}

bool json_render(const ProtobufCMessage *message, struct buf *out)
{
    write_message(message, out);
    return buf_ok(out);
}

bool json_render_list(const ProtobufCMessage *const *messages, size_t count, struct buf *out)
{
    buf_append_octet(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_append_octet(out, ',');
        write_message(messages[i], out);
    }
    buf_append_octet(out, ']');
    return buf_ok(out);
}
