// SPDX-License-Identifier: MIT
#include "adapter/redis_feed.h"

#include <stdio.h>

#include "base/object.h"
#include "base/timers.h"

enum { FEED_MAGIC = 0x52464545 };

/* One question is under way at a time. */
struct redis_question {
    void (*ask)(struct redis_feed *, struct redis_command *);
    bool (*take)(struct redis_feed *, const redisReply *); /* false: that is no answer to it */
};

static bool copy_text(struct slice s, char *out, size_t room)
{
    if (s.len == 0 || s.len >= room)
        return false;
    memcpy(out, s.data, s.len);
    out[s.len] = '\0';
    return true;
}

static bool is_array(const redisReply *r, size_t least)
{
    return r->type == REDIS_REPLY_ARRAY && r->elements >= least;
}

/* ---- where to begin ---- */

static void ask_position(struct redis_feed *f, struct redis_command *c)
{
    redis_command_add(c, SLICE("XREVRANGE"));
    redis_command_key(c, f->options.dialect, "feed");
    redis_command_add(c, SLICE("+"));
    redis_command_add(c, SLICE("-"));
    redis_command_add(c, SLICE("COUNT"));
    redis_command_add(c, SLICE("1"));
}

static bool take_position(struct redis_feed *f, const redisReply *r)
{
    if (!is_array(r, 0))
        return false;
    if (r->elements == 0)
        return copy_text(SLICE("0-0"), f->position, sizeof f->position);
    return is_array(r->element[0], 1) &&
           copy_text(redis_text(r->element[0]->element[0]), f->position, sizeof f->position);
}

/* ---- the logins that live ---- */

static void ask_list(struct redis_feed *f, struct redis_command *c)
{
    redis_command_add(c, SLICE("ZSCAN"));
    redis_command_key(c, f->options.dialect, "expiry");
    redis_command_add(c, slice_from_string(f->cursor));
    redis_command_add(c, SLICE("COUNT"));
    redis_command_add(c, SLICE("500"));
}

/* "LOGIN:USER" and when it expires; what is not of this form is not ours. */
static void take_member(struct redis_feed *f, const redisReply *name, const redisReply *expires)
{
    struct login l = {.issued = 0};
    struct slice user = redis_text(name), id = slice_cut(&user, ':');
    if (uuid_parse(id, &l.id) && uuid_parse(user, &l.user) && redis_number(expires, &l.expires))
        f->options.watcher->live(f->options.watcher, &l);
}

static bool take_list(struct redis_feed *f, const redisReply *r)
{
    if (!is_array(r, 2) || !is_array(r->element[1], 0))
        return false;
    const redisReply *members = r->element[1];
    for (size_t i = 0; i + 1 < members->elements; i += 2)
        take_member(f, members->element[i], members->element[i + 1]);
    if (!copy_text(redis_text(r->element[0]), f->cursor, sizeof f->cursor))
        return false;
    if (strcmp(f->cursor, "0") == 0) {
        f->cursor[0] = '\0';
        f->lists++;
    }
    return true;
}

/* ---- what happens ---- */

/* While a list is under way, what has happened is asked for between its portions, without waiting for
 * more. */
static void ask_news(struct redis_feed *f, struct redis_command *c)
{
    redis_command_add(c, SLICE("XREAD"));
    redis_command_add(c, SLICE("COUNT"));
    redis_command_add(c, SLICE("256"));
    if (f->cursor[0] == '\0') {
        redis_command_add(c, SLICE("BLOCK"));
        redis_command_number(c, f->options.patience / MICROSECONDS_PER_MS);
    }
    redis_command_add(c, SLICE("STREAMS"));
    redis_command_key(c, f->options.dialect, "feed");
    redis_command_add(c, slice_from_string(f->position));
}

static struct slice find_field(const redisReply *fields, struct slice name)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2) {
        if (slice_equals(redis_text(fields->element[i]), name))
            return redis_text(fields->element[i + 1]);
    }
    return SLICE_NONE;
}

