// SPDX-License-Identifier: MIT
#include "main/meters.h"

#include <string.h>

#include "main/meters_internal.h"
#include "wire/prometheus.h"

/* ---- what labels say ---- */

static struct slice error_name(size_t error)
{
    return error == ERR_NONE ? SLICE("NONE") : slice_from_string(error_row((enum error)error)->code);
}

static void label_cause(size_t series, struct metric_labels *labels)
{
    metric_label(labels, "cause", error_name(series));
}

static void label_code(size_t series, struct metric_labels *labels)
{
    metric_label(labels, "code", error_name(series));
}

static void label_command(size_t series, struct metric_labels *labels)
{
    metric_label(labels, "command", slice_from_string(stomp_command_name((enum stomp_command)series)));
}

static void label_close(size_t series, struct metric_labels *labels)
{
    static const char *const codes[CLOSE_CODES] = {"1000", "1001", "1002", "1003", "1004", "1005",
                                                   "1006", "1007", "1008", "1009", "1010", "1011",
                                                   "1012", "1013", "1014", "3xxx", "4xxx"};
    metric_label(labels, "code", slice_from_string(codes[series]));
}

static void label_kind(size_t series, struct metric_labels *labels)
{
    metric_label(labels, "kind", series == BATCH_READ ? SLICE("read") : SLICE("write"));
}

static void label_hit(size_t series, struct metric_labels *labels)
{
    (void)series;
    metric_label(labels, "result", SLICE("hit"));
}

static void label_miss(size_t series, struct metric_labels *labels)
{
    (void)series;
    metric_label(labels, "result", SLICE("miss"));
}

/* ---- the table ---- */

#define NAMED(name_, kind_, unit_, help_)                                                                    \
    .name = (name_), .kind = METRIC_##kind_, .unit = (unit_), .help = (help_)
#define IN(source_, type_, member_) .source = (source_), .at = offsetof(struct type_, member_)
#define EACH(count_, label_)        .series = (count_), .label = (label_)
#define TAG(name_, value_)          .tag = {(name_), SLICE_INIT(value_)}

