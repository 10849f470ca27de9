/* SPDX-License-Identifier: MIT
 *
 * bench/parsers/subjects.h - what bench/parsers measures: one row for each parser and kind of input.
 */
#ifndef PARLEY_BENCH_PARSERS_SUBJECTS_H
#define PARLEY_BENCH_PARSERS_SUBJECTS_H

#include "base/slice.h"

struct subject {
    const char *name;
    /* The input, from one of the functions below; to be freed. */
    struct slice (*make)(void);
    /* Reads it once, dies if it is refused. What it changes must not spoil the next time. */
    void (*run)(unsigned char *octets, size_t len);
    /* Somebody else who does the same, and his name; NULL: none. */
    void (*peer)(unsigned char *octets, size_t len);
    const char *peer_name;
    double least_of_memcpy, least_of_peer; /* budgets; 0: none */
    bool in_place;                         /* run() writes what it has read */
};

extern const struct subject subjects_wire[], subjects_text[];
extern const size_t subjects_wire_count, subjects_text_count;

/* A copy. */
struct slice subject_input(const void *octets, size_t len);
#define SUBJECT_INPUT(literal) subject_input((literal), sizeof(literal) - 1)
/* So many octets of a kind: `unit` over and over, cut to `len`. */
struct slice subject_repeated(const char *unit, size_t len);

/* Keeps the compiler from leaving out what nobody looks at. */
static inline void subject_keep(const void *result)
{
    __asm__ volatile("" ::"r"(result) : "memory");
}

#endif
