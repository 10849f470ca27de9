// SPDX-License-Identifier: MIT
#include "support/fault_stage.h"

#include <sqlite3.h>
#include <stdio.h>

#include "dto/values.h"
#include "support/faults.h"

enum { BODY = 512 };

/* --- operations --- */

static void on_done(struct task *t)
{
    struct outcome *o = (struct outcome *)(uintptr_t)t->context[0];
    struct buf out;
    CHECK(!o->done);
    o->done = true;
    o->error = t->error;
    buf_init(&out, 1024 * 1024);
    o->rendered = t->error == ERR_NONE ? task_render(t, &out) : task_render_error(t, &out);
    buf_release(&out);
}

/* NULL when there is no memory for it. */
static struct task *ask(struct stage *s, const struct operation *operation, const struct person *who,
                        const char *body)
{
    struct task *t = task_new(&s->domain.chat, operation, &s->domain.loop, on_done);
    if (t == NULL)
        return NULL;
    if (who != NULL)
        t->bearer = slice_from_string(who->access);
    faults_spare(); /* without memory for a document the process ends: tests/unit/fault_json.c */
    if (body != NULL)
        task_read(t, slice_from_string(body));
    faults_resume();
    return t;
}

static struct task *make_user_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body,
             "{\"username\":\"new%u\",\"email\":\"new%u@example.org\",\"password\":\"pass1234!\"}", s->number,
             s->number);
    return ask(s, &OPERATION_USER_CREATE, NULL, body);
}

/* Somebody who is there for this try. */
static void prepare_guest(struct stage *s)
{
    char name[32];
    snprintf(name, sizeof name, "guest%u", s->number);
    domain_join(&s->domain, name, "USER", &s->guest);
    domain_private_channel(&s->domain, &s->guest, &s->bob, s->subject);
    snprintf(s->subject, sizeof s->subject, "%s", s->guest.id_text);
}

static struct task *make_role_update(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"userId\":\"%s\",\"newRole\":\"CHANNEL_MANAGER\"}", s->guest.id_text);
    return ask(s, &OPERATION_ROLE_UPDATE, &s->bob, body);
}

/* Bob is an ADMIN for this try. */
static void prepare_role(struct stage *s)
{
    struct answer a = {0};
    prepare_guest(s);
    (void)domain_sql(&s->domain, "UPDATE users SET role = 'ADMIN' WHERE username = 'bob'");
    CHECK_INT(domain_login(&s->domain, "bob", "pass1234!", &a), ERR_NONE);
    memcpy(s->bob.access, a.access, sizeof a.access);
    answer_release(&a);
}

static struct task *make_user_list(struct stage *s)
{
    return ask(s, &OPERATION_USER_LIST, &s->ann, NULL);
}

static struct task *make_login(struct stage *s)
{
    return ask(s, &OPERATION_LOGIN, NULL, "{\"username\":\"bob\",\"password\":\"pass1234!\"}");
}

/* Ann logs in anew. */
static void prepare_login(struct stage *s)
{
    struct answer a = {0};
    CHECK_INT(domain_login(&s->domain, "ann", "pass1234!", &a), ERR_NONE);
    memcpy(s->ann.access, a.access, sizeof a.access);
    memcpy(s->ann.refresh, a.refresh, sizeof a.refresh);
    answer_release(&a);
}

static void prepare_expired(struct stage *s)
{
    prepare_login(s);
    s->domain.now += CHAT_REFRESH_LIFETIME + MICROSECONDS_PER_SECOND;
}

/* As in a store whose first administrator was never made. */
static void prepare_bootstrap(struct stage *s)
{
    (void)domain_sql(&s->domain, "DELETE FROM users WHERE role = 'ADMIN'");
}

static struct task *make_refresh(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_REFRESH, NULL, NULL);
    if (t != NULL)
        t->refresh = slice_from_string(s->ann.refresh);
    return t;
}

static struct task *make_logout(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_LOGOUT, NULL, NULL);
    if (t != NULL)
        t->refresh = slice_from_string(s->ann.refresh);
    return t;
}

static struct task *make_login_sweep(struct stage *s)
{
    return ask(s, &OPERATION_LOGIN_SWEEP, NULL, NULL);
}

static struct task *make_login_expired(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_LOGIN_EXPIRED, NULL, NULL);
    if (t != NULL)
        t->caller.user = s->ann.id;
    return t;
}

