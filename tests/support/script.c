// SPDX-License-Identifier: MIT
#include "support/script_internal.h"

#include <stdarg.h>
#include <stdlib.h>

void script_fail(struct script *s, const char *format, ...)
{
    va_list arguments;
    if (s->failed)
        return;
    s->failed = true;
    va_start(arguments, format);
    (void)vsnprintf(s->what, sizeof s->what, format, arguments);
    va_end(arguments);
}

/* ---- words ---- */

static const char *decode_octet(const char *at, char *to)
{
    static const char from[] = "nrt0\\\"", octets[] = "\n\r\t\0\\\"";
    if (*at != '\\') {
        *to = *at;
        return at + 1;
    }
    const char *known = strchr(from, at[1]);
    if (at[1] == 'x') {
        const char hex[3] = {at[2], at[3], 0};
        *to = (char)strtoul(hex, NULL, 16);
        return at + 4;
    }
    *to = known == NULL ? at[1] : octets[known - from];
    return at + 2;
}

static const char *read_word(struct script *s, const char *at)
{
    char *begin = s->decoded + s->decoded_len;
    bool quoted = *at == '"';
    at += quoted;
    while (*at != 0 && *at != '\n' && (quoted ? *at != '"' : *at != ' ')) {
        if (quoted)
            at = decode_octet(at, &s->decoded[s->decoded_len]);
        else
            s->decoded[s->decoded_len] = *at++;
        s->decoded_len++;
    }
    s->words[s->word_count++] = slice_of(begin, (size_t)(s->decoded + s->decoded_len - begin));
    return at + (quoted && *at == '"');
}

static void read_words(struct script *s, const char *at)
{
    s->decoded_len = s->word_count = 0;
    while (s->word_count < WORDS) {
        while (*at == ' ')
            at++;
        if (*at == 0 || *at == '\n' || *at == '#')
            return;
        at = read_word(s, at);
    }
}

struct slice script_word(const struct script *s, size_t i)
{
    return i < s->word_count ? s->words[i] : SLICE_NONE;
}

bool script_word_is(const struct script *s, size_t i, const char *text)
{
    return slice_equals(script_word(s, i), slice_from_string(text));
}

static uint64_t frames_in(const struct engine *e)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < STOMP_CMD_COUNT; i++)
        sum += e->counters.frames_in[i];
    return sum;
}

uint64_t script_number(const struct script *s, size_t i)
{
    uint64_t n = 0;
    struct slice w = script_word(s, i);
    for (size_t at = 0; at < w.len && w.data[at] >= '0' && w.data[at] <= '9'; at++)
        n = n * 10 + (uint64_t)(w.data[at] - '0');
    return n;
}

enum error script_error(struct script *s, size_t i)
{
    if (script_word(s, i).data == NULL)
        return ERR_NONE;
    for (int e = ERR_NONE + 1; e < ERR_COUNT; e++) {
        if (script_word_is(s, i, error_row((enum error)e)->code))
            return (enum error)e;
    }
    script_fail(s, "no such error");
    return ERR_NONE;
}

/* "300ms" or "5s", in microseconds. */
static int64_t read_time(struct script *s, size_t at)
{
    struct slice w = script_word(s, at);
    bool is_ms = w.len > 2 && w.data[w.len - 2] == 'm';
    return (int64_t)script_number(s, at) * (is_ms ? MICROSECONDS_PER_MS : MICROSECONDS_PER_SECOND);
}

/* ---- the world ---- */

/* LIMITS */
static void do_limit(struct script *s)
{
    struct engine_limits *l = &s->lobby.pipes.limits;
    const struct {
        const char *name;
        size_t *size;
        uint32_t *small;
        int64_t *time;
    } rows[] = {
        {"target", .size = &l->http_target},
        {"head", .size = &l->http_head},
        {"body", .size = &l->http_body},
        {"frame", .small = &l->stomp.frame},
        {"headers", .small = &l->stomp.headers},
        {"line", .small = &l->stomp.line},
        {"destination", .size = &l->stomp_destination},
        {"subscriptions", .size = &l->stomp_subscriptions},
        {"send_buffer", .size = &l->send_buffer},
        {"body_progress", .size = &l->http_body_progress},
        {"drain", .size = &l->http_drain},
        {"pong_timeout", .time = &l->pong_timeout},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!script_word_is(s, 1, rows[i].name))
            continue;
        if (rows[i].size != NULL)
            *rows[i].size = (size_t)script_number(s, 2);
        else if (rows[i].small != NULL)
            *rows[i].small = (uint32_t)script_number(s, 2);
        else
            *rows[i].time = read_time(s, 2);
        return;
    }
    script_fail(s, "no such limit");
}

