/* SPDX-License-Identifier: MIT
 *
 * main/health.h - what /actuator tells of the whole program: the parts that it stands on, whether its loops turn,
 * and what it has counted (main/meters.h).
 */
#ifndef PARLEY_MAIN_HEALTH_H
#define PARLEY_MAIN_HEALTH_H

#include "api/actuator.h"

struct server;

/* For api_shared.actuator. Asked from the first request on, which is after server_start(). */
struct actuator health_actuator(struct server *s);

#endif
