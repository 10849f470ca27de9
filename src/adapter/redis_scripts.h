/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_scripts.h - the Lua scripts of schema/redis, as the build put them into the program
 * (cmake/redis.cmake). What each takes and gives stands at its head.
 */
#ifndef PARLEY_ADAPTER_REDIS_SCRIPTS_H
#define PARLEY_ADAPTER_REDIS_SCRIPTS_H

enum redis_script {
    REDIS_SCRIPT_CREATE,
    REDIS_SCRIPT_ROTATE,
    REDIS_SCRIPT_REMOVE,
    REDIS_SCRIPT_REVOKE,
    REDIS_SCRIPT_SWEEP,
    REDIS_SCRIPT_ONLINE,
    REDIS_SCRIPT_UNDO,
    REDIS_SCRIPTS
};

/* NUL-terminated. */
extern const char *const redis_scripts[REDIS_SCRIPTS];

#endif
