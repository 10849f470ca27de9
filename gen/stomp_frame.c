
#line 1 "grammar/parsers/stomp_frame.rl"
// SPDX-License-Identifier: MIT
#include "wire/stomp_machine.h"

#if defined(__SSE2__) && !defined(WIRE_SKIP_PLAIN)
#include <emmintrin.h>

/* The last octet of a run that begins at p, is below 0x80, no control and neither `stop` nor a backslash. May end
 * early, never late (see wire/skip.h). */
static inline __attribute__((always_inline)) const unsigned char *
skip_to(const unsigned char *p, const unsigned char *pe, char stop)
{
    for (p++; pe - p >= 16; p += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\\')), _mm_cmpeq_epi8(x, _mm_set1_epi8(stop)));
        special = _mm_or_si128(special, _mm_cmplt_epi8(x, _mm_set1_epi8(0x20))); /* 0x80 and over are negative */
        int stops = _mm_movemask_epi8(special);
        if (stops != 0)
            return p + __builtin_ctz((unsigned)stops) - 1;
    }
    return p - 1;
}
#else
static inline __attribute__((always_inline)) const unsigned char *
skip_to(const unsigned char *p, const unsigned char *pe, char stop)
{
    (void)pe, (void)stop;
    return p;
}
#endif


#line 32 "gen/stomp_frame.c"
static const int stomp_frame_start = 1;

static const int stomp_frame_en_main = 1;
static const int stomp_frame_en_nothing = 97;


#line 100 "grammar/parsers/stomp_frame.rl"


#define AT               ((uint32_t)(p - data) + shift)
#define FAULT(row, place) (*step = (struct stomp_step){STOMP_SAW_FAULT, (row), (place)})

void stomp_machine_begin(struct stomp_parser *s)
{
    s->state = (unsigned char)stomp_frame_start; /* what `write init` says, in our type */
}

bool stomp_machine_is_at_begin(const struct stomp_parser *s)
{
    return s->state == stomp_frame_start;
}

void stomp_machine_no_body(struct stomp_parser *s)
{
    s->state = (unsigned char)stomp_frame_en_nothing;
}

size_t stomp_machine_run(struct stomp_parser *s, struct stomp_header *headers, const unsigned char *data, size_t len,
                         struct stomp_step *step)
{
    const unsigned char *p = data, *pe = data + len, *eof = NULL;
    uint32_t shift = s->at;
    bool begun = s->at > 0;
    *step = (struct stomp_step){STOMP_RAN_OUT, ERR_NONE, 0};
    
#line 64 "gen/stomp_frame.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( ( s->state) )
	{
tr0:
#line 82 "grammar/parsers/stomp_frame.rl"
	{
        if (s->noise == s->limits->noise) {
            FAULT(ERR_STOMP_NOISE, 0);
            p--; {p++; ( s->state) = 1; goto _out;} /* not taken: what is taken before a frame is counted */
        }
        s->noise++;
    }
	goto st1;
tr2:
#line 81 "grammar/parsers/stomp_frame.rl"
	{ s->noise = 0; step->event = STOMP_SAW_BEAT; {p++; ( s->state) = 1; goto _out;} }
	goto st1;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
#line 85 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 0u: goto tr0;
		case 10u: goto tr2;
		case 13u: goto st2;
		case 65u: goto tr4;
		case 66u: goto tr5;
		case 67u: goto tr6;
		case 68u: goto tr7;
		case 69u: goto tr8;
		case 77u: goto tr9;
		case 78u: goto tr10;
		case 82u: goto tr11;
		case 83u: goto tr12;
		case 85u: goto tr13;
	}
	goto tr1;
tr1:
#line 92 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_COMMAND, begun ? AT : 0); }
	goto st0;
tr21:
#line 93 "grammar/parsers/stomp_frame.rl"
	{ FAULT(step->error == ERR_NONE ? ERR_STOMP_HEADER : step->error, AT); }
	goto st0;
tr58:
#line 91 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_TEXT, AT); }
#line 93 "grammar/parsers/stomp_frame.rl"
	{ FAULT(step->error == ERR_NONE ? ERR_STOMP_HEADER : step->error, AT); }
	goto st0;
tr131:
#line 94 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_BODY, AT); }
	goto st0;
#line 114 "gen/stomp_frame.c"
st0:
( s->state) = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) == 10u )
		goto tr2;
	goto tr1;
