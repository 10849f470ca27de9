// SPDX-License-Identifier: MIT
#include "adapter/redis_address.h"

enum { DEFAULT_PORT = 6379, MOST_DATABASE = 999999 };

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes into `out`, which holds `room` octets with its NUL. A NUL inside is refused like an
 * overlong text. */
static bool take_text(struct slice s, char *out, size_t room)
{
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        int octet = s.data[i];
        if (octet == '%') {
            int high = i + 2 < s.len ? hex_digit(s.data[i + 1]) : -1;
            int low = i + 2 < s.len ? hex_digit(s.data[i + 2]) : -1;
            octet = high < 0 || low < 0 ? 0 : high * 16 + low;
            i += 2;
        }
        if (octet == 0 || len + 1 >= room)
            return false;
        out[len++] = (char)octet;
    }
    out[len] = '\0';
    return true;
}

static bool take_userinfo(struct redis_address *a, struct slice s)
{
    struct slice user = slice_cut(&s, ':');
    if (s.data == NULL) /* a name alone opens nothing */
        return false;
    return take_text(user, a->user, sizeof a->user) && take_text(s, a->password, sizeof a->password);
}

static bool take_port(struct redis_address *a, struct slice s)
{
    uint64_t port;
    if (!slice_to_uint(s, UINT16_MAX, &port) || port == 0)
        return false;
    a->port = (int)port;
    return true;
}

static bool take_host(struct redis_address *a, struct slice s)
{
    struct slice host;
    if (!slice_is_empty(s) && s.data[0] == '[') {
        s = slice_after(s, 1);
        host = slice_cut(&s, ']');
        if (s.data == NULL || (s.len > 0 && s.data[0] != ':'))
            return false;
        s = s.len > 0 ? slice_after(s, 1) : SLICE_NONE;
    } else {
        host = slice_cut(&s, ':');
    }
    if (slice_is_empty(host) || host.len >= sizeof a->host || memchr(host.data, '%', host.len) != NULL)
        return false;
    return take_text(host, a->host, sizeof a->host) && (s.data == NULL || take_port(a, s));
}

static bool take_database(struct redis_address *a, struct slice s)
{
    uint64_t database;
    if (slice_is_empty(s))
        return true;
    if (!slice_to_uint(s, MOST_DATABASE, &database))
        return false;
    a->database = (unsigned)database;
    return true;
}

/* The user's part ends at the last "@": one in a password may stand as it is. */
static struct slice cut_userinfo(struct slice *authority)
{
    size_t at = authority->len;
    while (at > 0 && authority->data[at - 1] != '@')
        at--;
    if (at == 0)
        return SLICE_NONE;
    struct slice userinfo = slice_of(authority->data, at - 1);
    *authority = slice_after(*authority, at);
    return userinfo;
}

bool redis_address_parse(struct redis_address *a, struct slice url, struct problem *why)
{
    static const char form[] = "redis://[[user]:password@]host[:port][/database]";
    *a = (struct redis_address){.port = DEFAULT_PORT};
    if (!slice_starts_with(url, SLICE("redis://")))
        return problem_set(why, "the address of Redis is not of the form %s", form);
    struct slice path = slice_after(url, strlen("redis://"));
    struct slice userinfo = cut_userinfo(&path);
    struct slice authority = slice_cut(&path, '/');
    if (userinfo.data != NULL && !take_userinfo(a, userinfo))
        return problem_set(why, "the address of Redis: user and password are not as in %s", form);
    if (!take_host(a, authority))
        return problem_set(why, "the address of Redis: host and port are not as in %s", form);
    if (!take_database(a, path))
        return problem_set(why, "the address of Redis: the database is a number");
    return true;
}

bool redis_address_compose(struct redis_address *a, const char *host, const char *port, struct problem *why)
{
    *a = (struct redis_address){.port = DEFAULT_PORT};
    if (!take_text(slice_from_string(host), a->host, sizeof a->host) || a->host[0] == '\0')
        return problem_set(why, "the host of Redis is \"%s\": it takes a name or an address", host);
    if (port[0] != '\0' && !take_port(a, slice_from_string(port)))
        return problem_set(why, "the port of Redis is \"%s\": it takes a number from 1 to 65535", port);
    return true;
}
