/* SPDX-License-Identifier: MIT
 *
 * wire/prometheus.h - the table of metrics in the text format of Prometheus, version 0.0.4: what a scrape gets.
 *
 * Names are the table's with "_" for ".", then the unit, and "_total" behind those of counters. A histogram is
 * its buckets, sum and count, and beside it a gauge "..._max": the largest of the last one to two minutes.
 */
#ifndef PARLEY_WIRE_PROMETHEUS_H
#define PARLEY_WIRE_PROMETHEUS_H

#include "base/buf.h"
#include "base/metrics.h"

#define PROMETHEUS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Appends all of it. What does not fit shows in buf_ok(). */
void prometheus_write(struct buf *out, const struct metrics *m);
/* Appends the name that a row has there, without what a histogram puts behind it. */
void prometheus_name(struct buf *out, const struct metric *row);

#endif
