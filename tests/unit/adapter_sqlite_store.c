// SPDX-License-Identifier: MIT
//
// Opening a SQLite store: what is refused, and what lasts.
#include <fcntl.h>
#include <unistd.h>

#include "support/sqlite_opened.h"

TEST(modes, "all that is stored is closed to others")
{
    struct opened o;
    opened_begin(&o);
    opened_announce(&o, 1, ERR_NONE, 1);
    static const char *const names[] = {"parley.db", "parley.db-wal", "parley.db-shm", "lock"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        CHECK_INT(scratch_mode(&o.folder, names[i]), 0600);
    opened_end(&o);
}

TEST(locked, "a second store in one folder is refused with a clear problem")
{
    struct opened o;
    struct sqlite_store second;
    opened_begin(&o);
    CHECK(!sqlite_store_open(&second, &o.options, &o.fixture.publisher, &o.fixture.clock, &o.fixture.random,
                             &o.why));
    CHECK(opened_says(&o, "in use by another process"));
    opened_announce(&o, 1, ERR_NONE, 1);
    opened_end(&o);
}

TEST(reopened, "what was committed is there again, places and times go on, and the epoch stays; G1 G4")
{
    struct opened o;
    opened_begin(&o);
    struct uuid epoch = o.store.epoch;
    opened_announce(&o, 1, ERR_NONE, 1);
    int64_t time = o.fixture.published[0]->time;
    sqlite_store_close(&o.store);
    CHECK(access(scratch_path(&o.folder, "parley.db-wal"), F_OK) == -1); /* all moved into the file */
    o.fixture.wall -= 1000000;
    CHECK(opened_open(&o));
    CHECK(uuid_equals(&epoch, &o.store.epoch) && !uuid_is_nil(&epoch));
    opened_announce(&o, 2, ERR_NONE, 2);
    opened_announce(&o, 1, ERR_NONE, 1);
    CHECK(o.fixture.published[1]->time > time);
    opened_end(&o);
}

TEST(epochs, "two databases have two epochs; G4")
{
    struct opened a, b;
    opened_begin(&a);
    opened_prepare(&b);
    b.fixture.seed = 7;
    CHECK(opened_open(&b));
    CHECK(!uuid_equals(&a.store.epoch, &b.store.epoch));
    opened_end(&a);
    opened_end(&b);
}

TEST(newer, "a database of a newer program is refused and left as it was")
{
    struct opened o;
    opened_begin(&o);
    sqlite_store_close(&o.store);
    sqlite3 *handle = opened_visitor(&o);
    CHECK(opened_tell(handle, "INSERT INTO schema_versions VALUES (99, '0099_later', 0)"));
    CHECK(!opened_open(&o));
    CHECK(opened_says(&o, "version 99") && opened_says(&o, "newer program"));
    CHECK(opened_tell(handle, "DELETE FROM schema_versions WHERE version = 99"));
    (void)sqlite3_close(handle);
    CHECK(opened_open(&o));
    opened_end(&o);
}

TEST(damaged, "a file that is no database is refused by its name, and the folder is free again")
{
    struct opened o;
    opened_prepare(&o);
    int fd = open(scratch_path(&o.folder, "parley.db"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd != -1 && dprintf(fd, "%4096s", "this is no database") > 0 && close(fd) == 0);
    CHECK(!opened_open(&o) && opened_says(&o, "parley.db"));
    CHECK(unlink(scratch_path(&o.folder, "parley.db")) == 0 && opened_open(&o));
    opened_end(&o);
}
