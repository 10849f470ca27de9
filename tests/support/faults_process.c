// SPDX-License-Identifier: MIT
//
// With this, allocations of shared libraries count too (support/faults.h), since the program's malloc() comes before that
// of libc. glibc's alone; a sanitizer has a malloc() of its own, and then there is nothing here.
#include <stdbool.h>
#include <stddef.h>

#include "support/faults.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_OWN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HAS_OWN_MALLOC 1
#endif
#endif

#ifndef HAS_OWN_MALLOC
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static _Thread_local bool inside; /* what has been counted comes here again */

void *malloc(size_t size)
{
    if (inside)
        return __libc_malloc(size);
    inside = true;
    void *memory = faults_malloc(size);
    inside = false;
    return memory;
}

void *calloc(size_t count, size_t size)
{
    if (inside)
        return __libc_calloc(count, size);
    inside = true;
    void *memory = faults_calloc(count, size);
    inside = false;
    return memory;
}

void *realloc(void *memory, size_t size)
{
    if (inside)
        return __libc_realloc(memory, size);
    inside = true;
    void *moved = faults_realloc(memory, size);
    inside = false;
    return moved;
}
#endif
