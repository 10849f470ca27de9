// SPDX-License-Identifier: MIT
#include "dto/validate.h"

#include <assert.h>

#include "base/utf8.h"
#include "dto/email.h"
#include "dto/json.h"
#include "parley/v1/dto.pb-c.h"

enum {
    BCRYPT_OCTETS = 72 /* what follows them would not count: refused rather than ignored (discodeit.md 4.2) */
};

/* field, required, not blank, min, max, syntax */
static const struct field_rule user_create[] = {
    {"username", true, true, 3, 50, TEXT_NAME},
    {"email", true, true, 0, 100, TEXT_EMAIL},
    {"password", true, true, 8, 60, TEXT_PASSWORD},
};
static const struct field_rule first_admin[] = {
    {"username", true, true, 0, 50, TEXT_NAME},
    {"email", true, true, 0, 100, TEXT_ANY},
    {"password", true, true, 0, 72, TEXT_ANY},
};
static const struct field_rule public_channel_create[] = {
    {"name", true, true, 2, 50, TEXT_NAME},
    {"description", false, false, 0, 255, TEXT_ANY},
};
static const struct field_rule private_channel_create[] = {
    {"participant_ids", true, false, 2, 100, TEXT_ANY},
};
static const struct field_rule message_create[] = {
    {"content", true, true, 0, 2000, TEXT_ANY},
    {"channel_id", true, false, 0, 0, TEXT_ANY},
};
static const struct field_rule message_create_with_files[] = {
    {"content", false, false, 0, 2000, TEXT_ANY},
    {"channel_id", true, false, 0, 0, TEXT_ANY},
};

static const struct field_rule user_update[] = {
    {"new_username", false, true, 3, 50, TEXT_NAME},
    {"new_email", false, true, 0, 100, TEXT_EMAIL},
    {"new_password", false, true, 8, 60, TEXT_PASSWORD},
};
static const struct field_rule role_update[] = {
    {"user_id", true, false, 0, 0, TEXT_ANY},
    {"new_role", true, false, 0, 0, TEXT_ANY},
};
static const struct field_rule public_channel_update[] = {
    {"new_name", false, true, 2, 50, TEXT_NAME},
    {"new_description", false, false, 0, 255, TEXT_ANY},
};
static const struct field_rule message_update[] = {
    {"new_content", true, true, 0, 2000, TEXT_ANY},
};
static const struct field_rule read_status_create[] = {
    {"channel_id", true, false, 0, 0, TEXT_ANY},
};

#define VALIDATION(type, table)                                                                              \
    {                                                                                                        \
        &parley__v1__##type##__descriptor, sizeof(table) / sizeof((table)[0]), table                         \
    }
const struct validation VALIDATE_USER_CREATE = VALIDATION(user_create_request, user_create);
const struct validation VALIDATE_FIRST_ADMIN = VALIDATION(user_create_request, first_admin);
const struct validation VALIDATE_PUBLIC_CHANNEL_CREATE =
    VALIDATION(public_channel_create_request, public_channel_create);
const struct validation VALIDATE_PRIVATE_CHANNEL_CREATE =
    VALIDATION(private_channel_create_request, private_channel_create);
const struct validation VALIDATE_MESSAGE_CREATE = VALIDATION(message_create_request, message_create);
const struct validation VALIDATE_MESSAGE_CREATE_WITH_FILES =
    VALIDATION(message_create_request, message_create_with_files);

const struct validation VALIDATE_USER_UPDATE = VALIDATION(user_update_request, user_update);
const struct validation VALIDATE_ROLE_UPDATE = VALIDATION(role_update_request, role_update);
const struct validation VALIDATE_PUBLIC_CHANNEL_UPDATE =
    VALIDATION(public_channel_update_request, public_channel_update);
const struct validation VALIDATE_MESSAGE_UPDATE = VALIDATION(message_update_request, message_update);
const struct validation VALIDATE_READ_STATUS_CREATE =
    VALIDATION(read_status_create_request, read_status_create);

/* How many octets of white space s begins with: the controls and the blank of ASCII, and what Unicode calls
 * White_Space beyond it. */
static size_t white_space(struct slice s)
{
    static const struct slice spaces[] = {
        SLICE_INIT("\xC2\x85"),     SLICE_INIT("\xC2\xA0"),     SLICE_INIT("\xE1\x9A\x80"),
        SLICE_INIT("\xE2\x80\xA8"), SLICE_INIT("\xE2\x80\xA9"), SLICE_INIT("\xE2\x80\xAF"),
        SLICE_INIT("\xE2\x81\x9F"), SLICE_INIT("\xE3\x80\x80"),
    };
    static const struct slice general = SLICE_INIT("\xE2\x80"); /* U+2000 to U+200A */
    if (s.data[0] <= ' ')
        return 1;
    if (s.len >= 3 && slice_starts_with(s, general) && s.data[2] >= 0x80 && s.data[2] <= 0x8A)
        return 3;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        if (slice_starts_with(s, spaces[i]))
            return spaces[i].len;
    }
    return 0;
}

static bool is_blank(struct slice s)
{
    while (s.len > 0) {
        size_t n = white_space(s);
        if (n == 0)
            return false;
        s = slice_after(s, n);
    }
    return true;
}

