// SPDX-License-Identifier: MIT
#include "dto/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/instant.h"
#include "base/uuid.h"
#include "dto/json_fields.h"
#include "dto/values.h"

/* --- memory --- */

/* Jansson 2.14 overlooks allocations that fail while it reads a string: lex_save() of its load.c ignores what
 * strbuffer_append_byte() says, and then reads and writes beyond its buffer; where it notices, it calls the
 * text malformed. Memory that it cannot have ends the process instead,
 * which keeps what was acknowledged (G1). */
static void *take_or_abort(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        abort();
    return memory;
}

/* A setting of the whole process, which must be made before Jansson's first value: libjwt makes some too. */
__attribute__((constructor)) static void set_memory(void)
{
    json_set_alloc_funcs(take_or_abort, free);
}

enum { PATH = 256 /* octets of the longest path of a field; what is longer is cut */ };

/* Where in the document: a chain along the stack, so that a path is written only of what is wrong. */
struct place {
    const struct place *up;
    const char *name; /* of a field; NULL: the element `index` */
    size_t index;
};

/* One document on its way into messages. A wrong field is a row of `problems`; no room ends the whole. */
struct reader {
    struct arena *arena;
    struct problems *problems;
    const struct place *at;
    bool wrong;
};

/* "content[3].author", NUL-terminated. Its length. */
static size_t write_path(const struct place *at, char *out, size_t room)
{
    if (at == NULL)
        return 0;
    size_t len = write_path(at->up, out, room), left = room - len;
    int n = at->name == NULL ? snprintf(out + len, left, "[%zu]", at->index)
                             : snprintf(out + len, left, "%s%s", len == 0 ? "" : ".", at->name);
    return (size_t)n < left ? len + (size_t)n : room - 1;
}

/* What stood at r->at is read, and this is wrong with it, or PROBLEM_NONE. */
static void leave(struct reader *r, enum problem_reason reason)
{
    char path[PATH];
    if (reason != PROBLEM_NONE) {
        write_path(r->at, path, sizeof path);
        problems_add(r->problems, path, reason, 0);
        r->wrong = true;
    }
    r->at = r->at->up;
}

static bool opens(unsigned char c)
{
    return c == '{' || c == '[';
}

static bool closes(unsigned char c)
{
    return c == '}' || c == ']';
}

/* jansson recurses by nesting and allocates by value, so both are bounded before it sees the text. What is
 * not JSON may be counted wrongly, but jansson stops where it ceases to be JSON, and up to there the count is
 * right. */
static bool shape_is_bounded(struct slice text)
{
    size_t depth = 0, values = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = text.data[i];
        if (c == '"')
            quoted = !quoted;
        if (quoted) {
            i += c == '\\';
            continue;
        }
        depth += opens(c);
        depth -= closes(c) && depth > 0;
        values += opens(c) || c == ',' || c == ':';
        if (depth > JSON_DEPTH || values > JSON_VALUES)
            return false;
    }
    return true;
}

static struct slice text_of(const json_t *json)
{
    return slice_of(json_string_value(json), json_string_length(json));
}

static ProtobufCMessage *read_message(struct reader *r, const ProtobufCMessageDescriptor *type, json_t *json,
                                      enum problem_reason *reason);

/* --- messages with a form of their own --- */

static ProtobufCMessage *read_uuid(struct reader *r, json_t *json, enum problem_reason *reason)
{
    struct uuid u;
    *reason = PROBLEM_NOT_UUID;
    if (!json_is_string(json) || !uuid_parse(text_of(json), &u))
        return NULL;
    *reason = PROBLEM_NONE;
    return (ProtobufCMessage *)dto_uuid(r->arena, &u);
}

static ProtobufCMessage *read_instant(struct reader *r, json_t *json, enum problem_reason *reason)
{
    int64_t microseconds;
    *reason = PROBLEM_NOT_INSTANT;
    if (!json_is_string(json) || !instant_parse(text_of(json), &microseconds))
        return NULL;
    *reason = PROBLEM_NONE;
    return (ProtobufCMessage *)dto_instant(r->arena, microseconds);
}

