// SPDX-License-Identifier: MIT
#include "wire/file_name.h"

#include "base/utf8.h"

enum { EXTENSION = 16 /* characters, dot included: what is longer is no extension */ };

%%{
    machine file_name;
    alphtype unsigned char;

    action utf8_ascii { }
    action quote { room[len++] = '"'; }
    action separator { len = 0; }
    action character {
        memcpy(room + len, ts, (size_t)(te - ts));
        len += (size_t)(te - ts);
    }

    include whatwg_form "whatwg_form.rl";
    main := any*;
    write data noerror nofinal;
}%%

/* Octets of the first n characters. */
static size_t prefix(struct slice s, size_t n)
{
    size_t at = 0;
    while (at < s.len && n > 0) {
        at++;
        while (at < s.len && (s.data[at] & 0xC0) == 0x80)
            at++;
        n--;
    }
    return at;
}

/* Where the extension begins, its dot; the length of the name when it has none. */
static size_t extension_at(struct slice name)
{
    size_t at = name.len;
    while (at > 0 && name.data[at - 1] != '.')
        at--;
    if (at <= 1 || utf8_length(slice_after(name, at - 1)) > EXTENSION)
        return name.len;
    return at - 1;
}

/* Takes characters out before the extension. */
static struct slice shorten(unsigned char *room, struct slice name)
{
    if (utf8_length(name) <= FILE_NAME_CHARACTERS)
        return name;
    size_t at = extension_at(name);
    struct slice extension = slice_after(name, at);
    size_t kept = prefix(name, FILE_NAME_CHARACTERS - utf8_length(extension));
    memmove(room + kept, extension.data, extension.len);
    return slice_trim(slice_of(room, kept + extension.len));
}

struct slice file_name_clean(struct slice raw, unsigned char *room)
{
    if (raw.len == 0)
        return SLICE("file"); /* it may be NULL */
    const unsigned char *p = raw.data, *pe = p + raw.len, *eof = pe, *ts = NULL, *te = NULL;
    size_t len = 0;
    int cs, act = 0;
    %% write init;
    cs = file_name_en_file_name;
    %% write exec;
    (void)act;
    struct slice name = slice_trim(slice_of(room, len));
    if (name.len == 0 || slice_equals(name, SLICE(".")) || slice_equals(name, SLICE("..")))
        return SLICE("file");
    memmove(room, name.data, name.len);
    return shorten(room, slice_of(room, name.len));
}
