// SPDX-License-Identifier: MIT
// A Content-Type: what is parsed lies inside the value, and written plainly it is parsed to the same again.
#include "base/buf.h"
#include "pieces.h"
#include "wire/http_fields.h"
#include "wire/media_type.h"

static void write_plainly(const struct media_type *m, struct buf *out)
{
    buf_append(out, m->type);
    buf_append_octet(out, '/');
    buf_append(out, m->subtype);
    for (size_t i = 0; i < m->count; i++) {
        buf_append(out, SLICE(";"));
        buf_append(out, m->parameters[i].name);
        buf_append(out, SLICE("=\""));
        buf_append(out, m->parameters[i].value);
        buf_append(out, SLICE("\""));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct media_type m, again;
    struct slice boundary;
    struct buf out;
    if (!media_type_parse(slice_of(data, size), &m))
        return 0;
    assert(http_is_token(m.type) && http_is_token(m.subtype) && m.count <= MEDIA_TYPE_PARAMETERS_MAX);
    assert(media_type_is(&m, m.type, m.subtype));
    buf_init(&out, size + 100);
    write_plainly(&m, &out);
    assert(buf_ok(&out) && media_type_parse(buf_slice(&out), &again) && again.count == m.count);
    for (size_t i = 0; i < m.count; i++) {
        assert(http_is_token(m.parameters[i].name));
        assert(slice_equals(media_type_parameter(&again, m.parameters[i].name), m.parameters[i].value));
    }
    if (media_type_boundary(&m, &boundary))
        assert(boundary.len > 0 && boundary.len <= MEDIA_TYPE_BOUNDARY_MAX);
    assert(media_type_is_utf8(&m) == media_type_is_utf8(&again));
    buf_release(&out);
    return 0;
}
