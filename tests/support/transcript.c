// SPDX-License-Identifier: MIT
#include "support/transcript.h"

#include <stdarg.h>
#include <stdlib.h>

#include "support/test.h"

enum { INPUT_LIMIT = 1 << 20, FILE_LIMIT = 1 << 20 };

/* ---- what a feed asks for ---- */

static size_t piece_len(const struct transcript *t)
{
    size_t left = t->input.len - t->fed;
    if (t->cut == SIZE_MAX)
        return left < 1 ? left : 1;
    if (t->fed < t->cut)
        return t->cut - t->fed;
    return left;
}

static bool advance(struct transcript *t, size_t *len)
{
    if (t->started && t->fed == t->input.len)
        return false;
    t->started = true;
    *len = piece_len(t);
    t->fed += *len;
    return true;
}

bool transcript_next(struct transcript *t, struct slice *piece)
{
    size_t len, from = t->fed;
    if (!advance(t, &len))
        return false;
    *piece = guarded_copy(&t->memory, slice_of(t->input.data + from, len));
    return true;
}

bool transcript_next_prefix(struct transcript *t, struct slice *prefix)
{
    size_t len;
    if (!advance(t, &len))
        return false;
    *prefix = guarded_copy(&t->memory, slice_of(t->input.data, t->fed));
    return true;
}

size_t transcript_piece_at(const struct transcript *t, struct slice piece)
{
    return t->fed - piece.len;
}

/* ---- what a feed says ---- */

static void end_data(struct transcript *t)
{
    if (t->in_data)
        buf_append_octet(&t->out, '"');
    t->in_data = false;
}

static void begin_line(struct transcript *t, size_t offset)
{
    end_data(t);
    if (t->out.len > 0)
        buf_append_octet(&t->out, '\n');
    buf_printf(&t->out, "%zu ", offset);
}

static void append_escaped(struct buf *out, struct slice s)
{
    static const char *const names[256] = {
        ['\r'] = "\\r", ['\n'] = "\\n", ['\t'] = "\\t", ['\0'] = "\\0", ['"'] = "\\\"", ['\\'] = "\\\\"};
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = s.data[i];
        if (names[c] != NULL)
            buf_append_string(out, names[c]);
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\x%02X", c);
        else
            buf_append_octet(out, c);
    }
}

void transcript_event(struct transcript *t, size_t offset, const char *format, ...)
{
    char text[1024];
    va_list ap;
    begin_line(t, offset);
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    buf_append_string(&t->out, text);
}

void transcript_quote(struct transcript *t, const char *text, struct slice s)
{
    buf_append_string(&t->out, text);
    buf_append_octet(&t->out, '"');
    append_escaped(&t->out, s);
    buf_append_octet(&t->out, '"');
}

void transcript_data(struct transcript *t, size_t offset, const char *name, struct slice piece)
{
    if (!t->in_data || strcmp(t->data_name, name) != 0) {
        begin_line(t, offset);
        buf_printf(&t->out, "%s \"", name);
        t->in_data = true;
        t->data_name = name;
    }
    append_escaped(&t->out, piece);
}

struct slice transcript_option(const struct transcript *t, const char *name, const char *otherwise)
{
    struct slice rest = t->with;
    while (rest.data != NULL) {
        struct slice value = slice_cut(&rest, ' ');
        struct slice key = slice_cut(&value, '=');
        if (slice_equals(key, slice_from_string(name)))
            return value;
    }
    return slice_from_string(otherwise);
}

uint64_t transcript_number(const struct transcript *t, const char *name, uint64_t otherwise)
{
    uint64_t n = otherwise;
    struct slice value = transcript_option(t, name, NULL);
    if (value.data != NULL && !slice_to_uint(value, UINT64_MAX, &n))
        test_fail(__FILE__, __LINE__, "an option that is not a number");
    return n;
}

/* ---- one case ---- */

struct script {
    const char *path;
    transcript_feed *feed;
    size_t line, case_line, cases;
    struct slice title;
    struct buf in, out, with;
    bool open, broken;
};

static void complain(const struct script *s, const char *cut, struct slice got)
{
    test_fail(s->path, (int)s->case_line, cut);
    printf("#   case      %.*s\n#   got\n", (int)s->title.len, (const char *)s->title.data);
    for (struct slice rest = got; rest.data != NULL;) {
        struct slice line = slice_cut(&rest, '\n');
        printf("#     %.*s\n", (int)line.len, (const char *)line.data);
    }
    printf("#   expected\n");
    for (struct slice rest = buf_slice(&s->out); rest.data != NULL;) {
        struct slice line = slice_cut(&rest, '\n');
        printf("#     %.*s\n", (int)line.len, (const char *)line.data);
    }
}

/* Feeds the case cut in one way; false, and said so, when the events differ. */
static bool run_cut(const struct script *s, struct guarded *memory, size_t cut, const char *how)
{
    struct transcript t = {.input = buf_slice(&s->in), .with = buf_slice(&s->with), .cut = cut};
    t.memory = *memory;
    buf_init(&t.out, FILE_LIMIT);
    s->feed(&t);
    end_data(&t);
    bool same = buf_ok(&t.out) && slice_equals(buf_slice(&t.out), buf_slice(&s->out));
    if (!same)
        complain(s, how, buf_slice(&t.out));
    buf_release(&t.out);
    return same;
}

