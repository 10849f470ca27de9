// SPDX-License-Identifier: MIT
#include "chat/cursor.h"
#include "chat/streams.h"
#include "support/test.h"

#define ID "9f8e7d6c-5b4a-4392-8181-706050403020"

TEST(streams, "a channel's stream is named after it, and nothing else is such a name; SB-16")
{
    struct arena arena;
    struct uuid id, back = {{0}};
    static const char *const bad[] = {"",
                                      "channels." ID,
                                      "channels." ID ".message",
                                      "channels." ID ".messagez",
                                      "channels." ID ".messages.",
                                      "channel_." ID ".messages",
                                      "channels.9F8E7D6C-5b4a-4392-8181-706050403020.messages",
                                      "channels.9f8e7d6c-5b4a-4392-8181-70605040302x.messages",
                                      "events"};
    arena_init(&arena, 1024);
    CHECK(uuid_parse(SLICE(ID), &id));
    struct slice name = stream_of_channel(&arena, &id);
    CHECK_SLICE(name, "channels." ID ".messages");
    CHECK(stream_channel(name, &back) && uuid_equals(&id, &back));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!stream_channel(slice_from_string(bad[i]), &back));
    CHECK(uuid_equals(&id, &back));
    arena_release(&arena);
    arena_init(&arena, 8);
    CHECK(stream_of_channel(&arena, &id).data == NULL);
    arena_release(&arena);
}

TEST(cursors, "D4.4: a cursor is an instant and an id, or a plain instant")
{
    struct cursor c = {0}, back = {0};
    char text[CURSOR_TEXT];
    static const char *const bad[] = {"",
                                      "_",
                                      "_" ID,
                                      ID,
                                      "2026-03-02T09:15:30.482913Z_",
                                      "2026-03-02T09:15:30.482913Z-" ID,
                                      "2026-03-02T09:15:30.482913Z_" ID "_",
                                      "2026-03-02_" ID};
    CHECK(cursor_parse(SLICE("2026-03-02T09:15:30.482913Z_" ID), &c));
    CHECK_INT(c.instant, 1772442930482913);
    cursor_format(&c, text);
    CHECK_SLICE(slice_of(text, sizeof text), "2026-03-02T09:15:30.482913Z_" ID);
    CHECK(cursor_parse(slice_of(text, sizeof text), &back) && uuid_equals(&back.id, &c.id));
    CHECK(cursor_parse(SLICE("2026-03-02T09:15:30Z"), &back));
    CHECK(back.instant == 1772442930000000 && uuid_is_nil(&back.id));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!cursor_parse(slice_from_string(bad[i]), &back));
    CHECK_INT(back.instant, 1772442930000000);
}