tr4:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 136 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 66u: goto st4;
		case 67u: goto st28;
	}
	goto tr1;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 79u )
		goto st5;
	goto tr1;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 82u )
		goto st6;
	goto tr1;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( (*p) == 84u )
		goto tr18;
	goto tr1;
tr18:
#line 46 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_ABORT; }
	goto st7;
tr61:
#line 47 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_ACK; }
	goto st7;
tr65:
#line 44 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_BEGIN; }
	goto st7;
tr71:
#line 45 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_COMMIT; }
	goto st7;
tr88:
#line 49 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_DISCONNECT; }
	goto st7;
tr99:
#line 48 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_NACK; }
	goto st7;
tr109:
#line 41 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_SEND; }
	goto st7;
tr112:
#line 51 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_STOMP; }
	goto st7;
tr119:
#line 42 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_SUBSCRIBE; }
	goto st7;
tr129:
#line 43 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_UNSUBSCRIBE; }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 196 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 10u: goto st8;
		case 13u: goto st27;
	}
	goto tr1;
tr46:
#line 68 "grammar/parsers/stomp_frame.rl"
	{ s->value_end = AT; }
#line 69 "grammar/parsers/stomp_frame.rl"
	{
        if (AT - s->line > s->limits->line) {
            FAULT(ERR_STOMP_LINE_TOO_LONG, s->line + s->limits->line);
            {p++; ( s->state) = 8; goto _out;}
        }
        headers[s->header_count++] = (struct stomp_header){
            .name = s->line, .name_len = s->name_end - s->line,
            .value = s->name_end + 1, .value_len = s->value_end - s->name_end - 1};
        s->line = 0;
    }
	goto st8;
tr57:
#line 69 "grammar/parsers/stomp_frame.rl"
	{
        if (AT - s->line > s->limits->line) {
            FAULT(ERR_STOMP_LINE_TOO_LONG, s->line + s->limits->line);
            {p++; ( s->state) = 8; goto _out;}
        }
        headers[s->header_count++] = (struct stomp_header){
            .name = s->line, .name_len = s->name_end - s->line,
            .value = s->name_end + 1, .value_len = s->value_end - s->name_end - 1};
        s->line = 0;
    }
	goto st8;
tr78:
#line 89 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_SERVER_FRAME, AT); {p++; ( s->state) = 8; goto _out;} }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 233 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 0u: goto tr21;
		case 10u: goto tr23;
		case 13u: goto st26;
		case 58u: goto tr21;
		case 92u: goto tr25;
		case 224u: goto tr28;
		case 237u: goto tr30;
		case 240u: goto tr31;
		case 244u: goto tr33;
	}
	if ( (*p) < 225u ) {
		if ( (*p) > 193u ) {
			if ( 194u <= (*p) && (*p) <= 223u )
				goto tr27;
		} else if ( (*p) >= 128u )
			goto tr26;
	} else if ( (*p) > 239u ) {
		if ( (*p) > 243u ) {
			if ( 245u <= (*p) )
				goto tr26;
		} else if ( (*p) >= 241u )
			goto tr32;
	} else
		goto tr29;
	goto tr22;
tr22:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 9; goto _out;}
        }
    }
#line 37 "grammar/parsers/stomp_frame.rl"
	{ p = skip_to(p, pe, ':'); }
	goto st9;
tr25:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 9; goto _out;}
        }
    }
#line 39 "grammar/parsers/stomp_frame.rl"
	{ s->escaped = true; }
	goto st9;
tr26:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 9; goto _out;}
        }
    }
#line 90 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_TEXT, AT); {p++; ( s->state) = 9; goto _out;} }
	goto st9;
tr34:
#line 37 "grammar/parsers/stomp_frame.rl"
	{ p = skip_to(p, pe, ':'); }
	goto st9;
tr36:
#line 39 "grammar/parsers/stomp_frame.rl"
	{ s->escaped = true; }
	goto st9;
