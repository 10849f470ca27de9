// SPDX-License-Identifier: MIT
//
// Memory runs out somewhere between a request and its answer, through engine, api, chat, store and broker: who asked
// gets what he asked for, or is told that it was not to be had, or is cut off; what was promised has happened, nothing
// leaks, and nobody else notices. The end of a login must not be forgotten: without memory for that the process ends.
#include <jansson.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/api_deeds.h"
#include "support/faults.h"

enum { FATE_ENDED = 40, FATE_STRUCK, FATE_DONE };

static struct scene scene;

/* --- the process that ends on purpose --- */

static bool is_child;

_Noreturn void __real_abort(void);
_Noreturn void __wrap_abort(void);

_Noreturn void __wrap_abort(void)
{
    if (is_child)
        _exit(FATE_ENDED);
    __real_abort();
}

/* Documents without memory are the affair of tests/unit/fault_json.c. */
static void *spared_malloc(size_t size)
{
    faults_spare();
    void *memory = malloc(size);
    faults_resume();
    return memory;
}

static unsigned count_of(const struct pipe *p, const char *text)
{
    unsigned count = 0;
    size_t len = strlen(text);
    struct slice rest = buf_slice(&p->got);
    const unsigned char *at;
    while (rest.len > 0 && (at = memmem(rest.data, rest.len, text, len)) != NULL) {
        rest = slice_after(rest, (size_t)(at - rest.data) + len);
        count++;
    }
    return count;
}

static bool is_told(const struct pipe *p)
{
    return scene_got(p, "HTTP/1.1 503 ") || scene_got(p, "ERROR\nmessage:out of memory\n") ||
           scene_got(p, "ERROR\nmessage:try again later\n");
}

static bool is_answered(struct scene *s, const struct api_deed *deed, bool struck)
{
    if (scene_got(&s->actor, deed->answer))
        return deed->kept == NULL || deed->kept(s) || (struck && deed->forgiving);
    return struck && deed->forgiving && api_world_logged() > s->logged;
}

/* Every line of a head is a field. */
static bool is_well_formed(const struct pipe *p)
{
    struct slice rest = buf_slice(&p->got);
    if (!slice_starts_with(rest, SLICE("HTTP/")) || !scene_got(p, "\r\n\r\n"))
        return p->got.len == 0 || !slice_starts_with(rest, SLICE("HTTP/")) || p->gone;
    (void)slice_cut(&rest, '\n');
    struct slice line = slice_cut(&rest, '\n');
    for (; line.len > 1; line = slice_cut(&rest, '\n')) {
        if (line.data[line.len - 1] != '\r' || memchr(line.data, ':', line.len) == NULL)
            return false;
    }
    return true;
}

/* Whoever is still there has everything that is stored. */
static bool is_unharmed(struct scene *s, const struct pipe *p)
{
    int64_t stored = scene_ask(s, "SELECT count(*) FROM messages -- %s%u", "") - s->messages;
    return p->gone || is_told(p) || count_of(p, "subscription:m\n") == stored;
}

static void begin(struct scene *s, const struct api_deed *deed)
{
    s->number++;
    for (size_t i = 0; i < WITNESSES; i++) {
        struct pipe *p = &s->witnesses[i];
        api_world_join(&s->world, p, &s->world.lee, "lee");
        api_world_say(p, "SUBSCRIBE\nid:m\ndestination:/sub/channels.%s.messages\n\n", s->world.channel);
        api_world_say(p, "SUBSCRIBE\nid:t\ndestination:/topic/x\nreceipt:ready\n\n");
        CHECK(api_world_hears(p, "receipt-id:ready\n"));
    }
    s->has_session = false;
    deed->prepare(s);
    s->messages = scene_ask(s, "SELECT count(*) FROM messages -- %s%u", "");
    s->logged = api_world_logged();
}

static void part(struct scene *s)
{
    api_world_part(&s->actor);
    for (size_t i = 0; i < WITNESSES; i++)
        api_world_part(&s->witnesses[i]);
    if (s->has_session)
        api_world_part(&s->session);
    pipes_turn(&s->world.pipes);
}

