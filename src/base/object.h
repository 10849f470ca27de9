/* SPDX-License-Identifier: MIT
 *
 * base/object.h - objects that can say what they are.
 *
 * Every struct that travels through a void pointer begins with `unsigned magic`. Whoever gets it back asks
 * first. assert() means "impossible"; it stays in every build. Conditions that a peer can bring about are
 * never asserted.
 */
#ifndef PARLEY_BASE_OBJECT_H
#define PARLEY_BASE_OBJECT_H

#include <assert.h>
#include <stddef.h>
#include <string.h>

#ifdef NDEBUG
#error "assertions stay on in every build"
#endif

#define OBJ_INIT(o, m)  (memset((o), 0, sizeof *(o)), (o)->magic = (m))
#define OBJ_CHECK(o, m) assert((o) != NULL && (o)->magic == (m))
#define OBJ_DEAD(o)     ((o)->magic = 0)

/* The object that contains `member` at address p. */
#define CONTAINER_OF(p, type, member) ((type *)(void *)((char *)(p)-offsetof(type, member)))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
