// SPDX-License-Identifier: MIT
#include "support/forgetful_vfs.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/object.h"
#include "support/forgetful_disk.h"

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

static const struct {
    const char *name;
    int code;
} calls[] = {
#define X(name, text, code) {text, code},
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

/* --- what is to happen --- */

enum verdict {
    GO_ON,
    STRUCK,  /* this is the call: half of it happens */
    REFUSED, /* nothing happens */
};

static enum verdict strike(struct forgetful *f, enum call c)
{
    f->struck = calls[c].name;
    f->dead = f->fate == FORGETFUL_KILL;
    if (f->fate == FORGETFUL_FAIL)
        f->at = 0;
    return STRUCK;
}

static enum verdict judge(struct forgetful *f, enum call c)
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

static struct forgetful *enter(struct forgetful *f)
{
    (void)pthread_mutex_lock(&f->lock);
    return f;
}

/* `done`: the call did what it should. */
static int leave(struct forgetful *f, enum verdict v, enum call c, bool done)
{
    bool is_full = f->fate == FORGETFUL_FULL;
    (void)pthread_mutex_unlock(&f->lock);
    if (v == GO_ON && done)
        return SQLITE_OK;
    return v == STRUCK && is_full ? SQLITE_FULL : calls[c].code;
}

static struct handle *handle_of(sqlite3_file *file)
{
    return CONTAINER_OF(file, struct handle, base);
}

/* A call that only the VFS underneath can do: may it? */
static int pass(struct handle *h, enum call c)
{
    struct forgetful *f = enter(h->owner);
    return leave(f, judge(f, c), c, true);
}

/* --- octets --- */

static int on_read(sqlite3_file *file, void *to, int count, sqlite3_int64 offset)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(h->owner);
    enum verdict v = judge(f, CALL_READ);
    int n = v == GO_ON ? disk_file_read(h->file, to, count, offset) : 0;
    int rc = leave(f, v, CALL_READ, true);
    return rc == SQLITE_OK && n < count ? SQLITE_IOERR_SHORT_READ : rc;
}

static int on_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(h->owner);
    enum verdict v = judge(f, CALL_WRITE);
    bool done =
        v == REFUSED || disk_file_write(&f->disk, h->file, from, v == GO_ON ? count : count / 2, offset);
    return leave(f, v, CALL_WRITE, done);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(h->owner);
    enum verdict v = judge(f, CALL_TRUNCATE);
    if (v == GO_ON)
        disk_file_truncate(&f->disk, h->file, size);
    return leave(f, v, CALL_TRUNCATE, true);
}

static int on_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(h->owner);
    enum verdict v = judge(f, CALL_SYNC);
    if (v == STRUCK)
        disk_file_lose(&f->disk, h->file, f->dead);
    return leave(f, v, CALL_SYNC, v != GO_ON || disk_file_sync(&f->disk, h->file));
}

static int on_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(h->owner);
    enum verdict v = judge(f, CALL_FILE_SIZE);
    *size = h->file->size;
    return leave(f, v, CALL_FILE_SIZE, true);
}

/* --- locks and shared memory: letting go always succeeds --- */

static int on_lock(sqlite3_file *file, int level)
{
    struct handle *h = handle_of(file);
    int rc = pass(h, CALL_LOCK);
    return rc == SQLITE_OK && h->real != NULL ? h->real->pMethods->xLock(h->real, level) : rc;
}

static int on_unlock(sqlite3_file *file, int level)
{
    struct handle *h = handle_of(file);
    return h->real == NULL ? SQLITE_OK : h->real->pMethods->xUnlock(h->real, level);
}

static int on_check_lock(sqlite3_file *file, int *reserved)
{
    struct handle *h = handle_of(file);
    *reserved = 0;
    return h->real == NULL ? SQLITE_OK : h->real->pMethods->xCheckReservedLock(h->real, reserved);
}

static int on_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **to)
{
    struct handle *h = handle_of(file);
    int rc = pass(h, CALL_SHM_MAP);
    *to = NULL;
    return rc == SQLITE_OK ? h->real->pMethods->xShmMap(h->real, region, size, extend, to) : rc;
}

static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    struct handle *h = handle_of(file);
    int rc = (flags & SQLITE_SHM_LOCK) == 0 ? SQLITE_OK : pass(h, CALL_SHM_LOCK);
    return rc == SQLITE_OK ? h->real->pMethods->xShmLock(h->real, offset, n, flags) : rc;
}

static void on_shm_barrier(sqlite3_file *file)
{
    struct handle *h = handle_of(file);
    h->real->pMethods->xShmBarrier(h->real);
}

static int on_shm_unmap(sqlite3_file *file, int remove)
{
    struct handle *h = handle_of(file);
    return h->real->pMethods->xShmUnmap(h->real, remove);
}

