// SPDX-License-Identifier: MIT
#include "main/config.h"

#include <stddef.h>
#include <string.h>

#include "base/object.h"
#include "base/slice.h"

enum config_kind {
    CONFIG_TEXT,
    CONFIG_SECRET, /* a text that --help and errors do not repeat */
    CONFIG_NUMBER,
    CONFIG_SIZE,
    CONFIG_TIME,
    CONFIG_SWITCH,
};

static const struct row {
    const char *flag;
    enum config_kind kind;
    int64_t least, most;
    const char *value, *help;
    size_t at; /* in struct config */
} rows[] = {
#define X(member, flag, kind, least, most, value, help)                                                      \
    {flag, CONFIG_##kind, INT64_C(least), INT64_C(most), value, help, offsetof(struct config, member)},
    CONFIG_TABLE(X)
#undef X
};

/* Variables of the servers whose place we take (discodeit.md 12.3). */
static const struct alias {
    const char *variable, *flag;
    bool is_bare; /* a time without its unit: milliseconds, as we count them too */
} aliases[] = {
    {"SPRING_DATASOURCE_URL", "database-url", false},
    {"SPRING_DATASOURCE_USERNAME", "database-username", false},
    {"SPRING_DATASOURCE_PASSWORD", "database-password", false},
    {"DISCODEIT_ADMIN_USERNAME", "admin-username", false},
    {"DISCODEIT_ADMIN_EMAIL", "admin-email", false},
    {"DISCODEIT_ADMIN_PASSWORD", "admin-password", false},
    {"REDIS_HOST", "redis-host", false},
    {"REDIS_PORT", "redis-port", false},
    {"STORAGE_TYPE", "storage", false},
    {"STORAGE_LOCAL_ROOT_PATH", "blob-dir", false},
    {"JWT_ACCESS_SECRET", "jwt-access-secret", false},
    {"JWT_REFRESH_SECRET", "jwt-refresh-secret", false},
    {"JWT_ACCESS_EXPIRATION_MS", "access-lifetime", true},
    {"JWT_REFRESH_EXPIRATION_MS", "refresh-lifetime", true},
};

static const struct unit {
    const char *suffix;
    enum config_kind kind;
    int64_t factor;
} units[] = {
    {"", CONFIG_NUMBER, 1},      {"", CONFIG_SIZE, 1},        {"k", CONFIG_SIZE, 1 << 10},
    {"m", CONFIG_SIZE, 1 << 20}, {"ms", CONFIG_TIME, 1},      {"s", CONFIG_TIME, 1000},
    {"m", CONFIG_TIME, 60000},   {"h", CONFIG_TIME, 3600000}, {"d", CONFIG_TIME, 86400000},
};

static bool is_within(const struct row *row, int64_t n)
{
    return n >= row->least && n <= row->most;
}

static bool parse_bare(const struct row *row, struct slice text, int64_t *out)
{
    uint64_t n;
    if (!slice_to_uint(text, INT64_MAX, &n))
        return false;
    *out = (int64_t)n;
    return is_within(row, *out);
}

static bool parse_quantity(const struct row *row, struct slice text, int64_t *out)
{
    size_t digits = 0;
    uint64_t n;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    struct slice suffix = slice_after(text, digits);
    if (!slice_to_uint(slice_of(text.data, digits), INT64_MAX / 86400000, &n))
        return false;
    if (n == 0 && suffix.len == 0) { /* nothing needs no unit */
        *out = 0;
        return row->least == 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (units[i].kind != row->kind || !slice_equals(suffix, slice_from_string(units[i].suffix)))
            continue;
        *out = (int64_t)n * units[i].factor;
        return is_within(row, *out);
    }
    return false;
}

static bool parse_switch(struct slice text, bool *out)
{
    *out = slice_equals(text, SLICE("on"));
    return *out || slice_equals(text, SLICE("off"));
}

static bool set(struct config *c, const struct row *row, const char *text)
{
    void *member = (char *)c + row->at;
    switch (row->kind) {
    case CONFIG_TEXT:
    case CONFIG_SECRET: *(const char **)member = text; return true;
    case CONFIG_SWITCH: return parse_switch(slice_from_string(text), member);
    case CONFIG_NUMBER:
    case CONFIG_SIZE:
    case CONFIG_TIME: return parse_quantity(row, slice_from_string(text), member);
    }
    return false;
}

/* PARLEY_ and the flag in capitals, "_" for "-". */
static void variable_name(const struct row *row, char out[64])
{
    size_t n = (size_t)snprintf(out, 64, "PARLEY_%s", row->flag);
    for (size_t i = 0; i < n; i++) {
        if (out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 'a' + 'A');
        else if (out[i] == '-')
            out[i] = '_';
    }
}

static const char *kind_words(const struct row *row)
{
    static const char *const words[] = {
        [CONFIG_TEXT] = "text",
        [CONFIG_SECRET] = "text",
        [CONFIG_NUMBER] = "a number",
        [CONFIG_SIZE] = "octets, 64k, 1m",
        [CONFIG_TIME] = "500ms, 10s, 5m, 2h, 7d",
        [CONFIG_SWITCH] = "on or off",
    };
    return words[row->kind];
}

static bool complain(FILE *err, const struct row *row, const char *where, const char *text)
{
    fprintf(err, "parleyd: %s: \"%s\" will not do: it takes %s", where,
            row->kind == CONFIG_SECRET ? "..." : text, kind_words(row));
    if (row->kind == CONFIG_NUMBER || row->kind == CONFIG_SIZE)
        fprintf(err, ", from %lld to %lld", (long long)row->least, (long long)row->most);
    if (row->kind == CONFIG_TIME)
        fprintf(err, ", from %lldms to %lldms", (long long)row->least, (long long)row->most);
    fprintf(err, "\n");
    return false;
}

/* The value of a variable; NULL when there is none. */
static const char *find_variable(char **environment, const char *name)
{
    size_t len = strlen(name);
    for (char **entry = environment; *entry != NULL; entry++) {
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=')
            return *entry + len + 1;
    }
    return NULL;
}

/* The name that deployments use already; NULL when there is none. */
static const struct alias *find_alias(const struct row *row)
{
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (strcmp(aliases[i].flag, row->flag) == 0)
            return &aliases[i];
    }
    return NULL;
}