tr37:
#line 90 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_TEXT, AT); {p++; ( s->state) = 9; goto _out;} }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 302 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 0u: goto tr21;
		case 10u: goto tr21;
		case 13u: goto tr21;
		case 58u: goto tr35;
		case 92u: goto tr36;
		case 224u: goto st20;
		case 237u: goto st22;
		case 240u: goto st23;
		case 244u: goto st25;
	}
	if ( (*p) < 225u ) {
		if ( (*p) > 193u ) {
			if ( 194u <= (*p) && (*p) <= 223u )
				goto st19;
		} else if ( (*p) >= 128u )
			goto tr37;
	} else if ( (*p) > 239u ) {
		if ( (*p) > 243u ) {
			if ( 245u <= (*p) )
				goto tr37;
		} else if ( (*p) >= 241u )
			goto st24;
	} else
		goto st21;
	goto tr34;
tr35:
#line 67 "grammar/parsers/stomp_frame.rl"
	{ s->name_end = AT; }
#line 38 "grammar/parsers/stomp_frame.rl"
	{ p = skip_to(p, pe, '\\'); }
	goto st10;
tr48:
#line 39 "grammar/parsers/stomp_frame.rl"
	{ s->escaped = true; }
	goto st10;
tr49:
#line 90 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_TEXT, AT); {p++; ( s->state) = 10; goto _out;} }
	goto st10;
tr45:
#line 38 "grammar/parsers/stomp_frame.rl"
	{ p = skip_to(p, pe, '\\'); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 345 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 0u: goto tr21;
		case 10u: goto tr46;
		case 13u: goto tr47;
		case 92u: goto tr48;
		case 224u: goto st13;
		case 237u: goto st15;
		case 240u: goto st16;
		case 244u: goto st18;
	}
	if ( (*p) < 225u ) {
		if ( (*p) > 193u ) {
			if ( 194u <= (*p) && (*p) <= 223u )
				goto st12;
		} else if ( (*p) >= 128u )
			goto tr49;
	} else if ( (*p) > 239u ) {
		if ( (*p) > 243u ) {
			if ( 245u <= (*p) )
				goto tr49;
		} else if ( (*p) >= 241u )
			goto st17;
	} else
		goto st14;
	goto tr45;
tr47:
#line 68 "grammar/parsers/stomp_frame.rl"
	{ s->value_end = AT; }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 377 "gen/stomp_frame.c"
	if ( (*p) == 10u )
		goto tr57;
	goto tr21;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st10;
	goto tr58;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st12;
	goto tr58;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st12;
	goto tr58;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st12;
	goto tr58;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st14;
	goto tr58;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st14;
	goto tr58;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st14;
	goto tr58;
tr27:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 19; goto _out;}
        }
    }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 442 "gen/stomp_frame.c"
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st9;
	goto tr58;
tr28:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 20; goto _out;}
        }
    }
	goto st20;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
#line 458 "gen/stomp_frame.c"
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st19;
	goto tr58;
tr29:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 21; goto _out;}
        }
    }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 474 "gen/stomp_frame.c"
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st19;
	goto tr58;
tr30:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 22; goto _out;}
        }
    }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 490 "gen/stomp_frame.c"
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st19;
	goto tr58;
tr31:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 23; goto _out;}
        }
    }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 506 "gen/stomp_frame.c"
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st21;
	goto tr58;
tr32:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 24; goto _out;}
        }
    }
	goto st24;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
#line 522 "gen/stomp_frame.c"
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st21;
	goto tr58;
tr33:
#line 60 "grammar/parsers/stomp_frame.rl"
	{
        s->line = AT;
        if (s->header_count == s->limits->headers) {
            FAULT(ERR_STOMP_TOO_MANY_HEADERS, AT);
            {p++; ( s->state) = 25; goto _out;}
        }
    }
	goto st25;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
#line 538 "gen/stomp_frame.c"
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st21;
	goto tr58;
tr23:
#line 79 "grammar/parsers/stomp_frame.rl"
	{ s->body = AT + 1; step->event = STOMP_SAW_HEAD; {p++; ( s->state) = 99; goto _out;} }
	goto st99;
st99:
	if ( ++p == pe )
		goto _test_eof99;
case 99:
#line 548 "gen/stomp_frame.c"
	goto st0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	if ( (*p) == 10u )
		goto tr23;
	goto tr21;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	if ( (*p) == 10u )
		goto st8;
	goto tr1;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) == 75u )
		goto tr61;
	goto tr1;
tr5:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
#line 582 "gen/stomp_frame.c"
	if ( (*p) == 69u )
		goto st30;
	goto tr1;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	if ( (*p) == 71u )
		goto st31;
	goto tr1;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	if ( (*p) == 73u )
		goto st32;
	goto tr1;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	if ( (*p) == 78u )
		goto tr65;
	goto tr1;
