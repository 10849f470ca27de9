// SPDX-License-Identifier: MIT
#include "support/sim/trace.h"

#include <inttypes.h>
#include <string.h>

static const char *const words_of[] = {
#define X(name, words) [TRACE_##name] = words,
    TRACE_TABLE(X)
#undef X
};

void trace_init(struct trace *t, bool aloud)
{
    *t = (struct trace){.aloud = aloud, .hash = UINT64_C(14695981039346656037)};
}

static void mix(struct trace *t, uint64_t value)
{
    t->hash = (t->hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    t->hash ^= t->hash >> 32;
}

static void mix_text(struct trace *t, const char *text)
{
    uint64_t word = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        word = word << 8 | (unsigned char)text[i];
        if (i % 8 == 7)
            mix(t, word);
    }
    mix(t, word);
}

static void print_words(const struct trace_act *act, FILE *to)
{
    for (const char *c = words_of[act->kind]; *c != '\0'; c++) {
        if (*c != '%') {
            putc(*c, to);
            continue;
        }
        switch (*++c) {
        case 'a': fprintf(to, "%" PRId64, act->a); break;
        case 'b': fprintf(to, "%" PRId64, act->b); break;
        default: fputs(act->text, to); break;
        }
    }
}

static void print_act(const struct trace_act *act, FILE *to)
{
    fprintf(to, "%4" PRId64 ".%06" PRId64 "  ", act->at / 1000000, act->at % 1000000);
    if (act->worker > 0)
        fprintf(to, "worker %u ", act->worker);
    if (act->client > 0)
        fprintf(to, "client %u ", act->client);
    if (act->follower > 0)
        fprintf(to, "follower %u ", act->follower);
    print_words(act, to);
    putc('\n', to);
}

void trace_note(struct trace *t, int64_t at, enum trace_kind kind, struct trace_words words)
{
    struct trace_act *act = &t->last[t->count++ % TRACE_KEPT];
    act->kind = (uint8_t)kind;
    act->worker = (uint8_t)words.worker;
    act->client = (uint8_t)words.client;
    act->follower = (uint8_t)words.follower;
    act->at = at;
    act->a = words.a;
    act->b = words.b;
    (void)snprintf(act->text, sizeof act->text, "%s", words.text == NULL ? "" : words.text);
    mix(t, (uint64_t)at ^ (uint64_t)kind << 56);
    mix(t, (uint64_t)words.worker << 16 | (uint64_t)words.client << 8 | words.follower);
    mix(t, (uint64_t)words.a);
    mix(t, (uint64_t)words.b);
    mix_text(t, act->text);
    if (t->aloud)
        print_act(act, stdout);
}

void trace_print_last(const struct trace *t, FILE *to)
{
    uint64_t first = t->count > TRACE_KEPT ? t->count - TRACE_KEPT : 0;
    for (uint64_t i = first; !t->aloud && i < t->count; i++)
        print_act(&t->last[i % TRACE_KEPT], to);
}
