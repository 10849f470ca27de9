/* SPDX-License-Identifier: MIT
 *
 * tests/support/test.h - the smallest test frame: tests register themselves, a failed check names itself and
 * ends the program's luck but not the run. Prints TAP and, last, "N passed, N failed".
 *
 *   TEST(name, "what is promised, with the contract's id")
 *   {
 *       CHECK(condition);
 *       CHECK_SLICE(got, "expected");
 *   }
 */
#ifndef PARLEY_TESTS_TEST_H
#define PARLEY_TESTS_TEST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/object.h"
#include "base/slice.h"

struct test {
    const char *name, *promise;
    void (*run)(void);
    struct test *next;
};

void test_register(struct test *t);
/* Counts and prints a failed check of the running test. */
void test_fail(const char *file, int line, const char *what);
void test_fail_slice(const char *file, int line, const char *what, struct slice got, struct slice expected);
void test_fail_int(const char *file, int line, const char *what, long long got, long long expected);

#define TEST(ident, what)                                                                                    \
    static void test_##ident(void);                                                                          \
    __attribute__((constructor)) static void register_##ident(void)                                          \
    {                                                                                                        \
        static struct test t = {#ident, what, test_##ident, NULL};                                           \
        test_register(&t);                                                                                   \
    }                                                                                                        \
    static void test_##ident(void)

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            test_fail(__FILE__, __LINE__, #condition);                                                       \
    } while (0)

#define CHECK_INT(got, expected)                                                                             \
    do {                                                                                                     \
        long long got_ = (long long)(got), expected_ = (long long)(expected);                                \
        if (got_ != expected_)                                                                               \
            test_fail_int(__FILE__, __LINE__, #got, got_, expected_);                                        \
    } while (0)

#define CHECK_SLICE(got, expected)                                                                           \
    do {                                                                                                     \
        struct slice got_ = (got), expected_ = slice_from_string(expected);                                  \
        if (!slice_equals(got_, expected_))                                                                  \
            test_fail_slice(__FILE__, __LINE__, #got, got_, expected_);                                      \
    } while (0)

#endif