/* Kinds and fields that we do not know are for those who do. */
static void take_event(struct redis_feed *f, const redisReply *fields)
{
    struct registry_watcher *w = f->options.watcher;
    struct slice kind = find_field(fields, SLICE("event"));
    struct login l = {.issued = 0};
    uint64_t expires;
    if (!uuid_parse(find_field(fields, SLICE("login")), &l.id) ||
        !uuid_parse(find_field(fields, SLICE("user")), &l.user))
        return;
    if (slice_equals(kind, SLICE("ended"))) {
        w->ended(w, &l.user, &l.id);
    } else if (slice_equals(kind, SLICE("began")) &&
               slice_to_uint(find_field(fields, SLICE("expires")), INT64_MAX, &expires)) {
        l.expires = (int64_t)expires;
        w->live(w, &l);
    }
}

static bool take_entry(struct redis_feed *f, const redisReply *entry)
{
    if (!is_array(entry, 2) || !copy_text(redis_text(entry->element[0]), f->position, sizeof f->position))
        return false;
    if (is_array(entry->element[1], 0))
        take_event(f, entry->element[1]);
    return true;
}

/* Nothing, or [[key, [[id, [field, value, ...]], ...]]] */
static bool take_news(struct redis_feed *f, const redisReply *r)
{
    f->current = true;
    if (r->type == REDIS_REPLY_NIL)
        return true;
    if (!is_array(r, 1) || !is_array(r->element[0], 2) || !is_array(r->element[0]->element[1], 0))
        return false;
    const redisReply *entries = r->element[0]->element[1];
    for (size_t i = 0; i < entries->elements; i++) {
        if (!take_entry(f, entries->element[i]))
            return false;
    }
    return true;
}

/* ---- one after the other ---- */

static const struct redis_question POSITION = {ask_position, take_position};
static const struct redis_question LIST = {ask_list, take_list};
static const struct redis_question NEWS = {ask_news, take_news};

static const struct redis_question *choose(struct redis_feed *f)
{
    if (f->position[0] == '\0')
        return &POSITION;
    if (f->link.now >= f->list_at) {
        f->list_at = f->link.now + f->options.list_interval;
        (void)copy_text(SLICE("0"), f->cursor, sizeof f->cursor);
    }
    return f->cursor[0] != '\0' && f->asked == &NEWS ? &LIST : &NEWS;
}

static void ask_next(struct redis_feed *f)
{
    struct redis_command command;
    command.count = command.written = 0;
    f->asked = choose(f);
    f->asked->ask(f, &command);
    f->asked_until = f->link.now + f->options.timeout + f->options.patience;
    (void)redis_link_send(&f->link, command.words, command.count);
}

/* What happened while it was away comes first, then who lives. */
static void on_up(struct redis_link *link)
{
    struct redis_feed *f = CONTAINER_OF(link, struct redis_feed, link);
    f->asked = NULL;
    f->cursor[0] = '\0';
    f->list_at = link->now;
    ask_next(f);
}

static void on_reply(struct redis_link *link, const redisReply *r)
{
    struct redis_feed *f = CONTAINER_OF(link, struct redis_feed, link);
    OBJ_CHECK(f, FEED_MAGIC);
    if (r->type == REDIS_REPLY_ERROR)
        redis_link_drop(link, r->str);
    else if (!f->asked->take(f, r))
        redis_link_drop(link, "a reply is not what was asked for");
    else
        ask_next(f);
}

static void on_down(struct redis_link *link)
{
    CONTAINER_OF(link, struct redis_feed, link)->current = false;
}

static const struct redis_handlers handlers = {.up = on_up, .reply = on_reply, .down = on_down};

void redis_feed_init(struct redis_feed *f, const struct redis_feed_options *options, int64_t now)
{
    OBJ_INIT(f, FEED_MAGIC);
    f->options = *options;
    f->options.link.name = "parley-feed";
    f->options.link.handlers = &handlers;
    f->options.link.scripts = NULL;
    f->options.link.script_count = 0;
    redis_link_init(&f->link, &f->options.link, now);
}

void redis_feed_release(struct redis_feed *f)
{
    OBJ_CHECK(f, FEED_MAGIC);
    redis_link_release(&f->link);
    OBJ_DEAD(f);
}

void redis_feed_step(struct redis_feed *f, int64_t now)
{
    OBJ_CHECK(f, FEED_MAGIC);
    redis_link_step(&f->link, now);
    if (redis_link_is_up(&f->link) && now >= f->asked_until)
        redis_link_drop(&f->link, "no answer in time");
}

int64_t redis_feed_wake_at(const struct redis_feed *f)
{
    int64_t at = redis_link_wake_at(&f->link);
    return redis_link_is_up(&f->link) ? timers_sooner(at, f->asked_until) : at;
}
