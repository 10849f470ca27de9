// SPDX-License-Identifier: MIT
// Bodies of requests that were gathered: JSON, a part of a form with JSON in it, a form of fields. Those that bring files
// come in pieces (upload_form.c).
#include "api/internal.h"
#include "dto/values.h"
#include "wire/media_type.h"
#include "wire/multipart.h"
#include "wire/target.h"

enum { PARTS = 8, PART_HEAD = 4 << 10 };

static bool media_type_of(const struct api_request *r, struct media_type *type)
{
    return media_type_parse(api_field(r, SLICE("content-type")), type);
}

static enum error read_json(struct api_request *r, struct task *t)
{
    struct media_type type;
    if (!media_type_of(r, &type) || !media_type_is(&type, SLICE("application"), SLICE("json")) ||
        !media_type_is_utf8(&type))
        return ERR_UNSUPPORTED_MEDIA_TYPE;
    task_read(t, r->http->body);
    return ERR_NONE;
}

bool api_boundary(const struct api_request *r, struct slice *boundary)
{
    struct media_type type;
    return media_type_of(r, &type) && media_type_is(&type, SLICE("multipart"), SLICE("form-data")) &&
           media_type_boundary(&type, boundary);
}

/* Called for each whole part. */
typedef enum error on_part(struct task *, const struct multipart_part *, struct slice content, void *with);

static enum error walk_parts(struct api_request *r, struct task *t, on_part *take, void *with)
{
    struct slice boundary, data, input = r->http->body;
    if (!api_boundary(r, &boundary))
        return ERR_UNSUPPORTED_MEDIA_TYPE;
    struct multipart m;
    struct buf content;
    enum error error = ERR_NONE;
    enum multipart_event event;
    multipart_init(&m, boundary, PARTS, PART_HEAD);
    buf_init(&content, r->http->body.len);
    while (error == ERR_NONE && (event = multipart_next(&m, &input, &data)) != MULTIPART_MORE) {
        switch (event) {
        case MULTIPART_PART: buf_clear(&content); break;
        case MULTIPART_DATA: error = buf_append(&content, data) ? ERR_NONE : ERR_OUT_OF_MEMORY; break;
        case MULTIPART_PART_END: error = take(t, &m.part, buf_slice(&content), with); break;
        case MULTIPART_ERROR: error = m.error; break;
        default: break;
        }
    }
    if (error == ERR_NONE)
        error = multipart_finish(&m);
    multipart_release(&m);
    buf_release(&content);
    return error;
}

struct wanted_part {
    struct slice name;
    bool found;
};

/* By the name of the part: a browser gives JSON parts a file name too (discodeit.md 4.1). */
static enum error take_json_part(struct task *t, const struct multipart_part *part, struct slice content,
                                 void *with)
{
    struct wanted_part *wanted = with;
    if (wanted->found || !slice_equals(part->name, wanted->name))
        return ERR_NONE;
    wanted->found = true;
    struct slice kept = arena_copy(&t->arena, content);
    task_read(t, kept);
    return ERR_NONE;
}

static enum error read_part(struct api_request *r, struct task *t, const struct route *route)
{
    struct wanted_part wanted = {.name = route->part};
    enum error error = walk_parts(r, t, take_json_part, &wanted);
    if (error == ERR_NONE && !wanted.found)
        task_read(t, SLICE_NONE);
    return error;
}

static void set_string(struct task *t, struct slice name, struct slice value)
{
    const ProtobufCMessageDescriptor *type = t->input->descriptor;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (field->type == PROTOBUF_C_TYPE_STRING && slice_equals(name, slice_from_string(field->name)))
            *(char **)(void *)((char *)t->input + field->offset) = arena_string(&t->arena, value);
    }
}

static enum error take_form_field(struct task *t, const struct multipart_part *part, struct slice content,
                                  void *with)
{
    (void)with;
    if (memchr(content.data == NULL ? (const void *)"" : content.data, '\0', content.len) != NULL)
        return ERR_BAD_REQUEST; /* a string ends where it ends */
    set_string(t, part->name, content);
    return ERR_NONE;
}

static enum error read_urlencoded(struct api_request *r, struct task *t)
{
    struct slice rest = r->http->body, name, value, raw_name, raw_value;
    while (target_query_next(&rest, &raw_name, &raw_value)) {
        if (!target_query_decode(&t->arena, raw_name, &name) ||
            !target_query_decode(&t->arena, raw_value, &value))
            return ERR_BAD_REQUEST;
        set_string(t, name, value);
    }
    return ERR_NONE;
}

static enum error read_form(struct api_request *r, struct task *t, const struct route *route)
{
    struct media_type type;
    t->input = dto_new(&t->arena, route->operation->input);
    if (t->input == NULL)
        return ERR_OUT_OF_MEMORY;
    if (media_type_of(r, &type) && media_type_is(&type, SLICE("application"), SLICE("x-www-form-urlencoded")))
        return read_urlencoded(r, t);
    return walk_parts(r, t, take_form_field, NULL);
}

enum error api_read_body(struct api_request *r, struct task *t, const struct route *route)
{
    if (route->body != BODY_NONE && !r->http->head->has_length && !r->http->head->is_chunked)
        return ERR_LENGTH_REQUIRED; /* RFC 9110 15.5.12 */
    switch (route->body) {
    case BODY_NONE: return ERR_NONE;
    case BODY_JSON: return read_json(r, t);
    case BODY_PART: return read_part(r, t, route);
    case BODY_FORM: return read_form(r, t, route);
    }
    return ERR_INTERNAL_SERVER_ERROR;
}
