/* SPDX-License-Identifier: MIT
 *
 * bench/parsers_http1 - heads and forms parsed per second, beside a memcpy of the same octets from cache,
 * which is their physical limit (design.md section 10). Rounds alternate and the best of each counts: what
 * else runs on the machine can only make them slower.
 */
#include <stdio.h>

#include "base/object.h"
#include "support/measure.h"
#include "wire/http1.h"
#include "wire/multipart.h"

enum { ROUNDS = 200, REPEATS = 2000, FORM_BODY = 65536 };

/* What a desktop browser sent for one picture: 703 octets, nine fields. */
static const char head[] =
    "GET /wp-content/uploads/2010/03/hello-kitty-darth-vader-pink.jpg HTTP/1.1\r\n"
    "Host: www.kittyhell.com\r\n"
    "User-Agent: Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10.6; ja-JP-mac; rv:1.9.2.3) "
    "Gecko/20100401 Firefox/3.6.3 Pathtraq/0.9\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: ja,en-us;q=0.7,en;q=0.3\r\n"
    "Accept-Encoding: gzip,deflate\r\n"
    "Accept-Charset: Shift_JIS,utf-8;q=0.7,*;q=0.7\r\n"
    "Keep-Alive: 115\r\nConnection: keep-alive\r\n"
    "Cookie: wp_ozh_wsa_visits=2; wp_ozh_wsa_visit_lasttime=xxxxxxxxxx; "
    "__utma=xxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.x; "
    "__utmz=xxxxxxxxx.xxxxxxxxxx.x.x.utmccn=(referral)|utmcsr=reader.livedoor.com|"
    "utmcct=/reader/|utmcmd=referral\r\n\r\n";

static unsigned char form[FORM_BODY + 256], copy[FORM_BODY + 256];
static size_t form_len;

static void make_form(void)
{
    static const char begin[] =
        "--b\r\nContent-Disposition: form-data; name=\"profile\"; filename=\"me.png\"\r\n"
        "Content-Type: image/png\r\n\r\n";
    uint32_t seed = 1;
    memcpy(form, begin, sizeof begin - 1);
    form_len = sizeof begin - 1;
    for (size_t i = 0; i < FORM_BODY; i++) {
        seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
        form[form_len++] = (unsigned char)(seed >> 24); /* like a picture: a CR every 256 octets */
    }
    memcpy(form + form_len, "\r\n--b--", 7);
    form_len += 7;
}

static void parse_head(void)
{
    struct http1_head h;
    http1_head_init(&h, 8192, 16384);
    if (http1_head_execute(&h, (const unsigned char *)head, sizeof head - 1) != HTTP1_DONE)
        bench_die("the head is refused");
    __asm__ volatile("" ::"r"(&h) : "memory");
}

static void copy_head(void)
{
    memcpy(copy, head, sizeof head - 1);
    __asm__ volatile("" ::"r"(copy) : "memory");
}

static void parse_form(void)
{
    struct multipart m;
    struct slice data, input = slice_of(form, form_len);
    size_t octets = 0;
    multipart_init(&m, SLICE("b"), 1, 1024);
    for (enum multipart_event e = MULTIPART_PART; e != MULTIPART_MORE && e != MULTIPART_ERROR;) {
        e = multipart_next(&m, &input, &data);
        octets += e == MULTIPART_DATA ? data.len : 0;
    }
    if (multipart_finish(&m) != ERR_NONE || octets != FORM_BODY)
        bench_die("the form is refused");
    multipart_release(&m);
}

static void copy_form(void)
{
    memcpy(copy, form, form_len);
    __asm__ volatile("" ::"r"(copy) : "memory");
}

struct subject {
    const char *name;
    void (*run)(void);
    size_t octets;
    unsigned repeats;
    double best; /* nanoseconds for one */
};

static void measure(struct subject *s)
{
    int64_t since = bench_now();
    for (unsigned i = 0; i < s->repeats; i++)
        s->run();
    double one = (double)(bench_now() - since) / s->repeats;
    s->best = s->best == 0 || one < s->best ? one : s->best;
}

int main(void)
{
    make_form();
    struct subject subjects[] = {
        {"request head", parse_head, sizeof head - 1, REPEATS, 0},
        {"its memcpy", copy_head, sizeof head - 1, REPEATS, 0},
        {"form of 64 KiB", parse_form, form_len, REPEATS / 50, 0},
        {"its memcpy", copy_form, form_len, REPEATS / 50, 0},
    };
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < ARRAY_LEN(subjects); i++)
            measure(&subjects[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(subjects); i++)
        printf("%-16s %8.0f ns %8.0f MB/s\n", subjects[i].name, subjects[i].best,
               (double)subjects[i].octets * 1e3 / subjects[i].best);
    return 0;
}