static struct task *make_channel_list(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_CHANNEL_LIST, &s->ann, NULL);
    if (t != NULL)
        t->parameters.user_id = slice_from_string(s->ann.id_text);
    return t;
}

static struct task *make_public(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"name\":\"room %u\",\"description\":\"\"}", s->number);
    return ask(s, &OPERATION_CHANNEL_CREATE_PUBLIC, &s->chief, body);
}

static struct task *make_private(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\"]}", s->ann.id_text, s->chief.id_text);
    return ask(s, &OPERATION_CHANNEL_CREATE_PRIVATE, &s->ann, body);
}

/* Whoever asks for a PRIVATE channel of the same people again gets the one there is. */
static void prepare_private(struct stage *s)
{
    (void)domain_sql(&s->domain,
                     "DELETE FROM channels WHERE type = 'PRIVATE' AND id NOT IN (SELECT channel_id FROM"
                     " messages)");
}

static struct task *make_watch(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_CHANNEL_WATCH, &s->bob, NULL);
    if (t != NULL)
        t->parameters.channel_id = slice_from_string(s->closed);
    return t;
}

static struct task *make_message_list(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_MESSAGE_LIST, &s->bob, NULL);
    if (t != NULL)
        t->parameters.channel_id = slice_from_string(s->closed);
    return t;
}

static struct task *make_message_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"content\":\"number %u\",\"channelId\":\"%s\",\"authorId\":\"%s\"}",
             s->number, s->closed, s->ann.id_text);
    return ask(s, &OPERATION_MESSAGE_CREATE, &s->ann, body);
}

static struct task *make_session_open(struct stage *s)
{
    return ask(s, &OPERATION_SESSION_OPEN, &s->bob, NULL);
}

static struct task *make_ticket(struct stage *s)
{
    return ask(s, &OPERATION_TICKET_CREATE, &s->bob, NULL);
}

static void prepare_ticket(struct stage *s)
{
    struct answer a = {0};
    CHECK_INT(domain_ask(&s->domain, &OPERATION_TICKET_CREATE, s->bob.access, NULL, &a), ERR_NONE);
    snprintf(s->ticket, sizeof s->ticket, "%s", text_at(&a, "ticket"));
    answer_release(&a);
}

static struct task *make_session_by_ticket(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_SESSION_OPEN, NULL, NULL);
    if (t != NULL)
        t->ticket = slice_from_string(s->ticket);
    return t;
}

static struct task *make_bootstrap(struct stage *s)
{
    return ask(s, &OPERATION_BOOTSTRAP, NULL,
               "{\"username\":\"first\",\"email\":\"first@example.org\",\"password\":\"pass1234!\"}");
}

/* --- changing what is there: `subject` --- */

static void note_subject(struct stage *s, enum error error, struct answer *a)
{
    CHECK_INT(error, ERR_NONE);
    snprintf(s->subject, sizeof s->subject, "%s", text_at(a, "id"));
    answer_release(a);
}

static void prepare_message(struct stage *s)
{
    struct answer a = {0};
    note_subject(s, domain_send(&s->domain, &s->ann, s->closed, "as it was", &a), &a);
}

static void prepare_channel(struct stage *s)
{
    char name[BODY];
    snprintf(name, sizeof name, "hall %u", s->number);
    domain_public_channel(&s->domain, &s->chief, name, s->subject);
}

static enum error make_status(struct stage *s, struct answer *a)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", s->subject);
    return domain_ask(&s->domain, &OPERATION_READ_STATUS_CREATE, s->ann.access, body, a);
}

static void prepare_status(struct stage *s)
{
    struct answer a = {0};
    prepare_channel(s);
    note_subject(s, make_status(s, &a), &a);
}

static struct task *change(struct stage *s, const struct operation *operation, const struct person *who,
                           const char *body)
{
    struct task *t = ask(s, operation, who, body);
    if (t != NULL)
        t->parameters.id = slice_from_string(s->subject);
    return t;
}

static struct task *make_user_update(struct stage *s)
{
    struct task *t = change(s, &OPERATION_USER_UPDATE, &s->guest,
                            "{\"newEmail\":\"guest@example.org\",\"newPassword\":\"Secret12!\"}");
    if (t != NULL) {
        t->files = &s->picture;
        t->file_count = 1;
    }
    return t;
}

