/* SPDX-License-Identifier: MIT
 *
 * tests/support/fault_world.h - a SQLite store on a disk that forgets (support/forgetful_vfs.h), and the ways in which
 * what it needs may fail. Needs SQLite's allocations: link parley_faults_libraries and parley_forgetful.
 */
#ifndef PARLEY_TESTS_FAULT_WORLD_H
#define PARLEY_TESTS_FAULT_WORLD_H

#include <sqlite3.h>

#include "adapter/sqlite_store.h"
#include "support/forgetful_vfs.h"
#include "support/scratch.h"
#include "support/store_check.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum { PROMISES = 256 };

struct promise {
    unsigned id;
    uint64_t seq;
};

struct world {
    struct forgetful *disk;
    struct scratch folder;
    struct store_fixture fixture;
    struct sqlite_store store;
    sqlite3 *eye; /* a connection of the test's own, which sees only what is committed */
    struct problem why;
    unsigned next;
    struct promise promises[PROMISES];
    size_t count;
};

struct trouble {
    const char *name;
    void (*arm)(struct world *, uint64_t n);
    bool (*disarm)(struct world *); /* true: something has failed */
    bool rare;                      /* some acts do not come to it */
};

extern const struct trouble troubles[];
extern const size_t trouble_count;
/* Nothing fails. */
extern const struct trouble trouble_none;
/* What to try after n: the first ones one by one, later ones by strides, since SQLite allocates thousands of times, much
 * of it for parsing. All of them with PARLEY_TEST_THOROUGH. */
uint64_t trouble_after(uint64_t n);

void world_begin(struct world *w, uint64_t seed);
void world_end(struct world *w);
bool world_open(struct world *w);
/* With the eye; and the eye alone, which is opened when nothing fails any more. */
void world_close(struct world *w);
void world_open_eye(struct world *w);
void world_close_eye(struct world *w);
/* Opens store and eye. True when something has failed meanwhile: then the problem was clear, and it was opened after. */
bool world_open_in_trouble(struct world *w, const struct trouble *t, uint64_t n);
/* And gets it back: the store is open again. */
void world_lose_power(struct world *w);
void world_forget_published(struct world *w);

#endif
