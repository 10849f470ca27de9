/* SPDX-License-Identifier: MIT
 *
 * dto/problems.h - which fields of a request are wrong, and why: the `details` of a refusal (discodeit.md 5.1,
 * 5.2).
 *
 * A field goes by its path in the JSON: "content", "participantIds[3]", "profile.id". One reason per field, the
 * first, and none for a field of whose parts there is one already. Bounded: what is wrong beyond PROBLEMS_MAX
 * fields is not reported. Rows and texts live in the arena. Knows nothing of where the fields came from.
 */
#ifndef PARLEY_DTO_PROBLEMS_H
#define PARLEY_DTO_PROBLEMS_H

#include "base/arena.h"
#include "base/error.h"
#include "parley/v1/types.pb-c.h"

enum { PROBLEMS_MAX = 128 /* more than the longest list that any rule allows */ };

/* What can be wrong with a field: Korean and English, with one number where it says {}. */
#define PROBLEM_TABLE(X)                                                                                     \
    X(REQUIRED, "필수 항목입니다.", "is required")                                                           \
    X(BLANK, "비어 있을 수 없습니다.", "must not be blank")                                                  \
    X(TOO_SHORT, "{}자 이상이어야 합니다.", "must have at least {} characters")                              \
    X(TOO_LONG, "{}자 이하여야 합니다.", "must have at most {} characters")                                  \
    X(TOO_MANY_OCTETS, "UTF-8로 {}바이트 이하여야 합니다.", "must have at most {} octets of UTF-8")          \
    X(TOO_LARGE, "{}바이트 이하여야 합니다.", "must have at most {} octets")                                 \
    X(TOO_FEW, "{}개 이상이어야 합니다.", "must have at least {} elements")                                  \
    X(TOO_MANY, "{}개 이하여야 합니다.", "must have at most {} elements")                                    \
    X(NOT_NAME, "보이지 않는 문자나 앞뒤 공백을 쓸 수 없습니다.",                                            \
      "must have no invisible characters and no blanks around it")                                           \
    X(NOT_EMAIL, "이메일 형식이 올바르지 않습니다.", "is not an e-mail address")                             \
    X(WEAK_PASSWORD, "영문자, 숫자, 특수문자(!@#$%^&*)를 각각 하나 이상 포함해야 합니다.",                   \
      "must have a letter, a digit and one of ! @ # $ % ^ & *")                                              \
    X(NOT_STRING, "문자열이어야 합니다.", "must be a string")                                                \
    X(NOT_INTEGER, "정수여야 합니다.", "must be an integer")                                                 \
    X(OUT_OF_RANGE, "허용 범위를 벗어난 값입니다.", "is out of range")                                       \
    X(NOT_BOOLEAN, "true 또는 false여야 합니다.", "must be true or false")                                   \
    X(NOT_OBJECT, "객체여야 합니다.", "must be an object")                                                   \
    X(NOT_JSON, "UTF-8로 쓴 JSON 객체 하나여야 하며, 같은 이름이 두 번 나올 수 없습니다.",                   \
      "must be one JSON object, in UTF-8, with no name twice")                                               \
    X(NOT_ARRAY, "배열이어야 합니다.", "must be an array")                                                   \
    X(NOT_UUID, "UUID여야 합니다.", "must be a UUID")                                                        \
    X(NOT_INSTANT, "ISO 8601 시각이어야 합니다.", "must be an ISO 8601 instant")                             \
    X(UNKNOWN_VALUE, "허용되지 않은 값입니다.", "is none of the values allowed")                             \
    X(TAKEN, "이미 사용 중입니다.", "is taken")

enum problem_reason {
    PROBLEM_NONE,
#define X(name, ko, en) PROBLEM_##name,
    PROBLEM_TABLE(X)
#undef X
        PROBLEM_COUNT
};

struct field_problem {
    const char *field;  /* as in JSON */
    const char *reason; /* for people */
};

struct problems {
    struct arena *arena;
    enum language language;
    size_t count;
    struct field_problem *rows; /* room for PROBLEMS_MAX, made with the first */
};

void problems_init(struct problems *p, struct arena *arena, enum language language);
/* Copies the name. `number` is for reasons that have one. */
void problems_add(struct problems *p, const char *field, enum problem_reason reason, size_t number);
/* The same with what the field says in the place of a reason: an id that leads nowhere. UTF-8; copied. */
void problems_quote(struct problems *p, const char *field, struct slice value);
/* For ErrorResponse.details; NULL when nothing is wrong or there is no room in the arena. Lives in `arena`. */
Parley__V1__Details *problems_details(const struct problems *p, struct arena *arena);

#endif
