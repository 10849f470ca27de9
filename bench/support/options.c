// SPDX-License-Identifier: MIT
#include "support/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/measure.h"

static _Noreturn void help(const char *about, const struct option_row *rows, size_t count)
{
    puts(about);
    for (const struct option_row *r = rows; r < rows + count; r++) {
        printf("  --%-14s %-7s %s", r->name,
               r->flag != NULL   ? ""
               : r->text != NULL ? "TEXT"
                                 : "NUMBER",
               r->help);
        if (r->number != NULL)
            printf(" (%u)", *r->number);
        putchar('\n');
    }
    exit(0);
}

static void take(const struct option_row *r, const char *value)
{
    char *end;
    if (r->text != NULL) {
        *r->text = value;
        return;
    }
    unsigned long n = strtoul(value, &end, 10);
    if (*value == '\0' || *end != '\0' || n < r->least || n > r->most)
        bench_die("--%s %s: a number from %u to %u is needed", r->name, value, r->least, r->most);
    *r->number = (unsigned)n;
}

void options_read(const char *about, const struct option_row *rows, size_t count, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const struct option_row *r = rows;
        if (strcmp(argv[i], "--help") == 0)
            help(about, rows, count);
        while (r < rows + count && (strncmp(argv[i], "--", 2) != 0 || strcmp(argv[i] + 2, r->name) != 0))
            r++;
        if (r == rows + count)
            bench_die("%s: there is no such flag; --help lists them", argv[i]);
        if (r->flag != NULL)
            *r->flag = true;
        else if (++i < argc)
            take(r, argv[i]);
        else
            bench_die("--%s: a value is missing", r->name);
    }
}