static bool set_by_alias(struct config *c, const struct row *row, char **environment, FILE *err)
{
    const struct alias *alias = find_alias(row);
    const char *value = alias == NULL ? NULL : find_variable(environment, alias->variable);
    if (value == NULL)
        return true;
    bool is_set = alias->is_bare
                      ? parse_bare(row, slice_from_string(value), (int64_t *)(void *)((char *)c + row->at))
                      : set(c, row, value);
    return is_set || complain(err, row, alias->variable, value);
}

static bool read_environment(struct config *c, char **environment, FILE *err)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char name[64];
        variable_name(&rows[i], name);
        const char *value = find_variable(environment, name);
        if (value == NULL && !set_by_alias(c, &rows[i], environment, err))
            return false;
        if (value != NULL && !set(c, &rows[i], value))
            return complain(err, &rows[i], name, value);
    }
    return true;
}

static const struct row *find_row(struct slice flag)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (slice_equals(flag, slice_from_string(rows[i].flag)))
            return &rows[i];
    }
    return NULL;
}

/* What stands over the row in a list of them; NULL within a group. */
static const char *title_before(const struct row *row)
{
    static const struct {
        const char *flag, *title;
    } groups[] = {
        {"listen", "The process"},
        {"store", "The store"},
        {"admin-username", "The first administrator"},
        {"jwt-access-secret", "Logins"},
        {"redis-url", "Logins in Redis"},
        {"allowed-origins", "Sessions over STOMP"},
        {"blob-dir", "Files"},
        {"notify-interval", "Notifications"},
        {"max-connections", "Connections and requests"},
    };
    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        if (strcmp(groups[i].flag, row->flag) == 0)
            return groups[i].title;
    }
    return NULL;
}

enum { HELP_INDENT = 6, HELP_WIDTH = 79 };

/* In lines of a terminal's width. */
static void print_wrapped(FILE *out, const char *text)
{
    size_t column = 0;
    for (const char *word = text; *word != '\0'; word += strspn(word, " ")) {
        size_t len = strcspn(word, " ");
        bool fits = column > 0 && column + 1 + len <= HELP_WIDTH;
        column = fits ? column + 1 + len : HELP_INDENT + len;
        fprintf(out, "%s%*s%.*s", fits || word == text ? "" : "\n", fits ? 1 : HELP_INDENT, "", (int)len,
                word);
        word += len;
    }
    fprintf(out, "\n");
}