/* Controls (C0, DEL, C1), marks that turn the direction of what follows, and what is not seen at all: with
 * them one name looks like another. ZERO WIDTH JOINER and NON-JOINER are letters to some scripts and stay. */
static bool is_invisible(struct slice s)
{
    static const struct {
        unsigned char lead[2], from, to; /* the last octet's range; lead[1] 0: two octets in all */
    } ranges[] = {{{0xC2, 0}, 0x80, 0x9F},    {{0xE2, 0x80}, 0x8B, 0x8B}, {{0xE2, 0x80}, 0x8E, 0x8F},
                  {{0xE2, 0x80}, 0xA8, 0xAE}, {{0xE2, 0x81}, 0xA0, 0xA9}, {{0xEF, 0xBB}, 0xBF, 0xBF}};
    if (s.data[0] < ' ' || s.data[0] == 0x7F)
        return true;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        size_t last = ranges[i].lead[1] == 0 ? 1 : 2;
        if (s.len > last && memcmp(s.data, ranges[i].lead, last) == 0 && s.data[last] >= ranges[i].from &&
            s.data[last] <= ranges[i].to)
            return true;
    }
    return false;
}

/* s is UTF-8 and not empty. */
static bool is_name(struct slice s)
{
    bool blank = white_space(s) > 0; /* of the character last seen; a name does not begin with one */
    if (blank)
        return false;
    while (s.len > 0) {
        if (is_invisible(s))
            return false;
        size_t n = white_space(s);
        blank = n > 0;
        s = slice_after(s, blank ? n : 1);
        while (!blank && s.len > 0 && (s.data[0] & 0xC0) == 0x80)
            s = slice_after(s, 1);
    }
    return !blank;
}

static bool is_strong(struct slice s)
{
    bool letter = false, digit = false, special = false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = s.data[i];
        letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        digit = digit || (c >= '0' && c <= '9');
        special = special || (c != '\0' && strchr("!@#$%^&*", c) != NULL);
    }
    return letter && digit && special;
}

static enum problem_reason judge_syntax(const struct field_rule *rule, struct slice text, size_t *number)
{
    if (rule->syntax == TEXT_EMAIL && !email_is_address(text))
        return PROBLEM_NOT_EMAIL;
    if (rule->syntax == TEXT_NAME && text.len > 0 && !is_name(text))
        return PROBLEM_NOT_NAME;
    if (rule->syntax != TEXT_PASSWORD)
        return PROBLEM_NONE;
    *number = BCRYPT_OCTETS;
    if (text.len > BCRYPT_OCTETS)
        return PROBLEM_TOO_MANY_OCTETS;
    return is_strong(text) ? PROBLEM_NONE : PROBLEM_WEAK_PASSWORD;
}

static enum problem_reason judge_text(const struct field_rule *rule, struct slice text, size_t *number)
{
    size_t length = utf8_length(text);
    if (rule->not_blank && is_blank(text))
        return PROBLEM_BLANK;
    *number = rule->min;
    if (length < rule->min)
        return PROBLEM_TOO_SHORT;
    *number = rule->max;
    if (rule->max > 0 && length > rule->max)
        return PROBLEM_TOO_LONG;
    return judge_syntax(rule, text, number);
}

static enum problem_reason judge_count(const struct field_rule *rule, size_t count, size_t *number)
{
    if (rule->required && count == 0)
        return PROBLEM_REQUIRED;
    *number = rule->min;
    if (count < rule->min)
        return PROBLEM_TOO_FEW;
    *number = rule->max;
    return rule->max > 0 && count > rule->max ? PROBLEM_TOO_MANY : PROBLEM_NONE;
}

/* An optional number, bool or enum stands in the message itself, and says beside it whether it was given. */
static bool is_given(const ProtobufCFieldDescriptor *field, const char *base)
{
    if (field->quantifier_offset != 0)
        return *(const protobuf_c_boolean *)(const void *)(base + field->quantifier_offset) != 0;
    return *(const void *const *)(const void *)(base + field->offset) != NULL;
}

static enum problem_reason judge(const struct field_rule *rule, const ProtobufCFieldDescriptor *field,
                                 const ProtobufCMessage *message, size_t *number)
{
    const char *base = (const char *)message;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return judge_count(rule, *(const size_t *)(const void *)(base + field->quantifier_offset), number);
    if (!is_given(field, base))
        return rule->required ? PROBLEM_REQUIRED : PROBLEM_NONE;
    if (field->type != PROTOBUF_C_TYPE_STRING)
        return PROBLEM_NONE;
    const char *text = *(const char *const *)(const void *)(base + field->offset);
    return judge_text(rule, slice_from_string(text), number);
}

bool validate(const struct validation *validation, const ProtobufCMessage *message, struct problems *problems)
{
    bool fine = true;
    assert(message->descriptor == validation->message);
    for (size_t i = 0; i < validation->count; i++) {
        const struct field_rule *rule = &validation->rules[i];
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(message->descriptor, rule->field);
        assert(field != NULL);
        size_t number = 0;
        char name[JSON_NAME];
        enum problem_reason reason = judge(rule, field, message, &number);
        if (reason == PROBLEM_NONE)
            continue;
        json_name(field->name, name);
        problems_add(problems, name, reason, number);
        fine = false;
    }
    return fine;
}