tr6:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st33;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
#line 618 "gen/stomp_frame.c"
	if ( (*p) == 79u )
		goto st34;
	goto tr1;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	switch( (*p) ) {
		case 77u: goto st35;
		case 78u: goto st38;
	}
	goto tr1;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	if ( (*p) == 77u )
		goto st36;
	goto tr1;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	if ( (*p) == 73u )
		goto st37;
	goto tr1;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	if ( (*p) == 84u )
		goto tr71;
	goto tr1;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	if ( (*p) == 78u )
		goto st39;
	goto tr1;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	if ( (*p) == 69u )
		goto st40;
	goto tr1;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	if ( (*p) == 67u )
		goto st41;
	goto tr1;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	if ( (*p) == 84u )
		goto tr75;
	goto tr1;
tr75:
#line 50 "grammar/parsers/stomp_frame.rl"
	{ s->command = STOMP_CMD_CONNECT; }
	goto st42;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
#line 686 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 10u: goto st8;
		case 13u: goto st27;
		case 69u: goto st43;
	}
	goto tr1;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	if ( (*p) == 68u )
		goto st44;
	goto tr1;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	switch( (*p) ) {
		case 10u: goto tr78;
		case 13u: goto st45;
	}
	goto tr1;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	if ( (*p) == 10u )
		goto tr78;
	goto tr1;
tr7:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st46;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
#line 727 "gen/stomp_frame.c"
	if ( (*p) == 73u )
		goto st47;
	goto tr1;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	if ( (*p) == 83u )
		goto st48;
	goto tr1;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	if ( (*p) == 67u )
		goto st49;
	goto tr1;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
	if ( (*p) == 79u )
		goto st50;
	goto tr1;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	if ( (*p) == 78u )
		goto st51;
	goto tr1;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	if ( (*p) == 78u )
		goto st52;
	goto tr1;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	if ( (*p) == 69u )
		goto st53;
	goto tr1;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
	if ( (*p) == 67u )
		goto st54;
	goto tr1;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	if ( (*p) == 84u )
		goto tr88;
	goto tr1;
tr8:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st55;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
#line 798 "gen/stomp_frame.c"
	if ( (*p) == 82u )
		goto st56;
	goto tr1;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	if ( (*p) == 82u )
		goto st57;
	goto tr1;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	if ( (*p) == 79u )
		goto st58;
	goto tr1;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	if ( (*p) == 82u )
		goto st44;
	goto tr1;
tr9:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st59;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
#line 834 "gen/stomp_frame.c"
	if ( (*p) == 69u )
		goto st60;
	goto tr1;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	if ( (*p) == 83u )
		goto st61;
	goto tr1;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	if ( (*p) == 83u )
		goto st62;
	goto tr1;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	if ( (*p) == 65u )
		goto st63;
	goto tr1;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	if ( (*p) == 71u )
		goto st64;
	goto tr1;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	if ( (*p) == 69u )
		goto st44;
	goto tr1;
tr10:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st65;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
#line 884 "gen/stomp_frame.c"
	if ( (*p) == 65u )
		goto st66;
	goto tr1;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	if ( (*p) == 67u )
		goto st67;
	goto tr1;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	if ( (*p) == 75u )
		goto tr99;
	goto tr1;
tr11:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st68;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
#line 913 "gen/stomp_frame.c"
	if ( (*p) == 69u )
		goto st69;
	goto tr1;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	if ( (*p) == 67u )
		goto st70;
	goto tr1;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	if ( (*p) == 69u )
		goto st71;
	goto tr1;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	if ( (*p) == 73u )
		goto st72;
	goto tr1;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	if ( (*p) == 80u )
		goto st73;
	goto tr1;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	if ( (*p) == 84u )
		goto st44;
	goto tr1;
tr12:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st74;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
#line 963 "gen/stomp_frame.c"
	switch( (*p) ) {
		case 69u: goto st75;
		case 84u: goto st77;
		case 85u: goto st80;
	}
	goto tr1;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	if ( (*p) == 78u )
		goto st76;
	goto tr1;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	if ( (*p) == 68u )
		goto tr109;
	goto tr1;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
	if ( (*p) == 79u )
		goto st78;
	goto tr1;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	if ( (*p) == 77u )
		goto st79;
	goto tr1;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
	if ( (*p) == 80u )
		goto tr112;
	goto tr1;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	if ( (*p) == 66u )
		goto st81;
	goto tr1;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	if ( (*p) == 83u )
		goto st82;
	goto tr1;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
	if ( (*p) == 67u )
		goto st83;
	goto tr1;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
	if ( (*p) == 82u )
		goto st84;
	goto tr1;