/* The address is nobody's any more. */
static void prepare_user_update(struct stage *s)
{
    (void)domain_sql(&s->domain, "DELETE FROM users WHERE email = 'guest@example.org'");
    prepare_guest(s);
    s->domain.now++; /* since he signed up */
    s->picture =
        (struct task_file){.file_name = SLICE("a.png"), .content_type = SLICE("image/png"), .size = 1};
    uuid_draw(&s->picture.id, &s->domain.random);
}

static struct task *make_user_delete(struct stage *s)
{
    return change(s, &OPERATION_USER_DELETE, &s->guest, NULL);
}

static struct task *make_message_update(struct stage *s)
{
    return change(s, &OPERATION_MESSAGE_UPDATE, &s->ann, "{\"newContent\":\"as it is\"}");
}

static struct task *make_message_delete(struct stage *s)
{
    return change(s, &OPERATION_MESSAGE_DELETE, &s->ann, NULL);
}

static struct task *make_channel_update(struct stage *s)
{
    return change(s, &OPERATION_CHANNEL_UPDATE, &s->chief, "{\"newName\":\"other hall\"}");
}

static struct task *make_channel_delete(struct stage *s)
{
    return change(s, &OPERATION_CHANNEL_DELETE, &s->chief, NULL);
}

static struct task *make_status_list(struct stage *s)
{
    return ask(s, &OPERATION_READ_STATUS_LIST, &s->ann, NULL);
}

static struct task *make_status_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", s->subject);
    return ask(s, &OPERATION_READ_STATUS_CREATE, &s->ann, body);
}

static struct task *make_status_update(struct stage *s)
{
    return change(s, &OPERATION_READ_STATUS_UPDATE, &s->ann, "{\"newNotificationEnabled\":true}");
}

static void prepare_notification(struct stage *s)
{
    char sql[BODY];
    snprintf(s->subject, sizeof s->subject, "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a%04x", s->number);
    snprintf(sql, sizeof sql,
             "INSERT INTO notifications (id, created_at, receiver_id, title, content)"
             " SELECT x'0a0a0a0a0a0a4a0a8a0a0a0a0a0a%04x', @1, u.id, 'title', 'content' FROM users u"
             " WHERE u.username = 'ann'",
             s->number);
    (void)domain_sql(&s->domain, sql);
}

static struct task *make_notification_list(struct stage *s)
{
    return ask(s, &OPERATION_NOTIFICATION_LIST, &s->ann, NULL);
}

static struct task *make_notification_delete(struct stage *s)
{
    return change(s, &OPERATION_NOTIFICATION_DELETE, &s->ann, NULL);
}

/* --- files --- */

static void bring_file(struct stage *s, struct task *t)
{
    if (t == NULL)
        return;
    s->file = (struct task_file){.part = SLICE("attachments"),
                                 .file_name = SLICE("me.png"),
                                 .content_type = SLICE("image/png"),
                                 .size = 3};
    task_make_id(t, &s->file.id);
    t->files = &s->file;
    t->file_count = 1;
}

static struct task *make_message_with_file(struct stage *s)
{
    struct task *t = make_message_create(s);
    bring_file(s, t);
    return t;
}

static struct task *make_user_with_picture(struct stage *s)
{
    struct task *t = make_user_create(s);
    bring_file(s, t);
    return t;
}

/* A file of somebody's message: `subject`, its id in s->file. */
static void prepare_file(struct stage *s)
{
    static const struct deed send = {"MESSAGE_CREATE", DEED_WRITES, NULL, make_message_with_file};
    CHECK_INT(stage_do(s, &send).error, ERR_NONE);
    uuid_format(&s->file.id, s->subject);
    s->subject[UUID_TEXT] = '\0';
    s->domain.now += MICROSECONDS_PER_SECOND;
}

static void prepare_discarded(struct stage *s)
{
    prepare_file(s);
    (void)domain_sql(&s->domain, "DELETE FROM binary_contents");
}

static struct task *make_file_read(struct stage *s)
{
    return change(s, &OPERATION_FILE_READ, &s->ann, NULL);
}

static struct task *make_file_list(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_FILE_LIST, &s->ann, NULL);
    if (t != NULL)
        t->parameters.ids = slice_from_string(s->subject);
    return t;
}

static struct task *keep_file(struct stage *s, const struct operation *operation)
{
    struct task *t = ask(s, operation, NULL, NULL);
    if (t != NULL)
        t->upkeep = (struct task_upkeep){
            .ids = &s->file.id, .id_count = 1, .time = s->domain.now, .problem = SLICE("no space left")};
    return t;
}

