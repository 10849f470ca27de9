/* SPDX-License-Identifier: MIT
 *
 * adapter/blob_directory.h - struct blobs by two folders: the place, where a file's name is its id (discodeit.md section
 * 11) and which instances may share, and the spool, which is this process's own.
 *
 * Calls to the file system block, so they run on threads of their own, never on a worker's loop (design.md section 6). A
 * file gets into its place by a second name for the same octets (link), which is there whole or not at all; where the
 * place is on another file system, by a copy under a passing name. Durable means: the file and the folder that names it
 * are synchronised. No descriptor outlives a call, so uploads and downloads need none of the process's, however many
 * there are.
 *
 * One process has one spool: whoever opens it must hold the lock of the folder it is in (adapter/data_folder.h).
 */
#ifndef PARLEY_ADAPTER_BLOB_DIRECTORY_H
#define PARLEY_ADAPTER_BLOB_DIRECTORY_H

#include "adapter/problem.h"
#include "chat/port.h"

struct blob_directory_options {
    const char *place, *spool; /* folders; made, mode 0700, if missing (not their parents) */
    unsigned threads;
    unsigned queue; /* unfinished calls, of all threads */
};

/* 2 threads, 512 calls; no folders. */
extern const struct blob_directory_options blob_directory_defaults;

struct blob_thread;

struct blob_directory {
    struct blobs port;
    unsigned magic;
    unsigned queue, thread_count;
    _Atomic unsigned unfinished;
    int place, spool; /* descriptors of the folders */
    struct uuid *found;
    size_t found_count; /* what lay in the spool */
    struct blob_thread *threads;
};

/* False with a problem; nothing is held then. */
bool blob_directory_open(struct blob_directory *d, const struct blob_directory_options *options,
                         struct problem *why);
/* Starts the threads. False when one cannot be had; close all the same. */
bool blob_directory_start(struct blob_directory *d);
/* Without threads: does all that waits. */
void blob_directory_step(struct blob_directory *d);
/* Does what waits and ends the threads. Nobody submits any more; the loops of the calls must still be there. */
void blob_directory_close(struct blob_directory *d);

#endif
