// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/forgetful_vfs.h"
#include "support/scratch.h"
#include "support/test.h"

enum { SECTOR = 512, SECTORS = 64, LONG = SECTOR * SECTORS };

/* A write-ahead log on the forgetful disk. */
struct fixture {
    struct scratch folder;
    struct forgetful *disk;
    sqlite3_vfs *vfs;
    sqlite3_file *file;
    char path[192];
};

static int open_file(struct fixture *x, sqlite3_file **file)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL;
    *file = calloc(1, (size_t)x->vfs->szOsFile);
    assert(*file != NULL);
    return x->vfs->xOpen(x->vfs, x->path, *file, flags, NULL);
}

static void close_file(sqlite3_file *file)
{
    if (file->pMethods != NULL)
        CHECK_INT(file->pMethods->xClose(file), SQLITE_OK);
    free(file);
}

static void begin(struct fixture *x, unsigned hasty)
{
    scratch_init(&x->folder);
    int fd = open(scratch_path(&x->folder, "a.db"), O_WRONLY | O_CREAT | O_CLOEXEC,
                  0600); /* whose modes a log has */
    assert(fd != -1);
    close(fd);
    (void)snprintf(x->path, sizeof x->path, "%s", scratch_path(&x->folder, "a.db-wal"));
    x->disk = forgetful_new(20260302, hasty);
    x->vfs = sqlite3_vfs_find(NULL);
    CHECK_INT(open_file(x, &x->file), SQLITE_OK);
}

static void end(struct fixture *x)
{
    close_file(x->file);
    forgetful_free(x->disk);
    scratch_release(&x->folder);
}

/* Power is lost and comes back. */
static void restart(struct fixture *x)
{
    forgetful_kill(x->disk);
    close_file(x->file);
    forgetful_restart(x->disk);
    CHECK_INT(open_file(x, &x->file), SQLITE_OK);
}

static int put(struct fixture *x, char octet, int count, int64_t offset)
{
    char octets[LONG];
    memset(octets, octet, (size_t)count);
    return x->file->pMethods->xWrite(x->file, octets, count, offset);
}

static int sync_file(struct fixture *x)
{
    return x->file->pMethods->xSync(x->file, SQLITE_SYNC_NORMAL);
}

static int64_t size(struct fixture *x)
{
    sqlite3_int64 octets = -1;
    CHECK_INT(x->file->pMethods->xFileSize(x->file, &octets), SQLITE_OK);
    return octets;
}

/* The octet at `offset`; '-' behind the end. */
static char get(sqlite3_file *file, int64_t offset)
{
    char octet = '?';
    int rc = file->pMethods->xRead(file, &octet, 1, offset);
    return rc == SQLITE_OK ? octet : rc == SQLITE_IOERR_SHORT_READ ? '-' : '?';
}

TEST(unsynced, "what was written and not synchronised is read back, until power is lost")
{
    struct fixture x;
    begin(&x, 0);
    CHECK_INT(put(&x, 'a', 1000, 0), SQLITE_OK);
    CHECK_INT(sync_file(&x), SQLITE_OK);
    CHECK_INT(put(&x, 'b', 1000, 500), SQLITE_OK);
    CHECK(get(x.file, 499) == 'a' && get(x.file, 500) == 'b' && get(x.file, 1499) == 'b');
    CHECK_INT(size(&x), 1500);
    restart(&x);
    CHECK_INT(size(&x), 1000);
    CHECK(get(x.file, 499) == 'a' && get(x.file, 999) == 'a' && get(x.file, 1000) == '-');
    end(&x);
}

