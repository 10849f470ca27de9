/* SPDX-License-Identifier: MIT
 *
 * bench/support/process.h - what Linux tells about another process: its memory, the CPU of its threads.
 */
#ifndef PARLEY_BENCH_PROCESS_H
#define PARLEY_BENCH_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* Octets. */
struct process_memory {
    uint64_t resident;     /* all pages that are there, those of shared libraries in full */
    uint64_t proportional; /* the same, each shared page by its share */
    uint64_t anonymous;    /* pages that no file backs: heap, stacks, what was written to */
};

/* Dies when the process is gone. */
void process_memory_read(struct process_memory *m, pid_t pid);
/* Octets that the kernel holds in slabs, of the whole machine: sockets and descriptors are there. */
uint64_t process_kernel_slabs(void);

enum { PROCESS_THREADS = 64 };

/* Threads of a process whose names begin alike, in the order of the numbers behind that. */
struct process_threads {
    pid_t pid;
    unsigned count;
    pid_t tids[PROCESS_THREADS];
    uint64_t marked[PROCESS_THREADS]; /* nanoseconds of CPU */
};

/* Threads PREFIX0, PREFIX1, ... */
void process_threads_find(struct process_threads *t, pid_t pid, const char *prefix);
/* Nanoseconds of CPU of one of them. */
uint64_t process_thread_cpu(const struct process_threads *t, unsigned which);
/* Remembers what each has used. */
void process_threads_mark(struct process_threads *t);
/* Which has used most since. */
unsigned process_threads_busiest(const struct process_threads *t);

#endif
