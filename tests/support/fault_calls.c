// SPDX-License-Identifier: MIT
#include "support/fault_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_bool armed;
static _Atomic uint64_t count, failing;
static _Atomic int failure;
static const char *_Atomic wanted, *_Atomic struck;
static _Thread_local bool spared;

void fault_calls_arm(const char *name, uint64_t n, int error)
{
    wanted = name;
    failing = n;
    failure = error;
    count = 0;
    struck = NULL;
    armed = true;
}

bool fault_calls_disarm(void)
{
    armed = false;
    return struck != NULL;
}

const char *fault_calls_struck(void)
{
    return struck;
}

void fault_calls_spare_thread(void)
{
    spared = true;
}

/* 0: go on; else FAULT_CALLS_SHORT, or an errno, which is set. */
static int verdict(const char *name)
{
    if (!armed || spared || (wanted != NULL && strcmp(wanted, name) != 0) || ++count != failing)
        return 0;
    struck = name;
    if (failure != FAULT_CALLS_SHORT)
        errno = failure;
    return failure;
}

/* A call whose success is 0 or a descriptor: X(name, parameters, arguments) */
#define PLAIN_CALLS(X)                                                                                       \
    X(mkdir, (const char *path, mode_t mode), (path, mode))                                                  \
    X(flock, (int fd, int operation), (fd, operation))                                                       \
    X(ftruncate, (int fd, off_t size), (fd, size))                                                           \
    X(ftruncate64, (int fd, off_t size), (fd, size))                                                         \
    X(fchmod, (int fd, mode_t mode), (fd, mode))                                                             \
    X(fsync, (int fd), (fd))                                                                                 \
    X(fstat, (int fd, struct stat *status), (fd, status))                                                    \
    X(fstat64, (int fd, struct stat *status), (fd, status))                                                  \
    X(renameat, (int from, const char *old, int to, const char *new), (from, old, to, new))                  \
    X(linkat, (int from, const char *old, int to, const char *new, int flags), (from, old, to, new, flags))  \
    X(unlinkat, (int folder, const char *path, int flags), (folder, path, flags))                            \
    X(faccessat, (int folder, const char *path, int mode, int flags), (folder, path, mode, flags))           \
    X(socket, (int family, int type, int protocol), (family, type, protocol))                                \
    X(bind, (int fd, const struct sockaddr *address, socklen_t len), (fd, address, len))                     \
    X(listen, (int fd, int backlog), (fd, backlog))                                                          \
    X(setsockopt, (int fd, int level, int name, const void *value, socklen_t len),                           \
      (fd, level, name, value, len))                                                                         \
    X(getsockname, (int fd, struct sockaddr *address, socklen_t *len), (fd, address, len))                   \
    X(accept4, (int fd, struct sockaddr *peer, socklen_t *len, int flags), (fd, peer, len, flags))           \
    X(shutdown, (int fd, int how), (fd, how))

#define X(name, parameters, arguments)                                                                       \
    int __real_##name parameters;                                                                            \
    int __wrap_##name parameters;                                                                            \
    int __wrap_##name parameters                                                                             \
    {                                                                                                        \
        return verdict(#name) > 0 ? -1 : __real_##name arguments;                                            \
    }
PLAIN_CALLS(X)
#undef X

/* It returns its error. */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *with);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *with);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *with)
{
    int said = verdict("pthread_create");
    return said > 0 ? said : __real_pthread_create(thread, how, run, with);
}

/* Under both of their names: which one is linked depends on _FILE_OFFSET_BITS. */
static mode_t mode_of(int flags, va_list rest)
{
    return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

#define OPEN_CALL(name)                                                                                      \
    int __real_##name(const char *path, int flags, ...);                                                     \
    int __wrap_##name(const char *path, int flags, ...);                                                     \
    int __wrap_##name(const char *path, int flags, ...)                                                      \
    {                                                                                                        \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        mode_t mode = mode_of(flags, rest);                                                                  \
        va_end(rest);                                                                                        \
        return verdict("open") > 0 ? -1 : __real_##name(path, flags, mode);                                  \
    }
OPEN_CALL(open)
OPEN_CALL(open64)

#define OPENAT_CALL(name)                                                                                    \
    int __real_##name(int folder, const char *path, int flags, ...);                                         \
    int __wrap_##name(int folder, const char *path, int flags, ...);                                         \
    int __wrap_##name(int folder, const char *path, int flags, ...)                                          \
    {                                                                                                        \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        mode_t mode = mode_of(flags, rest);                                                                  \
        va_end(rest);                                                                                        \
        return verdict("openat") > 0 ? -1 : __real_##name(folder, path, flags, mode);                        \
    }
OPENAT_CALL(openat)
OPENAT_CALL(openat64)

/* A call that moves octets. */
ssize_t __real_read(int fd, void *to, size_t room);
ssize_t __wrap_read(int fd, void *to, size_t room);
ssize_t __real_write(int fd, const void *from, size_t len);
ssize_t __wrap_write(int fd, const void *from, size_t len);
ssize_t __real_recv(int fd, void *to, size_t room, int flags);
ssize_t __wrap_recv(int fd, void *to, size_t room, int flags);
ssize_t __real_sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags);

static size_t portion(int said, size_t len)
{
    return said == FAULT_CALLS_SHORT && len > 1 ? 1 : len;
}

ssize_t __wrap_read(int fd, void *to, size_t room)
{
    int said = verdict("read");
    return said > 0 ? -1 : __real_read(fd, to, portion(said, room));
}

ssize_t __wrap_write(int fd, const void *from, size_t len)
{
    int said = verdict("write");
    return said > 0 ? -1 : __real_write(fd, from, portion(said, len));
}

#define PREAD_CALL(name)                                                                                     \
    ssize_t __real_##name(int fd, void *to, size_t room, off_t at);                                          \
    ssize_t __wrap_##name(int fd, void *to, size_t room, off_t at);                                          \
    ssize_t __wrap_##name(int fd, void *to, size_t room, off_t at)                                           \
    {                                                                                                        \
        int said = verdict("pread");                                                                         \
        return said > 0 ? -1 : __real_##name(fd, to, portion(said, room), at);                               \
    }
PREAD_CALL(pread)
PREAD_CALL(pread64)

#define PWRITE_CALL(name)                                                                                    \
    ssize_t __real_##name(int fd, const void *from, size_t len, off_t at);                                   \
    ssize_t __wrap_##name(int fd, const void *from, size_t len, off_t at);                                   \
    ssize_t __wrap_##name(int fd, const void *from, size_t len, off_t at)                                    \
    {                                                                                                        \
        int said = verdict("pwrite");                                                                        \
        return said > 0 ? -1 : __real_##name(fd, from, portion(said, len), at);                              \
    }
PWRITE_CALL(pwrite)
PWRITE_CALL(pwrite64)

ssize_t __wrap_recv(int fd, void *to, size_t room, int flags)
{
    int said = verdict("recv");
    return said > 0 ? -1 : __real_recv(fd, to, portion(said, room), flags);
}

ssize_t __wrap_sendmsg(int fd, const struct msghdr *message, int flags)
{
    int said = verdict("sendmsg");
    if (said != FAULT_CALLS_SHORT || message->msg_iovlen == 0)
        return said > 0 ? -1 : __real_sendmsg(fd, message, flags);
    struct iovec first = message->msg_iov[0];
    first.iov_len = portion(said, first.iov_len);
    struct msghdr less = *message;
    less.msg_iov = &first;
    less.msg_iovlen = 1;
    return __real_sendmsg(fd, &less, flags);
}
