// SPDX-License-Identifier: MIT
#include "main/stores.h"

#include <string.h>

/* That it is back is no error. */
static void report(void *to, const char *what, const char *detail)
{
    struct log_field fields[] = {{"what", slice_from_string(what)}, {"detail", slice_from_string(detail)}};
    enum log_level level = strcmp(what, "connected") == 0 ? LOG_INFO : LOG_ERROR;
    logger_write(to, level, "store", fields, ARRAY_LEN(fields));
}

/* False with a problem for a word that is none of the three. */
static bool is_postgres(const struct config *c, bool *yes, struct problem *why)
{
    bool is_auto = strcmp(c->store, "auto") == 0, has_url = c->database_url[0] != '\0';
    *yes = strcmp(c->store, "postgresql") == 0 || (is_auto && has_url);
    if (!is_auto && !*yes && strcmp(c->store, "sqlite") != 0)
        return problem_set(why, "store is \"%s\": it is sqlite, postgresql or auto", c->store);
    return !*yes || has_url || problem_set(why, "the store is postgresql, and there is no database-url");
}

static struct postgres_options postgres_options(const struct config *c)
{
    struct postgres_options o = postgres_defaults;
    o.address = (struct postgres_address){c->database_url, c->database_username, c->database_password};
    o.retention = c->log_retention * MICROSECONDS_PER_MS;
    o.report = report;
    return o;
}

static bool open_postgres(struct stores *s, const struct config *config, struct publisher *publisher,
                          struct logger *logger, struct problem *why)
{
    struct postgres_options options = postgres_options(config);
    options.report_to = logger;
    if (!data_folder_open(&s->own, config->data_dir, why))
        return false;
    s->folder = &s->own;
    if (!postgres_store_open(&s->postgres, &options, publisher, &clock_system, &random_system, why))
        return false;
    s->store = &s->postgres.port;
    return postgres_store_start(&s->postgres) ||
           problem_set(why, "there is no thread to be had for the store");
}

static bool open_sqlite(struct stores *s, const struct config *config, struct publisher *publisher,
                        struct logger *logger, struct problem *why)
{
    struct sqlite_options options = sqlite_defaults;
    options.folder = config->data_dir;
    options.retention = config->log_retention * MICROSECONDS_PER_MS;
    options.report = report;
    options.report_to = logger;
    if (!sqlite_store_open(&s->sqlite, &options, publisher, &clock_system, &random_system, why))
        return false;
    s->store = &s->sqlite.port;
    s->folder = &s->sqlite.folder;
    return sqlite_store_start(&s->sqlite) || problem_set(why, "there is no thread to be had for the store");
}

bool stores_open(struct stores *s, const struct config *config, struct publisher *publisher,
                 struct logger *logger, struct problem *why)
{
    s->store = NULL;
    s->folder = NULL;
    if (!is_postgres(config, &s->is_postgres, why))
        return false;
    return s->is_postgres ? open_postgres(s, config, publisher, logger, why)
                          : open_sqlite(s, config, publisher, logger, why);
}

bool stores_are_up(const struct stores *s)
{
    return s->is_postgres ? postgres_store_is_up(&s->postgres) : sqlite_store_is_up(&s->sqlite);
}

unsigned stores_waiting(const struct stores *s, enum batch_kind kind)
{
    return s->is_postgres ? postgres_store_waiting(&s->postgres, kind)
                          : sqlite_store_waiting(&s->sqlite, kind);
}

void stores_close(struct stores *s)
{
    if (s->store != NULL && s->is_postgres)
        postgres_store_close(&s->postgres);
    else if (s->store != NULL)
        sqlite_store_close(&s->sqlite);
    if (s->folder == &s->own)
        data_folder_close(&s->own);
    s->store = NULL;
    s->folder = NULL;
}

bool stores_check(const struct config *config, FILE *out, struct problem *why)
{
    bool postgres = false;
    if (!is_postgres(config, &postgres, why))
        return false;
    if (!postgres)
        return problem_set(why, "only the schema of postgresql can be checked without a start");
    struct postgres_options options = postgres_options(config);
    return postgres_store_check(&options, &clock_system, out, why);
}
