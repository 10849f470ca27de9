// SPDX-License-Identifier: MIT
#include "chat/events.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

static struct answer sweep(struct domain *d)
{
    struct answer a = {0};
    domain_run(d, domain_task(d, &OPERATION_LOGIN_SWEEP), &a);
    CHECK_INT(a.error, ERR_NONE);
    return a;
}

static void tell_expired(struct domain *d, const struct person *p)
{
    struct answer a = {0};
    struct task *t = domain_task(d, &OPERATION_LOGIN_EXPIRED);
    t->caller.user = p->id;
    domain_run(d, t, &a);
    CHECK_INT(a.error, ERR_NONE);
    answer_release(&a);
}

/* How often everybody was told of this user since the last time. */
static int told_of(struct domain *d, const struct person *p)
{
    int count = 0;
    for (size_t i = 0; i < d->told_count; i++) {
        const struct event *e = d->told[i];
        Parley__V1__Envelope *envelope = parley__v1__envelope__unpack(NULL, e->body.len, e->body.data);
        if (envelope->payload_case == PARLEY__V1__ENVELOPE__PAYLOAD_USER_UPDATED) {
            const Parley__V1__Uuid *id = envelope->user_updated->id;
            count += memcmp(id->value.data, p->id.octets, sizeof p->id.octets) == 0;
        }
        parley__v1__envelope__free_unpacked(envelope, NULL);
    }
    domain_forget_events(d);
    return count;
}

TEST(swept, "D3.5: the sweep ends logins that have expired, says which and whose they were, each once")
{
    struct domain d;
    struct person p, other;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    d.now += MICROSECONDS_PER_SECOND;
    domain_join(&d, "dami", "USER", &other);
    int64_t expires = d.now - MICROSECONDS_PER_SECOND + CHAT_REFRESH_LIFETIME;
    CHECK_INT(presence_next_expiry(d.chat.presence, d.now), expires);
    d.now = expires - 1;
    CHECK_INT(sweep(&d).ended_count, 0);
    d.now = expires;
    struct answer a = sweep(&d);
    CHECK_INT(a.ended_count, 1);
    CHECK(uuid_equals(&a.ended_users[0], &p.id));
    CHECK_INT(sweep(&d).ended_count, 0);
    CHECK_INT(presence_next_expiry(d.chat.presence, d.now), expires + MICROSECONDS_PER_SECOND);
    d.now += MICROSECONDS_PER_SECOND;
    CHECK_INT(sweep(&d).ended_count, 1);
    CHECK_INT(presence_next_expiry(d.chat.presence, d.now), INT64_MAX);
    domain_close(&d);
}

TEST(told,
     "D8.6: everybody is told of who has gone offline; not of who has another login, or is gone altogether")
{
    struct domain d;
    struct person p, other, gone;
    struct answer a = {0};
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    domain_join(&d, "dami", "USER", &other);
    domain_join(&d, "bora", "USER", &gone);
    d.now += CHAT_REFRESH_LIFETIME;
    CHECK_INT(domain_login(&d, "dami", "pass1234!", &a), ERR_NONE);
    (void)sweep(&d);
    domain_sql(&d, "DELETE FROM users WHERE username = 'bora'");
    domain_forget_events(&d);
    tell_expired(&d, &p);
    CHECK_INT(told_of(&d, &p), 1);
    CHECK(!presence_is_online(d.chat.presence, &p.id, d.now));
    tell_expired(&d, &other);
    CHECK_INT(told_of(&d, &other), 0);
    tell_expired(&d, &gone);
    CHECK_INT(told_of(&d, &gone), 0);
    answer_release(&a);
    domain_close(&d);
}

TEST(removals, "what was noted of removals is forgotten after an hour, by the sweep")
{
    struct domain d;
    struct person p;
    struct answer a = {0};
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    CHECK_INT(domain_login(&d, "haneul", "pass1234!", &a), ERR_NONE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM removals"), 1);
    d.now += 3600 * MICROSECONDS_PER_SECOND;
    (void)sweep(&d);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM removals"), 1);
    d.now++;
    (void)sweep(&d);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM removals"), 0);
    answer_release(&a);
    domain_close(&d);
}
