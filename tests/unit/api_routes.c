// SPDX-License-Identifier: MIT
//
// The table of routes and schema/openapi.yaml describe the same operations. The page is read line by line, in the layout
// that it has: a path at two blanks, a method at four, an operationId at six.
#include <stdio.h>

#include "api/internal.h"
#include "support/test.h"

enum { OPERATIONS = 64, LINE = 512 };

struct described {
    char method[8], path[96], name[48];
    bool served;
};

static struct described operations[OPERATIONS];
static size_t operation_count;

/* The key of a line "KEY:" or "KEY: VALUE" that begins behind `blanks` blanks; empty when it is none. */
static struct slice key_at(struct slice line, size_t blanks)
{
    for (size_t i = 0; i <= blanks; i++) {
        if (i >= line.len || (line.data[i] == ' ') != (i < blanks))
            return SLICE_NONE;
    }
    struct slice rest = slice_after(line, blanks);
    return slice_cut(&rest, ':');
}

static void copy(char *out, size_t room, struct slice s)
{
    snprintf(out, room, "%.*s", (int)s.len, (const char *)s.data);
}

/* {userId} is what the table writes as {}. */
static void copy_pattern(char *out, struct slice path)
{
    bool inside = false;
    for (size_t i = 0; i < path.len; i++) {
        if (path.data[i] == '}')
            inside = false;
        if (!inside)
            *out++ = (char)path.data[i];
        if (path.data[i] == '{')
            inside = true;
    }
    *out = '\0';
}

static void take_line(struct slice line, struct described *now)
{
    struct slice path = key_at(line, 2), method = key_at(line, 4), name = key_at(line, 6);
    if (path.len > 0 && path.len < sizeof now->path)
        copy_pattern(now->path, path);
    if (method.len > 0)
        copy(now->method, sizeof now->method, method);
    if (!slice_equals(name, SLICE("operationId")))
        return;
    struct slice rest = slice_after(line, 6);
    slice_cut(&rest, ' ');
    copy(now->name, sizeof now->name, rest);
    CHECK(operation_count < OPERATIONS);
    operations[operation_count++] = *now;
}

static void read_page(void)
{
    char text[LINE];
    struct described now = {0};
    bool in_paths = false;
    FILE *f = fopen("schema/openapi.yaml", "r");
    CHECK(f != NULL);
    operation_count = 0;
    while (f != NULL && fgets(text, sizeof text, f) != NULL) {
        struct slice line = slice_from_string(text);
        line.len -= line.len > 0 && line.data[line.len - 1] == '\n';
        if (key_at(line, 0).len > 0)
            in_paths = slice_equals(line, SLICE("paths:"));
        else if (in_paths)
            take_line(line, &now);
    }
    if (f != NULL)
        fclose(f);
    CHECK(operation_count > 20);
}

static struct described *find(const struct route *route)
{
    for (size_t i = 0; i < operation_count; i++) {
        struct described *d = &operations[i];
        if (strcasecmp(d->method, http_method_name(route->method)) == 0 &&
            slice_equals(route->pattern, slice_from_string(d->path)))
            return d;
    }
    return NULL;
}

static bool is_undescribed(const struct route *route)
{
    return !slice_starts_with(route->pattern, SLICE("/api/")) &&
           !slice_starts_with(route->pattern, SLICE("/actuator/"));
}

TEST(routes,
     "D4: every route under /api and /actuator is an operation of openapi.yaml, by method, path and name")
{
    read_page();
    for (size_t i = 0; i < api_route_count; i++) {
        const struct route *route = &api_routes[i];
        struct described *d = find(route);
        if (is_undescribed(route)) {
            CHECK(route->name == NULL);
            continue;
        }
        if (d == NULL || route->name == NULL || strcmp(d->name, route->name) != 0)
            printf("# %s %.*s\n", http_method_name(route->method), (int)route->pattern.len,
                   (const char *)route->pattern.data);
        CHECK(d != NULL && route->name != NULL && strcmp(d->name, route->name) == 0);
        if (d != NULL)
            d->served = true;
    }
}

TEST(operations, "D4: every operation of openapi.yaml has a route")
{
    read_page();
    for (size_t i = 0; i < api_route_count; i++) {
        struct described *d = find(&api_routes[i]);
        if (d != NULL)
            d->served = true;
    }
    for (size_t i = 0; i < operation_count; i++) {
        if (!operations[i].served)
            printf("# %s %s %s\n", operations[i].name, operations[i].method, operations[i].path);
        CHECK(operations[i].served);
    }
}
