/* SPDX-License-Identifier: MIT
 *
 * dto/json_fields.h - what both halves of dto/json.h need of a protobuf-c descriptor. Internal to them.
 */
#ifndef PARLEY_DTO_JSON_FIELDS_H
#define PARLEY_DTO_JSON_FIELDS_H

#include <protobuf-c/protobuf-c.h>

#include "base/slice.h"

/* Octets that one value of this type takes in a message or in the array of a repeated field. */
size_t json_member_size(ProtobufCType type);
/* Is it there? Never asked of a repeated field. */
bool json_is_present(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

static inline const void *json_member(const ProtobufCMessage *message, size_t offset)
{
    return (const char *)message + offset;
}

#endif