st84:
	if ( ++p == pe )
		goto _test_eof84;
case 84:
	if ( (*p) == 73u )
		goto st85;
	goto tr1;
st85:
	if ( ++p == pe )
		goto _test_eof85;
case 85:
	if ( (*p) == 66u )
		goto st86;
	goto tr1;
st86:
	if ( ++p == pe )
		goto _test_eof86;
case 86:
	if ( (*p) == 69u )
		goto tr119;
	goto tr1;
tr13:
#line 54 "grammar/parsers/stomp_frame.rl"
	{
        begun = true;
        s->noise = 0;
        s->taken += (size_t)(p - data);
        shift = -(uint32_t)(p - data);
    }
	goto st87;
st87:
	if ( ++p == pe )
		goto _test_eof87;
case 87:
#line 1065 "gen/stomp_frame.c"
	if ( (*p) == 78u )
		goto st88;
	goto tr1;
st88:
	if ( ++p == pe )
		goto _test_eof88;
case 88:
	if ( (*p) == 83u )
		goto st89;
	goto tr1;
st89:
	if ( ++p == pe )
		goto _test_eof89;
case 89:
	if ( (*p) == 85u )
		goto st90;
	goto tr1;
st90:
	if ( ++p == pe )
		goto _test_eof90;
case 90:
	if ( (*p) == 66u )
		goto st91;
	goto tr1;
st91:
	if ( ++p == pe )
		goto _test_eof91;
case 91:
	if ( (*p) == 83u )
		goto st92;
	goto tr1;
st92:
	if ( ++p == pe )
		goto _test_eof92;
case 92:
	if ( (*p) == 67u )
		goto st93;
	goto tr1;
st93:
	if ( ++p == pe )
		goto _test_eof93;
case 93:
	if ( (*p) == 82u )
		goto st94;
	goto tr1;
st94:
	if ( ++p == pe )
		goto _test_eof94;
case 94:
	if ( (*p) == 73u )
		goto st95;
	goto tr1;
st95:
	if ( ++p == pe )
		goto _test_eof95;
case 95:
	if ( (*p) == 66u )
		goto st96;
	goto tr1;
st96:
	if ( ++p == pe )
		goto _test_eof96;
case 96:
	if ( (*p) == 69u )
		goto tr129;
	goto tr1;
st97:
	if ( ++p == pe )
		goto _test_eof97;
case 97:
	switch( (*p) ) {
		case 0u: goto tr130;
		case 10u: goto st97;
		case 13u: goto st98;
	}
	goto tr131;
tr130:
#line 80 "grammar/parsers/stomp_frame.rl"
	{ step->event = STOMP_SAW_END; {p++; ( s->state) = 100; goto _out;} }
	goto st100;
st100:
	if ( ++p == pe )
		goto _test_eof100;
case 100:
#line 1148 "gen/stomp_frame.c"
	goto st0;
st98:
	if ( ++p == pe )
		goto _test_eof98;
