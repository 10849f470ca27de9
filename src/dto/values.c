// SPDX-License-Identifier: MIT
#include "dto/values.h"

#include <assert.h>

void *dto_new(struct arena *arena, const ProtobufCMessageDescriptor *type)
{
    ProtobufCMessage *m = arena_alloc(arena, type->sizeof_message);
    if (m != NULL)
        protobuf_c_message_init(type, m);
    return m;
}

Parley__V1__Uuid *dto_uuid(struct arena *arena, const struct uuid *u)
{
    Parley__V1__Uuid *m = dto_new(arena, &parley__v1__uuid__descriptor);
    unsigned char *octets = arena_alloc(arena, sizeof u->octets);
    if (m == NULL || octets == NULL)
        return NULL;
    memcpy(octets, u->octets, sizeof u->octets);
    m->value = (ProtobufCBinaryData){sizeof u->octets, octets};
    return m;
}

Parley__V1__Instant *dto_instant(struct arena *arena, int64_t microseconds)
{
    Parley__V1__Instant *m = dto_new(arena, &parley__v1__instant__descriptor);
    if (m != NULL)
        m->microseconds = microseconds;
    return m;
}

bool dto_read_uuid(const Parley__V1__Uuid *message, struct uuid *u)
{
    if (message == NULL || message->value.len != sizeof u->octets)
        return false;
    memcpy(u->octets, message->value.data, sizeof u->octets);
    return true;
}

/* ChannelType names its values CHANNEL_TYPE_...: a capital begins a word, and each word ends with '_'. */
static struct slice value_name(const ProtobufCEnumDescriptor *type, const ProtobufCEnumValue *value)
{
    size_t prefix = 1;
    for (const char *c = type->short_name; *c != '\0'; c++)
        prefix += *c >= 'A' && *c <= 'Z' && c != type->short_name ? 2 : 1;
    struct slice name = slice_from_string(value->name);
    return prefix < name.len ? slice_after(name, prefix) : name;
}

struct slice dto_enum_name(const ProtobufCEnumDescriptor *type, int value)
{
    const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(type, value);
    return found == NULL ? SLICE_NONE : value_name(type, found);
}

bool dto_enum_value(const ProtobufCEnumDescriptor *type, struct slice name, int *value)
{
    for (unsigned i = 0; i < type->n_values; i++) {
        if (!slice_equals(value_name(type, &type->values[i]), name))
            continue;
        *value = type->values[i].value;
        return true;
    }
    return false;
}

struct slice dto_pack(struct arena *arena, const ProtobufCMessage *message)
{
    size_t len = protobuf_c_message_get_packed_size(message);
    unsigned char *octets = arena_alloc(arena, len == 0 ? 1 : len);
    if (octets == NULL)
        return SLICE_NONE;
    size_t packed = protobuf_c_message_pack(message, octets);
    assert(packed == len);
    return slice_of(octets, packed);
}

static void *arena_take(void *arena, size_t n)
{
    return arena_alloc(arena, n);
}

/* The arena gives everything back as a whole. */
static void arena_keep(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

void *dto_unpack(struct arena *arena, const ProtobufCMessageDescriptor *type, struct slice octets)
{
    ProtobufCAllocator allocator = {arena_take, arena_keep, arena};
    return protobuf_c_message_unpack(type, &allocator, octets.len, octets.data);
}
