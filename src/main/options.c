// SPDX-License-Identifier: MIT
#include "main/options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "api/credentials.h"
#include "api/stomp_rules.h"
#include "main/files.h"
#include "net/address_text.h"

/* *rules is NULL for an empty path. */
static bool load_rules(const char *path, struct stomp_rules **rules, struct problem *why)
{
    char text[STOMP_RULES_OCTETS + 1];
    struct stomp_rules_error error;
    *rules = NULL;
    if (path[0] == '\0')
        return true;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return problem_set(why, "stomp-rules: %s: %s", path, strerror(errno));
    size_t len = fread(text, 1, sizeof text, file);
    bool failed = ferror(file) != 0;
    (void)fclose(file);
    if (failed)
        return problem_set(why, "stomp-rules: %s cannot be read", path);
    if (len > STOMP_RULES_OCTETS)
        return problem_set(why, "stomp-rules: %s is over %d octets", path, STOMP_RULES_OCTETS);
    *rules = stomp_rules_new(slice_of(text, len), &error);
    if (*rules != NULL)
        return true;
    return error.line == 0
               ? problem_set(why, "stomp-rules: %s: %s", path, error.problem)
               : problem_set(why, "stomp-rules: %s, line %u: %s", path, error.line, error.problem);
}

static bool read_proxies(struct api_options *o, const struct config *c, struct problem *why)
{
    return ip_networks_parse(slice_from_string(c->trusted_proxies), o->proxies, API_PROXIES,
                             &o->proxy_count) ||
           problem_set(why, "trusted-proxies is \"%s\": it is a list of at most %d networks",
                       c->trusted_proxies, API_PROXIES);
}

/* The list says what is on. */
static bool read_credentials(struct api_options *o, const struct config *c, struct problem *why)
{
    struct slice rest = slice_from_string(c->credentials), origins = slice_from_string(c->allowed_origins);
    unsigned on = 0;
    if (c->access_cookie && origins.len > 0 && memchr(origins.data, '*', origins.len) != NULL)
        return problem_set(why, "access-cookie cannot be on while allowed-origins is *"); /* HS-6, HS-8 */
    while (rest.data != NULL) {
        struct slice name = slice_trim(slice_cut(&rest, ','));
        if (name.len > 0 && credential_named(name) == 0)
            return problem_set(
                why, "credentials: \"%.*s\" is none of handshake, ticket, subprotocol, connect, passcode",
                (int)name.len, (const char *)name.data);
        on |= name.len > 0 ? credential_named(name) : 0;
    }
    o->credentials_off = ~on;
    return true;
}

static bool read_language(struct api_options *o, const struct config *c, struct problem *why)
{
    bool english = strcmp(c->language, "en") == 0;
    o->language = english ? LANGUAGE_ENGLISH : LANGUAGE_KOREAN;
    return english || strcmp(c->language, "ko") == 0 ||
           problem_set(why, "language is \"%s\": it is ko or en", c->language);
}

bool options_read(struct api_options *options, const struct config *config, struct stomp_rules **rules,
                  struct problem *why)
{
    *options = (struct api_options){.allowed_origins = config->allowed_origins,
                                    .allow_direct_publish = config->direct_publish,
                                    .connect_header = config->connect_header,
                                    .access_cookie = config->access_cookie,
                                    .stomp_csrf = config->stomp_csrf,
                                    .uploads = files_limits(config),
                                    .sweep_interval = config->login_sweep * MICROSECONDS_PER_MS};
    if (!read_language(options, config, why) || !read_credentials(options, config, why) ||
        !read_proxies(options, config, why) || !load_rules(config->stomp_rules, rules, why))
        return false;
    options->rules = *rules;
    return true;
}
