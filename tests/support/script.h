/* SPDX-License-Identifier: MIT
 *
 * tests/support/script.h - tests that read like a session: many clients, one server, one clock, in one process.
 *
 * A file holds scripts; a line is a command, "#" begins a comment. Strings know \n \r \t \0 \\ \" \xHH. In
 * what is expected, ~ stands for one octet or more, none of them a line feed. Every command is followed by a
 * whole turn of the server. A script fails at the first command that finds something else; at its end all
 * clients vanish, and nothing may be alive: no session, subscription, queue entry, timer.
 *
 *   script "what is promised"
 *   limit NAME N                          before the first client; see LIMITS in script.c
 *   client NAME...                        open a connection
 *   pass 10s | 20ms
 *   leave
 *   busy on|off
 *   finish N [ERROR]                      answer the N-th waiting task of the lobby (tests/support/lobby.h)
 *   commit a|b|c|d                        an event of that stream: "a:1", "a:2"
 *   expect NAME == N                      see COUNTERS in script.c
 *
 *   NAME send "octets"
 *   NAME answer 200 ["part of the head"...] [body "text"]
 *   NAME upgrade                          the handshake, and its answer
 *   NAME login USER [CX,CY]               the same, CONNECT, CONNECTED
 *   NAME tx text|text.begin|binary|binary.begin|cont|cont.end|ping|pong "payload"
 *   NAME tx close [CODE "reason"]
 *   NAME rx text|binary|ping|pong "payload"
 *   NAME rx close [CODE "reason"]
 *   NAME stomp "frame without its NUL"
 *   NAME hears "frame without its NUL"
 *   NAME stomps FROM TO "frame"           # in it is the number
 *   NAME hears-each FROM TO "frame"
 *   NAME silent
 *   NAME ended                            the server has half-closed
 *   NAME gone [ERROR]                     released, for that cause
 *   NAME end                              half-close
 *   NAME break
 *   NAME room N|all                       of its socket
 */
#ifndef PARLEY_TESTS_SCRIPT_H
#define PARLEY_TESTS_SCRIPT_H

#include "support/pipe.h"

/* Called for each script that fails. */
typedef void script_failed(const char *path, int line, const char *title, const char *what);

/* Runs the scripts of a file with all streams cut like that. Returns how many there were; 0: no such file. */
size_t script_run(const char *path, struct cut cut, script_failed *failed);

#endif
