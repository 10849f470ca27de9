/* SPDX-License-Identifier: MIT
 *
 * tests/support/api_deeds.h - what clients ask of the api, each thing once, for tests in which something fails in the
 * middle of it: REST, the handshake, and STOMP.
 */
#ifndef PARLEY_TESTS_API_DEEDS_H
#define PARLEY_TESTS_API_DEEDS_H

#include "support/api_world.h"

enum { WITNESSES = 2 };

struct scene {
    struct api_world world;
    struct pipe actor, witnesses[WITNESSES];
    struct pipe session; /* of the actor's login, where a deed ends that */
    bool has_session;
    char access[DOMAIN_TOKEN], refresh[DOMAIN_TOKEN]; /* of that login */
    char message[UUID_TEXT + 1];
    unsigned number;  /* of the try */
    int64_t messages; /* stored before */
    unsigned logged;
};

struct api_deed {
    const char *name;
    void (*prepare)(struct scene *);
    void (*run)(struct scene *);
    const char *answer;           /* what he gets, unless he is gone or told that there is no memory */
    bool (*kept)(struct scene *); /* what that promises; NULL: nothing more */
    bool ends_logins;
    /* Without memory a line of the log will do for an answer (AH-7), or an answer for what it promises
     * (discodeit.md 3.8). */
    bool forgiving;
};

extern const struct api_deed api_deeds[];
extern const size_t api_deed_count;

/* A world with a page and a user `max`, in whose login nobody else is interested. */
void scene_open(struct scene *s);
/* The integer of a statement with a text and the number of the try in it. */
int64_t scene_ask(struct scene *s, const char *format, const char *with);
/* Has it come, of all that has come? */
bool scene_got(const struct pipe *p, const char *text);

#endif
