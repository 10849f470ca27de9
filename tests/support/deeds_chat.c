// SPDX-License-Identifier: MIT
// Channels, messages, read statuses, notifications.
#include "support/deeds_internal.h"

#include <stdio.h>

enum { BODY = 512 };

static struct task *make_channel_list(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_CHANNEL_LIST, &s->ann, NULL);
    if (t != NULL)
        t->parameters.user_id = slice_from_string(s->ann.id_text);
    return t;
}

static struct task *make_public(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"name\":\"room %u\",\"description\":\"\"}", s->number);
    return deed_ask(s, &OPERATION_CHANNEL_CREATE_PUBLIC, &s->chief, body);
}

static struct task *make_private(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\"]}", s->ann.id_text, s->chief.id_text);
    return deed_ask(s, &OPERATION_CHANNEL_CREATE_PRIVATE, &s->ann, body);
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
    struct task *t = deed_ask(s, &OPERATION_CHANNEL_WATCH, &s->bob, NULL);
    if (t != NULL)
        t->parameters.channel_id = slice_from_string(s->closed);
    return t;
}

static struct task *make_message_list(struct stage *s)
{
    struct task *t = deed_ask(s, &OPERATION_MESSAGE_LIST, &s->bob, NULL);
    if (t != NULL)
        t->parameters.channel_id = slice_from_string(s->closed);
    return t;
}

struct task *deed_message_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"content\":\"number %u\",\"channelId\":\"%s\",\"authorId\":\"%s\"}",
             s->number, s->closed, s->ann.id_text);
    return deed_ask(s, &OPERATION_MESSAGE_CREATE, &s->ann, body);
}

static void note_subject(struct stage *s, enum error error, struct answer *a)
{
    CHECK_INT(error, ERR_NONE);
    snprintf(s->subject, sizeof s->subject, "%s", text_at(a, "id"));
    answer_release(a);
}

void deed_prepare_message(struct stage *s)
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

static struct task *make_message_update(struct stage *s)
{
    return deed_change(s, &OPERATION_MESSAGE_UPDATE, &s->ann, "{\"newContent\":\"as it is\"}");
}

static struct task *make_message_delete(struct stage *s)
{
    return deed_change(s, &OPERATION_MESSAGE_DELETE, &s->ann, NULL);
}

static struct task *make_channel_update(struct stage *s)
{
    return deed_change(s, &OPERATION_CHANNEL_UPDATE, &s->chief, "{\"newName\":\"other hall\"}");
}

static struct task *make_channel_delete(struct stage *s)
{
    return deed_change(s, &OPERATION_CHANNEL_DELETE, &s->chief, NULL);
}

static struct task *make_status_list(struct stage *s)
{
    return deed_ask(s, &OPERATION_READ_STATUS_LIST, &s->ann, NULL);
}

static struct task *make_status_create(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", s->subject);
    return deed_ask(s, &OPERATION_READ_STATUS_CREATE, &s->ann, body);
}

static struct task *make_status_update(struct stage *s)
{
    return deed_change(s, &OPERATION_READ_STATUS_UPDATE, &s->ann, "{\"newNotificationEnabled\":true}");
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
    return deed_ask(s, &OPERATION_NOTIFICATION_LIST, &s->ann, NULL);
}

static struct task *make_notification_delete(struct stage *s)
{
    return deed_change(s, &OPERATION_NOTIFICATION_DELETE, &s->ann, NULL);
}

static const struct deed rows[] = {
    {"CHANNEL_LIST", DEED_READS, NULL, make_channel_list},
    {"CHANNEL_CREATE_PUBLIC", DEED_WRITES, NULL, make_public},
    {"CHANNEL_CREATE_PRIVATE", DEED_WRITES, prepare_private, make_private},
    {"CHANNEL_WATCH", DEED_READS, NULL, make_watch},
    {"MESSAGE_LIST", DEED_READS, NULL, make_message_list},
    {"MESSAGE_CREATE", DEED_WRITES, NULL, deed_message_create},
    {"MESSAGE_UPDATE", DEED_WRITES, deed_prepare_message, make_message_update},
    {"MESSAGE_DELETE", DEED_WRITES, deed_prepare_message, make_message_delete},
    {"CHANNEL_UPDATE", DEED_WRITES, prepare_channel, make_channel_update},
    {"CHANNEL_DELETE", DEED_WRITES, prepare_channel, make_channel_delete},
    {"READ_STATUS_LIST", DEED_READS, NULL, make_status_list},
    {"READ_STATUS_CREATE", DEED_WRITES, prepare_channel, make_status_create},
    {"READ_STATUS_UPDATE", DEED_WRITES, prepare_status, make_status_update},
    {"NOTIFICATION_LIST", DEED_READS, prepare_notification, make_notification_list},
    {"NOTIFICATION_DELETE", DEED_WRITES, prepare_notification, make_notification_delete},
};

const struct deeds deeds_of_chat = {rows, ARRAY_LEN(rows)};
