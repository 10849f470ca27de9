// SPDX-License-Identifier: MIT
#include "base/logger.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/object.h"
#include "base/utf8.h"

enum {
    LOGGER_MAGIC = 0x4c4f4747,
    PATIENCE_MS = 50 /* between two looks at whether to give up */
};

struct line {
    struct mail mail;
    struct logger *logger;
    size_t len;
    char text[];
};

static const char *const level_names[] = {
#define X(name, text) [LOG_##name] = text,
    LOG_LEVELS(X)
#undef X
};

/* Waits until the descriptor takes something. False when it does not, and nobody may wait any longer. */
static bool await_room(const struct logger *l)
{
    struct pollfd ready = {.fd = l->descriptor, .events = POLLOUT};
    while (poll(&ready, 1, PATIENCE_MS) == 0) {
        if (l->clock->mono(l->clock) >= atomic_load(&l->give_up))
            return false;
    }
    return true; /* or there is an error, which write() will tell */
}

/* In pieces that a pipe with room takes at once: write() of more would block until somebody reads, for ever
 * if he has stopped. The descriptor is shared with whoever started us, so it stays as blocking as it was. */
static void write_whole(const struct logger *l, const char *text, size_t len)
{
    while (len > 0 && await_room(l)) {
        ssize_t n = write(l->descriptor, text, len < PIPE_BUF ? len : PIPE_BUF);
        if (n == -1 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return; /* nobody to tell */
        text += n;
        len -= (size_t)n;
    }
}

static void on_line(struct mail *mail)
{
    struct line *line = CONTAINER_OF(mail, struct line, mail);
    struct logger *l = line->logger;
    write_whole(l, line->text, line->len);
    atomic_fetch_sub(&l->waiting, 1);
    free(line);
}

static void render_string(struct buf *b, struct slice s)
{
    bool is_text = utf8_valid(s);
    buf_append_octet(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = s.data[i];
        if (c == '"' || c == '\\') {
            buf_append_octet(b, '\\');
            buf_append_octet(b, c);
        } else if (c < 0x20 || c == 0x7F) {
            buf_printf(b, "\\u%04x", c);
        } else {
            buf_append_octet(b, is_text || c < 0x80 ? c : '?');
        }
    }
    buf_append_octet(b, '"');
}

static bool post(struct logger *l, struct slice text)
{
    struct line *line = malloc(sizeof *line + text.len);
    if (line == NULL || atomic_fetch_add(&l->waiting, 1) >= LOGGER_LINES) {
        if (line != NULL)
            atomic_fetch_sub(&l->waiting, 1);
        free(line);
        return false;
    }
    line->mail.run = on_line;
    line->logger = l;
    line->len = text.len;
    memcpy(line->text, text.data, text.len);
    service_post(&l->service, &line->mail);
    return true;
}

/* A value that does not fit is cut, so that the line stays whole. */
static struct slice fit(struct slice s)
{
    size_t most = LOGGER_LINE_LIMIT / 16;
    return s.len <= most ? s : slice_of(s.data, most);
}

void logger_write(struct logger *l, enum log_level level, const char *event, const struct log_field *fields,
                  size_t count)
{
    OBJ_CHECK(l, LOGGER_MAGIC);
    if (!logger_wants(l, level))
        return;
    char time[28];
    size_t time_len = instant_format(l->clock->wall(l->clock), time);
    uint64_t dropped = atomic_exchange(&l->dropped, 0);
    struct buf b;
    buf_init(&b, LOGGER_LINE_LIMIT);
    buf_append_string(&b, "{\"time\":");
    render_string(&b, slice_of(time, time_len));
    buf_printf(&b, ",\"level\":\"%s\",\"event\":\"%s\"", level_names[level], event);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&b, ",\"%s\":", fields[i].name);
        render_string(&b, fit(fields[i].text));
    }
    if (dropped > 0)
        buf_printf(&b, ",\"dropped_lines\":%llu", (unsigned long long)dropped);
    buf_append_string(&b, "}\n");
    if (!buf_ok(&b) || !post(l, buf_slice(&b))) {
        atomic_fetch_add(&l->dropped, dropped + 1); /* with those that this line was to tell of */
        atomic_fetch_add(&l->lost, 1);
    }
    buf_release(&b);
}

static void on_step(struct service *s)
{
    mailbox_run(&s->inbox);
}

void logger_init(struct logger *l, int descriptor, enum log_level level, const struct clock *clock)
{
    OBJ_INIT(l, LOGGER_MAGIC);
    l->descriptor = descriptor;
    l->level = level;
    l->clock = clock;
    atomic_init(&l->waiting, 0);
    atomic_init(&l->dropped, 0);
    atomic_init(&l->lost, 0);
    atomic_init(&l->give_up, INT64_MAX);
    service_init(&l->service, "logger", on_step);
}

bool logger_start(struct logger *l)
{
    return service_start(&l->service);
}

void logger_stop(struct logger *l)
{
    OBJ_CHECK(l, LOGGER_MAGIC);
    atomic_store(&l->give_up, l->clock->mono(l->clock) + LOGGER_GRACE);
    if (!l->service.threaded)
        mailbox_run(&l->service.inbox);
    service_stop(&l->service);
    OBJ_DEAD(l);
}
