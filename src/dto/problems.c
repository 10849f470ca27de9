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

void problems_add(struct problems *p, const char *field, enum problem_reason reason, size_t number)
{
    assert(reason > PROBLEM_NONE && reason < PROBLEM_COUNT);
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->rows[i].field, field) == 0)
            return;
    }
    if (p->count == PROBLEMS_MAX)
        return;
    const char *name = arena_string(p->arena, slice_from_string(field));
    const char *text = reason_text(p->arena, texts[reason][p->language], number);
    /* Without room in the arena the field still counts as wrong; only its name is lost. */
    p->rows[p->count++] = (struct field_problem){name == NULL ? "" : name, text == NULL ? "" : text};
}

Parley__V1__Details *problems_details(const struct problems *p, struct arena *arena)
{
    if (p->count == 0)
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
