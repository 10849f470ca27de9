// SPDX-License-Identifier: MIT
//
// tests/support/scarce_main.c - linked with the program and support/faults.c: the allocation whose number stands in
// PARLEY_TEST_FAULT fails.
#include <stdlib.h>

#include "support/faults.h"

__attribute__((constructor)) static void arm(void)
{
    const char *number = getenv("PARLEY_TEST_FAULT");
    faults_arm(number == NULL ? 0 : strtoull(number, NULL, 10), FAULTS_ONCE);
}
