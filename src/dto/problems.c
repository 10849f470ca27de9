// SPDX-License-Identifier: MIT
#include "dto/problems.h"

#include <assert.h>
#include <stdio.h>

#include "dto/values.h"

static const char *const texts[PROBLEM_COUNT][LANGUAGE_COUNT] = {
#define X(name, ko, en) [PROBLEM_##name] = {ko, en},
    PROBLEM_TABLE(X)
#undef X
};

void problems_init(struct problems *p, struct arena *arena, enum language language)
{
    *p = (struct problems){.arena = arena, .language = language};
}

/* The text with the number in the place of "{}". */
static const char *reason_text(struct arena *arena, const char *text, size_t number)
{
    const char *hole = strstr(text, "{}");
    if (hole == NULL)
        return text;
    enum { DIGITS = 20 };
    size_t room = strlen(text) + DIGITS + 1;
    char *out = arena_alloc(arena, room);
    if (out != NULL)
        snprintf(out, room, "%.*s%zu%s", (int)(hole - text), text, number, hole + 2);
    return out;
}

/* Is `field` this one, or a part of it? */
static bool is_within(const char *field, const char *whole)
{
    size_t len = strlen(whole);
    return strncmp(field, whole, len) == 0 && (field[len] == '\0' || field[len] == '[' || field[len] == '.');
}

/* Without room in the arena the field still counts as wrong; only what is said of it is lost. */
static void add_row(struct problems *p, const char *field, const char *reason)
{
    if (p->rows == NULL)
        p->rows = arena_alloc(p->arena, PROBLEMS_MAX * sizeof *p->rows);
    const char *name = arena_string(p->arena, slice_from_string(field));
    if (p->rows != NULL && name != NULL && reason != NULL)
        p->rows[p->count] = (struct field_problem){name, reason};
    else if (p->rows != NULL)
        p->rows[p->count] = (struct field_problem){"", ""};
    p->count++;
}

static bool is_told(const struct problems *p, const char *field)
{
    for (size_t i = 0; p->rows != NULL && i < p->count; i++) {
        if (is_within(p->rows[i].field, field))
            return true;
    }
    return p->count == PROBLEMS_MAX;
}

void problems_add(struct problems *p, const char *field, enum problem_reason reason, size_t number)
{
    assert(reason > PROBLEM_NONE && reason < PROBLEM_COUNT);
    if (!is_told(p, field))
        add_row(p, field, reason_text(p->arena, texts[reason][p->language], number));
}

void problems_quote(struct problems *p, const char *field, struct slice value)
{
    if (!is_told(p, field))
        add_row(p, field, arena_string(p->arena, value));
}

Parley__V1__Details *problems_details(const struct problems *p, struct arena *arena)
{
    if (p->count == 0 || p->rows == NULL)
        return NULL;
    Parley__V1__Details *details = dto_new(arena, &parley__v1__details__descriptor);
    Parley__V1__Details__Entry **entries =
        arena_alloc(arena, p->count * sizeof(Parley__V1__Details__Entry *));
    if (details == NULL || entries == NULL)
        return NULL;
    for (size_t i = 0; i < p->count; i++) {
        entries[i] = dto_new(arena, &parley__v1__details__entry__descriptor);
        if (entries[i] == NULL)
            return NULL;
        /* protobuf-c does not write to strings; its members are not const. */
        entries[i]->key = (char *)(uintptr_t)p->rows[i].field;
        entries[i]->value = (char *)(uintptr_t)p->rows[i].reason;
    }
    details->entries = entries;
    details->n_entries = p->count;
    return details;
}
