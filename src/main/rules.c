// SPDX-License-Identifier: MIT
#include "main/rules.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool rules_load(const char *path, struct stomp_rules **rules, struct problem *why)
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
