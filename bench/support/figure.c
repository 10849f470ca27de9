// SPDX-License-Identifier: MIT
#include "support/figure.h"

#include <stdbool.h>
#include <stdio.h>

/* Three digits that matter, none that do not. */
static void print_number(double n)
{
    int decimals = n >= 100 ? 0 : n >= 10 ? 1 : n >= 1 ? 2 : 3;
    printf("%.*f", decimals, n);
}

static bool is_met(const struct figure *f)
{
    switch (f->budget) {
    case FIGURE_VALUE_AT_MOST: return f->value <= f->bound;
    case FIGURE_RATIO_AT_MOST: return f->ratio <= f->bound;
    case FIGURE_RATIO_AT_LEAST: return f->ratio >= f->bound;
    case FIGURE_TOLD: break;
    }
    return true;
}

static void print_budget(const struct figure *f)
{
    if (f->budget == FIGURE_TOLD) {
        printf("| | |\n");
        return;
    }
    printf("| at %s %g%s%s | %s |\n", f->budget == FIGURE_RATIO_AT_LEAST ? "least" : "most", f->bound,
           f->budget == FIGURE_VALUE_AT_MOST ? " " : "", f->budget == FIGURE_VALUE_AT_MOST ? f->unit : "",
           is_met(f) ? "yes" : "**no**");
}

void figure_print(const struct figure *f)
{
    printf("= | %s | ", f->what);
    print_number(f->value);
    printf(" %s | ", f->unit);
    if (f->peer > 0) {
        printf("%s: ", f->peer_name);
        print_number(f->peer);
        printf(" %s", f->unit);
    }
    printf(" | ");
    if (f->ratio > 0)
        printf("%.2f ", f->ratio);
    print_budget(f);
}
