// SPDX-License-Identifier: MIT
//
// chat/message_page.c - a page of a channel's messages, newest first (discodeit.md 2.8, 4.4).
#include "chat/channels.h"
#include "chat/cursor.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

enum { PAGE_SIZE = 50, PAGE_MAX = 100 };

static const struct statement page_access = {
    "page_access",
    "SELECT CASE WHEN " CHANNELS_VISIBLE_TO("?2") " THEN 1 ELSE 0 END FROM channels c WHERE c.id = ?1", 2};
/* One more than the page holds tells whether there is another. */
static const struct statement page_messages = {
    "page_messages",
    "SELECT " ROWS_MESSAGE_COLUMNS " FROM channels c JOIN messages m ON m.channel_id = c.id" ROWS_AUTHOR
    " WHERE c.id = ?1 AND " CHANNELS_VISIBLE_TO(
        "?2") " AND m.channel_id = ?1 AND m.created_at <= ?3 AND (m.created_at, m.id) < (?3, ?4)"
              " ORDER BY m.created_at DESC, m.id DESC LIMIT ?5",
    5};

struct page {
    struct uuid channel;
    struct cursor before;
    uint64_t size;
};

static void wrong(struct task *t, const char *parameter, enum problem_reason reason)
{
    problems_add(&t->problems, parameter, reason, 0);
}

static bool is_sort(struct slice sort)
{
    return sort.data == NULL || slice_equals_nocase(sort, SLICE("createdAt,desc"));
}

/* All that is wrong, at once. */
static enum error list_prepare(struct task *t)
{
    const struct task_parameters *in = &t->parameters;
    struct page *page = ARENA_NEW(&t->arena, struct page);
    if (page == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = page;
    page->size = PAGE_SIZE;
    page->before.instant = INSTANT_MAX;
    if (in->channel_id.data == NULL)
        wrong(t, "channelId", PROBLEM_REQUIRED);
    else if (!uuid_parse(in->channel_id, &page->channel))
        wrong(t, "channelId", PROBLEM_NOT_UUID);
    if (!slice_is_empty(in->cursor) && !cursor_parse(in->cursor, &page->before))
        wrong(t, "cursor", PROBLEM_UNKNOWN_VALUE);
    if (in->size.data != NULL && (!slice_to_uint(in->size, PAGE_MAX, &page->size) || page->size == 0))
        wrong(t, "size", PROBLEM_OUT_OF_RANGE);
    if (!is_sort(in->sort))
        wrong(t, "sort", PROBLEM_UNKNOWN_VALUE);
    return t->problems.count == 0 ? ERR_NONE : ERR_INVALID_REQUEST;
}

static enum error list_read(struct task *t, struct batch *b)
{
    const struct page *page = t->state;
    struct batch_step *access = batch_add(b, &page_access);
    access->values[0] = value_uuid(&page->channel);
    access->values[1] = value_uuid(&t->caller.user);
    struct batch_step *messages = batch_add(b, &page_messages);
    memcpy(messages->values, access->values, 2 * sizeof access->values[0]);
    messages->values[2] = value_instant(page->before.instant);
    messages->values[3] = value_uuid(&page->before.id);
    messages->values[4] = value_int((int64_t)page->size + 1);
    return ERR_NONE;
}

/* The position of the page's last message; NULL when there is none, or no room. */
static char *next_cursor(struct task *t, const struct rows *rows, size_t count)
{
    struct cursor last;
    char *text = arena_alloc(&t->arena, CURSOR_TEXT + 1);
    if (count == 0 || text == NULL || !rows_uuid(rows, count - 1, 0, &last.id))
        return NULL;
    last.instant = rows_at(rows, count - 1, 1)->number;
    cursor_format(&last, text);
    return text;
}

static enum error may_list(const struct rows *access)
{
    if (access->count == 0)
        return ERR_CHANNEL_NOT_FOUND;
    return rows_at(access, 0, 0)->number == 1 ? ERR_NONE : ERR_AUTHORIZATION_DENIED;
}

static enum error list_finish(struct task *t)
{
    const struct page *page = t->state;
    const struct rows *rows = &t->read->steps[1].rows;
    enum error error = may_list(&t->read->steps[0].rows);
    if (error != ERR_NONE)
        return error;
    size_t count = rows->count > page->size ? (size_t)page->size : rows->count;
    Parley__V1__MessagePage *out = dto_new(&t->arena, &parley__v1__message_page__descriptor);
    Parley__V1__MessageDto **content = arena_alloc(&t->arena, count * sizeof(Parley__V1__MessageDto *));
    if (out == NULL || content == NULL)
        return ERR_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++)
        content[i] = rows_message(t, rows, i);
    out->content = content;
    out->n_content = count;
    out->next_cursor = next_cursor(t, rows, count);
    out->has_size = out->has_has_next = 1;
    out->size = (uint32_t)page->size;
    out->has_next = rows->count > count;
    t->output = &out->base;
    return ERR_NONE;
}

const struct operation OPERATION_MESSAGE_LIST = {
    .name = "message_list",
    .who = WHO_USER,
    .prepare = list_prepare,
    .read = list_read,
    .finish = list_finish,
};
