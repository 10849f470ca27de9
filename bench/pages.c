/* SPDX-License-Identifier: MIT
 *
 * bench/pages - pages of messages per second over REST, beside the rate at which the database answers the same statements
 * (design.md section 10).
 *
 * Some connections ask for the newest page of a channel, each again as soon as it has it. The bare loop runs the statements
 * that the operation makes, prepared, on one connection, and looks at each column. Rounds of both alternate; medians count.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/object.h"
#include "pages/getters.h"
#include "pages/query.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/server.h"

enum { ROUNDS_MOST = 101, FRAME = 1024, CONTENT = 100 };

struct options {
    unsigned connections, messages, pages, rounds, workers;
    const char *program, *database;
    bool quick;
};

static void look(const struct options *o, const struct server *server, struct uuid *channel,
                 struct uuid *user)
{
    if (o->database != NULL)
        query_look_postgres(o->database, channel, user);
    else
        query_look_sqlite(server->folder, channel, user);
}

/* A SUBSCRIBE waits for the SENDs before it. */
static void fill(const struct options *o, const struct server *server, const char *token,
                 const struct uuid *channel)
{
    char text[FRAME], where[UUID_TEXT], content[CONTENT + 1] = {0};
    unsigned char frame[FRAME + 14];
    uuid_format(channel, where);
    memset(content, 'x', CONTENT);
    int len = snprintf(text, sizeof text,
                       "SEND\ndestination:/pub/messages\n\n{\"channelId\":\"%.*s\",\"content\":\"%s\"}",
                       UUID_TEXT, where, content);
    size_t octets = client_frame(frame, text, (size_t)len + 1);
    int fd = client_open_stomp(&server->at, 0, token);
    for (unsigned i = 0; i < o->messages; i++)
        client_write(fd, frame, octets);
    client_subscribe(fd, "/topic/done");
    close(fd);
}

static double run_parley(const struct options *o, const struct server *server, const char *token,
                         const struct uuid *channel)
{
    static struct getters getters;
    char path[128], where[UUID_TEXT];
    uuid_format(channel, where);
    (void)snprintf(path, sizeof path, "/api/messages?channelId=%.*s&size=50", UUID_TEXT, where);
    getters_open(&getters, &server->at, o->connections, path, token);
    getters_run(&getters, o->pages / 10 + 1);
    int64_t since = bench_now();
    getters_run(&getters, o->pages);
    double rate = o->pages * 1e9 / (double)(bench_now() - since);
    getters_close(&getters);
    return rate;
}

static double run_bare(const struct options *o, const struct server *server, const struct uuid *channel,
                       const struct uuid *user)
{
    if (o->database != NULL)
        return query_postgres(o->database, channel, user, o->pages, o->connections);
    return query_sqlite(server->folder, channel, user, o->pages);
}

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"connections", &o->connections, 1, GETTERS_MOST, .help = "that ask"},
        {"messages", &o->messages, 50, 1000000, .help = "in the channel"},
        {"pages", &o->pages, 10, 10000000, .help = "of each side, in each round"},
        {"rounds", &o->rounds, 1, ROUNDS_MOST, .help = "of both"},
        {"workers", &o->workers, 1, 64, .help = "of parleyd"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"database", .text = &o->database,
         .help = "the URL of an empty PostgreSQL database instead of SQLite"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("pages: pages of messages per second, beside the bare rate of the same queries", rows,
                 ARRAY_LEN(rows), argc, argv);
    if (o->quick) {
        o->messages = 60;
        o->pages = 20;
        o->rounds = 1;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.connections = 8, .messages = 1000, .pages = 2000, .rounds = 9, .workers = 1};
    static double parley[ROUNDS_MOST], bare[ROUNDS_MOST], ratio[ROUNDS_MOST];
    char token[CLIENT_TOKEN];
    struct server server;
    struct uuid channel, user;
    read_options(&o, argc, argv);
    const char *const flags[] = {"--database-url", o.database, NULL};
    signal(SIGPIPE, SIG_IGN);
    server_start(&server, &(struct server_options){.program = o.program,
                                                   .workers = o.workers,
                                                   .more = o.database == NULL ? NULL : flags});
    client_login(&server.at, token);
    look(&o, &server, &channel, &user);
    fill(&o, &server, token, &channel);
    for (unsigned r = 0; r < o.rounds; r++) {
        parley[r] = run_parley(&o, &server, token, &channel);
        bare[r] = run_bare(&o, &server, &channel, &user);
        ratio[r] = parley[r] / bare[r];
    }
    if (!server_stop(&server))
        bench_die("the server did not end well");
    printf("pages: %u connections, %u messages, %u pages of 50, %u rounds\n", o.connections, o.messages,
           o.pages, o.rounds);
    figure_print(&(struct figure){.what = "pages of 50 messages",
                                  .value = bench_median(parley, o.rounds),
                                  .unit = "pages/s",
                                  .peer = bench_median(bare, o.rounds),
                                  .peer_name = o.database == NULL ? "the same queries in a bare loop"
                                                                  : "the same queries by libpq in a pipeline",
                                  .ratio = bench_median(ratio, o.rounds),
                                  .budget = FIGURE_RATIO_AT_LEAST,
                                  .bound = 0.5});
    return 0;
}
