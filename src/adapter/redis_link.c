// SPDX-License-Identifier: MIT
#include "adapter/redis_link.h"

#include <stdio.h>
#include <string.h>

#include "base/object.h"
#include "base/timers.h"

enum {
    LINK_MAGIC = 0x524c494e,
    WORDS = 16,
    REPLY_MOST = 1 << 22 /* octets of replies that may wait to be whole */
};

void redis_link_init(struct redis_link *l, const struct redis_link_options *options, int64_t now)
{
    OBJ_INIT(l, LINK_MAGIC);
    l->options = *options;
    l->lookup.home = options->home;
    l->lookup.host = options->address->host;
    (void)snprintf(l->database, sizeof l->database, "%u", options->address->database);
    l->now = l->retry_at = l->down_since = now;
}

/* ---- up and down ---- */

static void report(struct redis_link *l, const char *detail)
{
    if (l->options.report != NULL)
        l->options.report(l->options.report_to, l->options.name, detail);
}

/* Twice as long each time, and each time a little different, so that many do not come back at once. */
static int64_t next_pause(const struct redis_link *l)
{
    int64_t pause = l->options.pause_least;
    uint16_t dice;
    for (unsigned i = 0; i < l->failures && pause < l->options.pause_most; i++)
        pause *= 2;
    pause = timers_sooner(pause, l->options.pause_most);
    l->options.random->fill(l->options.random, &dice, sizeof dice);
    return pause - pause / 4 * dice / UINT16_MAX;
}

/* The one way down. An outage is one line, however many attempts it takes. */
static void go_down(struct redis_link *l)
{
    bool was_up = l->state == REDIS_LINK_UP;
    if (l->failures == 0)
        report(l, l->why);
    l->retry_at = l->now + next_pause(l);
    l->failures++;
    if (l->context != NULL)
        redisFree(l->context);
    l->context = NULL;
    l->doomed = false;
    l->state = REDIS_LINK_DOWN;
    if (!was_up)
        return;
    l->down_since = l->now;
    l->losses++;
    l->options.handlers->down(l);
}

static void go_up(struct redis_link *l)
{
    l->state = REDIS_LINK_UP;
    l->options.handlers->up(l);
}

/* Only a command that went well ends an outage: a Redis that is loading, or a replica, greets too. */
static void on_answered(struct redis_link *l, const redisReply *r)
{
    l->options.handlers->reply(l, r);
    if (l->doomed || l->failures == 0)
        return;
    l->failures = 0;
    report(l, "is there again");
}

void redis_link_drop(struct redis_link *l, const char *why)
{
    OBJ_CHECK(l, LINK_MAGIC);
    if (l->doomed)
        return;
    l->doomed = true;
    (void)snprintf(l->why, sizeof l->why, "%s", why);
}

void redis_link_release(struct redis_link *l)
{
    OBJ_CHECK(l, LINK_MAGIC);
    assert(!l->lookup.pending);
    if (l->context != NULL)
        redisFree(l->context);
    OBJ_DEAD(l);
}

/* ---- the greeting ---- */

static bool append(struct redis_link *l, const struct slice *words, size_t count)
{
    const char *texts[WORDS];
    size_t lengths[WORDS];
    assert(count <= WORDS);
    for (size_t i = 0; i < count; i++) {
        texts[i] = (const char *)words[i].data;
        lengths[i] = words[i].len;
    }
    if (redisAppendCommandArgv(l->context, (int)count, texts, lengths) == REDIS_OK)
        return true;
    redis_link_drop(l, "there is no memory for a command");
    return false;
}

bool redis_link_send(struct redis_link *l, const struct slice *words, size_t count)
{
    OBJ_CHECK(l, LINK_MAGIC);
    assert(l->state == REDIS_LINK_UP);
    return append(l, words, count);
}

/* How many words there are of each; 0: this link does not say it. */
static size_t say_auth(struct redis_link *l, struct slice *words)
{
    const struct redis_address *a = l->options.address;
    size_t n = 0;
    if (a->password[0] == '\0')
        return 0;
    words[n++] = SLICE("AUTH");
    if (a->user[0] != '\0')
        words[n++] = slice_from_string(a->user);
    words[n++] = slice_from_string(a->password);
    return n;
}

static size_t say_select(struct redis_link *l, struct slice *words)
{
    words[0] = SLICE("SELECT");
    words[1] = slice_from_string(l->database);
    return 2;
}

static size_t say_kill(struct redis_link *l, struct slice *words)
{
    if (l->self[0][0] == '\0')
        return 0;
    words[0] = SLICE("CLIENT");
    words[1] = SLICE("KILL");
    words[2] = SLICE("ID");
    words[3] = slice_from_string(l->self[0]);
    words[4] = SLICE("ADDR");
    words[5] = slice_from_string(l->self[1]);
    return 6;
}

static size_t say_name(struct redis_link *l, struct slice *words)
{
    words[0] = SLICE("CLIENT");
    words[1] = SLICE("SETNAME");
    words[2] = slice_from_string(l->options.name);
    return 3;
}

static size_t say_info(struct redis_link *l, struct slice *words)
{
    (void)l;
    words[0] = SLICE("CLIENT");
    words[1] = SLICE("INFO");
    return 2;
}

/* "id=3 addr=10.0.0.1:5000 laddr=..." */
static void take_info(struct redis_link *l, const redisReply *r)
{
    static const char *const fields[] = {"id=", "addr="};
    struct slice rest = slice_of(r->str, r->type == REDIS_REPLY_STRING ? r->len : 0);
    memset(l->self, 0, sizeof l->self);
    while (rest.data != NULL) {
        struct slice field = slice_cut(&rest, ' ');
        for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
            struct slice name = slice_from_string(fields[i]);
            if (slice_starts_with(field, name) && field.len - name.len < sizeof l->self[i])
                memcpy(l->self[i], field.data + name.len, field.len - name.len);
        }
    }
    if (l->self[1][0] == '\0')
        l->self[0][0] = '\0';
}

