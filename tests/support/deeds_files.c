// SPDX-License-Identifier: MIT
// Files, and what the program does behind the requests.
#include "support/deeds_internal.h"

#include <stdio.h>

enum { BODY = 512 };

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
    struct task *t = deed_message_create(s);
    bring_file(s, t);
    return t;
}

static struct task *make_user_with_picture(struct stage *s)
{
    struct task *t = deed_user_create(s);
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
    return deed_change(s, &OPERATION_FILE_READ, &s->ann, NULL);
}

static struct task *make_file_list(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_FILE_LIST, &s->ann, NULL);
    if (t != NULL)
        t->parameters.ids = slice_from_string(s->subject);
    return t;
}

static struct task *keep_file(struct stage *s, const struct operation *operation)
{
    struct task *t = deed_ask(s, operation, NULL, NULL);
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
    struct task *t = deed_ask(s, &OPERATION_NOTIFY_CHANNEL, NULL, NULL);
    if (t != NULL)
        CHECK(uuid_parse(slice_from_string(s->closed), &t->notify.channel));
    return t;
}

static struct task *make_notify_behind(struct stage *s)
{
    return deed_ask(s, &OPERATION_NOTIFY_BEHIND, NULL, NULL);
}

static const struct deed rows[] = {
    {"MESSAGE_CREATE with a file", DEED_WRITES, NULL, make_message_with_file},
    {"USER_CREATE with a picture", DEED_WRITES, NULL, make_user_with_picture},
    {"FILE_READ", DEED_READS, prepare_file, make_file_read},
    {"FILE_LIST", DEED_READS, prepare_file, make_file_list},
    {"FILE_STORED", DEED_WRITES, prepare_file, make_file_stored},
    {"FILE_FAILED", DEED_WRITES, prepare_file, make_file_failed},
    {"FILE_WAITING", DEED_READS, prepare_file, make_file_waiting},
    {"FILE_DISCARDED", DEED_READS, prepare_discarded, make_file_discarded},
    {"FILE_FORGET", DEED_WRITES, prepare_discarded, make_file_forget},
    {"NOTIFY_CHANNEL", DEED_WRITES, deed_prepare_message, make_notify_channel},
    {"NOTIFY_BEHIND", DEED_READS, deed_prepare_message, make_notify_behind},
};

const struct deeds deeds_of_files = {rows, ARRAY_LEN(rows)};
