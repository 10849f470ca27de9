// SPDX-License-Identifier: MIT
#include "support/faults.h"

#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ld --wrap=X: calls of X in our objects come to __wrap_X, and __real_X is what X was. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t most);
int __real_posix_memalign(void **out, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);
int __wrap_posix_memalign(void **out, size_t alignment, size_t size);

enum { FRAMES = 24 };

static atomic_bool armed;
static _Atomic uint64_t count, failing, behind, failed; /* those from `failing` to before `behind` fail */
static _Thread_local unsigned spared;
static void *frames[FRAMES]; /* of the last failure */
static int depth;

void faults_arm(uint64_t n, uint64_t span)
{
    count = 0;
    failed = 0;
    failing = n;
    behind = n == 0 ? 0 : span > UINT64_MAX - n ? UINT64_MAX : n + span;
    depth = 0;
    armed = true;
}

uint64_t faults_disarm(void)
{
    armed = false;
    return failed;
}

uint64_t faults_count(void)
{
    return count;
}

uint64_t faults_failed(void)
{
    return failed;
}

void faults_spare(void)
{
    spared++;
}

void faults_resume(void)
{
    spared--;
}

void faults_print(void)
{
    backtrace_symbols_fd(frames, depth, STDERR_FILENO);
}

static bool is_failing(void)
{
    if (!armed || spared > 0)
        return false;
    uint64_t n = ++count;
    if (n < failing || n >= behind)
        return false;
    failed++;
    spared++; /* backtrace() may load a library the first time */
    depth = backtrace(frames, FRAMES);
    spared--;
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return is_failing() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return is_failing() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_failing() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return is_failing() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t most)
{
    return is_failing() ? NULL : __real_strndup(text, most);
}

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    return is_failing() ? ENOMEM : __real_posix_memalign(out, alignment, size);
}

void *faults_malloc(size_t size)
{
    return __wrap_malloc(size);
}

void *faults_calloc(size_t n, size_t size)
{
    return __wrap_calloc(n, size);
}

void *faults_realloc(void *memory, size_t size)
{
    return __wrap_realloc(memory, size);
}

void faults_free(void *memory)
{
    free(memory);
}
