/* SPDX-License-Identifier: MIT
 *
 * dto/validate.h - the rules of request bodies that need nobody but the body (discodeit.md 4.2 to 4.4), as
 * rows.
 *
 * Lengths are in code points. All wrong fields are collected, not only the first. What needs the store
 * (unique, exists) is the business of the operations. No state: any thread.
 */
#ifndef PARLEY_DTO_VALIDATE_H
#define PARLEY_DTO_VALIDATE_H

#include <protobuf-c/protobuf-c.h>

#include "dto/problems.h"

enum text_syntax {
    TEXT_ANY,
    TEXT_NAME,    /* what people are shown: no control or invisible characters, no white space around it */
    TEXT_EMAIL,   /* an address of RFC 5322 3.4.1 in its plain form */
    TEXT_PASSWORD /* a letter, a digit, a special character; at most the 72 octets that bcrypt reads */
};

struct field_rule {
    const char *field; /* its name in the proto; a string or a repeated field */
    bool required, not_blank;
    size_t min, max; /* code points, or elements; max 0: no limit */
    enum text_syntax syntax;
};

struct validation {
    const ProtobufCMessageDescriptor *message;
    size_t count;
    const struct field_rule *rules;
};

extern const struct validation VALIDATE_USER_CREATE;
/* The configured administrator (discodeit.md 3.11): what the tables and bcrypt can hold. */
extern const struct validation VALIDATE_FIRST_ADMIN;
extern const struct validation VALIDATE_PUBLIC_CHANNEL_CREATE;
extern const struct validation VALIDATE_PRIVATE_CHANNEL_CREATE;
/* A message without attachments: its content must not be blank (discodeit.md 4.4). */
extern const struct validation VALIDATE_MESSAGE_CREATE;
/* A message that has attachments: "" and absent are allowed. */
extern const struct validation VALIDATE_MESSAGE_CREATE_WITH_FILES;

extern const struct validation VALIDATE_USER_UPDATE;
extern const struct validation VALIDATE_ROLE_UPDATE;
extern const struct validation VALIDATE_PUBLIC_CHANNEL_UPDATE;
extern const struct validation VALIDATE_MESSAGE_UPDATE;
extern const struct validation VALIDATE_READ_STATUS_CREATE;

/* True when nothing is wrong. The message must be of the validation's type. */
bool validate(const struct validation *validation, const ProtobufCMessage *message,
              struct problems *problems);

#endif
