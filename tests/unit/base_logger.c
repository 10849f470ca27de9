// SPDX-License-Identifier: MIT
#include "base/logger.h"

#include <fcntl.h>
#include <unistd.h>

#include "support/test.h"

static int64_t fixed_wall(const struct clock *c)
{
    (void)c;
    return INT64_C(1000000);
}

static const struct clock fixed = {fixed_wall, fixed_wall};

/* What a logger without a thread wrote until it was stopped. */
static size_t drain(struct logger *l, int descriptors[2], char *text, size_t room)
{
    logger_stop(l);
    close(descriptors[1]);
    size_t len = 0;
    ssize_t n;
    while ((n = read(descriptors[0], text + len, room - len)) > 0)
        len += (size_t)n;
    close(descriptors[0]);
    return len;
}

static void open_logger(struct logger *l, int descriptors[2], enum log_level level)
{
    int rc = pipe(descriptors);
    assert(rc == 0);
    logger_init(l, descriptors[1], level, &fixed);
}

TEST(line, "a line is one JSON object whatever octets its fields have")
{
    struct logger l;
    int descriptors[2];
    char text[1024];
    struct log_field fields[] = {{"a", SLICE("x\"\\\n\x01")}, {"b", SLICE("\xff\x41")}, {"c", SLICE("한")}};
    open_logger(&l, descriptors, LOG_INFO);
    logger_write(&l, LOG_WARNING, "it_happened", fields, ARRAY_LEN(fields));
    logger_write(&l, LOG_DEBUG, "unwanted", NULL, 0);
    size_t len = drain(&l, descriptors, text, sizeof text);
    CHECK_SLICE(slice_of(text, len),
                "{\"time\":\"1970-01-01T00:00:01.000000Z\",\"level\":\"warning\",\"event\":"
                "\"it_happened\",\"a\":\"x\\\"\\\\\\u000a\\u0001\",\"b\":\"?A\",\"c\":\"한\"}\n");
}

TEST(bound, "lines beyond the bound are dropped, counted, and the count is told")
{
    static char text[1 << 20];
    struct logger l;
    int descriptors[2];
    open_logger(&l, descriptors, LOG_INFO);
    for (int i = 0; i < LOGGER_LINES + 3; i++)
        logger_write(&l, LOG_INFO, "e", NULL, 0);
    CHECK_INT(atomic_load(&l.dropped), 3);
    CHECK_INT(atomic_load(&l.waiting), LOGGER_LINES);
    FILE *sink = tmpfile();
    l.descriptor = fileno(sink);
    close(descriptors[1]);
    close(descriptors[0]);
    mailbox_run(&l.service.inbox);
    logger_write(&l, LOG_INFO, "again", NULL, 0);
    logger_stop(&l);
    rewind(sink);
    size_t len = fread(text, 1, sizeof text - 1, sink), lines = 0;
    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n';
    CHECK_INT(lines, LOGGER_LINES + 1);
    CHECK(strstr(text, "\"event\":\"again\",\"dropped_lines\":3}") != NULL);
    fclose(sink);
}

/* --- a reader who has stopped --- */

static void fill_pipe(int descriptor)
{
    char octets[4096] = {0};
    int flags = fcntl(descriptor, F_GETFL);
    (void)fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
    while (write(descriptor, octets, sizeof octets) > 0)
        continue;
    (void)fcntl(descriptor, F_SETFL, flags);
}

static void fill_and_stop(bool threaded)
{
    struct logger l;
    int descriptors[2];
    int rc = pipe(descriptors);
    assert(rc == 0);
    fill_pipe(descriptors[1]);
    logger_init(&l, descriptors[1], LOG_INFO, &clock_system);
    CHECK(!threaded || logger_start(&l));
    for (int i = 0; i < 100; i++)
        logger_write(&l, LOG_INFO, "unread", NULL, 0);
    int64_t begin = clock_system.mono(&clock_system);
    logger_stop(&l);
    CHECK(clock_system.mono(&clock_system) - begin >= LOGGER_GRACE);
    close(descriptors[0]);
    close(descriptors[1]);
}

TEST(stopped_reader, "a full pipe that nobody reads does not keep the program from leaving; G8")
{
    fill_and_stop(true);
    fill_and_stop(false);
}

TEST(late_reader, "who reads again in time gets every line whole")
{
    static char text[1 << 20];
    struct logger l;
    int descriptors[2];
    size_t len = 0, lines = 0;
    ssize_t n = 0;
    open_logger(&l, descriptors, LOG_INFO);
    fill_pipe(descriptors[1]);
    CHECK(logger_start(&l));
    for (int i = 0; i < 1000; i++)
        logger_write(&l, LOG_INFO, "read", NULL, 0);
    while (lines < 1000 && (n = read(descriptors[0], text + len, sizeof text - len)) > 0) {
        for (ssize_t i = 0; i < n; i++)
            lines += text[len + (size_t)i] == '\n';
        len += (size_t)n;
    }
    CHECK_INT(lines, 1000);
    logger_stop(&l);
    close(descriptors[0]);
    close(descriptors[1]);
}