static const struct metric rows[] = {
    /* --- HTTP --- */
    {NAMED("http.server.requests", HISTOGRAM, "seconds",
           "Requests, from their first octet to the head of the answer."),
     IN(REQUESTS, api_requests, took), EACH(API_REQUEST_SERIES, api_request_labels), .sparse = true,
     .scale = &histogram_time},
    {NAMED("parley.http.refused", COUNTER, "", "Requests that were refused, by the code in the answer."),
     IN(API, api_counters, refused), EACH(ERR_COUNT, label_code), .sparse = true},
    {NAMED("message.create.async", HISTOGRAM, "seconds", "Messages, from SEND or POST to the commit."),
     IN(API, api_counters, message_create), .scale = &histogram_time},
    {NAMED("parley.tasks", GAUGE, "",
           "Requests and frames that wait for the store, the registry or a password."),
     .read = meter_tasks},
    /* --- sessions --- */
    {NAMED("parley.sessions", GAUGE, "", "Sessions now, by transport."), TAG("transport", "websocket"),
     .read = meter_websockets},
    {NAMED("parley.sessions.opened", COUNTER, "", "Sessions ever, by transport."),
     TAG("transport", "websocket"), IN(ENGINE, engine_counters, websockets)},
    {NAMED("parley.sessions.failed", COUNTER, "", "Sessions that ended otherwise than agreed, by cause."),
     IN(ENGINE, engine_counters, failed), EACH(ERR_COUNT, label_cause), .sparse = true},
    {NAMED("parley.websocket.closes", COUNTER, "",
           "Close frames from clients who ended a session, by code; 1005: it had none."),
     IN(ENGINE, engine_counters, closes), EACH(CLOSE_CODES, label_close), .sparse = true},
    {NAMED("parley.websocket.pings", COUNTER, "", "Pings sent to clients that were silent."),
     IN(ENGINE, engine_counters, pings)},
    {NAMED("parley.websocket.pongs", COUNTER, "", "Pongs from clients."), IN(ENGINE, engine_counters, pongs)},
    /* --- STOMP --- */
    {NAMED("parley.stomp.frames.received", COUNTER, "", "Frames from clients, by command."),
     IN(ENGINE, engine_counters, frames_in), EACH(STOMP_CMD_COUNT, label_command), .sparse = true},
    {NAMED("parley.stomp.frames.sent", COUNTER, "", "Frames to clients, by command."),
     TAG("command", "CONNECTED"), IN(ENGINE, engine_counters, connected)},
    {NAMED("parley.stomp.frames.sent", COUNTER, "", ""), TAG("command", "MESSAGE"),
     IN(ENGINE, engine_counters, messages_out)},
    {NAMED("parley.stomp.frames.sent", COUNTER, "", ""), TAG("command", "RECEIPT"),
     IN(ENGINE, engine_counters, receipts)},
    {NAMED("parley.stomp.frames.sent", COUNTER, "", ""), TAG("command", "ERROR"),
     IN(ENGINE, engine_counters, errors)},
    {NAMED("parley.stomp.beats", COUNTER, "", "Heart-beats."), TAG("direction", "received"),
     IN(ENGINE, engine_counters, beats_in)},
    {NAMED("parley.stomp.beats", COUNTER, "", ""), TAG("direction", "sent"),
     IN(ENGINE, engine_counters, beats_out)},
    {NAMED("parley.stomp.sends.refused", COUNTER, "", "SENDs that were refused."),
     IN(ENGINE, engine_counters, refused_sends)},
    {NAMED("parley.stomp.dropped", COUNTER, "", "Frames that led to nothing, by cause."),
     TAG("cause", "no_route"), IN(API, api_counters, unrouted)},
    {NAMED("parley.stomp.dropped", COUNTER, "", ""), TAG("cause", "forgiven"),
     IN(API, api_counters, forgiven)},
    {NAMED("parley.stomp.published", COUNTER, "", "SENDs to the broker's own destinations."),
     TAG("outcome", "placed"), IN(API, api_counters, transient)},
    {NAMED("parley.stomp.published", COUNTER, "", ""), TAG("outcome", "no_room"),
     IN(API, api_counters, crowded)},
    /* --- the broker --- */
    {NAMED("parley.subscriptions", GAUGE, "", "Subscriptions now."), .read = meter_subscriptions},
    {NAMED("parley.destinations", GAUGE, "",
           "Destinations that somebody follows, on each worker for itself."),
     .read = meter_destinations},
    {NAMED("parley.events", COUNTER, "", "Events that workers took from their lanes."),
     IN(BROKER, broker_counters, events)},
    {NAMED("parley.events.unfollowed", COUNTER, "",
           "Of those: nobody on that worker followed the destination."),
     IN(BROKER, broker_counters, unfollowed)},
    {NAMED("parley.events.duplicate", COUNTER, "", "Of those: they had been seen."),
     IN(BROKER, broker_counters, duplicates)},
    {NAMED("parley.events.early", COUNTER, "", "Of those: they came before their turn and were held."),
     IN(BROKER, broker_counters, early)},
    {NAMED("parley.events.unrendered", COUNTER, "", "Of those: no body could be made of them."),
     IN(BROKER, broker_counters, unrendered)},
    {NAMED("parley.deliveries", COUNTER, "", "Messages handed to subscriptions."),
     IN(BROKER, broker_counters, deliveries)},
    {NAMED("parley.fanout", HISTOGRAM, "", "Subscribers that a live message had on a worker."),
     IN(BROKER, broker_counters, fanout), .scale = &histogram_count},
    {NAMED("parley.replays", COUNTER, "", "Of the deliveries: what a subscriber had missed."),
     IN(BROKER, broker_counters, replays)},
    {NAMED("parley.gaps", COUNTER, "", "Holes in a stream that did not close by themselves."),
     IN(BROKER, broker_counters, gaps)},
    {NAMED("parley.positions.lost", COUNTER, "",
           "Subscriptions that failed because what they missed is gone."),
     IN(BROKER, broker_counters, lost)},
    {NAMED("parley.log.reads", COUNTER, "", "Portions of the event log that were read."),
     IN(BROKER, broker_counters, reads)},
    {NAMED("parley.log.read.errors", COUNTER, "", "Of those: the store failed."),
     IN(BROKER, broker_counters, read_errors)},
    {NAMED("parley.lane.depth", GAUGE, "", "Events that wait on the fullest lane."),
     .read = meter_lane_depth},
    {NAMED("parley.lane.overflows", COUNTER, "", "Times that a worker found its lane had been full."),
     IN(BROKER, broker_counters, overflows)},
    {NAMED("parley.lane.dropped", COUNTER, "",
           "Durable events that found no room on a lane, and are read from the log."),
     IN(LANE, lane, dropped)},
    {NAMED("cache.gets", COUNTER, "", "Look-ups in caches, by outcome."), TAG("cache", "history"),
     EACH(1, label_hit), .read = meter_history_hits},
    {NAMED("cache.gets", COUNTER, "", ""), TAG("cache", "history"), EACH(1, label_miss),
     IN(BROKER, broker_counters, reread)},
    {NAMED("cache.gets", COUNTER, "", ""), TAG("cache", "logins"), EACH(1, label_hit),
     IN(REDIS, redis_counters, trusted), .sparse = true},
    /* --- connections --- */
    {NAMED("parley.connections", GAUGE, "", "Connections now."), IN(NET, worker_stats, connections)},
    {NAMED("parley.connections.accepted", COUNTER, "", "Connections ever."), IN(NET, worker_stats, accepted)},
    {NAMED("parley.accept.failures", COUNTER, "",
           "Times that accepting rested for want of descriptors or memory."),
     IN(NET, worker_stats, accept_failures)},
    {NAMED("parley.network", COUNTER, "bytes", "Octets."), TAG("direction", "received"),
     IN(NET, worker_stats, octets_in)},
    {NAMED("parley.network", COUNTER, "bytes", ""), TAG("direction", "sent"),
     IN(NET, worker_stats, octets_out)},
    {NAMED("parley.network.calls", COUNTER, "", "System calls that read or write sockets."),
     TAG("direction", "received"), IN(NET, worker_stats, reads)},
    {NAMED("parley.network.calls", COUNTER, "", ""), TAG("direction", "sent"), IN(NET, worker_stats, writes)},
    {NAMED("parley.output.queued", GAUGE, "bytes", "Octets that wait for clients to take them."),
     .read = meter_queued},
    {NAMED("parley.output.dropped", COUNTER, "bytes",
           "Octets that were given up with the connection they waited for."),
     IN(ENGINE, engine_counters, octets_dropped)},
    {NAMED("parley.output.stalls", COUNTER, "", "Times that a client took less than it was offered."),
     IN(ENGINE, engine_counters, stalls)},
    {NAMED("parley.loop.turns", COUNTER, "", "Turns of the workers' loops."), IN(NET, worker_stats, turns)},
    /* --- the store --- */
    {NAMED("parley.store.up", GAUGE, "", "1: it can be used."), .read = meter_store_up},
    {NAMED("parley.store.batches", HISTOGRAM, "seconds", "Batches, from their submission to the answer."),
     IN(STORE, store_stats, took), EACH(2, label_kind), .scale = &histogram_time},
    {NAMED("parley.store.group", HISTOGRAM, "", "Batches that shared a transaction which wrote."),
     IN(STORE, store_stats, group), .scale = &histogram_count},
    {NAMED("parley.store.waiting", GAUGE, "", "Batches that wait or run."), EACH(2, label_kind),
     .read = meter_store_waiting},
    {NAMED("parley.store.refused", COUNTER, "",
           "Batches that were refused at once: no connection, or too many waited."),
     .read = meter_store_refused},
    {NAMED("parley.store.failed", COUNTER, "", "Batches that ended in an error."),
     IN(STORE, store_stats, failed)},
    {NAMED("parley.store.repeated", COUNTER, "", "Batches that were tried again, by cause."),
     TAG("cause", "conflict"), IN(STORE, store_stats, again)},
    {NAMED("parley.store.repeated", COUNTER, "", ""), TAG("cause", "unknown_outcome"),
     IN(STORE, store_stats, unknown)},
    {NAMED("parley.store.connections.lost", COUNTER, "", "Connections to the server that were lost."),
     IN(STORE, store_stats, losses)},
    {NAMED("parley.store.connections.made.again", COUNTER, "", "Connections to the server that came back."),
     IN(STORE, store_stats, returns)},
    /* --- logins --- */
    {NAMED("parley.logins", GAUGE, "",
           "Logins that this instance takes for live, and those that ended in the last minute."),
     .read = meter_logins},
    {NAMED("parley.passwords.waiting", GAUGE, "", "Passwords that wait to be hashed, or are."),
     .read = meter_passwords},
    {NAMED("parley.redis.up", GAUGE, "",
           "1: logins can be asked for. Not there without Redis, like all of its kin."),
     .read = meter_redis_up},
    {NAMED("parley.redis.feed.current", GAUGE, "",
           "0: what other instances end may be learned late (G6 rests)."),
     .read = meter_redis_feed},
    {NAMED("parley.redis.calls", COUNTER, "", "Calls of the registry of logins."),
     IN(REDIS, redis_counters, calls), .sparse = true},
    {NAMED("parley.redis.timeouts", COUNTER, "", "Of those: Redis did not answer in time."),
     IN(REDIS, redis_counters, timeouts), .sparse = true},
    {NAMED("parley.redis.refused", COUNTER, "",
           "Of those: refused at once, since Redis was away or too many waited."),
     IN(REDIS, redis_counters, refused), .sparse = true},
    {NAMED("parley.redis.errors", COUNTER, "", "Commands that Redis answered with an error."),
     IN(REDIS, redis_counters, failures), .sparse = true},
    {NAMED("parley.redis.connections.lost", COUNTER, "", "Connections to Redis that were lost."),
     TAG("connection", "calls"), IN(REDIS, redis_counters, losses), .sparse = true},
    {NAMED("parley.redis.connections.lost", COUNTER, "", ""), TAG("connection", "feed"),
     IN(REDIS, redis_counters, feed_losses), .sparse = true},
    /* --- the program --- */
    {NAMED("parley.ready", GAUGE, "", "1: as /actuator/health/readiness."), .read = meter_ready},
    {NAMED("parley.lines.lost", COUNTER, "", "Log lines that nobody will read, by cause."),
     TAG("cause", "no_room"), IN(LOG, logger, lost)},
    {NAMED("parley.lines.lost", COUNTER, "", ""), TAG("cause", "too_many"),
     IN(API, api_counters, lines_left_out)},
    {NAMED("process.cpu", COUNTER, "seconds", "Processor time of all threads."), .read = meter_cpu},
    {NAMED("process.resident.memory", GAUGE, "bytes", "Memory in use."), .read = meter_resident},
    {NAMED("process.open.fds", GAUGE, "", "Open descriptors; on Linux from 6.2 on."), .read = meter_open_fds},
    {NAMED("process.max.fds", GAUGE, "", "As many may be open."), .read = meter_max_fds},
    {NAMED("process.start.time", GAUGE, "seconds", "When it started, since 1970."), .read = meter_start},
    {NAMED("process.uptime", GAUGE, "seconds", "Since then."), .read = meter_uptime},
};