/* In this order, and behind them the scripts. Where CLIENT is forbidden, we do without it. */
static const struct greeting {
    size_t (*say)(struct redis_link *, struct slice *words);
    bool must;
    void (*take)(struct redis_link *, const redisReply *);
} greetings[] = {
    {say_auth, true, NULL},  {say_select, true, NULL},     {say_kill, false, NULL},
    {say_name, false, NULL}, {say_info, false, take_info},
};

static size_t next_greeting(struct redis_link *l, size_t from)
{
    struct slice words[WORDS];
    while (from < ARRAY_LEN(greetings) && greetings[from].say(l, words) == 0)
        from++;
    return from;
}

static bool greet(struct redis_link *l)
{
    struct slice words[WORDS];
    for (size_t i = 0; i < ARRAY_LEN(greetings); i++) {
        size_t count = greetings[i].say(l, words);
        if (count > 0 && !append(l, words, count))
            return false;
    }
    words[0] = SLICE("SCRIPT");
    words[1] = SLICE("LOAD");
    for (size_t i = 0; i < l->options.script_count; i++) {
        words[2] = slice_from_string(l->options.scripts[i]);
        if (!append(l, words, 3))
            return false;
    }
    l->greeting = next_greeting(l, 0);
    return true;
}

static void on_greeted(struct redis_link *l, const redisReply *r)
{
    size_t at = l->greeting;
    const struct greeting *g = at < ARRAY_LEN(greetings) ? &greetings[at] : NULL;
    if (r->type == REDIS_REPLY_ERROR && (g == NULL || g->must)) {
        redis_link_drop(l, r->str);
        return;
    }
    if (g != NULL && g->take != NULL)
        g->take(l, r);
    l->greeting = next_greeting(l, at + 1);
    if (l->greeting == ARRAY_LEN(greetings) + l->options.script_count)
        go_up(l);
}

/* ---- steps ---- */

static void look_up(struct redis_link *l)
{
    l->state = REDIS_LINK_LOOKUP;
    redis_resolver_ask(l->options.resolver, &l->lookup);
}

/* A name with several addresses is tried at one after the other. */
static void begin_to_connect(struct redis_link *l)
{
    const struct redis_lookup *found = &l->lookup;
    if (found->count == 0) {
        redis_link_drop(l, found->why);
        return;
    }
    l->state = REDIS_LINK_GREETING;
    l->deadline = l->now + l->options.connect_timeout;
    l->context = redisConnectNonBlock(found->text[l->failures % found->count], l->options.address->port);
    if (l->context == NULL)
        redis_link_drop(l, "there is no memory for a connection");
    else if (l->context->err != 0)
        redis_link_drop(l, l->context->errstr);
    else
        (void)greet(l);
}

static void take_replies(struct redis_link *l)
{
    void *reply = NULL;
    while (!l->doomed) {
        if (redisGetReplyFromReader(l->context, &reply) != REDIS_OK) {
            redis_link_drop(l, l->context->errstr);
            return;
        }
        if (reply == NULL)
            return;
        if (l->state == REDIS_LINK_GREETING)
            on_greeted(l, reply);
        else
            on_answered(l, reply);
        freeReplyObject(reply);
    }
}

/* A connection that is not made yet answers EAGAIN here, and one that failed says why. */
static void transfer(struct redis_link *l)
{
    int done = 0;
    if ((sdslen(l->context->obuf) > 0 && redisBufferWrite(l->context, &done) != REDIS_OK) ||
        redisBufferRead(l->context) != REDIS_OK)
        redis_link_drop(l, l->context->errstr);
    else if (l->context->reader->len > REPLY_MOST)
        redis_link_drop(l, "a reply is too long");
    else
        take_replies(l);
}

static void step_down(struct redis_link *l)
{
    if (l->now >= l->retry_at)
        look_up(l);
}

static void step_lookup(struct redis_link *l)
{
    if (!l->lookup.pending)
        begin_to_connect(l);
}

static void step_greeting(struct redis_link *l)
{
    transfer(l);
    if (l->state == REDIS_LINK_GREETING && l->now >= l->deadline)
        redis_link_drop(l, "connecting took too long");
}

static void step_up(struct redis_link *l)
{
    transfer(l);
}

void redis_link_step(struct redis_link *l, int64_t now)
{
    static void (*const steps[])(struct redis_link *) = {
        [REDIS_LINK_DOWN] = step_down,
        [REDIS_LINK_LOOKUP] = step_lookup,
        [REDIS_LINK_GREETING] = step_greeting,
        [REDIS_LINK_UP] = step_up,
    };
    OBJ_CHECK(l, LINK_MAGIC);
    l->now = now;
    if (!l->doomed)
        steps[l->state](l);
    if (l->doomed)
        go_down(l);
}

int redis_link_descriptor(const struct redis_link *l, bool *wants_to_write)
{
    *wants_to_write = l->context != NULL && sdslen(l->context->obuf) > 0;
    return l->context == NULL ? -1 : l->context->fd;
}

int64_t redis_link_wake_at(const struct redis_link *l)
{
    static const int64_t at_once = 0;
    if (l->doomed)
        return at_once;
    switch (l->state) {
    case REDIS_LINK_DOWN: return l->retry_at;
    case REDIS_LINK_GREETING: return l->deadline;
    case REDIS_LINK_LOOKUP: /* its answer is mail */
    case REDIS_LINK_UP: break;
    }
    return TIMERS_NEVER;
}
