// SPDX-License-Identifier: MIT
//
// tests/support/forgetful_main.c - linked with the program, gives it a restless disk that forgets what was not
// synchronised: to kill -9 such a process is to pull its plug. A process that ends by itself leaves the system the time
// to write everything.
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "support/forgetful_vfs.h"

static struct forgetful *disk;

__attribute__((constructor)) static void begin(void)
{
    disk = forgetful_new((uint64_t)getpid(), FORGETFUL_TEARING);
}

__attribute__((destructor)) static void end(void)
{
    forgetful_settle(disk);
}