/* Nothing is left of anybody. */
static bool is_empty(struct scene *s)
{
    const struct engine *e = &s->world.pipes.engine;
    const struct broker *b = &s->world.pipes.broker;
    return e->out_entries.live + e->http_exchanges.live + e->websockets.live + e->stomp_sessions.live +
                   e->tickets.live + e->subscriptions.count + e->connections.used + b->destinations.count +
                   b->messages.live + b->reads + s->world.api.sessions.count +
                   atomic_load(&s->world.shared.tasks) ==
               0 &&
           s->world.pipes.loop.timers.count == 0;
}

static void run(struct scene *s, const struct api_deed *deed)
{
    deed->run(s);
    pipes_turn(&s->world.pipes);
}

/* What would become of the process. */
static int fate_of(struct scene *s, const struct api_deed *deed, uint64_t n, uint64_t span)
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        is_child = true;
        faults_arm(n, span);
        run(s, deed);
        _exit(faults_disarm() > 0 ? FATE_STRUCK : FATE_DONE);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status);
}

struct tally {
    unsigned struck, ended;
};

static bool try(struct scene *s, const struct api_deed *deed, uint64_t n, uint64_t span)
{
    faults_arm(n, span);
    run(s, deed);
    bool struck = faults_disarm() > 0;
    pipes_pass(&s->world.pipes, MICROSECONDS_PER_SECOND);
    size_t hurt = s->actor.gone || is_told(&s->actor);
    bool fine = is_answered(s, deed, struck) || (struck && hurt > 0), unharmed = true;
    for (size_t i = 0; i < WITNESSES; i++) {
        hurt += s->witnesses[i].gone || is_told(&s->witnesses[i]);
        unharmed = unharmed && is_unharmed(s, &s->witnesses[i]);
    }
    fine = fine && unharmed && is_well_formed(&s->actor) && (span != FAULTS_ONCE || hurt <= 1);
    if (!fine) {
        printf("# %s, allocation %d: %.*s\n", deed->name, (int)n, (int)s->actor.got.len,
               s->actor.got.len == 0 ? "nothing" : (const char *)s->actor.got.data);
        faults_print();
    }
    CHECK(fine);
    return struck;
}

static bool live(struct scene *s, const struct api_deed *deed, uint64_t n, uint64_t span, struct tally *tally)
{
    begin(s, deed);
    int fate = deed->ends_logins ? fate_of(s, deed, n, span) : FATE_STRUCK;
    bool struck = true;
    if (fate == FATE_ENDED)
        tally->ended++;
    else
        struck = try(s, deed, n, span);
    tally->struck += struck;
    part(s);
    if (!is_empty(s)) {
        printf("# %s, allocation %d: something is left\n", deed->name, (int)n);
        CHECK(false);
    }
    return struck;
}

static void live_all(uint64_t span)
{
    struct tally all = {0};
    json_set_alloc_funcs(spared_malloc, free);
    for (size_t i = 0; i < api_deed_count; i++) {
        struct tally tally = {0};
        scene_open(&scene);
        uint64_t n = 1;
        while (live(&scene, &api_deeds[i], n, span, &tally))
            n++;
        CHECK(n > 2 && (tally.ended > 0) == api_deeds[i].ends_logins);
        api_world_close(&scene.world);
        all.struck += tally.struck;
        all.ended += tally.ended;
    }
    printf("# %u lives in which something failed; %u ended the process\n", all.struck, all.ended);
}

TEST(once, "one allocation fails between a request and its answer: one connection ends or is told, nothing "
           "promised is "
           "broken, all others have everything; G1 G2 G3 G5")
{
    live_all(FAULTS_ONCE);
}

TEST(three, "three in a row")
{
    live_all(3);
}

TEST(all, "all from some point on; afterwards the house is whole; G5")
{
    live_all(FAULTS_ON);
}
