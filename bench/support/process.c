// SPDX-License-Identifier: MIT
#include "support/process.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/measure.h"

enum { LINE = 256, KIB = 1024 };

/* ---- memory ---- */

/* Adds up the "Name:  N kB" lines of a file of /proc that have that name. */
static uint64_t sum_of(const char *path, const char *name)
{
    char line[LINE];
    uint64_t sum = 0;
    size_t len = strlen(name);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        bench_die("%s cannot be read", path);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, len) == 0 && line[len] == ':')
            sum += strtoull(line + len + 1, NULL, 10) * KIB;
    }
    fclose(file);
    return sum;
}

void process_memory_read(struct process_memory *m, pid_t pid)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    m->resident = sum_of(path, "Rss");
    m->proportional = sum_of(path, "Pss");
    m->anonymous = sum_of(path, "Anonymous") + sum_of(path, "Swap");
}

uint64_t process_kernel_slabs(void)
{
    return sum_of("/proc/meminfo", "Slab");
}

/* ---- threads ---- */

static void read_line(pid_t pid, pid_t tid, const char *what, char line[LINE])
{
    char path[96];
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/%s", (int)pid, (int)tid, what);
    FILE *file = fopen(path, "re");
    if (file == NULL || fgets(line, LINE, file) == NULL)
        bench_die("%s cannot be read", path);
    fclose(file);
}

void process_threads_find(struct process_threads *t, pid_t pid, const char *prefix)
{
    char path[64], name[LINE];
    *t = (struct process_threads){.pid = pid};
    (void)snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *folder = opendir(path);
    if (folder == NULL)
        bench_die("%s cannot be read", path);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (tid == 0)
            continue;
        read_line(pid, tid, "comm", name);
        unsigned long which = strtoul(name + strlen(prefix), NULL, 10);
        if (strncmp(name, prefix, strlen(prefix)) != 0 || which >= PROCESS_THREADS)
            continue;
        t->tids[which] = tid;
        t->count = which >= t->count ? (unsigned)which + 1 : t->count;
    }
    closedir(folder);
    if (t->count == 0)
        bench_die("process %d has no thread %s0", (int)pid, prefix);
}

uint64_t process_thread_cpu(const struct process_threads *t, unsigned which)
{
    char line[LINE];
    read_line(t->pid, t->tids[which], "schedstat", line);
    return strtoull(line, NULL, 10);
}

void process_threads_mark(struct process_threads *t)
{
    for (unsigned i = 0; i < t->count; i++)
        t->marked[i] = process_thread_cpu(t, i);
}

unsigned process_threads_busiest(const struct process_threads *t)
{
    unsigned busiest = 0;
    uint64_t most = 0;
    for (unsigned i = 0; i < t->count; i++) {
        uint64_t used = process_thread_cpu(t, i) - t->marked[i];
        if (used > most) {
            most = used;
            busiest = i;
        }
    }
    return busiest;
}
