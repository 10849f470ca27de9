// SPDX-License-Identifier: MIT
#include "support/test.h"

static struct test *first, **last = &first;
static int failed_checks;

void test_register(struct test *t)
{
    *last = t;
    last = &t->next;
}

void test_fail(const char *file, int line, const char *what)
{
    failed_checks++;
    printf("# %s:%d: failed: %s\n", file, line, what);
}

static void print_octets(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = s.data[i];
        if (c == '\n')
            printf("\\n");
        else if (c == '\r')
            printf("\\r");
        else if (c < 0x20 || c >= 0x7F)
            printf("\\x%02x", c);
        else
            putchar(c);
    }
}

void test_fail_slice(const char *file, int line, const char *what, struct slice got, struct slice expected)
{
    test_fail(file, line, what);
    printf("#   got      \"");
    print_octets(got);
    printf("\"\n#   expected \"");
    print_octets(expected);
    printf("\"\n");
}

void test_fail_int(const char *file, int line, const char *what, long long got, long long expected)
{
    test_fail(file, line, what);
    printf("#   got %lld, expected %lld\n", got, expected);
}

/* With arguments: only the tests whose names contain one of them. */
static bool is_wanted(const struct test *t, int argc, char **argv)
{
    if (argc < 2)
        return true;
    for (int i = 1; i < argc; i++) {
        if (strstr(t->name, argv[i]) != NULL)
            return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    int passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *t = first; t != NULL; t = t->next) {
        if (!is_wanted(t, argc, argv))
            continue;
        failed_checks = 0;
        t->run();
        if (failed_checks == 0)
            passed++;
        else
            failed++;
        printf("%s %d - %s: %s\n", failed_checks == 0 ? "ok" : "not ok", passed + failed, t->name,
               t->promise);
    }
    printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
