
#line 1 "grammar/parsers/email.rl"
// SPDX-License-Identifier: MIT
#include "dto/email.h"


#line 5 "gen/email.c"
static const int email_start = 1;
static const int email_first_final = 5;

static const int email_en_main = 1;


#line 13 "grammar/parsers/email.rl"


bool email_is_address(struct slice s)
{
    size_t local = 0;
    int cs;
    if (slice_is_empty(s))
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    
#line 19 "gen/email.c"
	{
	cs = email_start;
	}

#line 23 "grammar/parsers/email.rl"
    
#line 22 "gen/email.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
tr2:
#line 8 "grammar/parsers/email.rl"
	{ local++; }
	goto st1;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
#line 34 "gen/email.c"
	switch( (*p) ) {
		case 34u: goto st0;
		case 44u: goto st0;
		case 46u: goto st0;
		case 62u: goto st0;
		case 64u: goto st0;
		case 127u: goto st0;
	}
	if ( (*p) < 40u ) {
		if ( (*p) <= 32u )
			goto st0;
	} else if ( (*p) > 41u ) {
		if ( (*p) > 60u ) {
			if ( 91u <= (*p) && (*p) <= 93u )
				goto st0;
		} else if ( (*p) >= 58u )
			goto st0;
	} else
		goto st0;
	goto tr0;
st0:
cs = 0;
	goto _out;
tr0:
#line 8 "grammar/parsers/email.rl"
	{ local++; }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 64 "gen/email.c"
	switch( (*p) ) {
		case 34u: goto st0;
		case 44u: goto st0;
		case 46u: goto tr2;
		case 62u: goto st0;
		case 64u: goto st3;
		case 127u: goto st0;
	}
	if ( (*p) < 40u ) {
		if ( (*p) <= 32u )
			goto st0;
	} else if ( (*p) > 41u ) {
		if ( (*p) > 60u ) {
			if ( 91u <= (*p) && (*p) <= 93u )
				goto st0;
		} else if ( (*p) >= 58u )
			goto st0;
	} else
		goto st0;
	goto tr0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) < 58u ) {
		if ( (*p) <= 47u )
			goto st0;
	} else if ( (*p) > 64u ) {
		if ( (*p) > 96u ) {
			if ( 123u <= (*p) && (*p) <= 127u )
				goto st0;
		} else if ( (*p) >= 91u )
			goto st0;
	} else
		goto st0;
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 45u: goto st4;
		case 46u: goto st3;
	}
	if ( (*p) < 58u ) {
		if ( (*p) <= 47u )
			goto st0;
	} else if ( (*p) > 64u ) {
		if ( (*p) > 96u ) {
			if ( 123u <= (*p) && (*p) <= 127u )
				goto st0;
		} else if ( (*p) >= 91u )
			goto st0;
	} else
		goto st0;
	goto st5;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 45u )
		goto st4;
	if ( (*p) < 58u ) {
		if ( (*p) <= 47u )
			goto st0;
	} else if ( (*p) > 64u ) {
		if ( (*p) > 96u ) {
			if ( 123u <= (*p) && (*p) <= 127u )
				goto st0;
		} else if ( (*p) >= 91u )
			goto st0;
	} else
		goto st0;
	goto st5;
	}
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 24 "grammar/parsers/email.rl"
    return cs >= email_first_final && local <= EMAIL_LOCAL;
}
