// SPDX-License-Identifier: MIT
#include "adapter/problem.h"

#include <stdarg.h>
#include <stdio.h>

bool problem_set(struct problem *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(p->text, sizeof p->text, format, arguments);
    va_end(arguments);
    return false;
}