static struct task *make_file_stored(struct stage *s)
{
    return keep_file(s, &OPERATION_FILE_STORED);
}

static struct task *make_file_failed(struct stage *s)
{
    return keep_file(s, &OPERATION_FILE_FAILED);
}

static struct task *make_file_waiting(struct stage *s)
{
    return keep_file(s, &OPERATION_FILE_WAITING);
}

static struct task *make_file_discarded(struct stage *s)
{
    return keep_file(s, &OPERATION_FILE_DISCARDED);
}

static struct task *make_file_forget(struct stage *s)
{
    return keep_file(s, &OPERATION_FILE_FORGET);
}

static struct task *make_notify_channel(struct stage *s)
{
    struct task *t = ask(s, &OPERATION_NOTIFY_CHANNEL, NULL, NULL);
    if (t != NULL)
        CHECK(uuid_parse(slice_from_string(s->closed), &t->notify.channel));
    return t;
}

static struct task *make_notify_behind(struct stage *s)
{
    return ask(s, &OPERATION_NOTIFY_BEHIND, NULL, NULL);
}

const struct deed deeds[] = {
    {"USER_CREATE", DEED_WRITES, NULL, make_user_create},
    {"USER_LIST", DEED_READS, NULL, make_user_list},
    {"USER_UPDATE", DEED_WRITES, prepare_user_update, make_user_update},
    {"USER_DELETE", DEED_WRITES, prepare_guest, make_user_delete},
    {"ROLE_UPDATE", DEED_REVOKES, prepare_role, make_role_update},
    {"LOGIN", DEED_WRITES, NULL, make_login},
    {"REFRESH", DEED_WRITES, prepare_login, make_refresh},
    {"LOGOUT", DEED_FORGIVES, prepare_login, make_logout},
    {"LOGIN_SWEEP", DEED_WRITES, prepare_expired, make_login_sweep},
    {"LOGIN_EXPIRED", DEED_WRITES, prepare_expired, make_login_expired},
    {"CHANNEL_LIST", DEED_READS, NULL, make_channel_list},
    {"CHANNEL_CREATE_PUBLIC", DEED_WRITES, NULL, make_public},
    {"CHANNEL_CREATE_PRIVATE", DEED_WRITES, prepare_private, make_private},
    {"CHANNEL_WATCH", DEED_READS, NULL, make_watch},
    {"MESSAGE_LIST", DEED_READS, NULL, make_message_list},
    {"MESSAGE_CREATE", DEED_WRITES, NULL, make_message_create},
    {"MESSAGE_UPDATE", DEED_WRITES, prepare_message, make_message_update},
    {"MESSAGE_DELETE", DEED_WRITES, prepare_message, make_message_delete},
    {"CHANNEL_UPDATE", DEED_WRITES, prepare_channel, make_channel_update},
    {"CHANNEL_DELETE", DEED_WRITES, prepare_channel, make_channel_delete},
    {"READ_STATUS_LIST", DEED_READS, NULL, make_status_list},
    {"READ_STATUS_CREATE", DEED_WRITES, prepare_channel, make_status_create},
    {"READ_STATUS_UPDATE", DEED_WRITES, prepare_status, make_status_update},
    {"NOTIFICATION_LIST", DEED_READS, prepare_notification, make_notification_list},
    {"NOTIFICATION_DELETE", DEED_WRITES, prepare_notification, make_notification_delete},
    {"MESSAGE_CREATE with a file", DEED_WRITES, NULL, make_message_with_file},
    {"USER_CREATE with a picture", DEED_WRITES, NULL, make_user_with_picture},
    {"FILE_READ", DEED_READS, prepare_file, make_file_read},
    {"FILE_LIST", DEED_READS, prepare_file, make_file_list},
    {"FILE_STORED", DEED_WRITES, prepare_file, make_file_stored},
    {"FILE_FAILED", DEED_WRITES, prepare_file, make_file_failed},
    {"FILE_WAITING", DEED_READS, prepare_file, make_file_waiting},
    {"FILE_DISCARDED", DEED_READS, prepare_discarded, make_file_discarded},
    {"FILE_FORGET", DEED_WRITES, prepare_discarded, make_file_forget},
    {"NOTIFY_CHANNEL", DEED_WRITES, prepare_message, make_notify_channel},
    {"NOTIFY_BEHIND", DEED_READS, prepare_message, make_notify_behind},
    {"SESSION_OPEN", DEED_READS, NULL, make_session_open},
    {"TICKET_CREATE", DEED_READS, NULL, make_ticket},
    {"SESSION_OPEN by a ticket", DEED_WRITES, prepare_ticket, make_session_by_ticket},
    {"BOOTSTRAP", DEED_WRITES, prepare_bootstrap, make_bootstrap},
};
const size_t deed_count = ARRAY_LEN(deeds);

