// SPDX-License-Identifier: MIT
#include "wire/stomp_escape.h"

%%{
    machine stomp_escape;
    alphtype unsigned char;

    action plain         { text[out++] = *p; }
    action put_lf        { text[out++] = '\n'; }
    action put_cr        { text[out++] = '\r'; }
    action put_colon     { text[out++] = ':'; }
    action put_backslash { text[out++] = '\\'; }
    action undefined     { text[out++] = '\\'; text[out++] = *p; }

    include stomp12_escapes "stomp12.rl";
    read_strict_1_1  := strict_1_1;
    read_strict_1_2  := strict_1_2;
    read_lenient_1_1 := lenient_1_1;
    read_lenient_1_2 := lenient_1_2;
    write data nofinal;
}%%

bool stomp_unescape(unsigned char *text, size_t *len, enum stomp_dialect dialect, bool lenient)
{
    static const int starts[STOMP_DIALECTS][2] = {
        [STOMP_1_1] = {stomp_escape_en_read_strict_1_1, stomp_escape_en_read_lenient_1_1},
        [STOMP_1_2] = {stomp_escape_en_read_strict_1_2, stomp_escape_en_read_lenient_1_2},
    };
    if (dialect == STOMP_1_0 || *len == 0)
        return true;
    const unsigned char *p = text, *pe = p + *len;
    int start = starts[dialect][lenient], cs = start;
    size_t out = 0;
    %% write exec;
    if (cs == start) { /* the one final state of each form */
        *len = out;
        return true;
    }
    if (!lenient) { /* p is behind the backslash, or at the end because that was the last octet */
        *len = (size_t)(p - text) - 1;
        return false;
    }
    text[out++] = '\\';
    *len = out;
    return true;
}