/* --- the rest of a file --- */

/* What would change the file behind our back is not known here. */
static int on_control(sqlite3_file *file, int what, void *argument)
{
    struct handle *h = handle_of(file);
    if (h->real == NULL || what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE ||
        what == SQLITE_FCNTL_MMAP_SIZE)
        return SQLITE_NOTFOUND;
    return h->real->pMethods->xFileControl(h->real, what, argument);
}

static int on_sector_size(sqlite3_file *file)
{
    struct handle *h = handle_of(file);
    return h->real == NULL ? 4096 : h->real->pMethods->xSectorSize(h->real);
}

static int on_characteristics(sqlite3_file *file)
{
    struct handle *h = handle_of(file);
    return h->real == NULL ? SQLITE_IOCAP_POWERSAFE_OVERWRITE
                           : h->real->pMethods->xDeviceCharacteristics(h->real);
}

static int on_close(sqlite3_file *file)
{
    struct handle *h = handle_of(file);
    if (h->real != NULL) {
        (void)h->real->pMethods->xClose(h->real);
        free(h->real);
    }
    struct forgetful *f = enter(h->owner);
    if (--h->file->handles == 0)
        disk_file_rest(h->file);
    (void)pthread_mutex_unlock(&f->lock);
    return SQLITE_OK;
}

/* Version 2: no memory mapping, which would write without a call. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_file_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_lock,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_characteristics,
    .xShmMap = on_shm_map,
    .xShmLock = on_shm_lock,
    .xShmBarrier = on_shm_barrier,
    .xShmUnmap = on_shm_unmap,
};

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
    struct handle *h = handle_of(file);
    struct forgetful *f = enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = judge(f, CALL_OPEN);
    assert(path != NULL); /* temporary files are in memory: PRAGMA temp_store */
    memset(h, 0, sizeof *h);
    if (out != NULL)
        *out = flags;
    bool done = v == GO_ON && open_file(f, h, path, flags) &&
                ((flags & SQLITE_OPEN_MAIN_DB) == 0 || open_real(f, h, path, flags, out));
    if (done) {
        h->file->handles++;
        h->base.pMethods = &methods;
    }
    return leave(f, v, CALL_OPEN, done);
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    struct forgetful *f = enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = judge(f, CALL_DELETE);
    struct disk_file *file = v == REFUSED ? NULL : disk_file_find(&f->disk, path, false);
    bool missing = file != NULL && !file->named;
    if (file != NULL && file->named && (v == GO_ON || f->dead))
        disk_file_remove(&f->disk, file, sync != 0 && v == GO_ON);
    int rc = leave(f, v, CALL_DELETE, file != NULL);
    return rc == SQLITE_OK && missing ? SQLITE_IOERR_DELETE_NOENT : rc;
}

/* Only "-wal" and "-journal" are asked for, and databases that are open. Empty ones do not count, as underneath. */
static int on_access(sqlite3_vfs *vfs, const char *path, int flags, int *there)
{
    struct forgetful *f = enter(CONTAINER_OF(vfs, struct forgetful, vfs));
    enum verdict v = judge(f, CALL_ACCESS);
    struct disk_file *file = v == GO_ON ? disk_file_find(&f->disk, path, false) : NULL;
    *there = file != NULL && file->named && (flags != SQLITE_ACCESS_EXISTS || file->size > 0);
    return leave(f, v, CALL_ACCESS, file != NULL);
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
    (void)enter(f);
    assert(fate == FORGETFUL_LIVE || n > 0);
    f->fate = fate;
    f->at = fate == FORGETFUL_LIVE ? 0 : n;
    f->calls = 0;
    f->struck = NULL;
    (void)pthread_mutex_unlock(&f->lock);
}

uint64_t forgetful_calls(struct forgetful *f)
{
    (void)enter(f);
    uint64_t n = f->calls;
    (void)pthread_mutex_unlock(&f->lock);
    return n;
}

const char *forgetful_struck(struct forgetful *f)
{
    (void)enter(f);
    const char *name = f->struck;
    (void)pthread_mutex_unlock(&f->lock);
    return name;
}

void forgetful_kill(struct forgetful *f)
{
    (void)enter(f);
    f->dead = true;
    (void)pthread_mutex_unlock(&f->lock);
}

void forgetful_restart(struct forgetful *f)
{
    (void)enter(f);
    disk_forget(&f->disk);
    f->dead = false;
    (void)pthread_mutex_unlock(&f->lock);
    forgetful_plan(f, FORGETFUL_LIVE, 0);
}

void forgetful_settle(struct forgetful *f)
{
    (void)enter(f);
    if (!f->dead)
        disk_settle(&f->disk);
    (void)pthread_mutex_unlock(&f->lock);
}
