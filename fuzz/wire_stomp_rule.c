// SPDX-License-Identifier: MIT
// A line of rules, against what a split at blanks makes of it.
#include "pieces.h"
#include "wire/stomp_rule.h"

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

static struct slice word(struct slice *rest)
{
    size_t begin = 0, end;
    while (begin < rest->len && is_blank(rest->data[begin]))
        begin++;
    for (end = begin; end < rest->len && !is_blank(rest->data[end]); end++)
        ;
    struct slice found = slice_of(rest->data + begin, end - begin);
    *rest = slice_after(*rest, end);
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct slice who[] = {SLICE_INIT("anyone"), SLICE_INIT("user"), SLICE_INIT("manager"),
                                       SLICE_INIT("admin"), SLICE_INIT("nobody")};
    struct slice rest = slice_of(data, size);
    struct stomp_rule rule = {.frames = ~0u};
    enum stomp_rule_line kind = stomp_rule_parse(rest, &rule);
    if (kind != STOMP_RULE_LINE)
        assert(rule.frames == ~0u);
    if (size == 0)
        return 0;
    struct slice first = word(&rest), second = word(&rest), third = word(&rest);
    assert((kind == STOMP_RULE_NONE) == (first.len == 0 || first.data[0] == '#'));
    if (kind != STOMP_RULE_LINE)
        return 0;
    assert(rule.frames != 0 && rule.frames < 1u << STOMP_RULE_FRAMES);
    assert(slice_equals(rule.pattern, second) && rule.pattern.data == second.data);
    assert(slice_starts_with(third, who[rule.who]));
    assert(third.len == who[rule.who].len || third.data[who[rule.who].len] == '#');
    return 0;
}
