// SPDX-License-Identifier: MIT
// Files in folders, and the port in memory that tests and fuzzers use in their place, do the same.
#include "adapter/blob_directory.h"

#include <fcntl.h>
#include <semaphore.h>
#include <unistd.h>

#include "support/blobs_port_test.h"
#include "support/memory_blobs.h"
#include "support/scratch.h"
#include "support/test.h"

/* ---- the adapters ---- */

static struct scratch folder;
static struct blob_directory directory;
static struct memory_blobs memory;

static bool open_there(struct problem *why)
{
    char place[80], spool[80];
    (void)snprintf(place, sizeof place, "%s/blobs", folder.path);
    (void)snprintf(spool, sizeof spool, "%s/spool", folder.path);
    struct blob_directory_options options = {
        .place = place, .spool = spool, .threads = 2, .queue = BLOBS_QUEUE};
    return blob_directory_open(&directory, &options, why);
}

static struct blobs *open_directory(void)
{
    struct problem why = {""};
    scratch_init(&folder);
    CHECK(open_there(&why));
    return &directory.port;
}

static struct blobs *reopen_directory(void)
{
    struct problem why = {""};
    blob_directory_close(&directory);
    CHECK(open_there(&why));
    return &directory.port;
}

static void step_directory(void)
{
    blob_directory_step(&directory);
}

static void close_directory(void)
{
    blob_directory_close(&directory);
    scratch_release(&folder);
}

static struct blobs *open_memory(void)
{
    memory_blobs_init(&memory);
    memory.queue = BLOBS_QUEUE;
    return &memory.port;
}

static struct blobs *reopen_memory(void)
{
    return &memory.port;
}

static void nothing(void)
{
}

static void close_memory(void)
{
    memory_blobs_release(&memory);
}

static const struct blobs_adapter directory_adapter = {open_directory, reopen_directory, step_directory,
                                                       close_directory},
                                  memory_adapter = {open_memory, reopen_memory, nothing, close_memory};

#define X(name, promise)                                                                                     \
    TEST(directory_##name, promise)                                                                          \
    {                                                                                                        \
        blobs_port_##name(&directory_adapter);                                                               \
    }                                                                                                        \
    TEST(memory_##name, promise)                                                                             \
    {                                                                                                        \
        blobs_port_##name(&memory_adapter);                                                                  \
    }
BLOBS_PORT_PROMISES(X)
#undef X

/* ---- of the folders alone ---- */

static void stay_asleep(struct loop *l)
{
    (void)l;
}

TEST(names, "D11: in its place a file's name is its id; nobody else may read it; what has other names stays")
{
    struct loop home;
    struct uuid id;
    char text[UUID_TEXT + 16] = "blobs/", stranger[80];
    struct blobs *port = open_directory();
    loop_init(&home, &clock_system, &random_system, stay_asleep);
    uuid_draw(&id, &random_system);
    uuid_format(&id, text + sizeof "blobs/" - 1);
    (void)snprintf(stranger, sizeof stranger, "%s/spool/.nfs0001", folder.path);
    int fd = open(stranger, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd != -1 && close(fd) == 0);
    struct blob_call c = {.ids = &id, .id_count = 1, .octets = SLICE("x"), .home = &home};
    for (c.operation = BLOB_APPEND; c.operation <= BLOB_STORE; c.operation++) {
        CHECK(port->submit(port, &c));
        blob_directory_step(&directory);
        CHECK_INT(c.error, ERR_NONE);
        (void)mailbox_take(&home.mail);
    }
    CHECK_INT(scratch_mode(&folder, text), 0600);
    (void)reopen_directory();
    CHECK_INT(directory.found_count, 1);
    CHECK(access(stranger, F_OK) == 0);
    close_directory();
}

TEST(unopened, "a folder that cannot be made or written to is a clear problem at the start")
{
    struct problem why = {""};
    struct blob_directory_options options = blob_directory_defaults;
    scratch_init(&folder);
    options.place = "/proc/1/nowhere/blobs";
    options.spool = folder.path;
    CHECK(!blob_directory_open(&directory, &options, &why));
    CHECK(strstr(why.text, "/proc/1/nowhere/blobs") != NULL);
    options.place = folder.path;
    options.spool = "/dev/null";
    CHECK(!blob_directory_open(&directory, &options, &why));
    CHECK(strstr(why.text, "/dev/null") != NULL);
    scratch_release(&folder);
}

/* ---- with threads ---- */

enum { CALLS = 64 };

struct crowd {
    struct loop home;
    struct blob_call calls[CALLS];
    struct uuid ids[CALLS];
    sem_t woken;
    unsigned done;
};

static void wake_crowd(struct loop *l)
{
    sem_post(&CONTAINER_OF(l, struct crowd, home)->woken);
}

static void on_crowd(struct blob_call *c)
{
    CHECK_INT(c->error, ERR_NONE);
    CONTAINER_OF(c->home, struct crowd, home)->done++;
}

TEST(threads, "design 6: calls of many files run on threads of their own and come home")
{
    static struct crowd crowd;
    struct problem why = {""};
    scratch_init(&folder);
    CHECK(open_there(&why));
    directory.queue = CALLS;
    CHECK(blob_directory_start(&directory));
    CHECK(sem_init(&crowd.woken, 0, 0) == 0);
    loop_init(&crowd.home, &clock_system, &random_system, wake_crowd);
    for (int operation = BLOB_APPEND; operation <= BLOB_STORE; operation++) {
        crowd.done = 0;
        for (size_t i = 0; i < CALLS; i++) {
            if (operation == BLOB_APPEND)
                uuid_draw(&crowd.ids[i], &random_system);
            crowd.calls[i] = (struct blob_call){.home = &crowd.home,
                                                .done = on_crowd,
                                                .operation = (enum blob_operation)operation,
                                                .ids = &crowd.ids[i],
                                                .id_count = 1,
                                                .octets = SLICE("text")};
            CHECK(directory.port.submit(&directory.port, &crowd.calls[i]));
        }
        while (crowd.done < CALLS) {
            while (sem_wait(&crowd.woken) != 0)
                continue;
            (void)mailbox_run(&crowd.home.mail);
        }
    }
    close_directory();
    (void)sem_destroy(&crowd.woken);
}
