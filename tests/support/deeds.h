/* SPDX-License-Identifier: MIT
 *
 * tests/support/deeds.h - a few people in a domain, and each of its operations once, for tests in which something fails
 * in the middle of one. Which store is a matter of linking, as for support/domain.h.
 */
#ifndef PARLEY_TESTS_DEEDS_H
#define PARLEY_TESTS_DEEDS_H

#include "support/domain.h"
#include "support/scratch.h"

struct stage {
    struct domain domain;
    struct scratch folder;
    struct person chief, ann, bob, guest;
    char open[UUID_TEXT + 1], closed[UUID_TEXT + 1]; /* a PUBLIC channel; a PRIVATE one of Ann and Bob */
    unsigned number;                                 /* of the try; names are made of it */
    char subject[UUID_TEXT + 1];                     /* what a deed changes, made by its prepare() */
    struct task_file file;                           /* that comes with it */
    struct task_file picture;
    bool revokes; /* the deed that was prepared is DEED_REVOKES */
    char ticket[DOMAIN_TOKEN];
};

enum deed_kind {
    DEED_READS,
    DEED_WRITES,
    DEED_REVOKES,  /* writes too; logins that it ends first stay ended */
    DEED_FORGIVES, /* never an error, whatever became of it */
};

struct deed {
    const char *name;
    enum deed_kind kind;
    /* Makes that there is something to be done. May be NULL. */
    void (*prepare)(struct stage *);
    /* A task that is ready to be started; NULL when there is no memory. */
    struct task *(*make)(struct stage *);
};

size_t deeds_count(void);
const struct deed *deed_at(size_t i);

/* The people and what they have, into a domain that is open and empty. */
void stage_fill(struct stage *s);
/* Before each try of a deed; nothing fails here. */
void stage_prepare(struct stage *s, const struct deed *deed);

struct outcome {
    bool done; /* false: there was no memory even for a task */
    enum error error;
    bool rendered; /* the body of the answer, or of the error */
};

/* Runs it to its end. */
struct outcome stage_do(struct stage *s, const struct deed *deed);

#endif
