// SPDX-License-Identifier: MIT
#include "base/error.h"

#include "base/object.h"

static const struct error_row rows[ERR_COUNT] = {
#define X(name, status, close, type, line, ko, en)                                                           \
    [ERR_##name] = {#name, status, close, type, line, {ko, en}},
    ERROR_TABLE(X)
#undef X
};

const struct error_row *error_row(enum error e)
{
    assert(e > ERR_NONE && e < ERR_COUNT);
    return &rows[e];
}
