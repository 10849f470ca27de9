/* SPDX-License-Identifier: MIT
 *
 * adapter/data_folder.h - the one folder the process writes to: made for its owner alone, locked against a
 * second process, and the way to put a small file there whole or not at all.
 *
 * Knows nothing of what lies in it. Start and end of the program, one thread.
 */
#ifndef PARLEY_ADAPTER_DATA_FOLDER_H
#define PARLEY_ADAPTER_DATA_FOLDER_H

#include "adapter/problem.h"
#include "base/slice.h"

enum {
    DATA_PATH = 1024 /* octets of a path with its NUL */
};

struct data_folder {
    unsigned magic;
    int folder,
        lock; /* descriptors; the lock lasts as long as `lock` is open, so a killed process leaves none */
    char path[DATA_PATH];
};

/* Makes the folder (mode 0700, not its parents) if there is none, and takes its lock. False with a problem
 * when it cannot, or when another process holds the lock; nothing is held then. */
bool data_folder_open(struct data_folder *f, const char *path, struct problem *why);
void data_folder_close(struct data_folder *f);

/* folder "/" name in `out`. False when that is too long. */
bool data_folder_path(const struct data_folder *f, const char *name, char out[DATA_PATH]);
/* Makes sure that the file is there and that nobody but its owner may open it (mode 0600), and that its name
 * survives a loss of power. */
bool data_folder_touch(const struct data_folder *f, const char *name, struct problem *why);
/* The whole file, at most `room` octets. *len is SIZE_MAX when there is none. A file that others may open, or
 * that is longer, is a problem. */
bool data_folder_read(const struct data_folder *f, const char *name, unsigned char *to, size_t room,
                      size_t *len, struct problem *why);
/* Replaces the file by these octets, mode 0600: after a crash at any instant the old or the new content is
 * there. */
bool data_folder_write(const struct data_folder *f, const char *name, struct slice octets,
                       struct problem *why);

#endif
