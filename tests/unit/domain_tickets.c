// SPDX-License-Identifier: MIT
// Tickets: a session that is opened by an address alone, once (protocols.md SC-6).
#include "chat/tickets.h"
#include "support/domain.h"

struct rig {
    struct domain d;
    struct answer a;
    struct person kim;
    char ticket[DOMAIN_TOKEN];
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "kim", "USER", &r->kim);
    CHECK_INT(domain_ask(&r->d, &OPERATION_TICKET_CREATE, r->kim.access, NULL, &r->a), ERR_NONE);
    snprintf(r->ticket, sizeof r->ticket, "%s", text_at(&r->a, "ticket"));
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

static enum error open_by(struct rig *r, const char *ticket)
{
    struct task *t = domain_task(&r->d, &OPERATION_SESSION_OPEN);
    t->ticket = slice_from_string(ticket);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(once, "SC-6: a ticket opens one session, as the user who asked for it")
{
    struct rig r;
    begin(&r);
    CHECK_INT(open_by(&r, r.ticket), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "username"), "kim");
    CHECK_INT(open_by(&r, r.ticket), ERR_INVALID_TOKEN);
    end(&r);
}

TEST(repeated, "SC-6: a batch that is repeated after an unknown outcome has not used its own ticket up")
{
    struct rig r;
    begin(&r);
    r.d.store.twice = true;
    CHECK_INT(open_by(&r, r.ticket), ERR_NONE);
    CHECK_INT(open_by(&r, r.ticket), ERR_INVALID_TOKEN);
    end(&r);
}

TEST(expired, "SC-6: after its life a ticket opens nothing, and what was used is forgotten then")
{
    struct rig r;
    begin(&r);
    CHECK_INT(open_by(&r, r.ticket), ERR_NONE);
    CHECK_INT(domain_ask(&r.d, &OPERATION_TICKET_CREATE, r.kim.access, NULL, &r.a), ERR_NONE);
    snprintf(r.ticket, sizeof r.ticket, "%s", text_at(&r.a, "ticket"));
    r.d.now += TICKET_LIFETIME + MICROSECONDS_PER_SECOND;
    CHECK_INT(open_by(&r, r.ticket), ERR_LOGIN_ENDED);
    CHECK_INT(domain_ask(&r.d, &OPERATION_TICKET_CREATE, r.kim.access, NULL, &r.a), ERR_NONE);
    snprintf(r.ticket, sizeof r.ticket, "%s", text_at(&r.a, "ticket"));
    CHECK_INT(open_by(&r, r.ticket), ERR_NONE);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM tickets"), 1);
    end(&r);
}

TEST(kinds, "SC-6: a ticket is no bearer token, a bearer token no ticket, and no other operation takes one")
{
    struct rig r;
    begin(&r);
    CHECK_INT(domain_ask(&r.d, &OPERATION_USER_LIST, r.ticket, NULL, &r.a), ERR_INVALID_TOKEN);
    CHECK_INT(open_by(&r, r.kim.access), ERR_INVALID_TOKEN);
    struct task *t = domain_task(&r.d, &OPERATION_USER_LIST);
    t->ticket = slice_from_string(r.ticket);
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_INVALID_TOKEN);
    CHECK_INT(domain_ask(&r.d, &OPERATION_TICKET_CREATE, NULL, NULL, &r.a), ERR_UNAUTHENTICATED);
    end(&r);
}
