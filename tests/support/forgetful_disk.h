/* SPDX-License-Identifier: MIT
 *
 * tests/support/forgetful_disk.h - what support/forgetful_vfs.c keeps of each file: how the program sees it,
 * and what of that is on the disk.
 *
 * Knows nothing of SQLite's calls, of plans and of who dies. The owner holds a lock.
 *
 *   the program sees      size, octets
 *   the disk has          the real file, reached through SQLite's own VFS
 *   between them          dirty sectors, a pending cut (truncation), a pending creation or deletion of the name
 */
#ifndef PARLEY_TESTS_FORGETFUL_DISK_H
#define PARLEY_TESTS_FORGETFUL_DISK_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum { DISK_SECTOR = 512 };

struct disk_file {
    struct disk_file *next;
    char *path;
    unsigned handles;
    bool named;   /* the program sees this name */
    bool on_disk; /* the disk has it */
    bool prompt; /* a database: its creation is not ours to forget, SQLite leaves its folder to the program */
    int64_t size; /* octets, as the program sees it */
    int64_t room;
    unsigned char *octets;
    unsigned char *dirty; /* one for each sector of room */
    int64_t cut;          /* the real file counts only up to here; INT64_MAX: all of it */
    sqlite3_file *real;   /* NULL: closed */
};

struct disk {
    sqlite3_vfs *under;
    struct disk_file *files;
    uint64_t dice;
    /* Of 256 sectors so many reach the disk before anybody asks for it, half of them in part. */
    unsigned hasty;
};

/* The file of that name, in whatever state; read from the disk when it was not known.
 * NULL: out of memory, or the disk cannot be read. */
struct disk_file *disk_file_find(struct disk *d, const char *path, bool is_database);
/* The program makes it, empty. False when a database cannot be made on the disk. */
bool disk_file_make(struct disk *d, struct disk_file *f);
/* The last handle is closed. */
void disk_file_rest(struct disk_file *f);
/* Octets at `offset` into `to`; returns how many there were, the rest is zero. */
int disk_file_read(const struct disk_file *f, void *to, int count, int64_t offset);
bool disk_file_write(struct disk *d, struct disk_file *f, const void *from, int count, int64_t offset);
void disk_file_truncate(struct disk *d, struct disk_file *f, int64_t size);
/* All that was written is on the disk, with the name, and with whatever has happened to other names. */
bool disk_file_sync(struct disk *d, struct disk_file *f);
/* A synchronisation that fails: as on Linux, what it should have written stays readable and is not tried
 * again. With `torn`, it had written some of it. */
void disk_file_lose(struct disk *d, struct disk_file *f, bool torn);
/* The program removes the name; `now`: the disk too. */
void disk_file_remove(struct disk *d, struct disk_file *f, bool now);

/* Everything reaches the disk. */
void disk_settle(struct disk *d);
/* Nothing is known any more of any file but what the disk has. No file may have a handle. */
void disk_forget(struct disk *d);
/* Something by chance, `of` 256. */
bool disk_toss(struct disk *d, unsigned of);

#endif