struct metrics meters(struct server *s)
{
    return (struct metrics){.rows = rows, .count = ARRAY_LEN(rows), .sources = meter_sources, .context = s};
}

/* ---- the page ---- */

static void print_labels(FILE *out, const struct metric *row)
{
    struct metric_labels labels = {0};
    const char *before = "";
    if (row->tag.name != NULL)
        metric_label(&labels, row->tag.name, row->tag.value);
    if (row->series > 0)
        row->label(row->series - 1, &labels);
    for (size_t i = 0; i < labels.count; i++, before = ", ")
        fprintf(out, "%s`%s`", before, labels.all[i].name);
}

void meters_print_markdown(FILE *out)
{
    static const char *const kinds[] = {
        [METRIC_COUNTER] = "counter", [METRIC_GAUGE] = "gauge", [METRIC_HISTOGRAM] = "histogram"};
    fprintf(out, "# Metrics\n\nMade by `parleyd --help-metrics`. What to do with them: "
                 "[operations.md](operations.md).\n\n"
                 "| `/actuator/metrics/...` | in `/actuator/prometheus` | Kind | Labels | What it is |\n"
                 "| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf name;
        if (i > 0 && strcmp(rows[i].name, rows[i - 1].name) == 0)
            continue;
        buf_init(&name, 256);
        prometheus_name(&name, &rows[i]);
        fprintf(out, "| `%s` | `%.*s` | %s | ", rows[i].name, (int)name.len, (const char *)name.data,
                kinds[rows[i].kind]);
        print_labels(out, &rows[i]);
        fprintf(out, " | %s |\n", rows[i].help);
        buf_release(&name);
    }
}
