// SPDX-License-Identifier: MIT
#include "support/faults_libraries.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "support/faults.h"

static sqlite3_mem_methods sqlite_default;
static atomic_bool sqlite_counted;

/* SQLite must be able to ask how large a block is, which its own methods can say; a failure is decided by an
 * allocation of our own, at once given back. */
static bool is_granted(void)
{
    if (!sqlite_counted)
        return true;
    void *ticket = faults_malloc(1);
    faults_free(ticket);
    return ticket != NULL;
}

static void *sqlite_malloc(int size)
{
    return is_granted() ? sqlite_default.xMalloc(size) : NULL;
}

static void *sqlite_realloc(void *memory, int size)
{
    return is_granted() ? sqlite_default.xRealloc(memory, size) : NULL;
}

void faults_count_sqlite(bool counted)
{
    sqlite_counted = counted;
}

void faults_take_sqlite(void)
{
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_default);
    assert(rc == SQLITE_OK);
    rc = sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* small things come from the counter too */
    assert(rc == SQLITE_OK);
    sqlite3_mem_methods methods = sqlite_default;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    rc = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    assert(rc == SQLITE_OK);
}