static ProtobufCMessage *read_details(struct reader *r, json_t *json, enum problem_reason *reason)
{
    Parley__V1__Details *details = dto_new(r->arena, &parley__v1__details__descriptor);
    Parley__V1__Details__Entry **entries = arena_alloc(r->arena, json_object_size(json) * sizeof *entries);
    const char *key;
    json_t *value;
    *reason = PROBLEM_NOT_OBJECT;
    if (!json_is_object(json) || details == NULL || entries == NULL)
        return NULL;
    json_object_foreach(json, key, value)
    {
        *reason = PROBLEM_NOT_STRING;
        Parley__V1__Details__Entry *entry = dto_new(r->arena, &parley__v1__details__entry__descriptor);
        if (entry == NULL || !json_is_string(value))
            return NULL;
        entry->key = arena_string(r->arena, slice_from_string(key));
        entry->value = arena_string(r->arena, text_of(value));
        entries[details->n_entries++] = entry;
    }
    details->entries = entries;
    *reason = PROBLEM_NONE;
    return (ProtobufCMessage *)details;
}

static const struct {
    const ProtobufCMessageDescriptor *type;
    ProtobufCMessage *(*read)(struct reader *, json_t *, enum problem_reason *);
} forms[] = {
    {&parley__v1__uuid__descriptor, read_uuid},
    {&parley__v1__instant__descriptor, read_instant},
    {&parley__v1__details__descriptor, read_details},
};

/* --- values: each writes its member only when it is fine --- */

static enum problem_reason read_number(const ProtobufCFieldDescriptor *field, json_t *json, void *member)
{
    static const struct {
        int64_t min, max;
    } ranges[] = {
        [PROTOBUF_C_TYPE_INT32] = {INT32_MIN, INT32_MAX},
        [PROTOBUF_C_TYPE_SINT32] = {INT32_MIN, INT32_MAX},
        [PROTOBUF_C_TYPE_SFIXED32] = {INT32_MIN, INT32_MAX},
        [PROTOBUF_C_TYPE_INT64] = {INT64_MIN, INT64_MAX},
        [PROTOBUF_C_TYPE_SINT64] = {INT64_MIN, INT64_MAX},
        [PROTOBUF_C_TYPE_SFIXED64] = {INT64_MIN, INT64_MAX},
        [PROTOBUF_C_TYPE_UINT32] = {0, UINT32_MAX},
        [PROTOBUF_C_TYPE_FIXED32] = {0, UINT32_MAX},
        [PROTOBUF_C_TYPE_UINT64] = {0, INT64_MAX},
        [PROTOBUF_C_TYPE_FIXED64] = {0, INT64_MAX},
    };
    if (!json_is_integer(json))
        return PROBLEM_NOT_INTEGER;
    int64_t n = json_integer_value(json);
    if (n < ranges[field->type].min || n > ranges[field->type].max)
        return PROBLEM_OUT_OF_RANGE;
    if (json_member_size(field->type) == sizeof n) {
        memcpy(member, &n, sizeof n);
        return PROBLEM_NONE;
    }
    uint32_t half = (uint32_t)n; /* of the two's complement of a negative one, too */
    memcpy(member, &half, sizeof half);
    return PROBLEM_NONE;
}

static enum problem_reason read_enum(const ProtobufCFieldDescriptor *field, json_t *json, void *member)
{
    if (!json_is_string(json))
        return PROBLEM_NOT_STRING;
    return dto_enum_value(field->descriptor, text_of(json), member) ? PROBLEM_NONE : PROBLEM_UNKNOWN_VALUE;
}

static enum problem_reason read_bool(json_t *json, void *member)
{
    if (!json_is_boolean(json))
        return PROBLEM_NOT_BOOLEAN;
    *(protobuf_c_boolean *)member = json_is_true(json);
    return PROBLEM_NONE;
}

static enum problem_reason read_string(struct reader *r, json_t *json, void *member)
{
    if (!json_is_string(json))
        return PROBLEM_NOT_STRING;
    *(char **)member = arena_string(r->arena, text_of(json));
    return PROBLEM_NONE;
}

static enum problem_reason read_nested(struct reader *r, const ProtobufCFieldDescriptor *field, json_t *json,
                                       void *member)
{
    enum problem_reason reason;
    ProtobufCMessage *message = read_message(r, field->descriptor, json, &reason);
    if (reason == PROBLEM_NONE)
        *(ProtobufCMessage **)member = message;
    return reason;
}

static enum problem_reason read_value(struct reader *r, const ProtobufCFieldDescriptor *field, json_t *json,
                                      void *member)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL: return read_bool(json, member);
    case PROTOBUF_C_TYPE_ENUM: return read_enum(field, json, member);
    case PROTOBUF_C_TYPE_STRING: return read_string(r, json, member);
    case PROTOBUF_C_TYPE_MESSAGE: return read_nested(r, field, json, member);
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
    case PROTOBUF_C_TYPE_BYTES: return PROBLEM_UNKNOWN_VALUE;
    default: return read_number(field, json, member);
    }
}