case 98:
	if ( (*p) == 10u )
		goto st97;
	goto tr131;
	}
	_test_eof1: ( s->state) = 1; goto _test_eof; 
	_test_eof2: ( s->state) = 2; goto _test_eof; 
	_test_eof3: ( s->state) = 3; goto _test_eof; 
	_test_eof4: ( s->state) = 4; goto _test_eof; 
	_test_eof5: ( s->state) = 5; goto _test_eof; 
	_test_eof6: ( s->state) = 6; goto _test_eof; 
	_test_eof7: ( s->state) = 7; goto _test_eof; 
	_test_eof8: ( s->state) = 8; goto _test_eof; 
	_test_eof9: ( s->state) = 9; goto _test_eof; 
	_test_eof10: ( s->state) = 10; goto _test_eof; 
	_test_eof11: ( s->state) = 11; goto _test_eof; 
	_test_eof12: ( s->state) = 12; goto _test_eof; 
	_test_eof13: ( s->state) = 13; goto _test_eof; 
	_test_eof14: ( s->state) = 14; goto _test_eof; 
	_test_eof15: ( s->state) = 15; goto _test_eof; 
	_test_eof16: ( s->state) = 16; goto _test_eof; 
	_test_eof17: ( s->state) = 17; goto _test_eof; 
	_test_eof18: ( s->state) = 18; goto _test_eof; 
	_test_eof19: ( s->state) = 19; goto _test_eof; 
	_test_eof20: ( s->state) = 20; goto _test_eof; 
	_test_eof21: ( s->state) = 21; goto _test_eof; 
	_test_eof22: ( s->state) = 22; goto _test_eof; 
	_test_eof23: ( s->state) = 23; goto _test_eof; 
	_test_eof24: ( s->state) = 24; goto _test_eof; 
	_test_eof25: ( s->state) = 25; goto _test_eof; 
	_test_eof99: ( s->state) = 99; goto _test_eof; 
	_test_eof26: ( s->state) = 26; goto _test_eof; 
	_test_eof27: ( s->state) = 27; goto _test_eof; 
	_test_eof28: ( s->state) = 28; goto _test_eof; 
	_test_eof29: ( s->state) = 29; goto _test_eof; 
	_test_eof30: ( s->state) = 30; goto _test_eof; 
	_test_eof31: ( s->state) = 31; goto _test_eof; 
	_test_eof32: ( s->state) = 32; goto _test_eof; 
	_test_eof33: ( s->state) = 33; goto _test_eof; 
	_test_eof34: ( s->state) = 34; goto _test_eof; 
	_test_eof35: ( s->state) = 35; goto _test_eof; 
	_test_eof36: ( s->state) = 36; goto _test_eof; 
	_test_eof37: ( s->state) = 37; goto _test_eof; 
	_test_eof38: ( s->state) = 38; goto _test_eof; 
	_test_eof39: ( s->state) = 39; goto _test_eof; 
	_test_eof40: ( s->state) = 40; goto _test_eof; 
	_test_eof41: ( s->state) = 41; goto _test_eof; 
	_test_eof42: ( s->state) = 42; goto _test_eof; 
	_test_eof43: ( s->state) = 43; goto _test_eof; 
	_test_eof44: ( s->state) = 44; goto _test_eof; 
	_test_eof45: ( s->state) = 45; goto _test_eof; 
	_test_eof46: ( s->state) = 46; goto _test_eof; 
	_test_eof47: ( s->state) = 47; goto _test_eof; 
	_test_eof48: ( s->state) = 48; goto _test_eof; 
	_test_eof49: ( s->state) = 49; goto _test_eof; 
	_test_eof50: ( s->state) = 50; goto _test_eof; 
	_test_eof51: ( s->state) = 51; goto _test_eof; 
	_test_eof52: ( s->state) = 52; goto _test_eof; 
	_test_eof53: ( s->state) = 53; goto _test_eof; 
	_test_eof54: ( s->state) = 54; goto _test_eof; 
	_test_eof55: ( s->state) = 55; goto _test_eof; 
	_test_eof56: ( s->state) = 56; goto _test_eof; 
	_test_eof57: ( s->state) = 57; goto _test_eof; 
	_test_eof58: ( s->state) = 58; goto _test_eof; 
	_test_eof59: ( s->state) = 59; goto _test_eof; 
	_test_eof60: ( s->state) = 60; goto _test_eof; 
	_test_eof61: ( s->state) = 61; goto _test_eof; 
	_test_eof62: ( s->state) = 62; goto _test_eof; 
	_test_eof63: ( s->state) = 63; goto _test_eof; 
	_test_eof64: ( s->state) = 64; goto _test_eof; 
	_test_eof65: ( s->state) = 65; goto _test_eof; 
	_test_eof66: ( s->state) = 66; goto _test_eof; 
	_test_eof67: ( s->state) = 67; goto _test_eof; 
	_test_eof68: ( s->state) = 68; goto _test_eof; 
	_test_eof69: ( s->state) = 69; goto _test_eof; 
	_test_eof70: ( s->state) = 70; goto _test_eof; 
	_test_eof71: ( s->state) = 71; goto _test_eof; 
	_test_eof72: ( s->state) = 72; goto _test_eof; 
	_test_eof73: ( s->state) = 73; goto _test_eof; 
	_test_eof74: ( s->state) = 74; goto _test_eof; 
	_test_eof75: ( s->state) = 75; goto _test_eof; 
	_test_eof76: ( s->state) = 76; goto _test_eof; 
	_test_eof77: ( s->state) = 77; goto _test_eof; 
	_test_eof78: ( s->state) = 78; goto _test_eof; 
	_test_eof79: ( s->state) = 79; goto _test_eof; 
	_test_eof80: ( s->state) = 80; goto _test_eof; 
	_test_eof81: ( s->state) = 81; goto _test_eof; 
	_test_eof82: ( s->state) = 82; goto _test_eof; 
	_test_eof83: ( s->state) = 83; goto _test_eof; 
	_test_eof84: ( s->state) = 84; goto _test_eof; 
	_test_eof85: ( s->state) = 85; goto _test_eof; 
	_test_eof86: ( s->state) = 86; goto _test_eof; 
	_test_eof87: ( s->state) = 87; goto _test_eof; 
	_test_eof88: ( s->state) = 88; goto _test_eof; 
	_test_eof89: ( s->state) = 89; goto _test_eof; 
	_test_eof90: ( s->state) = 90; goto _test_eof; 
	_test_eof91: ( s->state) = 91; goto _test_eof; 
	_test_eof92: ( s->state) = 92; goto _test_eof; 
	_test_eof93: ( s->state) = 93; goto _test_eof; 
	_test_eof94: ( s->state) = 94; goto _test_eof; 
	_test_eof95: ( s->state) = 95; goto _test_eof; 
	_test_eof96: ( s->state) = 96; goto _test_eof; 
	_test_eof97: ( s->state) = 97; goto _test_eof; 
	_test_eof100: ( s->state) = 100; goto _test_eof; 
	_test_eof98: ( s->state) = 98; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( ( s->state) ) {
	case 1: 
	case 2: 
	case 3: 
	case 4: 
	case 5: 
	case 6: 
	case 7: 
	case 27: 
	case 28: 
	case 29: 
	case 30: 
	case 31: 
	case 32: 
	case 33: 
	case 34: 
	case 35: 
	case 36: 
	case 37: 
	case 38: 
	case 39: 
	case 40: 
	case 41: 
	case 42: 
	case 43: 
	case 44: 
	case 45: 
	case 46: 
	case 47: 
	case 48: 
	case 49: 
	case 50: 
	case 51: 
	case 52: 
	case 53: 
	case 54: 
	case 55: 
	case 56: 
	case 57: 
	case 58: 
	case 59: 
	case 60: 
	case 61: 
	case 62: 
	case 63: 
	case 64: 
	case 65: 
	case 66: 
	case 67: 
	case 68: 
	case 69: 
	case 70: 
	case 71: 
	case 72: 
	case 73: 
	case 74: 
	case 75: 
	case 76: 
	case 77: 
	case 78: 
	case 79: 
	case 80: 
	case 81: 
	case 82: 
	case 83: 
	case 84: 
	case 85: 
	case 86: 
	case 87: 
	case 88: 
	case 89: 
	case 90: 
	case 91: 
	case 92: 
	case 93: 
	case 94: 
	case 95: 
	case 96: 
#line 92 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_COMMAND, begun ? AT : 0); }
	break;
	case 8: 
	case 9: 
	case 10: 
	case 11: 
	case 26: 
#line 93 "grammar/parsers/stomp_frame.rl"
	{ FAULT(step->error == ERR_NONE ? ERR_STOMP_HEADER : step->error, AT); }
	break;
	case 97: 
	case 98: 
#line 94 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_BODY, AT); }
	break;
	case 12: 
	case 13: 
	case 14: 
	case 15: 
	case 16: 
	case 17: 
	case 18: 
	case 19: 
	case 20: 
	case 21: 
	case 22: 
	case 23: 
	case 24: 
	case 25: 
#line 91 "grammar/parsers/stomp_frame.rl"
	{ FAULT(ERR_STOMP_TEXT, AT); }
#line 93 "grammar/parsers/stomp_frame.rl"
	{ FAULT(step->error == ERR_NONE ? ERR_STOMP_HEADER : step->error, AT); }
	break;
#line 1369 "gen/stomp_frame.c"
	}
	}

	_out: {}
	}

#line 128 "grammar/parsers/stomp_frame.rl"
    if (begun)
        s->at = AT;
    else
        s->taken += (size_t)(p - data);
    return (size_t)(p - data);
}
