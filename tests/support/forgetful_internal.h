/* SPDX-License-Identifier: MIT
 *
 * tests/support/forgetful_internal.h - what the two halves of support/forgetful_vfs.h share: forgetful_vfs.c has names,
 * plans and the whole, forgetful_file.c the methods of an open file.
 */
#ifndef PARLEY_TESTS_FORGETFUL_INTERNAL_H
#define PARLEY_TESTS_FORGETFUL_INTERNAL_H

#include <pthread.h>

#include "support/forgetful_disk.h"
#include "support/forgetful_vfs.h"

/* name, what SQLite's own VFS would say */
#define CALLS(X)                                                                                             \
    X(OPEN, "xOpen", SQLITE_CANTOPEN)                                                                        \
    X(DELETE, "xDelete", SQLITE_IOERR_DELETE)                                                                \
    X(ACCESS, "xAccess", SQLITE_IOERR_ACCESS)                                                                \
    X(READ, "xRead", SQLITE_IOERR_READ)                                                                      \
    X(WRITE, "xWrite", SQLITE_IOERR_WRITE)                                                                   \
    X(TRUNCATE, "xTruncate", SQLITE_IOERR_TRUNCATE)                                                          \
    X(SYNC, "xSync", SQLITE_IOERR_FSYNC)                                                                     \
    X(FILE_SIZE, "xFileSize", SQLITE_IOERR_FSTAT)                                                            \
    X(LOCK, "xLock", SQLITE_IOERR_LOCK)                                                                      \
    X(SHM_MAP, "xShmMap", SQLITE_IOERR_SHMMAP)                                                               \
    X(SHM_LOCK, "xShmLock", SQLITE_IOERR_SHMLOCK)

enum call {
#define X(name, text, code) CALL_##name,
    CALLS(X)
#undef X
};

struct forgetful {
    sqlite3_vfs vfs; /* a copy of the one underneath, but for the calls below */
    pthread_mutex_t lock;
    struct disk disk;
    enum forgetful_fate fate;
    uint64_t calls, at;
    const char *struck;
    bool dead;
};

struct handle {
    sqlite3_file base;
    struct forgetful *owner;
    struct disk_file *file;
    sqlite3_file *real; /* of a database: its locks and its shared memory; else NULL */
};

enum verdict {
    GO_ON,
    STRUCK,  /* this is the call: half of it happens */
    REFUSED, /* nothing happens */
};

/* Takes the lock; what is to happen to this call; gives the lock back and says what SQLite is told. `done`: the call did
 * what it should. */
struct forgetful *forgetful_enter(struct forgetful *f);
enum verdict forgetful_judge(struct forgetful *f, enum call c);
int forgetful_leave(struct forgetful *f, enum verdict v, enum call c, bool done);

extern const sqlite3_io_methods forgetful_methods;

#endif
