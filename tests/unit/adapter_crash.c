// SPDX-License-Identifier: MIT
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter/sqlite_store.h"
#include "support/scratch.h"
#include "support/store_check.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum {
    ROUNDS = 20,
    WINDOW = 12,
    MOST = 300 /* acknowledgements before the kill */
};

/* What the child says of each batch that was answered. */
struct acknowledgement {
    unsigned id;
    uint64_t seq;
};

/* --- the child: commits until it is killed --- */

static sem_t wakeups;

static void wake(struct loop *l)
{
    (void)l;
    sem_post(&wakeups);
}

static void ignore(struct publisher *p, struct event *e)
{
    (void)p, (void)e;
}

static void tell(int pipe, unsigned id, const struct attempt *a)
{
    struct acknowledgement said = {id, attempt_seq(a)};
    if (a->batch.error != ERR_NONE || write(pipe, &said, sizeof said) != sizeof said)
        _exit(2);
}

static _Noreturn void commit_for_ever(const char *folder, unsigned first, int pipe)
{
    static struct sqlite_store store;
    static struct store_fixture f;
    static struct attempt window[WINDOW];
    struct sqlite_options options = sqlite_defaults;
    struct problem why;
    options.folder = folder;
    options.group = 4;
    store_fixture_init(&f);
    f.publisher.publish = ignore;
    f.home.wake = wake;
    if (sem_init(&wakeups, 0, 0) != 0 ||
        !sqlite_store_open(&store, &options, &f.publisher, &clock_system, &random_system, &why) ||
        !sqlite_store_start(&store))
        _exit(3);
    f.store = &store.port;
    for (unsigned n = 0;; n++) {
        struct attempt *a = &window[n % WINDOW];
        while (n >= WINDOW && a->answers == 0) {
            while (sem_wait(&wakeups) == -1)
                continue;
            (void)loop_turn(&f.home);
        }
        if (n >= WINDOW) {
            tell(pipe, first + n - WINDOW, a);
            attempt_release(a);
        }
        attempt_announce(a, &f, "one", first + n, true);
    }
}

/* --- the parent --- */

struct memory {
    struct acknowledgement said[ROUNDS * (MOST + 20000)];
    size_t count;
};

static bool hear(int pipe, struct memory *m)
{
    ssize_t n;
    do {
        n = read(pipe, &m->said[m->count], sizeof m->said[0]);
    } while (n == -1 && errno == EINTR);
    if (n != (ssize_t)sizeof m->said[0])
        return false; /* the child is gone; a message is shorter than PIPE_BUF, so none is cut */
    m->count++;
    assert(m->count < ARRAY_LEN(m->said));
    return true;
}

static void run_and_kill(const char *folder, unsigned first, unsigned acknowledgements, struct memory *m)
{
    int ends[2], status = 0;
    int rc = pipe(ends);
    assert(rc == 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        commit_for_ever(folder, first, ends[1]);
    }
    close(ends[1]);
    for (unsigned i = 0; i < acknowledgements && hear(ends[0], m); i++)
        continue;
    (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    while (hear(ends[0], m)) /* what it had said before */
        continue;
    close(ends[0]);
}

static void check_all(sqlite3 *handle, const struct memory *m, size_t from)
{
    int missing = 0;
    for (size_t i = from; i < m->count; i++) {
        struct uuid id = uuid_number(m->said[i].id);
        missing += !store_check_has(handle, &id, m->said[i].seq);
    }
    CHECK_INT(missing, 0);
    const char *broken = store_check_whole(handle);
    CHECK_SLICE(slice_from_string(broken == NULL ? "" : broken), "");
}

static void reopen_and_check(const char *folder, const struct memory *m, size_t from)
{
    struct sqlite_store store;
    struct sqlite_options options = sqlite_defaults;
    struct publisher nobody = {ignore};
    struct problem why;
    options.folder = folder;
    bool opened = sqlite_store_open(&store, &options, &nobody, &clock_system, &random_system, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    if (!opened)
        return;
    check_all(store.writer.db.handle, m, from);
    sqlite_store_close(&store);
}

TEST(killed, "kill -9 at any instant loses nothing that was acknowledged, and leaves no gap; G1 G3")
{
    struct memory *m = calloc(1, sizeof *m);
    struct scratch folder;
    unsigned seed = 20260302;
    assert(m != NULL);
    scratch_init(&folder);
    for (unsigned round = 0; round < ROUNDS; round++) {
        size_t before = m->count;
        seed = seed * 1664525u + 1013904223u;
        run_and_kill(folder.path, (round + 1) * 1000000, 1 + (seed >> 8) % MOST, m);
        CHECK(m->count > before);
        reopen_and_check(folder.path, m,
                         round + 1 == ROUNDS ? 0 : before); /* all of them once more at the end */
    }
    scratch_release(&folder);
    free(m);
}
