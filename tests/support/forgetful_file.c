// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/object.h"
#include "support/forgetful_internal.h"

static struct handle *handle_of(sqlite3_file *file)
{
    return CONTAINER_OF(file, struct handle, base);
}

/* A call that only the VFS underneath can do: may it? */
static int pass(struct handle *h, enum call c)
{
    struct forgetful *f = forgetful_enter(h->owner);
    return forgetful_leave(f, forgetful_judge(f, c), c, true);
}

/* --- octets --- */

static int on_read(sqlite3_file *file, void *to, int count, sqlite3_int64 offset)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = forgetful_enter(h->owner);
    enum verdict v = forgetful_judge(f, CALL_READ);
    int n = v == GO_ON ? disk_file_read(h->file, to, count, offset) : 0;
    int rc = forgetful_leave(f, v, CALL_READ, true);
    return rc == SQLITE_OK && n < count ? SQLITE_IOERR_SHORT_READ : rc;
}

static int on_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = forgetful_enter(h->owner);
    enum verdict v = forgetful_judge(f, CALL_WRITE);
    bool done =
        v == REFUSED || disk_file_write(&f->disk, h->file, from, v == GO_ON ? count : count / 2, offset);
    return forgetful_leave(f, v, CALL_WRITE, done);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = forgetful_enter(h->owner);
    enum verdict v = forgetful_judge(f, CALL_TRUNCATE);
    if (v == GO_ON)
        disk_file_truncate(&f->disk, h->file, size);
    return forgetful_leave(f, v, CALL_TRUNCATE, true);
}

static int on_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    struct handle *h = handle_of(file);
    struct forgetful *f = forgetful_enter(h->owner);
    enum verdict v = forgetful_judge(f, CALL_SYNC);
    if (v == STRUCK)
        disk_file_lose(&f->disk, h->file, f->dead);
    return forgetful_leave(f, v, CALL_SYNC, v != GO_ON || disk_file_sync(&f->disk, h->file));
}

static int on_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct handle *h = handle_of(file);
    struct forgetful *f = forgetful_enter(h->owner);
    enum verdict v = forgetful_judge(f, CALL_FILE_SIZE);
    *size = h->file->size;
    return forgetful_leave(f, v, CALL_FILE_SIZE, true);
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
    struct forgetful *f = forgetful_enter(h->owner);
    if (--h->file->handles == 0)
        disk_file_rest(h->file);
    (void)pthread_mutex_unlock(&f->lock);
    return SQLITE_OK;
}

/* Version 2: no memory mapping, which would write without a call. */
const sqlite3_io_methods forgetful_methods = {
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
