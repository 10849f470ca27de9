// SPDX-License-Identifier: MIT
#include "main/config.h"

#include <stdlib.h>

#include "support/test.h"

struct said {
    char *out, *err;
    size_t out_len, err_len;
};

static enum config_verdict read_config(struct config *c, struct said *said, char **argv, char **environment)
{
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    FILE *out = open_memstream(&said->out, &said->out_len), *err = open_memstream(&said->err, &said->err_len);
    enum config_verdict verdict = config_read(c, argc, argv, environment, out, err);
    fclose(out);
    fclose(err);
    return verdict;
}

static void forget(struct said *said)
{
    free(said->out);
    free(said->err);
}

#define ARGS(...) ((char *[]){"parleyd", __VA_ARGS__, NULL})
#define NO_ARGS   ((char *[]){"parleyd", NULL})
#define ENV(...)  ((char *[]){__VA_ARGS__, NULL})
#define NO_ENV    ((char *[]){NULL})

TEST(defaults, "without flags and variables every setting has its default; LM-2 DF-6 DF-8 DF-3")
{
    struct config c;
    struct said said;
    CHECK_INT(read_config(&c, &said, NO_ARGS, NO_ENV), CONFIG_RUN);
    CHECK_SLICE(slice_from_string(c.listen), "127.0.0.1:8080");
    CHECK_INT(c.send_buffer, 524288);
    CHECK_INT(c.send_timeout, 10000);
    CHECK_INT(c.heart_beat, 10000);
    CHECK_INT(c.max_message, 65536);
    CHECK_INT(c.access_lifetime, 1800000);
    CHECK_INT(c.refresh_lifetime, 604800000);
    CHECK(c.direct_publish);
    forget(&said);
}

TEST(order, "a flag beats its variable, and both beat the default")
{
    struct config c;
    struct said said;
    char **environment = ENV("PARLEY_SEND_BUFFER=8k", "PARLEY_SEND_TIMEOUT=2s", "PATH=/bin");
    CHECK_INT(read_config(&c, &said, ARGS("--send-buffer", "1m", "--direct-publish=off"), environment),
              CONFIG_RUN);
    CHECK_INT(c.send_buffer, 1048576);
    CHECK_INT(c.send_timeout, 2000);
    CHECK(!c.direct_publish);
    forget(&said);
}

TEST(refusals, "what will not do is named, with what would; a secret is not repeated")
{
    static const struct {
        char *flag, *value;
        const char *says;
    } cases[] = {
        {"--workers", "257", "from 0 to 256"},    {"--workers", "two", "a number"},
        {"--send-buffer", "12x", "octets"},       {"--send-buffer", "1", "from 4096"},
        {"--send-timeout", "10", "500ms"},        {"--send-timeout", "1d", "to 600000ms"},
        {"--direct-publish", "yes", "on or off"}, {"--nonsense", "1", "unknown"},
        {"--heart-beat-grace", "-1", "a number"}, {"--listen", NULL, "needs a value"},
        {"nonsense", NULL, "is no flag"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct config c;
        struct said said;
        CHECK_INT(read_config(&c, &said, ARGS(cases[i].flag, cases[i].value), NO_ENV), CONFIG_WRONG);
        CHECK(strstr(said.err, cases[i].says) != NULL);
        forget(&said);
    }
    struct config c;
    struct said said;
    CHECK_INT(read_config(&c, &said, NO_ARGS, ENV("PARLEY_WORKERS=x")), CONFIG_WRONG);
    CHECK(strstr(said.err, "PARLEY_WORKERS") != NULL);
    forget(&said);
}

TEST(help, "--help and --version answer and start nothing")
{
    struct config c;
    struct said said;
    CHECK_INT(read_config(&c, &said, ARGS("--help"), NO_ENV), CONFIG_DONE);
    CHECK(strstr(said.out, "--data-dir") != NULL && strstr(said.out, "PARLEY_DATA_DIR") != NULL);
    forget(&said);
    CHECK_INT(read_config(&c, &said, ARGS("--version"), NO_ENV), CONFIG_DONE);
    CHECK(strncmp(said.out, "parleyd ", 8) == 0);
    forget(&said);
}

/* The longest line, in characters that are octets here. */
static size_t longest_line(const char *text)
{
    size_t longest = 0;
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        longest = len > longest ? len : longest;
        line += len + (line[len] == '\n');
    }
    return longest;
}