/* --- the stage --- */

static void open_domain(struct stage *s)
{
    domain_open_in(&s->domain, s->folder.path);
    /* Thousands of failures are what these tests are about. */
    s->domain.sqlite.writer.db.report.line = NULL;
    s->domain.sqlite.readers[0].own.report.line = NULL;
    /* Time jumps here: the log is not to be swept meanwhile. */
    s->domain.sqlite.writer.retention = 0;
}

void stage_open(struct stage *s)
{
    struct answer a = {0};
    memset(s, 0, sizeof *s);
    scratch_init(&s->folder);
    open_domain(s);
    domain_join(&s->domain, "chief", "CHANNEL_MANAGER", &s->chief); /* an ADMIN is what BOOTSTRAP makes */
    domain_join(&s->domain, "ann", "USER", &s->ann);
    domain_join(&s->domain, "bob", "USER", &s->bob);
    domain_public_channel(&s->domain, &s->chief, "open", s->open);
    domain_private_channel(&s->domain, &s->ann, &s->bob, s->closed);
    CHECK_INT(domain_send(&s->domain, &s->ann, s->closed, "one", &a), ERR_NONE);
    CHECK_INT(domain_send(&s->domain, &s->ann, s->closed, "two", &a), ERR_NONE);
    answer_release(&a);
}

void stage_close(struct stage *s)
{
    domain_close(&s->domain);
    scratch_release(&s->folder);
}

void stage_reopen(struct stage *s, void (*between)(void *), void *context)
{
    int64_t now = s->domain.now;
    uint64_t seed = s->domain.seed;
    domain_close(&s->domain);
    if (between != NULL)
        between(context);
    open_domain(s);
    s->domain.now = now;
    s->domain.seed = seed;
}

static uint64_t mix(uint64_t digest, const void *octets, size_t n)
{
    const unsigned char *from = octets;
    for (size_t i = 0; i < n; i++)
        digest = (digest ^ from[i]) * UINT64_C(1099511628211);
    return digest;
}

static uint64_t mix_row(uint64_t digest, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);
        const void *octets = sqlite3_column_blob(row, i);
        digest = mix(digest, &type, sizeof type);
        digest = mix(digest, octets, (size_t)sqlite3_column_bytes(row, i));
    }
    return digest;
}

uint64_t stage_digest(struct stage *s)
{
    static const char *const tables[] = {"users",
                                         "channels",
                                         "read_statuses",
                                         "messages",
                                         "logins",
                                         "streams",
                                         "log",
                                         "meta",
                                         "binary_contents",
                                         "notifications",
                                         "cursors",
                                         "tickets",
                                         "message_attachments",
                                         "(SELECT id, 0 FROM discarded_contents)"};
    uint64_t digest = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        char sql[96];
        sqlite3_stmt *rows = NULL;
        if (s->revokes && strcmp(tables[i], "logins") == 0)
            continue;
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        CHECK_INT(sqlite3_prepare_v2(s->domain.sqlite.writer.db.handle, sql, -1, &rows, NULL), SQLITE_OK);
        int code;
        while ((code = sqlite3_step(rows)) == SQLITE_ROW)
            digest = mix_row(digest, rows);
        CHECK_INT(code, SQLITE_DONE);
        (void)sqlite3_finalize(rows);
    }
    return digest;
}

void stage_prepare(struct stage *s, const struct deed *deed)
{
    s->number++;
    s->revokes = deed->kind == DEED_REVOKES;
    if (deed->prepare != NULL)
        deed->prepare(s);
    domain_forget_events(&s->domain); /* of that, and of the try before */
}

struct outcome stage_do(struct stage *s, const struct deed *deed)
{
    struct outcome o = {.error = ERR_OUT_OF_MEMORY};
    struct task *t = deed->make(s);
    if (t == NULL)
        return o;
    t->context[0] = (uintptr_t)&o;
    task_start(t);
    for (int turns = 0; !o.done && turns < 64; turns++) {
        sqlite_store_step(&s->domain.sqlite);
        loop_turn(&s->domain.loop);
    }
    CHECK(o.done);
    return o;
}
