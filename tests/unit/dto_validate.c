// SPDX-License-Identifier: MIT
#include "dto/email.h"
#include "dto/validate.h"
#include "parley/v1/dto.pb-c.h"
#include "support/test.h"

enum { ROOM = 16 * 1024 };

static struct arena arena;
static struct problems problems;

static void begin(enum language language)
{
    arena_init(&arena, 1024 * 1024);
    problems_init(&problems, &arena, language);
}

/* The reason given for the only wrong field, "" when nothing is wrong. */
static const char *verdict(const struct validation *v, const ProtobufCMessage *m, const char *field)
{
    problems.count = 0;
    if (validate(v, m, &problems))
        return problems.count == 0 ? "" : "true, with problems";
    if (problems.count != 1 || strcmp(problems.rows[0].field, field) != 0)
        return "another field";
    return problems.rows[0].reason;
}

/* `n` times one character. */
static char *repeat(const char *character, size_t n)
{
    char *s = arena_alloc(&arena, n * strlen(character) + 1);
    for (size_t i = 0; i < n; i++)
        strcat(s, character);
    return s;
}

static char good_name[] = "haneul", good_email[] = "haneul@example.org", good_password[] = "pass1234!";

static Parley__V1__UserCreateRequest good_user(void)
{
    Parley__V1__UserCreateRequest u = PARLEY__V1__USER_CREATE_REQUEST__INIT;
    u.username = good_name;
    u.email = good_email;
    u.password = good_password;
    return u;
}

static const char *username(const char *s)
{
    Parley__V1__UserCreateRequest u = good_user();
    u.username = (char *)(uintptr_t)s;
    return verdict(&VALIDATE_USER_CREATE, &u.base, "username");
}

static const char *email(const char *s)
{
    Parley__V1__UserCreateRequest u = good_user();
    u.email = (char *)(uintptr_t)s;
    return verdict(&VALIDATE_USER_CREATE, &u.base, "email");
}

static const char *password(const char *s)
{
    Parley__V1__UserCreateRequest u = good_user();
    u.password = (char *)(uintptr_t)s;
    return verdict(&VALIDATE_USER_CREATE, &u.base, "password");
}

#define CHECK_REASON(got, expected) CHECK_SLICE(slice_from_string(got), expected)

TEST(usernames, "D4.2: a username has 3 to 50 characters, counted as code points, and is not blank")
{
    begin(LANGUAGE_ENGLISH);
    CHECK_REASON(username("abc"), "");
    CHECK_REASON(username("ab"), "must have at least 3 characters");
    CHECK_REASON(username("\xED\x95\x98\xEB\x8A\x98"), "must have at least 3 characters");
    CHECK_REASON(username("\xED\x95\x98\xEB\x8A\x98\xEB\x8B\x98"), "");
    CHECK_REASON(username(repeat("\xF0\x9F\x98\x80", 50)), "");
    CHECK_REASON(username(repeat("\xF0\x9F\x98\x80", 51)), "must have at most 50 characters");
    CHECK_REASON(username(repeat("a", 50)), "");
    CHECK_REASON(username(repeat("a", 51)), "must have at most 50 characters");
    CHECK_REASON(username(NULL), "is required");
    CHECK_REASON(username(""), "must not be blank");
    CHECK_REASON(username(" \t  "), "must not be blank");
    CHECK_REASON(username(" \xE3\x80\x80\xC2\xA0\xE2\x80\x8A"), "must not be blank");
    arena_release(&arena);
}

TEST(names,
     "a name that people are shown looks like itself: no controls, nothing invisible, no blanks around it")
{
    static const char *const good[] = {"a b", "김 하늘", "o\xE2\x80\x8Dk!",
                                       "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"};
    static const char *const bad[] = {" alice",
                                      "alice ",
                                      "alice\xE3\x80\x80",
                                      "ab\nuser-name:admin",
                                      "a\tb",
                                      "ab\x7F",
                                      "ab\xC2\x85z",
                                      "\xE2\x80\xAEzoe",
                                      "zo\xE2\x80\x8Bzo",
                                      "admin\xE2\x80\x8F",
                                      "zo\xE2\x81\xA6zo",
                                      "\xEF\xBB\xBFzoe",
                                      "ab\xE2\x80\xA8z"};
    begin(LANGUAGE_ENGLISH);
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK_REASON(username(good[i]), "");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_REASON(username(bad[i]), "must have no invisible characters and no blanks around it");
    arena_release(&arena);
}

TEST(emails, "D4.2: an e-mail address has the syntax of one and at most 100 characters")
{
    begin(LANGUAGE_ENGLISH);
    CHECK_REASON(email("a@b"), "");
    CHECK_REASON(email(NULL), "is required");
    CHECK_REASON(email("haneul"), "is not an e-mail address");
    char *longest = arena_alloc(&arena, 128);
    snprintf(longest, 128, "%s@%s.org", repeat("a", 60), repeat("b", 35));
    CHECK_INT(strlen(longest), 100);
    CHECK_REASON(email(longest), "");
    snprintf(longest, 128, "%s@%s.org", repeat("a", 60), repeat("b", 36));
    CHECK_REASON(email(longest), "must have at most 100 characters");
    arena_release(&arena);
}

