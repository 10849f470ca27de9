/* SPDX-License-Identifier: MIT
 *
 * dto/json.h - protobuf messages out as JSON and in from JSON, by walking their descriptors.
 *
 * Names are the lowerCamelCase of the proto's; Uuid, Instant and Details are messages that this module knows
 * (36 characters, ISO 8601, an object); enums go by the name of their value without the enum's prefix
 * (ROLE_ADMIN is "ADMIN"). An absent field is written as null, a repeated one always as an array; of a oneof
 * only the member that is set is written. Integers are never rounded (RFC 8259 section 6 lets them be).
 *
 * What is read must be one JSON object (RFC 8259) and nothing behind it, as strictly as I-JSON (RFC 7493): UTF-8,
 * no half of a surrogate pair, no name twice, no U+0000, no integer beyond 64 bits and no other number beyond a
 * double anywhere, nothing nested deeper than JSON_DEPTH and no more than JSON_VALUES values. Unknown fields are
 * ignored, null means absent. An integer is written as one: 1.0 and 1e3 are none, since what a double made of
 * them need not be what was written.
 *
 * Knows nothing of requests. No state: any thread. Aborts when there is no memory for a document tree; what
 * is in arenas and bufs fails. float, double and bytes do not occur in Parley's messages.
 */
#ifndef PARLEY_DTO_JSON_H
#define PARLEY_DTO_JSON_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "dto/problems.h"

enum {
    JSON_DEPTH = 32,
    JSON_VALUES = 8192 /* bounds what the document tree takes, whatever the length of the text */
};

/* Appends the message as compact UTF-8. False (and a failed buf) when it does not fit or cannot be written:
 * an Uuid that has not 16 octets, an instant outside the years 0001 to 9999. */
bool json_render(const ProtobufCMessage *message, struct buf *out);
/* An array of messages: what GET /api/users answers. */
bool json_render_list(const ProtobufCMessage *const *messages, size_t count, struct buf *out);

/* Reads a message of this type; it and all it holds live in the arena.
 *   ERR_NONE
 *   ERR_VALIDATION_ERROR   fields of a wrong type: each is in `problems`, by its path, and absent in *message, which
 *                          is there all the same, so that validate() can add what else is wrong; of a repeated
 *                          field each wrong element is named, and the field is empty
 *   ERR_INVALID_REQUEST    not such a document
 *   ERR_CONTENT_TOO_LARGE  text longer than `limit` octets
 *   ERR_OUT_OF_MEMORY      no room in the arena
 */
enum error json_read(const ProtobufCMessageDescriptor *type, struct slice text, size_t limit,
                     struct arena *arena, struct problems *problems, ProtobufCMessage **message);

/* Is this one JSON text (RFC 8259), whatever it says? Any value, and names may repeat; but U+0000 in a name
 * and numbers beyond a double are refused all the same, and depth and values have the bounds above. */
bool json_is_text(struct slice text);

enum { JSON_NAME = 64 };
/* lowerCamelCase of a proto field name, cut to JSON_NAME - 1 characters: what a field is called in JSON. */
void json_name(const char *proto, char out[JSON_NAME]);

#endif