static void do_client(struct script *s)
{
    for (size_t i = 1; i < s->word_count && s->count < CLIENTS; i++) {
        struct client *c = &s->clients[s->count++];
        (void)snprintf(c->name, sizeof c->name, "%.*s", (int)s->words[i].len, (const char *)s->words[i].data);
        if (!pipe_open(&s->lobby.pipes, &c->pipe))
            script_fail(s, "no room for another connection");
        c->pipe.in = c->pipe.out = s->cut;
    }
}

static void do_pass(struct script *s)
{
    pipes_pass(&s->lobby.pipes, read_time(s, 1));
}

static void do_leave(struct script *s)
{
    engine_leave(&s->lobby.pipes.engine);
}

static void do_busy(struct script *s)
{
    s->lobby.busy = script_word_is(s, 1, "on");
}

static void do_finish(struct script *s)
{
    if (script_number(s, 1) >= s->lobby.count)
        script_fail(s, "no such task: there are %zu", s->lobby.count);
    else
        lobby_finish(&s->lobby, (size_t)script_number(s, 1), script_error(s, 2));
}

static void do_commit(struct script *s)
{
    lobby_commit(&s->lobby, (size_t)(script_word(s, 1).data[0] - 'a'));
}

/* COUNTERS */
static void do_expect(struct script *s)
{
    const struct lobby *l = &s->lobby;
    const struct engine *e = &l->pipes.engine;
    const struct {
        const char *name;
        uint64_t now;
    } rows[] = {
        {"tasks", l->count},
        {"forgiven", l->forgiven},
        {"principals", l->principals},
        {"streams", l->streams},
        {"dropped", l->dropped},
        {"busy_answers", l->busy_answers > 0},
        {"subscriptions", e->subscriptions.count},
        {"sessions", e->stomp_sessions.live},
        {"tickets", e->tickets.live},
        {"connections", e->connections.used},
        {"queued", e->out_entries.live},
        {"requests", e->counters.requests},
        {"frames", frames_in(e)},
        {"beats", e->counters.beats_in},
        {"messages", e->counters.messages_out},
        {"abnormal", engine_failures(&e->counters)},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!script_word_is(s, 1, rows[i].name))
            continue;
        if (rows[i].now != script_number(s, 3))
            script_fail(s, "%s is %llu", rows[i].name, (unsigned long long)rows[i].now);
        return;
    }
    script_fail(s, "no such counter");
}

static const struct {
    const char *name;
    void (*run)(struct script *);
} commands[] = {
    {"limit", do_limit}, {"client", do_client}, {"pass", do_pass},     {"leave", do_leave},
    {"busy", do_busy},   {"finish", do_finish}, {"commit", do_commit}, {"expect", do_expect},
};

/* ---- lines ---- */

static void run_line(struct script *s)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (script_word_is(s, 0, commands[i].name)) {
            commands[i].run(s);
            return;
        }
    }
    for (size_t c = 0; c < s->count; c++) {
        if (script_word_is(s, 0, s->clients[c].name) && script_client_run(s, &s->clients[c].pipe))
            return;
    }
    script_fail(s, "no such command");
}

static void begin_script(struct script *s)
{
    (void)snprintf(s->title, sizeof s->title, "%.*s", (int)s->words[1].len, (const char *)s->words[1].data);
    s->running = true;
    s->failed = false;
    s->count = 0;
    lobby_init(&s->lobby);
}

static void end_script(struct script *s, script_failed *failed)
{
    const char *alive;
    if (!s->running)
        return;
    for (size_t i = 0; i < s->count; i++) {
        pipe_break(&s->clients[i].pipe);
        pipe_release(&s->clients[i].pipe);
    }
    if (!lobby_release(&s->lobby, &alive))
        script_fail(s, "at the end there are still %s", alive);
    if (s->failed)
        failed(s->path, s->line, s->title, s->what);
    s->running = false;
}

size_t script_run(const char *path, struct cut cut, script_failed *failed)
{
    static struct script s;
    char line[LINE];
    size_t scripts = 0;
    int at = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    s = (struct script){.path = path, .cut = cut};
    while (fgets(line, sizeof line, file) != NULL) {
        at++;
        if (!s.failed)
            s.line = at;
        read_words(&s, line);
        if (script_word_is(&s, 0, "script")) {
            end_script(&s, failed);
            begin_script(&s);
            s.line = at;
            scripts++;
        } else if (s.word_count > 0 && s.running && !s.failed) {
            run_line(&s);
            pipes_turn(&s.lobby.pipes);
        }
    }
    end_script(&s, failed);
    fclose(file);
    return scripts;
}
