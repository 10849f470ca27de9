/* SPDX-License-Identifier: MIT
 *
 * main/meters_internal.h - what the rows of meters.c take from meters_read.c. The context is a struct server.
 */
#ifndef PARLEY_MAIN_METERS_INTERNAL_H
#define PARLEY_MAIN_METERS_INTERNAL_H

#include "main/meters.h"
#include "main/server.h"

/* The blocks of numbers there are. */
enum meter_source { ENGINE, BROKER, LANE, API, REQUESTS, NET, STORE, REDIS, LOG };

extern const struct metric_source meter_sources[];

double meter_websockets(void *context, size_t series);
double meter_subscriptions(void *context, size_t series);
double meter_destinations(void *context, size_t series);
double meter_history_hits(void *context, size_t series);
double meter_queued(void *context, size_t series);
double meter_lane_depth(void *context, size_t series);
double meter_store_up(void *context, size_t series);
double meter_store_waiting(void *context, size_t series);
double meter_store_refused(void *context, size_t series);
double meter_redis_up(void *context, size_t series);
double meter_redis_feed(void *context, size_t series);
double meter_passwords(void *context, size_t series);
double meter_logins(void *context, size_t series);
double meter_tasks(void *context, size_t series);
double meter_ready(void *context, size_t series);
double meter_cpu(void *context, size_t series);
double meter_resident(void *context, size_t series);
double meter_open_fds(void *context, size_t series);
double meter_max_fds(void *context, size_t series);
double meter_start(void *context, size_t series);
double meter_uptime(void *context, size_t series);

#endif
