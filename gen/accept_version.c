
#line 1 "grammar/parsers/accept_version.rl"
// SPDX-License-Identifier: MIT
#include "wire/accept_version.h"


#line 5 "gen/accept_version.c"
static const int accept_version_start = 0;

static const int accept_version_en_main = 0;


#line 15 "grammar/parsers/accept_version.rl"


static unsigned offered_in(struct slice value)
{
    unsigned offered = 0;
    int cs;
    if (slice_is_empty(value))
        return 0;
    const unsigned char *p = value.data, *pe = p + value.len, *eof = pe;
    
#line 18 "gen/accept_version.c"
	{
	cs = accept_version_start;
	}

#line 25 "grammar/parsers/accept_version.rl"
    
#line 21 "gen/accept_version.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
tr7:
#line 8 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_0); }
	goto st0;
tr8:
#line 9 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_1); }
	goto st0;
tr9:
#line 10 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_2); }
	goto st0;
st0:
	if ( ++p == pe )
		goto _test_eof0;
case 0:
#line 39 "gen/accept_version.c"
	switch( (*p) ) {
		case 9u: goto st0;
		case 32u: goto st0;
		case 44u: goto st0;
		case 49u: goto st2;
	}
	goto st1;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( (*p) == 44u )
		goto st0;
	goto st1;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 44u: goto st0;
		case 46u: goto st3;
	}
	goto st1;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 44u: goto st0;
		case 48u: goto st4;
		case 49u: goto st5;
		case 50u: goto st6;
	}
	goto st1;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 9u: goto st4;
		case 32u: goto st4;
		case 44u: goto tr7;
	}
	goto st1;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 9u: goto st5;
		case 32u: goto st5;
		case 44u: goto tr8;
	}
	goto st1;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 9u: goto st6;
		case 32u: goto st6;
		case 44u: goto tr9;
	}
	goto st1;
	}
	_test_eof0: cs = 0; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 4: 
#line 8 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_0); }
	break;
	case 5: 
#line 9 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_1); }
	break;
	case 6: 
#line 10 "grammar/parsers/accept_version.rl"
	{ offered |= STOMP_SERVES(STOMP_1_2); }
	break;
#line 125 "gen/accept_version.c"
	}
	}

	}

#line 26 "grammar/parsers/accept_version.rl"
    return offered;
}

bool accept_version_parse(struct slice value, unsigned served, enum stomp_dialect *agreed)
{
    unsigned common = offered_in(value) & served;
    for (int dialect = STOMP_DIALECTS - 1; dialect >= 0; dialect--) {
        if (common & STOMP_SERVES(dialect)) {
            *agreed = (enum stomp_dialect)dialect;
            return true;
        }
    }
    return false;
}

struct slice stomp_dialect_name(enum stomp_dialect dialect)
{
    static const struct slice names[STOMP_DIALECTS] = {
        [STOMP_1_0] = SLICE_INIT("1.0"), [STOMP_1_1] = SLICE_INIT("1.1"), [STOMP_1_2] = SLICE_INIT("1.2")};
    return names[dialect];
}
