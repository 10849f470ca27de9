// SPDX-License-Identifier: MIT
#include "adapter/data_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/object.h"

enum { DATA_FOLDER_MAGIC = 0x44415441, NAME_ROOM = 64 };

#define LOCK_NAME "lock"

static bool failed(const struct data_folder *f, const char *act, const char *name, struct problem *why)
{
    return problem_set(why, "cannot %s %s/%s: %s", act, f->path, name, strerror(errno));
}

/* A new folder's own name must survive a loss of power, or everything in it is gone. */
static bool sync_parent(int folder)
{
    int parent = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent == -1)
        return false;
    bool synced = fsync(parent) == 0;
    close(parent);
    return synced;
}

static bool open_folder(struct data_folder *f, struct problem *why)
{
    bool made = mkdir(f->path, 0700) == 0;
    if (!made && errno != EEXIST)
        return problem_set(why, "cannot make the data folder %s: %s", f->path, strerror(errno));
    f->folder = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->folder == -1)
        return problem_set(why, "cannot open the data folder %s: %s", f->path, strerror(errno));
    if (made)
        (void)sync_parent(f->folder); /* it may be closed to us; then there is nothing more to be done */
    return true;
}

static bool take_lock(struct data_folder *f, struct problem *why)
{
    f->lock = openat(f->folder, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (f->lock == -1)
        return failed(f, "open", LOCK_NAME, why);
    if (flock(f->lock, LOCK_EX | LOCK_NB) == 0) {
        if (ftruncate(f->lock, 0) == 0)
            (void)dprintf(f->lock, "%ld\n", (long)getpid()); /* for people who wonder */
        return true;
    }
    if (errno == EWOULDBLOCK) {
        char holder[16] = "";
        ssize_t n = pread(f->lock, holder, sizeof holder - 1, 0);
        while (n > 0 && (holder[n - 1] == '\n' || holder[n - 1] == '\0'))
            holder[--n] = '\0';
        return problem_set(why, "the data folder %s is in use by another process (%s)", f->path,
                           holder[0] == '\0' ? "unknown" : holder);
    }
    return failed(f, "lock", LOCK_NAME, why);
}

bool data_folder_open(struct data_folder *f, const char *path, struct problem *why)
{
    OBJ_INIT(f, DATA_FOLDER_MAGIC);
    f->folder = f->lock = -1;
    size_t len = strlen(path);
    if (len == 0 || len + NAME_ROOM >= sizeof f->path)
        return problem_set(why, "the path of the data folder is empty or too long");
    memcpy(f->path, path, len);
    if (open_folder(f, why) && take_lock(f, why))
        return true;
    data_folder_close(f);
    return false;
}

void data_folder_close(struct data_folder *f)
{
    OBJ_CHECK(f, DATA_FOLDER_MAGIC);
    if (f->lock != -1)
        close(f->lock); /* the file stays: removing it would let two processes lock two files of one name */
    if (f->folder != -1)
        close(f->folder);
    f->lock = f->folder = -1;
    OBJ_DEAD(f);
}

bool data_folder_path(const struct data_folder *f, const char *name, char out[DATA_PATH])
{
    OBJ_CHECK(f, DATA_FOLDER_MAGIC);
    int n = snprintf(out, DATA_PATH, "%s/%s", f->path, name);
    return n > 0 && n < DATA_PATH;
}

bool data_folder_touch(const struct data_folder *f, const char *name, struct problem *why)
{
    OBJ_CHECK(f, DATA_FOLDER_MAGIC);
    int fd = openat(f->folder, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd == -1)
        return failed(f, "open", name, why);
    bool done = fchmod(fd, 0600) == 0 && fsync(f->folder) == 0;
    if (!done)
        failed(f, "protect", name, why);
    close(fd);
    return done;
}

/* *len is room + 1 for a file that is longer. */
static bool read_all(int fd, unsigned char *to, size_t room, size_t *len)
{
    *len = 0;
    while (*len < room) {
        ssize_t n = read(fd, to + *len, room - *len);
        if (n == -1 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        *len += (size_t)n;
    }
    unsigned char more;
    if (read(fd, &more, 1) == 1)
        *len = room + 1;
    return true;
}

static bool read_checked(const struct data_folder *f, int fd, const char *name, unsigned char *to,
                         size_t room, size_t *len, struct problem *why)
{
    struct stat status;
    if (fstat(fd, &status) == -1)
        return failed(f, "look at", name, why);
    if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0)
        return problem_set(why, "%s/%s may be opened by others: make it a file of mode 0600", f->path, name);
    if (!read_all(fd, to, room, len))
        return failed(f, "read", name, why);
    return *len <= room || problem_set(why, "%s/%s is too long", f->path, name);
}

bool data_folder_read(const struct data_folder *f, const char *name, unsigned char *to, size_t room,
                      size_t *len, struct problem *why)
{
    OBJ_CHECK(f, DATA_FOLDER_MAGIC);
    *len = SIZE_MAX;
    int fd = openat(f->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd == -1)
        return errno == ENOENT || failed(f, "open", name, why);
    bool done = read_checked(f, fd, name, to, room, len, why);
    close(fd);
    return done;
}

static bool write_all(int fd, struct slice s)
{
    while (s.len > 0) {
        ssize_t n = write(fd, s.data, s.len);
        if (n == -1 && errno != EINTR)
            return false;
        if (n > 0)
            s = slice_after(s, (size_t)n);
    }
    return true;
}

bool data_folder_write(const struct data_folder *f, const char *name, struct slice octets,
                       struct problem *why)
{
    OBJ_CHECK(f, DATA_FOLDER_MAGIC);
    char temporary[NAME_ROOM];
    int n = snprintf(temporary, sizeof temporary, ".%s.new", name);
    if (n < 0 || n >= (int)sizeof temporary)
        return problem_set(why, "%s is too long a name", name);
    (void)unlinkat(f->folder, temporary, 0); /* of a process that died here */
    int fd = openat(f->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd == -1)
        return failed(f, "make", temporary, why);
    bool written = write_all(fd, octets) && fsync(fd) == 0;
    if (!written)
        failed(f, "write", temporary, why);
    close(fd);
    if (written && renameat(f->folder, temporary, f->folder, name) == 0 && fsync(f->folder) == 0)
        return true;
    if (written)
        failed(f, "replace", name, why);
    (void)unlinkat(f->folder, temporary, 0);
    return false;
}
