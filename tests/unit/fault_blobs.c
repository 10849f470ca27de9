// SPDX-License-Identifier: MIT
//
// Every call to the system that a file needs on its way through the spool to its place and out again fails once, is
// interrupted once, or moves one octet only.
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapter/blob_directory.h"
#include "support/fault_calls.h"
#include "support/scratch.h"
#include "support/test.h"

struct yard {
    struct scratch here;
    char place[80], spool[80];
    struct blob_directory directory;
    struct loop home;
    struct uuid id;
    unsigned char read[64];
    struct blob_call call;
};

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

static void stay_asleep(struct loop *l)
{
    (void)l;
}

static void yard_init(struct yard *y)
{
    memset(y, 0, sizeof *y);
    scratch_init(&y->here);
    (void)snprintf(y->place, sizeof y->place, "%s/blobs", y->here.path);
    (void)snprintf(y->spool, sizeof y->spool, "%s/spool", y->here.path);
    loop_init(&y->home, &clock_system, &random_system, stay_asleep);
    uuid_draw(&y->id, &random_system);
}

static bool yard_open(struct yard *y, struct problem *why)
{
    struct blob_directory_options options = blob_directory_defaults;
    options.place = y->place;
    options.spool = y->spool;
    return blob_directory_open(&y->directory, &options, why);
}

static enum error run(struct yard *y, enum blob_operation operation)
{
    y->call = (struct blob_call){.home = &y->home,
                                 .operation = operation,
                                 .ids = &y->id,
                                 .id_count = 1,
                                 .octets = operation == BLOB_APPEND ? SLICE("two words") : SLICE_NONE,
                                 .into = y->read,
                                 .room = sizeof y->read};
    CHECK(y->directory.port.submit(&y->directory.port, &y->call));
    blob_directory_step(&y->directory);
    (void)mailbox_take(&y->home.mail);
    return y->call.error;
}

/* The way of one file; READ twice, from the spool and from its place. */
static const enum blob_operation way[] = {BLOB_APPEND, BLOB_SEAL, BLOB_READ,
                                          BLOB_STORE,  BLOB_DROP, BLOB_READ};

static bool go(struct yard *y)
{
    for (size_t i = 0; i < ARRAY_LEN(way); i++) {
        if (run(y, way[i]) != ERR_NONE)
            return false;
        if (way[i] == BLOB_READ)
            CHECK_SLICE(slice_of(y->read, y->call.length), "two words");
    }
    return run(y, BLOB_REMOVE) == ERR_NONE;
}

/* False when nothing was left to fail. */
static bool try(const char *name, uint64_t n, int error, bool may_fail)
{
    struct yard y;
    struct problem why = {""};
    yard_init(&y);
    CHECK(yard_open(&y, &why));
    int before = count_descriptors();
    fault_calls_arm(name, n, error);
    bool done = go(&y);
    bool struck = fault_calls_disarm();
    CHECK(done || (struck && may_fail));
    CHECK(done || y.call.error == ERR_SERVICE_UNAVAILABLE);
    CHECK(done || strstr(y.call.problem, strerror(error)) != NULL);
    CHECK_INT(count_descriptors(), before);
    CHECK(go(&y)); /* from the beginning, over whatever is left of it */
    CHECK_INT(run(&y, BLOB_READ), ERR_BINARY_CONTENT_NOT_FOUND);
    blob_directory_close(&y.directory);
    scratch_release(&y.here);
    return struck;
}

TEST(failing,
     "D8.5: whichever call fails: told with a sentence, no descriptor left, and the next attempt succeeds")
{
    static const int reasons[] = {EIO, ENOSPC, EMFILE, EACCES};
    unsigned total = 0;
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        for (uint64_t n = 1; try(NULL, n, reasons[i], true); n++)
            total++;
    }
    printf("# %u calls failed\n", total);
    CHECK(total > 60);
}

TEST(interrupted, "a read or write that is interrupted, or moves one octet, is gone on with")
{
    static const char *const names[] = {"pread", "pwrite"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        for (uint64_t n = 1; try(names[i], n, EINTR, false); n++)
            continue;
        for (uint64_t n = 1; try(names[i], n, FAULT_CALLS_SHORT, false); n++)
            continue;
    }
}

static bool is_half_there(const struct yard *y)
{
    char name[UUID_TEXT + sizeof ".part"];
    uuid_format(&y->id, name);
    memcpy(name + UUID_TEXT, ".part", sizeof ".part");
    return faccessat(y->directory.place, name, F_OK, 0) == 0;
}

TEST(copied, "where no file can have two names it is copied, and a copy that fails is no file")
{
    static const int reasons[] = {EXDEV, EPERM, EOPNOTSUPP};
    struct problem why = {""};
    struct yard y;
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
        CHECK(try("linkat", 1, reasons[i], false));
    yard_init(&y);
    (void)snprintf(y.spool, sizeof y.spool, "/dev/shm/parley-spool-%ld", (long)getpid());
    struct stat here, there;
    if (stat("/dev/shm", &there) != 0 || stat(y.here.path, &here) != 0 || here.st_dev == there.st_dev) {
        printf("# there is no other file system here\n");
        scratch_release(&y.here);
        return;
    }
    CHECK(yard_open(&y, &why));
    bool struck = true;
    for (uint64_t n = 1; struck; n++) {
        CHECK_INT(run(&y, BLOB_APPEND), ERR_NONE);
        fault_calls_arm(NULL, n, EIO);
        enum error stored = run(&y, BLOB_STORE);
        struck = fault_calls_disarm();
        CHECK(stored == (struck ? ERR_SERVICE_UNAVAILABLE : ERR_NONE));
        CHECK(!is_half_there(&y));
        CHECK_INT(run(&y, BLOB_STORE), ERR_NONE);
        CHECK_INT(run(&y, BLOB_DROP), ERR_NONE);
        CHECK_INT(run(&y, BLOB_READ), ERR_NONE);
        CHECK_SLICE(slice_of(y.read, y.call.length), "two words");
        CHECK_INT(run(&y, BLOB_REMOVE), ERR_NONE);
    }
    blob_directory_close(&y.directory);
    (void)rmdir(y.spool);
    scratch_release(&y.here);
}

TEST(opening, "a folder that cannot be opened or listed is a clear problem, and nothing is held")
{
    bool struck = true;
    for (uint64_t n = 1; struck; n++) {
        struct yard y;
        struct problem why = {""};
        yard_init(&y);
        int before = count_descriptors();
        fault_calls_arm(NULL, n, EIO);
        bool opened = yard_open(&y, &why);
        struck = fault_calls_disarm();
        CHECK(opened != struck && (opened || why.text[0] != '\0'));
        if (opened)
            blob_directory_close(&y.directory);
        CHECK_INT(count_descriptors(), before);
        scratch_release(&y.here);
    }
}
