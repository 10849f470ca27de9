// SPDX-License-Identifier: MIT
#include "support/forgetful_vfs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/object.h"
#include "support/forgetful_internal.h"

static const struct {
    const char *name;
    int code;
} calls[] = {
#define X(name, text, code) {text, code},
    CALLS(X)
#undef X
};

/* --- what is to happen --- */

static enum verdict strike(struct forgetful *f, enum call c)
{
    f->struck = calls[c].name;
    f->dead = f->fate == FORGETFUL_KILL;
    if (f->fate == FORGETFUL_FAIL)
        f->at = 0;
    return STRUCK;
}

enum verdict forgetful_judge(struct forgetful *f, enum call c)
{
    if (f->dead)
        return REFUSED;
    if (f->fate == FORGETFUL_FULL && c != CALL_WRITE)
        return GO_ON;
    f->calls++;
    if (f->at == 0 || f->calls < f->at)
        return GO_ON;
    return strike(f, c);
}

struct forgetful *forgetful_enter(struct forgetful *f)
{
    (void)pthread_mutex_lock(&f->lock);
    return f;
}

int forgetful_leave(struct forgetful *f, enum verdict v, enum call c, bool done)
{
    bool is_full = f->fate == FORGETFUL_FULL;
    (void)pthread_mutex_unlock(&f->lock);
    if (v == GO_ON && done)
        return SQLITE_OK;
    return v == STRUCK && is_full ? SQLITE_FULL : calls[c].code;
}

/* --- names --- */

static bool open_file(struct forgetful *f, struct handle *h, const char *path, int flags)
{
    bool is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
    h->owner = f;
    h->file = disk_file_find(&f->disk, path, is_database);
    if (h->file == NULL || (!h->file->named && (flags & SQLITE_OPEN_CREATE) == 0))
        return false;
    return h->file->named || disk_file_make(&f->disk, h->file);
}

/* Its own file underneath: the locks are by handle. */
static bool open_real(struct forgetful *f, struct handle *h, const char *path, int flags, int *out)
{
    h->real = calloc(1, (size_t)f->disk.under->szOsFile);
    if (h->real != NULL && f->disk.under->xOpen(f->disk.under, path, h->real, flags, out) == SQLITE_OK)
        return true;
    free(h->real);
    h->real = NULL;
    return false;
}

static int on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
    struct handle *h = CONTAINER_OF(file, struct handle, base);
    struct forgetful *f = forgetful_enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = forgetful_judge(f, CALL_OPEN);
    assert(path != NULL); /* temporary files are in memory: PRAGMA temp_store */
    memset(h, 0, sizeof *h);
    if (out != NULL)
        *out = flags;
    bool done = v == GO_ON && open_file(f, h, path, flags) &&
                ((flags & SQLITE_OPEN_MAIN_DB) == 0 || open_real(f, h, path, flags, out));
    if (done) {
        h->file->handles++;
        h->base.pMethods = &forgetful_methods;
    }
    return forgetful_leave(f, v, CALL_OPEN, done);
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    struct forgetful *f = forgetful_enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = forgetful_judge(f, CALL_DELETE);
    struct disk_file *file = v == REFUSED ? NULL : disk_file_find(&f->disk, path, false);
    bool missing = file != NULL && !file->named;
    if (file != NULL && file->named && (v == GO_ON || f->dead))
        disk_file_remove(&f->disk, file, sync != 0 && v == GO_ON);
    int rc = forgetful_leave(f, v, CALL_DELETE, file != NULL);
    return rc == SQLITE_OK && missing ? SQLITE_IOERR_DELETE_NOENT : rc;
}

/* Only "-wal" and "-journal" are asked for, and databases that are open. Empty ones do not count, as underneath. */
static int on_access(sqlite3_vfs *vfs, const char *path, int flags, int *there)
{
    struct forgetful *f = forgetful_enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = forgetful_judge(f, CALL_ACCESS);
    struct disk_file *file = v == GO_ON ? disk_file_find(&f->disk, path, false) : NULL;
    *there = file != NULL && file->named && (flags != SQLITE_ACCESS_EXISTS || file->size > 0);
    return forgetful_leave(f, v, CALL_ACCESS, file != NULL);
}

/* --- the whole --- */

struct forgetful *forgetful_new(uint64_t seed, unsigned hasty)
{
    struct forgetful *f = calloc(1, sizeof *f);
    sqlite3_vfs *under = sqlite3_vfs_find(NULL);
    assert(f != NULL && under != NULL);
    (void)pthread_mutex_init(&f->lock, NULL);
    f->disk = (struct disk){.under = under, .dice = seed, .hasty = hasty};
    f->vfs = *under;
    f->vfs.pNext = NULL;
    f->vfs.zName = "forgetful";
    f->vfs.szOsFile = (int)sizeof(struct handle);
    f->vfs.xOpen = on_open;
    f->vfs.xDelete = on_delete;
    f->vfs.xAccess = on_access;
    int rc = sqlite3_vfs_register(&f->vfs, 1);
    assert(rc == SQLITE_OK);
    return f;
}

void forgetful_free(struct forgetful *f)
{
    (void)sqlite3_vfs_unregister(&f->vfs);
    (void)sqlite3_vfs_register(f->disk.under, 1);
    disk_forget(&f->disk);
    (void)pthread_mutex_destroy(&f->lock);
    free(f);
}

void forgetful_plan(struct forgetful *f, enum forgetful_fate fate, uint64_t n)
{
    (void)forgetful_enter(f);
    assert(fate == FORGETFUL_LIVE || n > 0);
    f->fate = fate;
    f->at = fate == FORGETFUL_LIVE ? 0 : n;
    f->calls = 0;
    f->struck = NULL;
    (void)pthread_mutex_unlock(&f->lock);
}

uint64_t forgetful_calls(struct forgetful *f)
{
    (void)forgetful_enter(f);
    uint64_t n = f->calls;
    (void)pthread_mutex_unlock(&f->lock);
    return n;
}

const char *forgetful_struck(struct forgetful *f)
{
    (void)forgetful_enter(f);
    const char *name = f->struck;
    (void)pthread_mutex_unlock(&f->lock);
    return name;
}

void forgetful_kill(struct forgetful *f)
{
    (void)forgetful_enter(f);
    f->dead = true;
    (void)pthread_mutex_unlock(&f->lock);
}

void forgetful_restart(struct forgetful *f)
{
    (void)forgetful_enter(f);
    disk_forget(&f->disk);
    f->dead = false;
    (void)pthread_mutex_unlock(&f->lock);
    forgetful_plan(f, FORGETFUL_LIVE, 0);
}

void forgetful_settle(struct forgetful *f)
{
    (void)forgetful_enter(f);
    if (!f->dead)
        disk_settle(&f->disk);
    (void)pthread_mutex_unlock(&f->lock);
}