TEST(synced, "what was synchronised stays, also for those who read the file by other means")
{
    struct fixture x;
    char octet = 0;
    begin(&x, 0);
    CHECK(put(&x, 'a', 3000, 100) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    int fd = open(x.path, O_RDONLY | O_CLOEXEC);
    CHECK(fd != -1 && pread(fd, &octet, 1, 3099) == 1 && octet == 'a');
    close(fd);
    restart(&x);
    CHECK(get(x.file, 99) == '\0' && get(x.file, 100) == 'a' && get(x.file, 3099) == 'a' && size(&x) == 3100);
    end(&x);
}

TEST(long_files, "a file may be longer than what SQLite writes at a time")
{
    struct fixture x;
    begin(&x, 0);
    for (int64_t at = 0; at < 20; at++)
        CHECK_INT(put(&x, (char)('a' + at), LONG, at * LONG), SQLITE_OK);
    CHECK_INT(sync_file(&x), SQLITE_OK);
    restart(&x);
    CHECK_INT(size(&x), 20 * LONG);
    for (int64_t at = 0; at < 20; at++)
        CHECK(get(x.file, at * LONG) == 'a' + at && get(x.file, at * LONG + LONG - 1) == 'a' + at);
    end(&x);
}

TEST(settled, "what the system had the time to write stays")
{
    struct fixture x;
    begin(&x, 0);
    CHECK(put(&x, 'a', 10, 0) == SQLITE_OK);
    close_file(x.file);
    forgetful_settle(x.disk);
    CHECK_INT(open_file(&x, &x.file), SQLITE_OK);
    restart(&x);
    CHECK_INT(size(&x), 10);
    end(&x);
}

TEST(truncated, "a truncation that was not synchronised is undone; what is written behind it is no old octet")
{
    struct fixture x;
    begin(&x, 0);
    CHECK(put(&x, 'a', 3000, 0) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    CHECK_INT(x.file->pMethods->xTruncate(x.file, 700), SQLITE_OK);
    CHECK_INT(size(&x), 700);
    restart(&x);
    CHECK_INT(size(&x), 3000);
    CHECK_INT(x.file->pMethods->xTruncate(x.file, 700), SQLITE_OK);
    CHECK(put(&x, 'b', 10, 2000) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    restart(&x);
    CHECK(size(&x) == 2010 && get(x.file, 699) == 'a' && get(x.file, 700) == '\0' &&
          get(x.file, 1999) == '\0');
    end(&x);
}

TEST(names, "a name comes with its first synchronisation, and goes with that of its folder")
{
    struct fixture x;
    begin(&x, 0);
    CHECK(access(x.path, F_OK) == -1);
    CHECK(put(&x, 'a', 10, 0) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    CHECK(access(x.path, F_OK) == 0);
    for (int synced = 0; synced < 2; synced++) {
        int there = 1;
        CHECK_INT(x.vfs->xDelete(x.vfs, x.path, synced), SQLITE_OK);
        CHECK_INT(x.vfs->xDelete(x.vfs, x.path, synced), SQLITE_IOERR_DELETE_NOENT);
        CHECK(x.vfs->xAccess(x.vfs, x.path, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there == 0);
        restart(&x);
        CHECK_INT(size(&x), synced == 0 ? 10 : 0);
    }
    end(&x);
}

TEST(shared, "two who have a file open see one file")
{
    struct fixture x;
    sqlite3_file *second;
    begin(&x, 0);
    CHECK_INT(open_file(&x, &second), SQLITE_OK);
    CHECK(put(&x, 'a', 10, 0) == SQLITE_OK && get(second, 9) == 'a');
    CHECK_INT(second->pMethods->xSync(second, SQLITE_SYNC_FULL), SQLITE_OK);
    close_file(second);
    restart(&x);
    CHECK_INT(size(&x), 10);
    end(&x);
}

/* How many sectors are new, old, and a bit of both. */
static void count_sectors(struct fixture *x, int *fresh, int *old, int *torn)
{
    *fresh = *old = *torn = 0;
    for (int64_t s = 0; s < SECTORS; s++) {
        char first = get(x->file, s * SECTOR), last = get(x->file, s * SECTOR + SECTOR - 1);
        *fresh += first == 'b' && last == 'b';
        *old += first == 'a' && last == 'a';
        *torn += first == 'b' && last == 'a';
    }
}

TEST(torn, "a restless disk has written some sectors, some in part and some not at all")
{
    struct fixture x;
    int fresh, old, torn;
    begin(&x, 128);
    CHECK(put(&x, 'a', LONG, 0) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    CHECK(put(&x, 'b', LONG, 0) == SQLITE_OK);
    count_sectors(&x, &fresh, &old, &torn);
    CHECK_INT(fresh, SECTORS);
    restart(&x);
    count_sectors(&x, &fresh, &old, &torn);
    CHECK(fresh > 5 && old > 5 && torn > 5);
    CHECK_INT(fresh + old + torn, SECTORS);
    end(&x);
}

TEST(killed_in_sync, "power that is lost in a synchronisation leaves some of it")
{
    struct fixture x;
    int fresh, old, torn;
    begin(&x, 0);
    CHECK(put(&x, 'a', LONG, 0) == SQLITE_OK && sync_file(&x) == SQLITE_OK &&
          put(&x, 'b', LONG, 0) == SQLITE_OK);
    forgetful_plan(x.disk, FORGETFUL_KILL, 2);
    CHECK_INT(size(&x), LONG);
    CHECK_INT(sync_file(&x), SQLITE_IOERR_FSYNC);
    CHECK_SLICE(slice_from_string(forgetful_struck(x.disk)), "xSync");
    CHECK_INT(put(&x, 'c', 10, 0), SQLITE_IOERR_WRITE);
    CHECK(get(x.file, 0) == '?');
    restart(&x);
    count_sectors(&x, &fresh, &old, &torn);
    CHECK(fresh > 5 && old > 5 && fresh + old + torn == SECTORS);
    end(&x);
}

TEST(failing, "the n-th call fails, once; the write that a failed synchronisation lost is lost")
{
    struct fixture x;
    begin(&x, 0);
    CHECK(put(&x, 'a', 1024, 0) == SQLITE_OK && sync_file(&x) == SQLITE_OK);
    forgetful_plan(x.disk, FORGETFUL_FAIL, 2);
    CHECK_INT(put(&x, 'b', 512, 0), SQLITE_OK);
    CHECK(forgetful_struck(x.disk) == NULL);
    CHECK_INT(sync_file(&x), SQLITE_IOERR_FSYNC);
    CHECK_INT(put(&x, 'c', 512, 512), SQLITE_OK);
    CHECK_INT(sync_file(&x), SQLITE_OK);
    CHECK_INT(forgetful_calls(x.disk), 4);
    CHECK(get(x.file, 0) == 'b' && get(x.file, 512) == 'c');
    restart(&x);
    CHECK(get(x.file, 0) == 'a' && get(x.file, 512) == 'c');
    end(&x);
}

TEST(filling, "a full disk takes no write and says so, until there is room again")
{
    struct fixture x;
    begin(&x, 0);
    forgetful_plan(x.disk, FORGETFUL_FULL, 2);
    CHECK_INT(put(&x, 'a', 10, 0), SQLITE_OK);
    CHECK_INT(put(&x, 'b', 10, 10), SQLITE_FULL);
    CHECK_INT(put(&x, 'b', 10, 10), SQLITE_FULL);
    CHECK_INT(sync_file(&x), SQLITE_OK);
    forgetful_plan(x.disk, FORGETFUL_LIVE, 0);
    CHECK_INT(put(&x, 'b', 10, 10), SQLITE_OK);
    end(&x);
}
