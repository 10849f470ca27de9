/* SPDX-License-Identifier: MIT
 *
 * tests/support/script_internal.h - what the files of the script runner share: script.c (lines, the world),
 * script_client.c (what one client says, hears and expects).
 */
#ifndef PARLEY_TESTS_SCRIPT_INTERNAL_H
#define PARLEY_TESTS_SCRIPT_INTERNAL_H

#include "support/lobby.h"
#include "support/script.h"

enum { CLIENTS = 8, WORDS = 12, NAME = 16, LINE = 4096, WHAT = 2048 };

struct client {
    char name[NAME];
    struct pipe pipe;
};

struct script {
    const char *path;
    struct cut cut;
    int line;
    char title[256], what[WHAT];
    bool running, failed;
    struct lobby lobby;
    struct client clients[CLIENTS];
    size_t count;
    char decoded[LINE]; /* the strings of the line */
    size_t decoded_len;
    struct slice words[WORDS];
    size_t word_count;
};

/* The script fails, if it has not yet. */
void script_fail(struct script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The words of the line; data NULL beyond the last. */
struct slice script_word(const struct script *s, size_t i);
bool script_word_is(const struct script *s, size_t i, const char *text);
uint64_t script_number(const struct script *s, size_t i);
enum error script_error(struct script *s, size_t i);

/* Runs the line's command, which is its second word, for this client. False when there is no such command. */
bool script_client_run(struct script *s, struct pipe *p);

#endif
