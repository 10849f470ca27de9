// SPDX-License-Identifier: MIT
#include "adapter/postgres_target.h"

#include <stdio.h>
#include <string.h>

#include "adapter/postgres_library.h"
#include "base/object.h"

/* Octets of `options` are cut at blanks, unless a backslash stands before. A transaction that this program
 * has left open holds the rows of its streams: the server ends it. */
#define SETTINGS                                                                                             \
    "%s -c synchronous_commit=on -c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"          \
    " -c default_transaction_isolation=%s -c default_transaction_read_only=%s -c TimeZone=UTC"               \
    " -c client_min_messages=warning"

static const struct {
    const char *isolation, *read_only;
} roles[] = {
    [POSTGRES_WRITES] = {"read\\ committed", "off"}, /* each guard sees the newest */
    [POSTGRES_READS] = {"repeatable\\ read", "on"},  /* each batch sees one moment */
};

static void put(struct postgres_target *t, const char *keyword, const char *value)
{
    size_t at = 0;
    while (t->keywords[at] != NULL)
        at++;
    assert(at < POSTGRES_KEYWORDS);
    t->keywords[at] = keyword;
    t->values[at] = value;
}

static const char *find_option(const PQconninfoOption *options, const char *keyword)
{
    for (; options->keyword != NULL; options++) {
        if (strcmp(options->keyword, keyword) == 0)
            return options->val == NULL ? "" : options->val;
    }
    return "";
}

/* What the URL itself sets for the session stays, in front.
 * libpq's own sentence would repeat the URL, and with it the password. */
static bool write_settings(struct postgres_target *t, const char *url, enum postgres_role role,
                           int statement_timeout, struct problem *why)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    if (options == NULL)
        return problem_set(why,
                           "database-url is no address that PostgreSQL's library understands: it has the form"
                           " postgresql://user@host:port/database");
    int len =
        snprintf(t->settings, sizeof t->settings, SETTINGS, find_option(options, "options"),
                 statement_timeout, 2 * statement_timeout, roles[role].isolation, roles[role].read_only);
    PQconninfoFree(options);
    return (len > 0 && (size_t)len < sizeof t->settings) ||
           problem_set(why, "the options in database-url are too long");
}

bool postgres_target_make(struct postgres_target *t, const struct postgres_address *address,
                          enum postgres_role role, int connect_timeout, int statement_timeout,
                          struct problem *why)
{
    static const char jdbc[] = "jdbc:";
    const char *url = address->url;
    if (strncmp(url, jdbc, sizeof jdbc - 1) == 0)
        url += sizeof jdbc - 1;
    *t = (struct postgres_target){0};
    if (strncmp(url, "postgres", strlen("postgres")) != 0)
        return problem_set(why, "database-url has the form postgresql://user@host:port/database");
    if (!write_settings(t, url, role, statement_timeout, why))
        return false;
    snprintf(t->connect_timeout, sizeof t->connect_timeout, "%d", (connect_timeout + 999) / 1000);
    /* What comes later counts more: the URL over these, and over the URL what must not be otherwise. */
    put(t, "application_name", "parleyd");
    put(t, "connect_timeout", t->connect_timeout);
    put(t, "keepalives_idle", "10");
    put(t, "keepalives_interval", "5");
    put(t, "keepalives_count", "3");
    put(t, "tcp_user_timeout", "15000");
    put(t, "dbname", url);
    if (address->user != NULL && address->user[0] != '\0')
        put(t, "user", address->user);
    if (address->password != NULL && address->password[0] != '\0')
        put(t, "password", address->password);
    put(t, "client_encoding", "UTF8");
    put(t, "options", t->settings);
    return true;
}
