// SPDX-License-Identifier: MIT
//
// Every call to the system that the data folder and the keys in it need fails once, is interrupted once, or moves one
// octet only.
#include <dirent.h>
#include <errno.h>

#include "adapter/data_folder.h"
#include "adapter/secrets.h"
#include "base/clock.h"
#include "support/fault_calls.h"
#include "support/scratch.h"
#include "support/test.h"

static int count_descriptors(void)
{
    int n = 0;
    DIR *all = opendir("/proc/self/fd");
    assert(all != NULL);
    while (readdir(all) != NULL)
        n++;
    (void)closedir(all);
    return n;
}

struct place {
    struct scratch scratch;
    char path[128];
};

/* Opens the folder, which may be new, and closes it. */
static bool open_and_close(struct place *p, struct problem *why)
{
    struct data_folder f;
    if (!data_folder_open(&f, p->path, why))
        return false;
    bool touched = data_folder_touch(&f, "parley.db", why);
    data_folder_close(&f);
    return touched;
}

/* Makes a key, or reads the one that is there. */
static bool load_key(struct place *p, struct problem *why)
{
    struct data_folder f;
    struct secret first, again;
    bool opened = data_folder_open(&f, p->path, why);
    if (!opened)
        return false;
    bool loaded = secret_load(&first, &f, "access.key", &random_system, why);
    bool once_more = loaded && secret_load(&again, &f, "access.key", &random_system, why);
    CHECK(!once_more || slice_equals(secret_expose(&first), secret_expose(&again)));
    data_folder_close(&f);
    return once_more;
}

/* Writes one of two contents over the other: what is there is one of them, whole. */
static bool replace(struct place *p, struct problem *why)
{
    static unsigned turn;
    struct data_folder f;
    unsigned char octets[16];
    size_t len = 0;
    const char *content = turn++ % 2 == 0 ? "a longer content" : "short";
    if (!data_folder_open(&f, p->path, why))
        return false;
    bool written = data_folder_write(&f, "note", slice_from_string(content), why);
    bool read = written && data_folder_read(&f, "note", octets, sizeof octets, &len, why);
    CHECK(!read || slice_equals(slice_of(octets, len), slice_from_string(content)));
    data_folder_close(&f);
    return read;
}

/* Nothing fails any more: the content is one of the two, or there is none yet. */
static void check_note(struct place *p)
{
    struct data_folder f;
    struct problem why;
    unsigned char octets[16];
    size_t len = 0;
    CHECK(data_folder_open(&f, p->path, &why) &&
          data_folder_read(&f, "note", octets, sizeof octets, &len, &why));
    CHECK(len == SIZE_MAX || slice_equals(slice_of(octets, len), SLICE("short")) ||
          slice_equals(slice_of(octets, len), SLICE("a longer content")));
    data_folder_close(&f);
}

static bool (*const acts[])(struct place *, struct problem *) = {open_and_close, load_key, replace};

/* False when nothing was left to fail. */
static bool try(bool (*act)(struct place *, struct problem *), const char *name, uint64_t n, int error,
                bool may_fail)
{
    struct place p;
    struct problem why = {""};
    scratch_init(&p.scratch);
    (void)snprintf(p.path, sizeof p.path, "%s/data", p.scratch.path);
    int before = count_descriptors();
    fault_calls_arm(name, n, error);
    bool done = act(&p, &why);
    bool struck = fault_calls_disarm();
    CHECK(done || (struck && may_fail && why.text[0] != '\0'));
    CHECK_INT(count_descriptors(), before);
    CHECK(act(&p, &why)); /* the next attempt succeeds */
    check_note(&p);
    scratch_release(&p.scratch);
    return struck;
}

TEST(failing,
     "whichever call fails: a clear problem, nothing half, no descriptor left, and the next attempt succeeds")
{
    unsigned total = 0;
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        for (uint64_t n = 1; try(acts[i], NULL, n, EIO, true); n++)
            total++;
    }
    printf("# %u calls failed\n", total);
    CHECK(total > 20);
}

TEST(interrupted, "a read or write that is interrupted, or moves one octet, is gone on with")
{
    static const char *const names[] = {"read", "write"};
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        for (size_t j = 0; j < ARRAY_LEN(names); j++) {
            for (uint64_t n = 1; try(acts[i], names[j], n, EINTR, false); n++)
                continue;
            for (uint64_t n = 1; try(acts[i], names[j], n, FAULT_CALLS_SHORT, false); n++)
                continue;
        }
    }
}
