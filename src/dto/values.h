/* SPDX-License-Identifier: MIT
 *
 * dto/values.h - making messages in an arena, and the value types that all of them share.
 *
 * Everything made here lives as long as the arena and is never freed singly. NULL means that the arena has no
 * room.
 */
#ifndef PARLEY_DTO_VALUES_H
#define PARLEY_DTO_VALUES_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/uuid.h"
#include "parley/v1/types.pb-c.h"

/* An empty message of this type. */
void *dto_new(struct arena *arena, const ProtobufCMessageDescriptor *type);
Parley__V1__Uuid *dto_uuid(struct arena *arena, const struct uuid *u);
Parley__V1__Instant *dto_instant(struct arena *arena, int64_t microseconds);
/* False, and *u untouched, when it is absent or has not 16 octets. */
bool dto_read_uuid(const Parley__V1__Uuid *message, struct uuid *u);

/* The name of an enum's value without the prefix that its enum gives all names, as JSON, tables and tokens
 * have it: "ADMIN" of ROLE_ADMIN. Static; empty when there is no such value. */
struct slice dto_enum_name(const ProtobufCEnumDescriptor *type, int value);
/* The value of such a name. False, and *value untouched, when there is none. */
bool dto_enum_value(const ProtobufCEnumDescriptor *type, struct slice name, int *value);

/* The message as protobuf octets; data is NULL when there is no room (or nothing to say). */
struct slice dto_pack(struct arena *arena, const ProtobufCMessage *message);
/* NULL when the octets are no such message, or there is no room. */
void *dto_unpack(struct arena *arena, const ProtobufCMessageDescriptor *type, struct slice octets);

#endif