TEST(addresses,
     "RFC 5321 4.1.2: dot-strings before the @, names of letters, digits and inner hyphens behind it")
{
    static const char *const good[] = {"a@b.c",
                                       "a.b.c@d-e.f",
                                       "o'hara+tag@x1.org",
                                       "!#$%&'*+-/=?^_`{|}~@a.b",
                                       "\xED\x95\x98@\xED\x95\x9C\xEA\xB5\xAD.kr",
                                       "a@1.2",
                                       "a@b--c.d"};
    static const char *const bad[] = {"",       "@",    "a@",     "@b",    "a",           "a@b@c",
                                      ".a@b",   "a.@b", "a..b@c", "a b@c", "a@-b",        "a@b-",
                                      "a@b..c", "a@.b", "a@b.",   "a@b_c", "a@[1.2.3.4]", "\"a\"@b",
                                      "a@b\n",  " a@b", "a@b ",   "a,b@c", "<a@b>",       "a@b/c"};
    char local[EMAIL_LOCAL + 8];
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(email_is_address(slice_from_string(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bool accepted = email_is_address(slice_from_string(bad[i]));
        if (accepted)
            printf("# accepted: row %zu\n", i);
        CHECK(!accepted);
    }
    memset(local, 'a', sizeof local);
    memcpy(local + EMAIL_LOCAL, "@b", 3);
    CHECK(email_is_address(slice_from_string(local)));
    memcpy(local + EMAIL_LOCAL, "a@b", 4);
    CHECK(!email_is_address(slice_from_string(local)));
}

TEST(passwords, "D4.2: 8 to 60 characters with a letter, a digit and a special one, within what bcrypt reads")
{
    begin(LANGUAGE_ENGLISH);
    static const char weak[] = "must have a letter, a digit and one of ! @ # $ % ^ & *";
    CHECK_REASON(password("pass123!"), "");
    CHECK_REASON(password("pas123!"), "must have at least 8 characters");
    char *s = repeat("a", 60);
    memcpy(s, "1!", 2);
    CHECK_REASON(password(s), "");
    s = repeat("a", 61);
    memcpy(s, "1!", 2);
    CHECK_REASON(password(s), "must have at most 60 characters");
    CHECK_REASON(password("password!"), weak);
    CHECK_REASON(password("12345678!"), weak);
    CHECK_REASON(password("password1"), weak);
    CHECK_REASON(password("password1?"), weak);
    for (const char *special = "!@#$%^&*"; *special != '\0'; special++) {
        char one[] = "passw0rd?";
        one[8] = *special;
        CHECK_REASON(password(one), "");
    }
    s = repeat("\xED\x95\x98", 24); /* 72 octets */
    memcpy(s, "a1!", 3);
    CHECK_REASON(password(s), "");
    s = repeat("\xED\x95\x98", 25);
    memcpy(s, "a1!", 3);
    CHECK_REASON(password(s), "must have at most 72 octets of UTF-8");
    CHECK_REASON(password(NULL), "is required");
    arena_release(&arena);
}

TEST(all_at_once, "D5.2: every wrong field is reported, in Korean where that is the language")
{
    Parley__V1__UserCreateRequest u = PARLEY__V1__USER_CREATE_REQUEST__INIT;
    static char bad[] = "x";
    begin(LANGUAGE_KOREAN);
    u.username = bad;
    u.email = bad;
    CHECK(!validate(&VALIDATE_USER_CREATE, &u.base, &problems));
    CHECK_INT(problems.count, 3);
    CHECK_REASON(problems.rows[0].reason, "3자 이상이어야 합니다.");
    CHECK_REASON(problems.rows[1].reason, "이메일 형식이 올바르지 않습니다.");
    CHECK_REASON(problems.rows[2].reason, "필수 항목입니다.");
    CHECK_REASON(problems.rows[2].field, "password");
    arena_release(&arena);
}

TEST(parts, "D5.2: a field of whose parts something is wrong already is not called missing as well")
{
    Parley__V1__PrivateChannelCreateRequest c = PARLEY__V1__PRIVATE_CHANNEL_CREATE_REQUEST__INIT;
    begin(LANGUAGE_ENGLISH);
    problems_add(&problems, "participantIds[3]", PROBLEM_NOT_UUID, 0);
    CHECK(!validate(&VALIDATE_PRIVATE_CHANNEL_CREATE, &c.base, &problems));
    CHECK_INT(problems.count, 1);
    problems_add(&problems, "participant", PROBLEM_REQUIRED, 0);
    problems_add(&problems, "participantIds[3]", PROBLEM_REQUIRED, 0);
    problems_add(&problems, "participantIds[33]", PROBLEM_REQUIRED, 0);
    problems_quote(&problems, "channelId", SLICE("no \"id\""));
    problems_quote(&problems, "channelId", SLICE("twice"));
    CHECK_INT(problems.count, 4);
    CHECK_REASON(problems.rows[3].field, "channelId");
    CHECK_REASON(problems.rows[3].reason, "no \"id\"");
    arena_release(&arena);
}

TEST(channels, "D4.3: a name has 2 to 50 characters, a description at most 255 and may be empty or absent")
{
    Parley__V1__PublicChannelCreateRequest c = PARLEY__V1__PUBLIC_CHANNEL_CREATE_REQUEST__INIT;
    static char two[] = "go", one[] = "g", empty[] = "";
    begin(LANGUAGE_ENGLISH);
    const struct validation *v = &VALIDATE_PUBLIC_CHANNEL_CREATE;
    CHECK_REASON(verdict(v, &c.base, "name"), "is required");
    c.name = one;
    CHECK_REASON(verdict(v, &c.base, "name"), "must have at least 2 characters");
    c.name = repeat("\xED\x95\x98", 51);
    CHECK_REASON(verdict(v, &c.base, "name"), "must have at most 50 characters");
    c.name = repeat("\xED\x95\x98", 50);
    CHECK_REASON(verdict(v, &c.base, "name"), "");
    c.name = two;
    CHECK_REASON(verdict(v, &c.base, "name"), "");
    c.description = empty;
    CHECK_REASON(verdict(v, &c.base, "description"), "");
    c.description = repeat("\xED\x95\x98", 255);
    CHECK_REASON(verdict(v, &c.base, "description"), "");
    c.description = repeat("\xED\x95\x98", 256);
    CHECK_REASON(verdict(v, &c.base, "description"), "must have at most 255 characters");
    arena_release(&arena);
}

TEST(participants, "D4.3: a PRIVATE channel names at least 2 participants, and at most 100")
{
    Parley__V1__PrivateChannelCreateRequest c = PARLEY__V1__PRIVATE_CHANNEL_CREATE_REQUEST__INIT;
    begin(LANGUAGE_ENGLISH);
    static const struct {
        size_t count;
        const char *reason;
    } cases[] = {{0, "is required"},
                 {1, "must have at least 2 elements"},
                 {2, ""},
                 {100, ""},
                 {101, "must have at most 100 elements"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        c.n_participant_ids = cases[i].count;
        CHECK_REASON(verdict(&VALIDATE_PRIVATE_CHANNEL_CREATE, &c.base, "participantIds"), cases[i].reason);
    }
    arena_release(&arena);
}

TEST(role, "D4.8: a role change names the user and the role")
{
    Parley__V1__RoleUpdateRequest r = PARLEY__V1__ROLE_UPDATE_REQUEST__INIT;
    Parley__V1__Uuid user = PARLEY__V1__UUID__INIT;
    begin(LANGUAGE_ENGLISH);
    r.new_role = PARLEY__V1__ROLE__ROLE_ADMIN; /* not given: it only stands there */
    r.user_id = &user;
    CHECK_REASON(verdict(&VALIDATE_ROLE_UPDATE, &r.base, "newRole"), "is required");
    r.has_new_role = 1;
    r.user_id = NULL;
    CHECK_REASON(verdict(&VALIDATE_ROLE_UPDATE, &r.base, "userId"), "is required");
    r.user_id = &user;
    CHECK(validate(&VALIDATE_ROLE_UPDATE, &r.base, &problems));
    arena_release(&arena);
}

TEST(messages,
     "D4.4: without files content is not blank; with files it may be; 2000 characters at most either way")
{
    Parley__V1__MessageCreateRequest m = PARLEY__V1__MESSAGE_CREATE_REQUEST__INIT;
    Parley__V1__Uuid channel = PARLEY__V1__UUID__INIT;
    static char empty[] = "", blank[] = " \n\xE3\x80\x80", dot[] = ".";
    begin(LANGUAGE_ENGLISH);
    m.content = dot;
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "channelId"), "is required");
    m.channel_id = &channel;
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "");
    m.content = NULL;
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "is required");
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE_WITH_FILES, &m.base, "content"), "");
    m.content = empty;
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "must not be blank");
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE_WITH_FILES, &m.base, "content"), "");
    m.content = blank;
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "must not be blank");
    m.content = repeat("\xF0\x9F\x98\x80", 2000);
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "");
    m.content = repeat("\xF0\x9F\x98\x80", 2001);
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE, &m.base, "content"), "must have at most 2000 characters");
    CHECK_REASON(verdict(&VALIDATE_MESSAGE_CREATE_WITH_FILES, &m.base, "content"),
                 "must have at most 2000 characters");
    arena_release(&arena);
}
