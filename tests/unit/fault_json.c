// SPDX-License-Identifier: MIT
//
// Memory runs out while a document is read or written: of Jansson's the process aborts, of ours there is an error.
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dto/json.h"
#include "dto/values.h"
#include "parley/v1/dto.pb-c.h"
#include "support/faults.h"
#include "support/test.h"

static const char document[] =
    "{\"username\":\"a name of some length, so that strings grow\",\"email\":\"somebody@example.org\","
    "\"password\":\"\\uc548\\ub155 and more\",\"unknown\":[{\"a\":1.5},[true,null,\"x\"],123456789]}";

static enum error read_document(struct arena *arena)
{
    struct problems problems;
    ProtobufCMessage *message;
    problems_init(&problems, arena, LANGUAGE_ENGLISH);
    return json_read(&parley__v1__user_create_request__descriptor, slice_from_string(document), 10000, arena,
                     &problems, &message);
}

enum fate { FATE_DONE = 10, FATE_REFUSED, FATE_LIED };

/* In a process of its own: FATE_... , or the signal that ended it. */
static int fate_of(uint64_t n)
{
    pid_t child = fork();
    if (child == 0) {
        struct arena arena;
        arena_init(&arena, 100000);
        faults_arm(n, FAULTS_ONCE);
        enum error error = read_document(&arena);
        bool struck = faults_disarm() > 0;
        arena_release(&arena);
        _exit(!struck && error == ERR_NONE           ? FATE_DONE
              : struck && error == ERR_OUT_OF_MEMORY ? FATE_REFUSED
                                                     : FATE_LIED);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

TEST(read, "without memory a document is no wrong document: it is refused as such, or the process ends")
{
    int fate = 0, aborts = 0, refusals = 0;
    for (uint64_t n = 1; fate != FATE_DONE && n < 1000; n++) {
        fate = fate_of(n);
        CHECK(fate == FATE_DONE || fate == FATE_REFUSED || fate == SIGABRT);
        aborts += fate == SIGABRT;
        refusals += fate == FATE_REFUSED;
    }
    CHECK(fate == FATE_DONE && aborts > 10 && refusals > 0);
}

TEST(written, "a document for which there is no room is not written, and says so")
{
    static const char text[] =
        "a text that is long enough to make a buffer grow more than once, in several steps of it";
    bool rendered = false;
    Parley__V1__UserCreateRequest message = PARLEY__V1__USER_CREATE_REQUEST__INIT;
    message.username = message.email = message.password = (char *)(uintptr_t)text;
    for (uint64_t n = 1; !rendered; n++) {
        struct buf out;
        buf_init(&out, 100000);
        faults_arm(n, FAULTS_ONCE);
        rendered = json_render(&message.base, &out);
        CHECK(rendered == (faults_disarm() == 0) && buf_ok(&out) == rendered);
        buf_release(&out);
        CHECK(n < 100);
    }
}
