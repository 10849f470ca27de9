// SPDX-License-Identifier: MIT
#include "support/deeds_internal.h"

#include "support/faults.h"

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
struct task *deed_ask(struct stage *s, const struct operation *operation, const struct person *who,
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

struct task *deed_change(struct stage *s, const struct operation *operation, const struct person *who,
                         const char *body)
{
    struct task *t = deed_ask(s, operation, who, body);
    if (t != NULL)
        t->parameters.id = slice_from_string(s->subject);
    return t;
}

size_t deeds_count(void)
{
    return deeds_of_people.count + deeds_of_chat.count + deeds_of_files.count;
}

const struct deed *deed_at(size_t i)
{
    static const struct deeds *const all[] = {&deeds_of_people, &deeds_of_chat, &deeds_of_files};
    size_t table = 0;
    for (; i >= all[table]->count; table++)
        i -= all[table]->count;
    return &all[table]->rows[i];
}

void stage_fill(struct stage *s)
{
    struct answer a = {0};
    domain_join(&s->domain, "chief", "CHANNEL_MANAGER", &s->chief); /* an ADMIN is what BOOTSTRAP makes */
    domain_join(&s->domain, "ann", "USER", &s->ann);
    domain_join(&s->domain, "bob", "USER", &s->bob);
    domain_public_channel(&s->domain, &s->chief, "open", s->open);
    domain_private_channel(&s->domain, &s->ann, &s->bob, s->closed);
    CHECK_INT(domain_send(&s->domain, &s->ann, s->closed, "one", &a), ERR_NONE);
    CHECK_INT(domain_send(&s->domain, &s->ann, s->closed, "two", &a), ERR_NONE);
    answer_release(&a);
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
        domain_store_step(&s->domain);
        loop_turn(&s->domain.loop);
    }
    CHECK(o.done);
    return o;
}
