/* SPDX-License-Identifier: MIT
 *
 * bench/commit - durable messages per second, each confirmed by a RECEIPT, beside the same statements in a
 * bare loop on the same database (design.md section 10).
 *
 * Sessions keep a window of SENDs under way each. The bare loop commits in groups of as many messages as are
 * under way here at a time, which is the best group that the writer can get. Rounds of both alternate on one
 * data folder, so that the tables grow for both; each round gives a ratio, and medians count.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/object.h"
#include "commit/database.h"
#include "commit/postgres.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/server.h"
#include "support/swarm.h"

enum { ROUNDS_MOST = 101, SESSIONS_MOST = 256, CONTENT = 100, FRAME = 1024, RECEIPT_LEAST = 8 };

struct options {
    unsigned sessions, window, messages, rounds, workers, receivers;
    const char *program, *database;
    bool quick;
};

struct speakers {
    struct swarm swarm;
    unsigned count;
    uint64_t sent[SESSIONS_MOST];
    unsigned char frame[FRAME];
    size_t frame_len;
};

static char content[CONTENT + 1];

static void make_frame(struct speakers *s, const struct uuid *channel, const struct uuid *author)
{
    char text[FRAME], where[UUID_TEXT], who[UUID_TEXT];
    uuid_format(channel, where);
    uuid_format(author, who);
    int len = snprintf(text, sizeof text,
                       "SEND\ndestination:/pub/messages\ncontent-type:application/json\nreceipt:message\n\n"
                       "{\"channelId\":\"%.*s\",\"authorId\":\"%.*s\",\"content\":\"%s\"}",
                       UUID_TEXT, where, UUID_TEXT, who, content);
    s->frame_len = client_frame(s->frame, text, (size_t)len + 1);
}

static void open_speakers(struct speakers *s, const struct options *o, const struct server *server)
{
    char token[CLIENT_TOKEN];
    struct uuid channel, author;
    client_login(&server->at, token);
    if (o->database != NULL)
        postgres_look(o->database, &channel, &author);
    else
        database_look(server->folder, &channel, &author);
    *s = (struct speakers){.count = o->sessions};
    make_frame(s, &channel, &author);
    swarm_init(&s->swarm, o->sessions, RECEIPT_LEAST);
    for (unsigned i = 0; i < o->sessions; i++)
        swarm_add(&s->swarm, client_open_stomp(&server->at, i, token));
}

/* Keeps every window full until all are sent, then waits for the last receipts. */
static void speak(struct speakers *s, const struct options *o, unsigned messages)
{
    uint64_t target = s->swarm.frames + messages;
    for (unsigned left = messages; s->swarm.frames < target;) {
        for (unsigned i = 0; i < s->count && left > 0; i++) {
            for (; left > 0 && s->sent[i] - s->swarm.members[i].frames < o->window; left--, s->sent[i]++)
                client_write(s->swarm.members[i].fd, s->frame, s->frame_len);
        }
        swarm_await(&s->swarm, s->swarm.frames + 1, 0, NULL);
    }
}

/* Messages per second. */
static double run_parley(const struct options *o, const char *folder)
{
    static struct speakers speakers;
    struct server server;
    const char *const flags[] = {"--database-url", o->database, NULL};
    server_start(&server, &(struct server_options){.program = o->program,
                                                   .folder = folder,
                                                   .workers = o->workers,
                                                   .more = o->database == NULL ? NULL : flags});
    if (o->database != NULL)
        postgres_receivers(o->database, o->receivers);
    else
        database_receivers(folder, o->receivers);
    open_speakers(&speakers, o, &server);
    speak(&speakers, o, o->messages / 10);
    int64_t since = bench_now();
    speak(&speakers, o, o->messages);
    double rate = o->messages * 1e9 / (double)(bench_now() - since);
    swarm_release(&speakers.swarm);
    if (!server_stop(&server))
        bench_die("the server did not end well");
    return rate;
}

static double run_bare(const struct options *o, const char *folder, unsigned expected)
{
    struct database d;
    unsigned group = o->sessions * o->window, groups = o->messages / group + 1;
    database_open(&d, folder);
    unsigned before = database_count(&d);
    if (before != expected)
        bench_die("%u messages were confirmed, and %u are there", expected, before);
    database_create(&d, group, content);
    int64_t since = bench_now();
    for (unsigned i = 0; i < groups; i++)
        database_create(&d, group, content);
    double rate = (double)groups * group * 1e9 / (double)(bench_now() - since);
    if (database_count(&d) != before + (groups + 1) * group)
        bench_die("the bare loop did not make what it should");
    database_close(&d);
    return rate;
}

static double run_pgbench(const struct options *o, unsigned expected)
{
    unsigned group = o->sessions * o->window, before = postgres_count(o->database);
    if (before != expected)
        bench_die("%u messages were confirmed, and %u are there", expected, before);
    double rate = postgres_create(o->database, group, o->messages / group + 2, content);
    if (postgres_count(o->database) != before + (o->messages / group + 2) * group)
        bench_die("pgbench did not make what it should");
    return rate;
}

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"sessions", &o->sessions, 1, SESSIONS_MOST, .help = "that send"},
        {"window", &o->window, 1, 16, .help = "SENDs of each that are under way"},
        {"messages", &o->messages, 10, 10000000, .help = "of each side, in each round"},
        {"receivers", &o->receivers, 0, 1000, .help = "who have the bell of the channel on"},
        {"rounds", &o->rounds, 1, ROUNDS_MOST, .help = "of both"},
        {"workers", &o->workers, 1, 64, .help = "of parleyd"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"database", .text = &o->database,
         .help = "the URL of an empty PostgreSQL database instead of SQLite"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("commit: durable messages per second, beside the same statements in a bare loop", rows,
                 ARRAY_LEN(rows), argc, argv);
    if (o->quick) {
        o->messages = 100;
        o->rounds = 1;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.sessions = 8, .window = 8, .messages = 4000, .rounds = 9, .workers = 1};
    static double parley[ROUNDS_MOST], bare[ROUNDS_MOST], ratio[ROUNDS_MOST];
    char folder[64];
    unsigned expected = 0;
    read_options(&o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    memset(content, 'x', CONTENT);
    server_folder_make(folder);
    for (unsigned r = 0; r < o.rounds; r++) {
        unsigned group = o.sessions * o.window;
        parley[r] = run_parley(&o, folder);
        expected += o.messages / 10 + o.messages;
        bare[r] = o.database == NULL ? run_bare(&o, folder, expected) : run_pgbench(&o, expected);
        expected += (o.messages / group + 2) * group;
        ratio[r] = parley[r] / bare[r];
    }
    server_folder_remove(folder);
    printf("commit: %u sessions with %u SENDs under way each, %u messages, %u rounds\n", o.sessions, o.window,
           o.messages, o.rounds);
    figure_print(&(struct figure){.what = "durable messages",
                                  .value = bench_median(parley, o.rounds),
                                  .unit = "messages/s",
                                  .peer = bench_median(bare, o.rounds),
                                  .peer_name = o.database == NULL
                                                   ? "the same SQL in a bare loop, all under way in one group"
                                                   : "the same SQL by pgbench, all under way in one group",
                                  .ratio = bench_median(ratio, o.rounds),
                                  .budget = FIGURE_RATIO_AT_LEAST,
                                  .bound = 0.8});
    return 0;
}
