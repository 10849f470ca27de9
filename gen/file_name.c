
#line 1 "grammar/parsers/file_name.rl"
// SPDX-License-Identifier: MIT
#include "wire/file_name.h"

#include "base/utf8.h"

enum { EXTENSION = 16 /* characters, dot included: what is longer is no extension */ };


#line 9 "gen/file_name.c"
static const int file_name_start = 15;

static const int file_name_en_file_name = 16;
static const int file_name_en_main = 15;


#line 23 "grammar/parsers/file_name.rl"


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
    
#line 59 "gen/file_name.c"
	{
	cs = file_name_start;
	ts = 0;
	te = 0;
	act = 0;
	}

#line 69 "grammar/parsers/file_name.rl"
    cs = file_name_en_file_name;
    
#line 66 "gen/file_name.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st15:
#line 1 "NONE"
	{ts = 0;}
	if ( ++p == pe )
		goto _test_eof15;
case 15:
#line 76 "gen/file_name.c"
	goto st15;
tr0:
#line 15 "grammar/parsers/file_name.rl"
	{{p = ((te))-1;}{
        memcpy(room + len, ts, (size_t)(te - ts));
        len += (size_t)(te - ts);
    }}
	goto st16;
tr1:
#line 20 "grammar/rules/whatwg_form.rl"
	{te = p+1;}
	goto st16;
tr2:
#line 13 "grammar/parsers/file_name.rl"
	{te = p+1;{ room[len++] = '"'; }}
	goto st16;
tr4:
#line 15 "grammar/parsers/file_name.rl"
	{te = p+1;{
        memcpy(room + len, ts, (size_t)(te - ts));
        len += (size_t)(te - ts);
    }}
	goto st16;
tr10:
#line 20 "grammar/rules/whatwg_form.rl"
	{te = p+1;}
#line 12 "grammar/parsers/file_name.rl"
	{ }
	goto st16;
tr11:
#line 12 "grammar/parsers/file_name.rl"
	{ }
#line 15 "grammar/parsers/file_name.rl"
	{te = p+1;{
        memcpy(room + len, ts, (size_t)(te - ts));
        len += (size_t)(te - ts);
    }}
	goto st16;
tr13:
#line 14 "grammar/parsers/file_name.rl"
	{te = p+1;{ len = 0; }}
#line 12 "grammar/parsers/file_name.rl"
	{ }
	goto st16;
tr22:
#line 15 "grammar/parsers/file_name.rl"
	{te = p;p--;{
        memcpy(room + len, ts, (size_t)(te - ts));
        len += (size_t)(te - ts);
    }}
	goto st16;
st16:
#line 1 "NONE"
	{ts = 0;}
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 1 "NONE"
	{ts = p;}
#line 122 "gen/file_name.c"
	switch( (*p) ) {
		case 37u: goto tr12;
		case 47u: goto tr13;
		case 92u: goto tr13;
		case 127u: goto tr10;
		case 194u: goto st3;
		case 216u: goto st5;
		case 224u: goto st6;
		case 226u: goto st8;
		case 237u: goto st11;
		case 240u: goto st12;
		case 244u: goto st14;
	}
	if ( (*p) < 195u ) {
		if ( (*p) > 31u ) {
			if ( 128u <= (*p) && (*p) <= 193u )
				goto st0;
		} else
			goto tr10;
	} else if ( (*p) > 223u ) {
		if ( (*p) < 241u ) {
			if ( 225u <= (*p) && (*p) <= 239u )
				goto st7;
		} else if ( (*p) > 243u ) {
			if ( 245u <= (*p) )
				goto st0;
		} else
			goto st13;
	} else
		goto st4;
	goto tr11;
tr12:
#line 1 "NONE"
	{te = p+1;}
#line 12 "grammar/parsers/file_name.rl"
	{ }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 161 "gen/file_name.c"
	switch( (*p) ) {
		case 48u: goto st1;
		case 50u: goto st2;
	}
	goto tr22;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 65u: goto tr1;
		case 68u: goto tr1;
		case 97u: goto tr1;
		case 100u: goto tr1;
	}
	goto tr0;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) == 50u )
		goto tr2;
	goto tr0;
st0:
cs = 0;
	goto _out;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) > 159u ) {
		if ( 160u <= (*p) && (*p) <= 191u )
			goto tr4;
	} else if ( (*p) >= 128u )
		goto tr1;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr4;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 156u )
		goto tr1;
	if ( 128u <= (*p) && (*p) <= 191u )
		goto tr4;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st4;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st4;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 128u: goto st9;
		case 129u: goto st10;
	}
	if ( 130u <= (*p) && (*p) <= 191u )
		goto st4;
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( (*p) < 144u ) {
		if ( (*p) > 141u ) {
			if ( 142u <= (*p) && (*p) <= 143u )
				goto tr1;
		} else if ( (*p) >= 128u )
			goto tr4;
	} else if ( (*p) > 167u ) {
		if ( (*p) > 174u ) {
			if ( 175u <= (*p) && (*p) <= 191u )
				goto tr4;
		} else if ( (*p) >= 168u )
			goto tr1;
	} else
		goto tr4;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) < 166u ) {
		if ( 128u <= (*p) && (*p) <= 165u )
			goto tr4;
	} else if ( (*p) > 169u ) {
		if ( 170u <= (*p) && (*p) <= 191u )
			goto tr4;
	} else
		goto tr1;
	goto st0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st4;
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st7;
	goto st0;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st7;
	goto st0;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st7;
	goto st0;
	}
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 17: goto tr22;
	case 1: goto tr0;
	case 2: goto tr0;
	}
	}

	_out: {}
	}

#line 71 "grammar/parsers/file_name.rl"
    (void)act;
    struct slice name = slice_trim(slice_of(room, len));
    if (name.len == 0 || slice_equals(name, SLICE(".")) || slice_equals(name, SLICE("..")))
        return SLICE("file");
    memmove(room, name.data, name.len);
    return shorten(room, slice_of(room, name.len));
}
