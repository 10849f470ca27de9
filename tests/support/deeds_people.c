// SPDX-License-Identifier: MIT
// Users, roles, logins, sessions, the start.
#include "support/deeds_internal.h"

#include <stdio.h>

enum { BODY = 512 };

struct task *deed_user_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body,
             "{\"username\":\"new%u\",\"email\":\"new%u@example.org\",\"password\":\"pass1234!\"}", s->number,
             s->number);
    return deed_ask(s, &OPERATION_USER_CREATE, NULL, body);
}

/* Somebody who is there for this try. */
static void prepare_guest(struct stage *s)
{
    char name[32];
    snprintf(name, sizeof name, "guest%u", s->number);
    domain_join(&s->domain, name, "USER", &s->guest);
    domain_private_channel(&s->domain, &s->guest, &s->bob, s->subject);
    snprintf(s->subject, sizeof s->subject, "%s", s->guest.id_text);
}

static struct task *make_role_update(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"userId\":\"%s\",\"newRole\":\"CHANNEL_MANAGER\"}", s->guest.id_text);
    return deed_ask(s, &OPERATION_ROLE_UPDATE, &s->bob, body);
}

/* Bob is an ADMIN for this try. */
static void prepare_role(struct stage *s)
{
    struct answer a = {0};
    prepare_guest(s);
    (void)domain_sql(&s->domain, "UPDATE users SET role = 'ADMIN' WHERE username = 'bob'");
    CHECK_INT(domain_login(&s->domain, "bob", "pass1234!", &a), ERR_NONE);
    memcpy(s->bob.access, a.access, sizeof a.access);
    answer_release(&a);
}

static struct task *make_user_list(struct stage *s)
{
    return deed_ask(s, &OPERATION_USER_LIST, &s->ann, NULL);
}

static struct task *make_login(struct stage *s)
{
    return deed_ask(s, &OPERATION_LOGIN, NULL, "{\"username\":\"bob\",\"password\":\"pass1234!\"}");
}

/* Ann logs in anew. */
static void prepare_login(struct stage *s)
{
    struct answer a = {0};
    CHECK_INT(domain_login(&s->domain, "ann", "pass1234!", &a), ERR_NONE);
    memcpy(s->ann.access, a.access, sizeof a.access);
    memcpy(s->ann.refresh, a.refresh, sizeof a.refresh);
    answer_release(&a);
}

static void prepare_expired(struct stage *s)
{
    prepare_login(s);
    s->domain.now += CHAT_REFRESH_LIFETIME + MICROSECONDS_PER_SECOND;
}

/* As in a store whose first administrator was never made. */
static void prepare_bootstrap(struct stage *s)
{
    (void)domain_sql(&s->domain, "DELETE FROM users WHERE role = 'ADMIN'");
}

static struct task *make_refresh(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_REFRESH, NULL, NULL);
    if (t != NULL)
        t->refresh = slice_from_string(s->ann.refresh);
    return t;
}

static struct task *make_logout(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_LOGOUT, NULL, NULL);
    if (t != NULL)
        t->refresh = slice_from_string(s->ann.refresh);
    return t;
}

static struct task *make_login_sweep(struct stage *s)
{
    return deed_ask(s, &OPERATION_LOGIN_SWEEP, NULL, NULL);
}

static struct task *make_login_expired(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_LOGIN_EXPIRED, NULL, NULL);
    if (t != NULL)
        t->caller.user = s->ann.id;
    return t;
}

static struct task *make_session_open(struct stage *s)
{
    return deed_ask(s, &OPERATION_SESSION_OPEN, &s->bob, NULL);
}

static struct task *make_ticket(struct stage *s)
{
    return deed_ask(s, &OPERATION_TICKET_CREATE, &s->bob, NULL);
}

static void prepare_ticket(struct stage *s)
{
    struct answer a = {0};
    CHECK_INT(domain_ask(&s->domain, &OPERATION_TICKET_CREATE, s->bob.access, NULL, &a), ERR_NONE);
    snprintf(s->ticket, sizeof s->ticket, "%s", text_at(&a, "ticket"));
    answer_release(&a);
}

static struct task *make_session_by_ticket(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_SESSION_OPEN, NULL, NULL);
    if (t != NULL)
        t->ticket = slice_from_string(s->ticket);
    return t;
}

static void prepare_claim(struct stage *s)
{
    (void)domain_sql(&s->domain, "DELETE FROM users WHERE role = 'ADMIN'");
    (void)domain_sql(&s->domain, "DELETE FROM meta WHERE name = 'first_admin'");
}

static struct task *make_claim(struct stage *s)
{
    return deed_ask(s, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL);
}

static struct task *make_bootstrap(struct stage *s)
{
    return deed_ask(s, &OPERATION_BOOTSTRAP, NULL,
                    "{\"username\":\"first\",\"email\":\"first@example.org\",\"password\":\"pass1234!\"}");
}

static struct task *make_user_update(struct stage *s)
{
    struct task *t = deed_change(s, &OPERATION_USER_UPDATE, &s->guest,
                                 "{\"newEmail\":\"guest@example.org\",\"newPassword\":\"Secret12!\"}");
    if (t != NULL) {
        t->files = &s->picture;
        t->file_count = 1;
    }
    return t;
}

/* The address is nobody's any more. */
static void prepare_user_update(struct stage *s)
{
    (void)domain_sql(&s->domain, "DELETE FROM users WHERE email = 'guest@example.org'");
    prepare_guest(s);
    s->domain.now++; /* since he signed up */
    s->picture =
        (struct task_file){.file_name = SLICE("a.png"), .content_type = SLICE("image/png"), .size = 1};
    uuid_draw(&s->picture.id, &s->domain.random);
}

static struct task *make_user_delete(struct stage *s)
{
    return deed_change(s, &OPERATION_USER_DELETE, &s->guest, NULL);
}

static const struct deed rows[] = {
    {"USER_CREATE", DEED_WRITES, NULL, deed_user_create},
    {"USER_LIST", DEED_READS, NULL, make_user_list},
    {"USER_UPDATE", DEED_WRITES, prepare_user_update, make_user_update},
    {"USER_DELETE", DEED_WRITES, prepare_guest, make_user_delete},
    {"ROLE_UPDATE", DEED_REVOKES, prepare_role, make_role_update},
    {"LOGIN", DEED_WRITES, NULL, make_login},
    {"REFRESH", DEED_WRITES, prepare_login, make_refresh},
    {"LOGOUT", DEED_FORGIVES, prepare_login, make_logout},
    {"LOGIN_SWEEP", DEED_WRITES, prepare_expired, make_login_sweep},
    {"LOGIN_EXPIRED", DEED_WRITES, prepare_expired, make_login_expired},
    {"SESSION_OPEN", DEED_READS, NULL, make_session_open},
    {"TICKET_CREATE", DEED_READS, NULL, make_ticket},
    {"SESSION_OPEN by a ticket", DEED_WRITES, prepare_ticket, make_session_by_ticket},
    {"BOOTSTRAP_CLAIM", DEED_WRITES, prepare_claim, make_claim},
    {"BOOTSTRAP", DEED_WRITES, prepare_bootstrap, make_bootstrap},
};

const struct deeds deeds_of_people = {rows, ARRAY_LEN(rows)};
