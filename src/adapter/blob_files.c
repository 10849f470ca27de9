// SPDX-License-Identifier: MIT
#include "adapter/blob_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/object.h"

enum { NAME = UUID_TEXT + sizeof ".part", COPY_PIECE = 64 * 1024 };

#define PASSING ".part" /* behind the name of a copy that is not whole yet */

static void write_name(const struct uuid *id, const char *behind, char name[NAME])
{
    uuid_format(id, name);
    (void)snprintf(name + UUID_TEXT, NAME - UUID_TEXT, "%s", behind);
}

/* Says in the call what could not be done, by errno. Returns the error, so that `return failed(...)` reads well. */
static enum error failed(struct blob_call *c, const char *act, const struct uuid *id)
{
    char name[NAME];
    if (errno == ENOENT)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    write_name(id, "", name);
    (void)snprintf(c->problem, sizeof c->problem, "cannot %s %s: %s", act, name, strerror(errno));
    return ERR_SERVICE_UNAVAILABLE;
}

static int open_at(int folder, const struct uuid *id, const char *behind, int flags)
{
    char name[NAME];
    write_name(id, behind, name);
    return openat(folder, name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* Closes it, and leaves errno as it is. */
static bool close_after(int fd, bool result)
{
    int why = errno;
    close(fd);
    errno = why;
    return result;
}

static bool unlink_at(int folder, const struct uuid *id, const char *behind)
{
    char name[NAME];
    write_name(id, behind, name);
    return unlinkat(folder, name, 0) == 0 || errno == ENOENT;
}

static bool write_all(int fd, struct slice octets, uint64_t offset)
{
    while (octets.len > 0) {
        ssize_t n = pwrite(fd, octets.data, octets.len, (off_t)offset);
        if (n == -1 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        octets = slice_after(octets, (size_t)n);
        offset += (uint64_t)n;
    }
    return true;
}

/* False when it failed; *len < room: the file ends there. */
static bool read_all(int fd, unsigned char *into, size_t room, uint64_t offset, size_t *len)
{
    *len = 0;
    while (*len < room) {
        ssize_t n = pread(fd, into + *len, room - *len, (off_t)(offset + *len));
        if (n == -1 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        *len += (size_t)n;
    }
    return true;
}

static enum error run_append(const struct blob_directory *d, struct blob_call *c)
{
    int fd = open_at(d->spool, c->ids, "", c->offset == 0 ? O_WRONLY | O_CREAT : O_WRONLY);
    if (fd == -1)
        return failed(c, "open", c->ids);
    return close_after(fd, write_all(fd, c->octets, c->offset)) ? ERR_NONE : failed(c, "write", c->ids);
}

/* A descriptor that was opened later synchronises what others wrote, and hears of what they failed to write. */
static bool synchronise(int folder, const struct uuid *id)
{
    int fd = open_at(folder, id, "", O_RDONLY);
    return fd != -1 && close_after(fd, fsync(fd) == 0);
}

static enum error run_seal(const struct blob_directory *d, struct blob_call *c)
{
    for (size_t i = 0; i < c->id_count; i++) {
        if (!synchronise(d->spool, &c->ids[i]))
            return failed(c, "synchronise", &c->ids[i]);
    }
    return fsync(d->spool) == 0 ? ERR_NONE : failed(c, "synchronise the folder of", c->ids);
}

/* --- to its place --- */

static bool copy_octets(int from, int to)
{
    static _Thread_local unsigned char piece[COPY_PIECE];
    uint64_t offset = 0;
    size_t len;
    do {
        if (!read_all(from, piece, sizeof piece, offset, &len) ||
            !write_all(to, slice_of(piece, len), offset))
            return false;
        offset += len;
    } while (len == sizeof piece);
    return fsync(to) == 0;
}

static bool copy_to_passing(const struct blob_directory *d, int from, const struct uuid *id)
{
    int to = open_at(d->place, id, PASSING, O_WRONLY | O_CREAT | O_TRUNC);
    return to != -1 && close_after(to, copy_octets(from, to));
}

static bool copy(const struct blob_directory *d, const struct uuid *id)
{
    char passing[NAME], name[NAME];
    write_name(id, PASSING, passing);
    write_name(id, "", name);
    int from = open_at(d->spool, id, "", O_RDONLY);
    if (from == -1)
        return false;
    if (close_after(from, copy_to_passing(d, from, id)) && renameat(d->place, passing, d->place, name) == 0)
        return true;
    int why = errno;
    (void)unlink_at(d->place, id, PASSING); /* half a file would keep a full disk full */
    errno = why;
    return false;
}

/* File systems that cannot, or not from here to there. */
static bool cannot_link(int why)
{
    return why == EXDEV || why == EPERM || why == EOPNOTSUPP || why == EMLINK || why == ENOSYS;
}

static bool place(const struct blob_directory *d, const struct uuid *id)
{
    char name[NAME];
    write_name(id, "", name);
    if (linkat(d->spool, name, d->place, name, 0) == 0 || errno == EEXIST)
        return true;
    if (cannot_link(errno))
        return copy(d, id);
    return errno == ENOENT &&
           faccessat(d->place, name, F_OK, 0) == 0; /* it was there before the spool was lost */
}

static enum error run_store(const struct blob_directory *d, struct blob_call *c)
{
    if (!place(d, c->ids))
        return failed(c, "store", c->ids);
    return fsync(d->place) == 0 ? ERR_NONE : failed(c, "synchronise the folder of", c->ids);
}

/* --- and back --- */

static enum error run_read(const struct blob_directory *d, struct blob_call *c)
{
    int fd = open_at(d->place, c->ids, "", O_RDONLY);
    if (fd == -1 && errno == ENOENT)
        fd = open_at(d->spool, c->ids, "", O_RDONLY);
    if (fd == -1)
        return failed(c, "open", c->ids);
    return close_after(fd, read_all(fd, c->into, c->room, c->offset, &c->length)) ? ERR_NONE
                                                                                  : failed(c, "read", c->ids);
}

/* That a name is gone need not survive a loss of power: whatever decided it is asked again then. */
static enum error run_drop(const struct blob_directory *d, struct blob_call *c)
{
    for (size_t i = 0; i < c->id_count; i++) {
        if (!unlink_at(d->spool, &c->ids[i], ""))
            return failed(c, "remove", &c->ids[i]);
    }
    return ERR_NONE;
}

/* Here it must: nobody asks about a file that has no row. */
static enum error run_remove(const struct blob_directory *d, struct blob_call *c)
{
    for (size_t i = 0; i < c->id_count; i++) {
        if (!unlink_at(d->place, &c->ids[i], PASSING) || !unlink_at(d->place, &c->ids[i], "") ||
            !unlink_at(d->spool, &c->ids[i], ""))
            return failed(c, "remove", &c->ids[i]);
    }
    return fsync(d->place) == 0 ? ERR_NONE : failed(c, "synchronise the folder of", c->ids);
}

static enum error run_list(const struct blob_directory *d, struct blob_call *c)
{
    size_t all = d->found_count * sizeof *d->found, from = c->offset < all ? (size_t)c->offset : all;
    c->length = all - from < c->room ? all - from : c->room;
    if (c->length > 0)
        memcpy(c->into, (const unsigned char *)d->found + from, c->length);
    return ERR_NONE;
}

void blob_files_run(const struct blob_directory *d, struct blob_call *c)
{
    static enum error (*const acts[])(const struct blob_directory *, struct blob_call *) = {
        [BLOB_APPEND] = run_append, [BLOB_SEAL] = run_seal, [BLOB_STORE] = run_store,
        [BLOB_READ] = run_read,     [BLOB_DROP] = run_drop, [BLOB_REMOVE] = run_remove,
        [BLOB_LIST] = run_list,
    };
    c->length = 0;
    c->problem[0] = '\0';
    c->error = acts[c->operation](d, c);
}

/* --- the folders --- */

static bool open_folder(const char *path, int *folder, struct problem *why)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return problem_set(why, "cannot make the folder of files %s: %s", path, strerror(errno));
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*folder == -1)
        return problem_set(why, "cannot open the folder of files %s: %s", path, strerror(errno));
    if (faccessat(*folder, ".", W_OK | X_OK, 0) != 0)
        return problem_set(why, "cannot write to the folder of files %s: %s", path, strerror(errno));
    return true;
}

static bool add_found(struct blob_directory *d, const struct uuid *id, size_t *room)
{
    if (d->found_count == *room) {
        size_t more = *room == 0 ? 64 : 2 * *room;
        struct uuid *grown = realloc(d->found, more * sizeof *grown);
        if (grown == NULL)
            return false;
        d->found = grown;
        *room = more;
    }
    d->found[d->found_count++] = *id;
    return true;
}

/* Names that are no ids are not ours. */
static bool walk(struct blob_directory *d, DIR *folder)
{
    const struct dirent *entry;
    struct uuid id;
    size_t room = 0;
    while (errno = 0, (entry = readdir(folder)) != NULL) {
        if (uuid_parse(slice_from_string(entry->d_name), &id) && !add_found(d, &id, &room))
            return false;
    }
    return errno == 0;
}

static bool find(struct blob_directory *d, const char *path, struct problem *why)
{
    DIR *folder = opendir(path);
    bool found = folder != NULL && walk(d, folder);
    int reason = errno;
    if (folder != NULL)
        closedir(folder);
    return found || problem_set(why, "cannot list the folder of files %s: %s", path, strerror(reason));
}

bool blob_files_open(struct blob_directory *d, const struct blob_directory_options *options,
                     struct problem *why)
{
    d->place = d->spool = -1;
    return open_folder(options->place, &d->place, why) && open_folder(options->spool, &d->spool, why) &&
           find(d, options->spool, why);
}

void blob_files_close(struct blob_directory *d)
{
    if (d->place != -1)
        close(d->place);
    if (d->spool != -1)
        close(d->spool);
    free(d->found);
    d->found = NULL;
    d->found_count = 0;
    d->place = d->spool = -1;
}
