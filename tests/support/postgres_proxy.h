/* SPDX-License-Identifier: MIT
 *
 * tests/support/postgres_proxy.h - stands between the program and PostgreSQL and cuts connections at a chosen
 * message of the protocol: what came before it has arrived, it has not.
 *
 * One for the program, on a thread of its own.
 */
#ifndef PARLEY_TESTS_POSTGRES_PROXY_H
#define PARLEY_TESTS_POSTGRES_PROXY_H

#include <stdbool.h>

enum proxy_way {
    PROXY_TO_SERVER, /* statements: the server hears the end of the connection instead of the rest */
    PROXY_TO_CLIENT  /* answers: the server has done it, and nobody is told */
};

/* Starts it in front of the server of support/postgres.h, when first asked for. Returns the address to use instead. */
const char *postgres_proxy_start(void);
/* From now on the message after the next `messages` that go this way is cut, and its connection with it; once. */
void postgres_proxy_arm(enum proxy_way way, int messages);
/* Says whether it has been, and arms it no more. */
bool postgres_proxy_has_cut(void);

#endif
