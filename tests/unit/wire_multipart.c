// SPDX-License-Identifier: MIT
#include "support/test.h"
#include "support/transcript.h"
#include "wire/multipart.h"

static const char *const error_names[] = {[ERR_NONE] = "NONE",
#define X(name, status, close, type, line, ko, en) [ERR_##name] = #name,
                                          ERROR_TABLE(X)
#undef X
};

static void tell_part(struct transcript *t, const struct multipart *m)
{
    transcript_event(t, m->nread, "part");
    transcript_quote(t, " ", m->part.name);
    if (m->part.has_filename)
        transcript_quote(t, " file ", m->part.filename);
    if (m->part.content_type.len > 0)
        transcript_quote(t, " type ", m->part.content_type);
}

static void tell(struct transcript *t, const struct multipart *m, enum multipart_event event,
                 struct slice data)
{
    switch (event) {
    case MULTIPART_PART: tell_part(t, m); break;
    case MULTIPART_DATA: transcript_data(t, m->nread - m->matched - data.len, "data", data); break;
    case MULTIPART_PART_END: transcript_event(t, m->nread, "part end"); break;
    case MULTIPART_END: transcript_event(t, m->nread, "end"); break;
    case MULTIPART_MORE:
    case MULTIPART_ERROR: break;
    }
}

static void feed(struct transcript *t)
{
    struct multipart m;
    struct slice input, data;
    multipart_init(&m, transcript_option(t, "boundary", "XX"), transcript_number(t, "max_parts", 16),
                   transcript_number(t, "max_head", 1024));
    while (transcript_next(t, &input)) {
        enum multipart_event event = MULTIPART_PART;
        while (event != MULTIPART_MORE && event != MULTIPART_ERROR) {
            event = multipart_next(&m, &input, &data);
            CHECK(multipart_valid(&m));
            tell(t, &m, event, data);
        }
    }
    multipart_finish(&m);
    if (m.error != ERR_NONE)
        transcript_event(t, m.error_at, "error %s", error_names[m.error]);
    CHECK_INT(multipart_finish(&m), m.error);
    input = SLICE("--XX");
    if (m.error != ERR_NONE)
        CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_ERROR);
    multipart_release(&m);
}

TEST(transcript, "forms at every cut: RFC 7578, RFC 2046 5.1.1, D4.1")
{
    transcript_run("tests/transcript/multipart.t", feed);
}

TEST(no_copy, "data that is there as a whole comes in one piece of the input itself")
{
    struct multipart m;
    struct slice data, input = SLICE("--b\r\nContent-Disposition: form-data; name=n\r\n\r\n"
                                     "\r\n\r\r\n--\r\n--a\r\n--b--");
    multipart_init(&m, SLICE("b"), 1, 100);
    CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_PART);
    const unsigned char *body = input.data;
    CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_DATA);
    CHECK(data.data == body && data.len == 12);
    CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_PART_END);
    CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_END);
    CHECK_INT(multipart_next(&m, &input, &data), MULTIPART_MORE);
    CHECK_INT(multipart_finish(&m), ERR_NONE);
    multipart_release(&m);
}
