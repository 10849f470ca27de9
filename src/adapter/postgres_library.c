// SPDX-License-Identifier: MIT
#include "adapter/postgres_library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/object.h"

struct postgres_library postgres_library;

/* A name without the table in front of it: the macros of the header do not reach into strings. */
#define X(name) #name,
static const char *const names[] = {POSTGRES_FUNCTIONS(X)};
#undef X

_Static_assert(sizeof postgres_library == ARRAY_LEN(names) * sizeof(void *), "one place for each name");

bool postgres_library_load(struct problem *why)
{
    void *functions[ARRAY_LEN(names)];
    if (PQclear != NULL)
        return true;
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return problem_set(why, "PostgreSQL needs libpq, which cannot be loaded: %s", dlerror());
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        functions[i] = dlsym(library, names[i]);
        if (functions[i] == NULL)
            return problem_set(why, "this machine's libpq is too old: it has no %s", names[i]);
    }
    memcpy(&postgres_library, functions, sizeof postgres_library);
    return true;
}
