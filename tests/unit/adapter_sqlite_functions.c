// SPDX-License-Identifier: MIT
// The functions of SQL that docs/sql-functions.md describes, held to what protobuf-c makes of the same values.
#include "adapter/sqlite_functions.h"

#include <sqlite3.h>

#include "dto/values.h"
#include "parley/v1/dto.pb-c.h"
#include "support/test.h"

static sqlite3 *handle;
static struct arena arena;

static void begin(void)
{
    CHECK_INT(sqlite3_open(":memory:", &handle), SQLITE_OK);
    CHECK(sqlite_functions_register(handle));
    arena_init(&arena, 1 << 20);
}

static void end(void)
{
    sqlite3_close(handle);
    arena_release(&arena);
}

/* The one value of a query, copied; data NULL when the statement fails or the value is null. */
static struct slice ask(const char *sql)
{
    struct slice got = SLICE_NONE;
    sqlite3_stmt *s;
    CHECK_INT(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), SQLITE_OK);
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL) {
        const void *octets = sqlite3_column_blob(s, 0);
        struct slice column = slice_of(octets, (size_t)sqlite3_column_bytes(s, 0));
        got = column.len == 0 ? SLICE("") : arena_copy(&arena, column);
    }
    sqlite3_finalize(s);
    return got;
}

#define ID "x'000102030405060708090A0B00000000'"

TEST(message, "the pieces, one behind the other, are the message that protobuf-c packs")
{
    struct uuid id = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0}};
    begin();
    Parley__V1__MessageDto *m = dto_new(&arena, &parley__v1__message_dto__descriptor);
    Parley__V1__UserDto *user = dto_new(&arena, &parley__v1__user_dto__descriptor);
    m->id = dto_uuid(&arena, &id);
    m->created_at = dto_instant(&arena, 1700000000123456);
    m->updated_at = dto_instant(&arena, -5);
    m->content = arena_string(&arena, SLICE("안녕, \xF0\x9F\x98\x80"));
    m->author = user;
    user->username = arena_string(&arena, SLICE(""));
    user->has_role = 1;
    user->role = PARLEY__V1__ROLE__ROLE_ADMIN;
    struct slice packed = dto_pack(&arena, &m->base);
    struct slice got =
        ask("SELECT pb_cat(pb_id(1, " ID "), pb_instant(2, 1700000000123456), pb_instant(3, -5),"
            " pb_text(4, '안녕, \xF0\x9F\x98\x80'), pb_id(5, NULL),"
            " pb_message(6, pb_cat(pb_text(2, ''), pb_text(3, NULL), pb_int(6, 3))))");
    CHECK_INT(got.len, packed.len);
    CHECK(slice_equals(got, packed));
    end();
}

TEST(lengths, "lengths and numbers of more than seven bits take as many octets as they need")
{
    begin();
    CHECK(slice_equals(ask("SELECT pb_int(1, 300)"), slice_of("\x08\xAC\x02", 3)));
    CHECK(slice_equals(ask("SELECT pb_int(16, 1)"), slice_of("\x80\x01\x01", 3)));
    CHECK_INT(ask("SELECT pb_text(1, printf('%.*c', 128, 'x'))").len, 128 + 3);
    CHECK_INT(ask("SELECT pb_text(1, printf('%.*c', 127, 'x'))").len, 127 + 2);
    end();
}

TEST(absent, "a field without a value is no octets; nothing joined is no octets")
{
    begin();
    CHECK_SLICE(ask("SELECT pb_text(1, NULL)"), "");
    CHECK_SLICE(ask("SELECT pb_message(1, NULL)"), "");
    CHECK_SLICE(ask("SELECT pb_cat()"), "");
    CHECK_SLICE(ask("SELECT pb_join(1) WHERE false"), "");
    CHECK_SLICE(ask("SELECT audience_of(" ID ") WHERE false"), "");
    end();
}

TEST(join, "rows are joined in their order, and users named with commas between them")
{
    begin();
    CHECK_SLICE(ask("SELECT pb_join(v) FROM (SELECT 'a' v UNION ALL SELECT 'b' UNION ALL SELECT 'c')"),
                "abc");
    CHECK_SLICE(ask("SELECT audience_of(v) FROM (SELECT " ID
                    " v UNION ALL SELECT x'FF0102030405060708090A0B0C0D0E0F')"),
                "00010203-0405-0607-0809-0a0b00000000,ff010203-0405-0607-0809-0a0b0c0d0e0f");
    end();
}

TEST(event_id, "the ids of an event's rows count in their last four octets")
{
    begin();
    CHECK(slice_equals(ask("SELECT event_id(" ID ", 1)"), ask("SELECT " ID)));
    CHECK(
        slice_equals(ask("SELECT event_id(" ID ", 258)"), ask("SELECT x'000102030405060708090A0B00000101'")));
    CHECK(slice_equals(ask("SELECT event_id(" ID ", 4294967295)"),
                       ask("SELECT x'000102030405060708090A0BFFFFFFFE'")));
    CHECK(ask("SELECT event_id(" ID ", 0)").data == NULL);
    CHECK(ask("SELECT event_id(x'00', 1)").data == NULL);
    end();
}

TEST(event_time, "the times of an event's rows follow the last of the stream, or now, if that is later")
{
    begin();
    CHECK_SLICE(ask("SELECT event_time(100, 50, 1)"), "101");
    CHECK_SLICE(ask("SELECT event_time(100, 100, 3)"), "103");
    CHECK_SLICE(ask("SELECT event_time(100, 150, 1)"), "150");
    CHECK_SLICE(ask("SELECT event_time(100, 150, 2)"), "151");
    end();
}

TEST(refused, "what is no field number fails its statement")
{
    begin();
    CHECK(ask("SELECT pb_int(0, 1)").data == NULL);
    CHECK(ask("SELECT pb_int(536870912, 1)").data == NULL);
    CHECK(ask("SELECT pb_text('1', 'x')").data == NULL);
    end();
}
