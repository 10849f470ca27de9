/* SPDX-License-Identifier: MIT
 *
 * tests/support/fault_stage.h - the domain in a data folder with a few people in it, and each of its
 * operations once, for tests in which something fails in the middle of one.
 */
#ifndef PARLEY_TESTS_FAULT_STAGE_H
#define PARLEY_TESTS_FAULT_STAGE_H

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

extern const struct deed deeds[];
extern const size_t deed_count;

void stage_open(struct stage *s);
void stage_close(struct stage *s);
/* Closes the store and opens it again: nothing is in a cache. `between` may be NULL. */
void stage_reopen(struct stage *s, void (*between)(void *), void *context);
/* What is stored, all of it, in a number; without the logins, if the deed may end some and fail. */
uint64_t stage_digest(struct stage *s);
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
