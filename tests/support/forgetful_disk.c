// SPDX-License-Identifier: MIT
#include "support/forgetful_disk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 64 * 1024,
    PORTION = 64 * 1024,
    NAME_TAIL = 4 /* SQLite's own names end in several NULs */
};

static uint64_t roll(struct disk *d)
{
    uint64_t z = d->dice += UINT64_C(0x9E3779B97F4A7C15); /* splitmix64 */
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

bool disk_toss(struct disk *d, unsigned of)
{
    return roll(d) % 256 < of;
}

/* --- the real file --- */

static bool open_real(struct disk *d, struct disk_file *f)
{
    if (f->real != NULL)
        return true;
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (f->prompt ? SQLITE_OPEN_MAIN_DB : SQLITE_OPEN_WAL);
    f->real = calloc(1, (size_t)d->under->szOsFile);
    if (f->real != NULL && d->under->xOpen(d->under, f->path, f->real, flags, NULL) == SQLITE_OK) {
        f->on_disk = true;
        return true;
    }
    free(f->real);
    f->real = NULL;
    return false;
}

void disk_file_rest(struct disk_file *f)
{
    if (f->real == NULL)
        return;
    (void)f->real->pMethods->xClose(f->real);
    free(f->real);
    f->real = NULL;
}

/* SQLite's own VFS takes no more than 128 KiB at a time. */
static int portion(int64_t left)
{
    return left < PORTION ? (int)left : PORTION;
}

/* A part of the file reaches the disk. */
static bool put_real(struct disk_file *f, int64_t from, int64_t to)
{
    bool done = true;
    if (to > f->size)
        to = f->size;
    for (; done && from < to; from += PORTION)
        done = f->real->pMethods->xWrite(f->real, f->octets + from, portion(to - from), from) == SQLITE_OK;
    return done;
}

static bool get_real(struct disk_file *f)
{
    bool done = true;
    for (int64_t at = 0; done && at < f->size; at += PORTION)
        done = f->real->pMethods->xRead(f->real, f->octets + at, portion(f->size - at), at) == SQLITE_OK;
    return done;
}

static bool cut_real(struct disk_file *f)
{
    sqlite3_int64 size = 0;
    if (f->cut == INT64_MAX)
        return true;
    if (f->real->pMethods->xFileSize(f->real, &size) != SQLITE_OK ||
        (size > f->cut && f->real->pMethods->xTruncate(f->real, f->cut) != SQLITE_OK))
        return false;
    f->cut = INT64_MAX;
    return true;
}

static void remove_real(struct disk *d, struct disk_file *f)
{
    disk_file_rest(f);
    if (f->on_disk)
        (void)d->under->xDelete(d->under, f->path, 0);
    f->on_disk = false;
}

/* --- memory --- */

static bool reserve(struct disk_file *f, int64_t size)
{
    int64_t room = f->room == 0 ? FIRST_ROOM : f->room;
    if (size <= f->room)
        return true;
    while (room < size)
        room *= 2;
    unsigned char *octets = realloc(f->octets, (size_t)room);
    if (octets == NULL)
        return false;
    f->octets = octets;
    unsigned char *dirty = realloc(f->dirty, (size_t)(room / DISK_SECTOR));
    if (dirty == NULL)
        return false;
    f->dirty = dirty;
    memset(f->octets + f->room, 0, (size_t)(room - f->room));
    memset(f->dirty + f->room / DISK_SECTOR, 0, (size_t)((room - f->room) / DISK_SECTOR));
    f->room = room;
    return true;
}

static bool load(struct disk *d, struct disk_file *f)
{
    sqlite3_int64 size = 0;
    if (!f->on_disk)
        return true;
    if (!open_real(d, f) || f->real->pMethods->xFileSize(f->real, &size) != SQLITE_OK || !reserve(f, size))
        return false;
    f->size = size;
    return get_real(f);
}

static void drop(struct disk_file *f)
{
    disk_file_rest(f);
    free(f->octets);
    free(f->dirty);
    free(f->path);
    free(f);
}

static struct disk_file *add(struct disk *d, const char *path, bool is_database)
{
    int there = 0;
    struct disk_file *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    f->prompt = is_database;
    f->cut = INT64_MAX;
    f->path = calloc(1, strlen(path) + NAME_TAIL);
    if (f->path != NULL)
        memcpy(f->path, path, strlen(path));
    bool known =
        f->path != NULL && d->under->xAccess(d->under, path, SQLITE_ACCESS_READWRITE, &there) == SQLITE_OK;
    f->named = f->on_disk = there != 0;
    if (!known || !load(d, f)) {
        drop(f);
        return NULL;
    }
    f->next = d->files;
    d->files = f;
    return f;
}

struct disk_file *disk_file_find(struct disk *d, const char *path, bool is_database)
{
    for (struct disk_file *f = d->files; f != NULL; f = f->next) {
        if (strcmp(f->path, path) == 0) {
            f->prompt = f->prompt || is_database;
            return f;
        }
    }
    return add(d, path, is_database);
}

bool disk_file_make(struct disk *d, struct disk_file *f)
{
    f->named = true;
    return !f->prompt || open_real(d, f);
}

/* --- what the program does --- */

int disk_file_read(const struct disk_file *f, void *to, int count, int64_t offset)
{
    int64_t there = f->size > offset ? f->size - offset : 0;
    int n = there < count ? (int)there : count;
    if (n > 0)
        memcpy(to, f->octets + offset, (size_t)n);
    memset((char *)to + n, 0, (size_t)(count - n));
    return n;
}

/* Ahead of its time, as a disk's or a kernel's own writing does: the whole sector or its first octets. */
static void hurry(struct disk *d, struct disk_file *f, int64_t sector)
{
    int64_t from = sector * DISK_SECTOR;
    int64_t count = disk_toss(d, 128) ? DISK_SECTOR : (int64_t)(roll(d) % DISK_SECTOR);
    if (f->on_disk && open_real(d, f))
        (void)put_real(f, from, from + count);
}

bool disk_file_write(struct disk *d, struct disk_file *f, const void *from, int count, int64_t offset)
{
    if (!reserve(f, offset + count))
        return false;
    if (offset + count > f->size)
        f->size = offset + count;
    memcpy(f->octets + offset, from, (size_t)count);
    for (int64_t s = offset / DISK_SECTOR; s * DISK_SECTOR < offset + count; s++) {
        f->dirty[s] = 1;
        if (disk_toss(d, d->hasty))
            hurry(d, f, s);
    }
    return true;
}

void disk_file_truncate(struct disk *d, struct disk_file *f, int64_t size)
{
    if (size >= f->size)
        return;
    int64_t after = (size + DISK_SECTOR - 1) / DISK_SECTOR;
    memset(f->octets + size, 0, (size_t)(f->size - size));
    memset(f->dirty + after, 0, (size_t)((f->size + DISK_SECTOR - 1) / DISK_SECTOR - after));
    f->size = size;
    if (size < f->cut)
        f->cut = size;
    if (f->on_disk && disk_toss(d, d->hasty) && open_real(d, f))
        (void)cut_real(f);
}

static bool write_dirty(struct disk_file *f)
{
    int64_t count = (f->size + DISK_SECTOR - 1) / DISK_SECTOR;
    for (int64_t s = 0; s < count; s++) {
        int64_t end = s;
        while (end < count && f->dirty[end] != 0)
            f->dirty[end++] = 0;
        if (end > s && !put_real(f, s * DISK_SECTOR, end * DISK_SECTOR))
            return false;
        s = end;
    }
    return true;
}

/* A folder is synchronised as a whole. */
static void remove_unnamed(struct disk *d)
{
    for (struct disk_file *f = d->files; f != NULL; f = f->next) {
        if (!f->named)
            remove_real(d, f);
    }
}

bool disk_file_sync(struct disk *d, struct disk_file *f)
{
    bool is_new = !f->on_disk;
    if (!open_real(d, f) || !cut_real(f) || !write_dirty(f))
        return false;
    if (is_new)
        remove_unnamed(d);
    return true;
}

void disk_file_lose(struct disk *d, struct disk_file *f, bool torn)
{
    int64_t count = (f->size + DISK_SECTOR - 1) / DISK_SECTOR;
    for (int64_t s = 0; s < count; s++) {
        if (torn && f->dirty[s] != 0 && disk_toss(d, 128))
            hurry(d, f, s);
        f->dirty[s] = 0;
    }
}

void disk_file_remove(struct disk *d, struct disk_file *f, bool now)
{
    f->named = false;
    f->size = 0;
    f->cut = 0;
    if (f->room > 0) {
        memset(f->octets, 0, (size_t)f->room);
        memset(f->dirty, 0, (size_t)(f->room / DISK_SECTOR));
    }
    if (now)
        remove_unnamed(d);
    else if (disk_toss(d, d->hasty))
        remove_real(d, f);
}

/* --- the end --- */

void disk_settle(struct disk *d)
{
    for (struct disk_file *f = d->files; f != NULL; f = f->next) {
        if (f->named)
            (void)disk_file_sync(d, f);
    }
    remove_unnamed(d);
}

void disk_forget(struct disk *d)
{
    while (d->files != NULL) {
        struct disk_file *f = d->files;
        assert(f->handles == 0);
        d->files = f->next;
        drop(f);
    }
}
