// SPDX-License-Identifier: MIT
// Every script of tests/script, with the streams as they come, octet by octet, and cut by chance: the same
// each time.
#include <dirent.h>
#include <stdlib.h>

#include "support/script.h"
#include "support/test.h"

static const struct cut cuts[] = {{.size = 0},  {.size = 1},  {.size = 3},
                                  {.size = -1}, {.size = -2}, {.size = -3}};

static void failed(const char *path, int line, const char *title, const char *what)
{
    printf("# \"%s\"\n", title);
    test_fail(path, line, what);
}

static void run(const char *name, size_t first, size_t count)
{
    char path[512];
    (void)snprintf(path, sizeof path, "tests/script/%s", name);
    for (size_t i = first; i < first + count; i++)
        CHECK(script_run(path, cuts[i], failed) > 0);
}

static int is_script(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".rts") == 0;
}

TEST(scripts,
     "HTTP, WebSocket and STOMP sessions go as tests/script says, however the octets are cut (ST-11)")
{
    struct dirent **names;
    int count = scandir("tests/script", &names, is_script, alphasort);
    CHECK(count >= 8);
    for (int i = 0; i < count; i++) {
        bool cut_matters = strcmp(names[i]->d_name, "http_expect.rts") == 0;
        run(names[i]->d_name, 0, cut_matters ? 1 : ARRAY_LEN(cuts));
        free(names[i]);
    }
    free(names);
}

static unsigned failures;

static void count_failure(const char *path, int line, const char *title, const char *what)
{
    (void)path, (void)line, (void)title, (void)what;
    failures++;
}

TEST(scripts_can_fail, "a script that expects something else fails")
{
    char path[] = "/tmp/parley-script-XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    fputs("script \"a\"\nclient c\nc upgrade\nc rx ping \"\"\nscript \"b\"\nclient c\nc login kim\nexpect "
          "sessions == 2\n"
          "script \"c\"\nnonsense\nscript \"d\"\nclient c\nc login kim\nexpect sessions == 1\n",
          f);
    fclose(f);
    CHECK_INT(script_run(path, cuts[0], count_failure), 4);
    CHECK_INT(failures, 3);
    remove(path);
    CHECK_INT(script_run(path, cuts[0], count_failure), 0);
}