/* --- fields --- */

static enum problem_reason read_array(struct reader *r, const ProtobufCFieldDescriptor *field, json_t *json,
                                      ProtobufCMessage *message)
{
    size_t count = json_array_size(json), size = json_member_size(field->type);
    if (!json_is_array(json))
        return PROBLEM_NOT_ARRAY;
    char *values = arena_alloc(r->arena, count * size);
    if (values == NULL)
        return PROBLEM_NONE; /* read_document() asks the arena */
    bool wrong = false;
    for (size_t i = 0; i < count; i++) {
        r->at = &(struct place){.up = r->at, .index = i};
        enum problem_reason reason = read_value(r, field, json_array_get(json, i), values + i * size);
        wrong |= reason != PROBLEM_NONE;
        leave(r, reason);
    }
    if (wrong) /* its elements have been named */
        return PROBLEM_NONE;
    *(size_t *)((char *)message + field->quantifier_offset) = count;
    *(char **)((char *)message + field->offset) = values;
    return PROBLEM_NONE;
}

static void set_present(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    void *quantifier = (char *)message + field->quantifier_offset;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)quantifier = field->id;
    else if (field->quantifier_offset != 0)
        *(protobuf_c_boolean *)quantifier = 1;
}

static enum problem_reason read_single(struct reader *r, const ProtobufCFieldDescriptor *field, json_t *json,
                                       ProtobufCMessage *message)
{
    enum problem_reason reason = read_value(r, field, json, (char *)message + field->offset);
    if (reason == PROBLEM_NONE)
        set_present(message, field);
    return reason;
}

static void read_field(struct reader *r, const ProtobufCFieldDescriptor *field, json_t *object,
                       ProtobufCMessage *message)
{
    char name[JSON_NAME];
    json_name(field->name, name);
    json_t *json = json_object_get(object, name);
    r->at = &(struct place){.up = r->at, .name = name};
    enum problem_reason reason = field->label == PROTOBUF_C_LABEL_REQUIRED ? PROBLEM_REQUIRED : PROBLEM_NONE;
    if (json != NULL && !json_is_null(json)) {
        bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
        reason = repeated ? read_array(r, field, json, message) : read_single(r, field, json, message);
    }
    leave(r, reason);
}

static ProtobufCMessage *read_message(struct reader *r, const ProtobufCMessageDescriptor *type, json_t *json,
                                      enum problem_reason *reason)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].type == type)
            return forms[i].read(r, json, reason);
    }
    *reason = PROBLEM_NOT_OBJECT;
    if (!json_is_object(json))
        return NULL;
    *reason = PROBLEM_NONE;
    ProtobufCMessage *message = dto_new(r->arena, type);
    for (unsigned i = 0; message != NULL && i < type->n_fields; i++)
        read_field(r, &type->fields[i], json, message);
    return message;
}

static enum error read_document(struct reader *r, const ProtobufCMessageDescriptor *type, json_t *root,
                                ProtobufCMessage **message)
{
    enum problem_reason reason = PROBLEM_NONE;
    if (!json_is_object(root))
        return ERR_INVALID_REQUEST;
    *message = read_message(r, type, root, &reason);
    if (!arena_ok(r->arena)) {
        *message = NULL;
        return ERR_OUT_OF_MEMORY;
    }
    if (*message == NULL)
        return ERR_INVALID_REQUEST;
    return r->wrong ? ERR_VALIDATION_ERROR : ERR_NONE;
}

bool json_is_text(struct slice text)
{
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL;
    json_error_t trouble;
    if (slice_is_empty(text) || !shape_is_bounded(text))
        return false;
    json_t *root = json_loadb((const char *)text.data, text.len, flags, &trouble);
    bool is_text = root != NULL;
    json_decref(root);
    return is_text;
}

enum error json_read(const ProtobufCMessageDescriptor *type, struct slice text, size_t limit,
                     struct arena *arena, struct problems *problems, ProtobufCMessage **message)
{
    struct reader r = {.arena = arena, .problems = problems};
    json_error_t trouble;
    *message = NULL;
    if (text.len > limit)
        return ERR_CONTENT_TOO_LARGE;
    if (slice_is_empty(text) || !shape_is_bounded(text))
        return ERR_INVALID_REQUEST;
    json_t *root = json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES, &trouble);
    if (root == NULL)
        return ERR_INVALID_REQUEST;
    enum error error = read_document(&r, type, root, message);
    json_decref(root);
    return error;
}