static void run_case(struct script *s)
{
    char how[64];
    struct guarded memory;
    if (!s->open)
        return;
    s->open = false;
    s->cases++;
    guarded_init(&memory, s->in.len);
    bool same = run_cut(s, &memory, 0, "fed whole");
    for (size_t cut = 1; same && cut < s->in.len; cut++) {
        snprintf(how, sizeof how, "cut after %zu octets", cut);
        same = run_cut(s, &memory, cut, how);
    }
    if (same)
        run_cut(s, &memory, SIZE_MAX, "octet by octet");
    guarded_release(&memory);
}

/* ---- the file ---- */

static void refuse_line(struct script *s, const char *why)
{
    s->broken = true;
    test_fail(s->path, (int)s->line, why);
}

static int hex_digit(unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == 0 ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* The octet that the escape at the head of *rest stands for; what follows the escape stays in *rest. */
static bool unescape(struct slice *rest, unsigned char *octet)
{
    static const char names[] = "rnts0\\\"", octets[] = "\r\n\t \0\\\"";
    if (rest->len < 2)
        return false;
    const char *at = rest->data[1] == 0 ? NULL : strchr(names, rest->data[1]);
    if (at != NULL) {
        *octet = (unsigned char)octets[at - names];
        *rest = slice_after(*rest, 2);
        return true;
    }
    if (rest->data[1] != 'x' || rest->len < 4)
        return false;
    int high = hex_digit(rest->data[2]), low = hex_digit(rest->data[3]);
    if (high < 0 || low < 0)
        return false;
    *octet = (unsigned char)(high * 16 + low);
    *rest = slice_after(*rest, 4);
    return true;
}

static void take_in(struct script *s, struct slice text, uint64_t times)
{
    size_t from = s->in.len;
    for (struct slice rest = text; rest.len > 0;) {
        unsigned char octet = rest.data[0];
        if (octet != '\\')
            rest = slice_after(rest, 1);
        else if (!unescape(&rest, &octet)) {
            refuse_line(s, "unknown escape");
            return;
        }
        buf_append_octet(&s->in, octet);
    }
    size_t len = s->in.len - from;
    for (uint64_t i = 1; i < times && buf_reserve(&s->in, len) != NULL; i++) {
        memcpy(s->in.data + s->in.len, s->in.data + from, len);
        buf_extend(&s->in, len);
    }
}

/* " / " divides events as a line end does. */
static void take_out(struct script *s, struct slice text)
{
    if (s->out.len > 0)
        buf_append_octet(&s->out, '\n');
    while (text.len > 0) {
        bool divides = slice_starts_with(text, SLICE(" / "));
        buf_append_octet(&s->out, divides ? '\n' : text.data[0]);
        text = slice_after(text, divides ? 3 : 1);
    }
}

static void take_case(struct script *s, struct slice text)
{
    run_case(s);
    s->title = text;
    s->case_line = s->line;
    s->open = true;
    buf_clear(&s->in);
    buf_clear(&s->out);
    buf_clear(&s->with);
}

static void take_line(struct script *s, struct slice line)
{
    struct slice text = line, keyword = slice_cut(&text, ' ');
    uint64_t times = 1;
    while (text.len > 0 && text.data[0] == ' ')
        text = slice_after(text, 1);
    if (slice_is_empty(line) || line.data[0] == '#')
        return;
    if (slice_equals(keyword, SLICE("case"))) {
        take_case(s, text);
    } else if (slice_equals(keyword, SLICE("with"))) {
        buf_append_octet(&s->with, ' ');
        buf_append(&s->with, text);
    } else if (slice_equals(keyword, SLICE("out"))) {
        take_out(s, text);
    } else if (slice_equals(keyword, SLICE("in")) ||
               (slice_starts_with(keyword, SLICE("in*")) &&
                slice_to_uint(slice_after(keyword, 3), INPUT_LIMIT, &times))) {
        take_in(s, text, times);
    } else {
        refuse_line(s, "unknown keyword");
    }
}

static bool read_file(const char *path, struct buf *text)
{
    FILE *f = fopen(path, "rb");
    size_t n = 0;
    if (f == NULL)
        return false;
    do {
        unsigned char *room = buf_reserve(text, 4096);
        n = room == NULL ? 0 : fread(room, 1, 4096, f);
        buf_extend(text, n);
    } while (n > 0);
    fclose(f);
    return buf_ok(text);
}

void transcript_run(const char *path, transcript_feed *feed)
{
    struct script s = {.path = path, .feed = feed};
    struct buf text;
    buf_init(&text, FILE_LIMIT);
    buf_init(&s.in, INPUT_LIMIT);
    buf_init(&s.out, FILE_LIMIT);
    buf_init(&s.with, FILE_LIMIT);
    if (!read_file(path, &text))
        test_fail(path, 0, "a transcript that can be read");
    for (struct slice rest = buf_slice(&text); rest.data != NULL && !s.broken;) {
        s.line++;
        take_line(&s, slice_cut(&rest, '\n'));
    }
    if (!s.broken)
        run_case(&s);
    if (s.cases == 0)
        test_fail(path, 0, "at least one case");
    buf_release(&s.with);
    buf_release(&s.out);
    buf_release(&s.in);
    buf_release(&text);
}