static void print_row(FILE *out, const struct row *row)
{
    const struct alias *alias = find_alias(row);
    char name[64], facts[256];
    variable_name(row, name);
    snprintf(facts, sizeof facts, "[%s%s%s; %s%s%s]", kind_words(row),
             row->value[0] == '\0' ? "" : "; default ", row->value, name, alias == NULL ? "" : ", ",
             alias == NULL ? "" : alias->variable);
    fprintf(out, "  --%s\n", row->flag);
    print_wrapped(out, row->help);
    print_wrapped(out, facts);
}

static void print_help(FILE *out)
{
    fprintf(out, "parleyd - a realtime chat server: REST, STOMP over WebSocket, a page to look at\n\n"
                 "usage: parleyd [--FLAG VALUE | --FLAG=VALUE]...\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *title = title_before(&rows[i]);
        if (title != NULL)
            fprintf(out, "\n%s\n", title);
        print_row(out, &rows[i]);
    }
    fprintf(out, "\nAnswers, after which nothing starts\n"
                 "  --help               this\n"
                 "  --help-markdown      this, as docs/configuration.md\n"
                 "  --help-metrics       what is counted, as docs/metrics.md\n"
                 "  --version            the version\n");
}

static void print_markdown_row(FILE *out, const struct row *row)
{
    const char *quote = row->value[0] == '\0' ? "" : "`";
    const struct alias *alias = find_alias(row);
    char name[64];
    variable_name(row, name);
    fprintf(out, "| `--%s` | `%s`", row->flag, name);
    if (alias != NULL)
        fprintf(out, ", `%s`", alias->variable);
    fprintf(out, " | %s | %s%s%s | %s |\n", kind_words(row), quote, row->value, quote, row->help);
}

static void print_markdown(FILE *out)
{
    fprintf(
        out,
        "# Configuration\n\nMade by `parleyd --help-markdown`. A flag beats its environment variable, and "
        "`PARLEY_...` beats the name\nthat Spring deployments use.\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *title = title_before(&rows[i]);
        if (title != NULL)
            fprintf(out,
                    "\n## %s\n\n| Flag | Variable | Takes | Default | What it is |\n"
                    "| --- | --- | --- | --- | --- |\n",
                    title);
        print_markdown_row(out, &rows[i]);
    }
}

/* Answers a flag that takes no value; false for any other. */
static bool answer(struct slice flag, FILE *out)
{
    if (slice_equals(flag, SLICE("help")))
        print_help(out);
    else if (slice_equals(flag, SLICE("help-markdown")))
        print_markdown(out);
    else if (slice_equals(flag, SLICE("version")))
        fprintf(out, "parleyd %s\n", PARLEY_VERSION);
    else
        return false;
    return true;
}

static enum config_verdict read_flags(struct config *c, int argc, char **argv, FILE *out, FILE *err)
{
    for (int i = 1; i < argc; i++) {
        struct slice rest = slice_from_string(argv[i]);
        if (!slice_starts_with(rest, SLICE("--"))) {
            fprintf(err, "parleyd: \"%s\" is no flag; --help lists them\n", argv[i]);
            return CONFIG_WRONG;
        }
        rest = slice_after(rest, 2);
        struct slice flag = slice_cut(&rest, '=');
        if (answer(flag, out))
            return CONFIG_DONE;
        const struct row *row = find_row(flag);
        const char *value = rest.data != NULL ? (const char *)rest.data : i + 1 < argc ? argv[++i] : NULL;
        if (row == NULL || value == NULL) {
            fprintf(err, "parleyd: --%.*s %s; --help lists the flags\n", (int)flag.len,
                    (const char *)flag.data, row == NULL ? "is unknown" : "needs a value");
            return CONFIG_WRONG;
        }
        if (!set(c, row, value)) {
            (void)complain(err, row, row->flag, value);
            return CONFIG_WRONG;
        }
    }
    return CONFIG_RUN;
}

enum config_verdict config_read(struct config *c, int argc, char **argv, char **environment, FILE *out,
                                FILE *err)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bool fits = set(c, &rows[i], rows[i].value);
        assert(fits);
    }
    if (!read_environment(c, environment, err))
        return CONFIG_WRONG;
    return read_flags(c, argc, argv, out, err);
}
