
#line 1 "grammar/parsers/authorization.rl"
// SPDX-License-Identifier: MIT
// The machine of wire/authorization.h.
#include "wire/authorization.h"


#line 6 "gen/authorization.c"
static const int authorization_start = 1;
static const int authorization_first_final = 9;


#line 15 "grammar/parsers/authorization.rl"


bool authorization_bearer(struct slice value, struct slice *token)
{
    if (value.len == 0)
        return false;
    const unsigned char *p = value.data, *pe = p + value.len, *begin = NULL;
    int cs;
    
#line 17 "gen/authorization.c"
	{
	cs = authorization_start;
	}

#line 24 "grammar/parsers/authorization.rl"
    
#line 20 "gen/authorization.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 66u: goto st2;
		case 98u: goto st2;
	}
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 69u: goto st3;
		case 101u: goto st3;
	}
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 65u: goto st4;
		case 97u: goto st4;
	}
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 82u: goto st5;
		case 114u: goto st5;
	}
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 69u: goto st6;
		case 101u: goto st6;
	}
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 82u: goto st7;
		case 114u: goto st7;
	}
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 32u )
		goto st8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 32u: goto st8;
		case 43u: goto tr8;
		case 95u: goto tr8;
		case 126u: goto tr8;
	}
	if ( (*p) < 65u ) {
		if ( 45u <= (*p) && (*p) <= 57u )
			goto tr8;
	} else if ( (*p) > 90u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto tr8;
	} else
		goto tr8;
	goto st0;
tr8:
#line 9 "grammar/parsers/authorization.rl"
	{ begin = p; }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 112 "gen/authorization.c"
	switch( (*p) ) {
		case 43u: goto st9;
		case 61u: goto st10;
		case 95u: goto st9;
		case 126u: goto st9;
	}
	if ( (*p) < 65u ) {
		if ( 45u <= (*p) && (*p) <= 57u )
			goto st9;
	} else if ( (*p) > 90u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto st9;
	} else
		goto st9;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 61u )
		goto st10;
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 25 "grammar/parsers/authorization.rl"
    if (cs < authorization_first_final)
        return false;
    *token = slice_of(begin, (size_t)(pe - begin));
    return true;
}
