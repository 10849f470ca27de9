// SPDX-License-Identifier: MIT
//
// The program starts while one allocation of ours fails: it serves, or says why not and ends with status 3.
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/scratch.h"
#include "support/test.h"

/* NEVER: after so many starts that served there are no more allocations. */
enum { EXIT_START = 3, MOST = 1000, SAID = 4096, NEVER = 6 };

/* Never returns. Standard output and error go to `to`. */
static _Noreturn void become(const char *folder, unsigned n, int to)
{
    char number[16], data[128];
    (void)snprintf(number, sizeof number, "%u", n);
    (void)snprintf(data, sizeof data, "--data-dir=%s/data", folder);
    (void)setenv("PARLEY_TEST_FAULT", number, 1);
    if (dup2(to, STDOUT_FILENO) != -1 && dup2(to, STDERR_FILENO) != -1)
        (void)execl(PARLEYD_SCARCE, "parleyd", "--listen=127.0.0.1:0", data, "--bcrypt-cost=4", "--spread=0",
                    "--admin-password=Tests-admin-1!", (char *)NULL);
    _exit(127);
}

/* What it says until it is ready or has ended. */
static bool hear(int from, char said[SAID])
{
    size_t len = 0;
    ssize_t n;
    said[0] = '\0';
    while (len < SAID - 1 && (n = read(from, said + len, SAID - 1 - len)) > 0) {
        len += (size_t)n;
        said[len] = '\0';
        if (strstr(said, "parleyd is ready") != NULL)
            return true;
    }
    return false;
}

/* True when it served. */
static bool start(const char *folder, unsigned n)
{
    int ends[2], status = 0;
    char said[SAID];
    int rc = pipe(ends);
    assert(rc == 0);
    pid_t child = fork();
    if (child == 0)
        become(folder, n, ends[1]);
    close(ends[1]);
    bool ready = hear(ends[0], said);
    if (ready)
        (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    bool refused = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_START &&
                   strstr(said, "parleyd: ") != NULL && strstr(said, "not an error") == NULL;
    if (!ready && !refused)
        printf("# allocation %u, status %d: %s\n", n, status, said);
    CHECK(ready || refused);
    close(ends[0]);
    return ready;
}

TEST(start,
     "whichever allocation fails at the start, the program says that it cannot, and the next start serves")
{
    struct scratch folder;
    unsigned n = 0, refusals = 0, served = 0;
    scratch_init(&folder);
    while (served < NEVER && n < MOST) { /* some do not matter: lines of the log */
        bool ready = start(folder.path, ++n);
        refusals += !ready;
        served = ready ? served + 1 : 0;
    }
    CHECK(refusals > 10 && served == NEVER);
    CHECK(start(folder.path, 0));
    printf("# %u starts were refused\n", refusals);
    scratch_release(&folder);
}