TEST(help_layout, "--help has groups, fits a terminal and names what Spring deployments say")
{
    struct config c;
    struct said said;
    CHECK_INT(read_config(&c, &said, ARGS("--help"), NO_ENV), CONFIG_DONE);
    CHECK(longest_line(said.out) < 80);
    CHECK(strstr(said.out, "\nThe process\n  --listen\n") != NULL);
    CHECK(strstr(said.out, "\n\nFiles\n  --blob-dir\n") != NULL);
    CHECK(strstr(said.out, "[text; PARLEY_BLOB_DIR, STORAGE_LOCAL_ROOT_PATH]\n") != NULL);
    forget(&said);
    CHECK_INT(read_config(&c, &said, ARGS("--help-markdown"), NO_ENV), CONFIG_DONE);
    CHECK(strstr(said.out, "\n## Logins in Redis\n") != NULL);
    CHECK(strstr(said.out, "| `--redis-host` | `PARLEY_REDIS_HOST`, `REDIS_HOST` |") != NULL);
    forget(&said);
}

TEST(aliases, "the Redis of a deployment that moves here is found under the names it has; D12.3")
{
    struct config c;
    struct said said;
    CHECK_INT(read_config(&c, &said, NO_ARGS, ENV("REDIS_HOST=cache", "REDIS_PORT=6380")), CONFIG_RUN);
    CHECK_SLICE(slice_from_string(c.redis_host), "cache");
    CHECK_SLICE(slice_from_string(c.redis_port), "6380");
    forget(&said);
    CHECK_INT(read_config(&c, &said, NO_ARGS, ENV("REDIS_HOST=cache", "PARLEY_REDIS_HOST=other")),
              CONFIG_RUN);
    CHECK_SLICE(slice_from_string(c.redis_host), "other");
    forget(&said);
}

TEST(jwt, "D12.3: keys and lives of tokens under the names of the servers whose place we take")
{
    struct config c;
    struct said said;
    char **spring = ENV("JWT_ACCESS_SECRET=a", "JWT_REFRESH_SECRET=r", "JWT_ACCESS_EXPIRATION_MS=600000",
                        "JWT_REFRESH_EXPIRATION_MS=1209600000");
    CHECK_INT(read_config(&c, &said, NO_ARGS, spring), CONFIG_RUN);
    CHECK_SLICE(slice_from_string(c.jwt_access_secret), "a");
    CHECK_SLICE(slice_from_string(c.jwt_refresh_secret), "r");
    CHECK_INT(c.access_lifetime, 600000);
    CHECK_INT(c.refresh_lifetime, 1209600000);
    forget(&said);
    CHECK_INT(
        read_config(&c, &said, NO_ARGS, ENV("JWT_ACCESS_EXPIRATION_MS=600000", "PARLEY_ACCESS_LIFETIME=5m")),
        CONFIG_RUN);
    CHECK_INT(c.access_lifetime, 300000);
    forget(&said);
    static char *const wrong[] = {"JWT_ACCESS_EXPIRATION_MS=", "JWT_ACCESS_EXPIRATION_MS=30m",
                                  "JWT_ACCESS_EXPIRATION_MS=999", "JWT_ACCESS_EXPIRATION_MS=86400001"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        CHECK_INT(read_config(&c, &said, NO_ARGS, ENV(wrong[i])), CONFIG_WRONG);
        CHECK(strstr(said.err, "JWT_ACCESS_EXPIRATION_MS") != NULL);
        forget(&said);
    }
}

TEST(predecessors, "D12.3 D3.11: the names of other servers are understood; our own beats them")
{
    struct config c;
    struct said said;
    char **environment = ENV("SPRING_DATASOURCE_URL=jdbc:postgresql://db:5432/x",
                             "SPRING_DATASOURCE_USERNAME=theirs", "SPRING_DATASOURCE_PASSWORD=secret",
                             "PARLEY_DATABASE_USERNAME=ours", "DISCODEIT_ADMIN_USERNAME=root",
                             "DISCODEIT_ADMIN_EMAIL=root@localhost", "DISCODEIT_ADMIN_PASSWORD=short");
    CHECK_INT(read_config(&c, &said, NO_ARGS, environment), CONFIG_RUN);
    CHECK_SLICE(slice_from_string(c.database_url), "jdbc:postgresql://db:5432/x");
    CHECK_SLICE(slice_from_string(c.database_username), "ours");
    CHECK_SLICE(slice_from_string(c.database_password), "secret");
    CHECK_SLICE(slice_from_string(c.admin_username), "root");
    CHECK_SLICE(slice_from_string(c.admin_email), "root@localhost");
    CHECK_SLICE(slice_from_string(c.admin_password), "short");
    forget(&said);
}
