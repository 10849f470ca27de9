
#line 1 "grammar/parsers/http1.rl"
// SPDX-License-Identifier: MIT
// The machine of wire/http1.h. Its runs of ordinary octets are skipped by wire/skip.h; with WIRE_SKIP_PLAIN they
// are walked, and the tests compare both.
#include "wire/http1.h"

#include "base/object.h"
#include "wire/http1_verdict.h"
#include "wire/skip.h"

#define AT(p) ((uint16_t)((p) - base))
#define COLD  __attribute__((cold, noinline)) /* keeps refusals out of the registers of the machine */


#line 75 "grammar/parsers/http1.rl"



#line 16 "gen/http1.c"
static const int http1_start = 1;


#line 78 "grammar/parsers/http1.rl"

static inline struct http1_span span(unsigned from, unsigned to)
{
    return (struct http1_span){(uint16_t)from, (uint16_t)(to - from)};
}

/* From `from` up to the CR before p. The OWS before that is no part of the value, RFC 9112 5.1. */
static inline void end_value(struct http1_span *value, const unsigned char *base, unsigned from,
                             const unsigned char *p)
{
    const unsigned char *end = p - 1;
    while (end > base + from && end[-1] <= ' ')
        end--;
    value->at = (uint16_t)from;
    value->len = (uint16_t)(end - base - from);
}

COLD static void refuse(struct http1_head *h, enum error error, unsigned at)
{
    h->result = HTTP1_ERROR;
    h->error = error;
    h->error_at = h->nread = at;
}

/* Nothing is said of a target that is too long: how much of it was seen depends on the cut. */
COLD static void refuse_target(struct http1_head *h, unsigned mark)
{
    h->target = h->query = (struct http1_span){0, 0};
    h->has_query = false;
    refuse(h, ERR_URI_TOO_LONG, mark + h->max_target);
}

/* An odd octet behind the limit of the target must not show where the input was cut: the limit comes first. */
COLD static void refuse_octet(struct http1_head *h, unsigned mark, unsigned at)
{
    if (h->in_target && at - mark > h->max_target)
        refuse_target(h, mark);
    else
        refuse(h, ERR_BAD_REQUEST, at);
}

void http1_head_init(struct http1_head *h, size_t max_target, size_t max_head)
{
    assert(max_target < max_head && max_head <= HTTP1_HEAD_MAX);
    memset(h, 0, offsetof(struct http1_head, fields));
    h->max_target = (uint16_t)max_target;
    h->max_head = (uint32_t)max_head;
    
#line 65 "gen/http1.c"
	{
	 h->cs = http1_start;
	}

#line 126 "grammar/parsers/http1.rl"
}

enum http1_result http1_head_execute(struct http1_head *h, const unsigned char *base, size_t len)
{
    const unsigned char *p = base + h->nread, *pe = base + (len < h->max_head ? len : h->max_head);
    const unsigned char *eof = NULL, *stop;
    struct http1_field *field = h->fields + h->field_count; /* the open one; local, like mark, for speed */
    uint16_t mark = h->mark;
    assert(http1_head_valid(h));
    if (h->result != HTTP1_MORE || p >= pe)
        return h->result;
    stop = skip_stop(p, pe);
    
#line 80 "gen/http1.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch (  h->cs )
	{
case 1:
	switch( (*p) ) {
		case 13u: goto st2;
		case 33u: goto tr2;
		case 124u: goto tr2;
		case 126u: goto tr2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr2;
		} else if ( (*p) >= 35u )
			goto tr2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr2;
		} else
			goto tr2;
	} else
		goto tr2;
	goto tr0;
tr0:
#line 70 "grammar/parsers/http1.rl"
	{ refuse_octet(h, mark, AT(p)); }
	goto st0;
#line 113 "gen/http1.c"
st0:
 h->cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) == 10u )
		goto st3;
	goto tr0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 13u: goto st4;
		case 33u: goto tr2;
		case 124u: goto tr2;
		case 126u: goto tr2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr2;
		} else if ( (*p) >= 35u )
			goto tr2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr2;
		} else
			goto tr2;
	} else
		goto tr2;
	goto tr0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 10u )
		goto st5;
	goto tr0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 33u: goto tr2;
		case 124u: goto tr2;
		case 126u: goto tr2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr2;
		} else if ( (*p) >= 35u )
			goto tr2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr2;
		} else
			goto tr2;
	} else
		goto tr2;
	goto tr0;
tr2:
#line 24 "grammar/parsers/http1.rl"
	{ mark = AT(p); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 192 "gen/http1.c"
	switch( (*p) ) {
		case 32u: goto tr6;
		case 33u: goto st6;
		case 124u: goto st6;
		case 126u: goto st6;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st6;
		} else if ( (*p) >= 35u )
			goto st6;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st6;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st6;
		} else
			goto st6;
	} else
		goto st6;
	goto tr0;
tr6:
#line 25 "grammar/parsers/http1.rl"
	{
        h->method_name = span(mark, AT(p));
        h->method = http_method_from_name(slice_of(base + mark, h->method_name.len));
    }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 226 "gen/http1.c"
	if ( (*p) == 47u )
		goto tr8;
	goto tr0;
tr8:
#line 29 "grammar/parsers/http1.rl"
	{
        mark = AT(p);
        h->in_target = true;
    }
	goto st8;
tr10:
#line 21 "grammar/parsers/http1.rl"
	{ p = skip_path(p, stop); }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 242 "gen/http1.c"
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto tr10;
		case 37u: goto st25;
		case 61u: goto tr10;
		case 63u: goto tr12;
		case 95u: goto tr10;
		case 126u: goto tr10;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto tr10;
	} else if ( (*p) > 90u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto tr10;
	} else
		goto tr10;
	goto tr0;
tr9:
#line 37 "grammar/parsers/http1.rl"
	{
        h->in_target = false;
        h->target = span(mark, AT(p));
        h->query.len = h->has_query ? (uint16_t)(AT(p) - h->query.at) : 0;
        if (h->target.len > h->max_target) {
            refuse_target(h, mark);
            {p++;  h->cs = 9; goto _out;}
        }
    }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 275 "gen/http1.c"
	if ( (*p) == 72u )
		goto st10;
	goto tr0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 84u )
		goto st11;
	goto tr0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( (*p) == 84u )
		goto st12;
	goto tr0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( (*p) == 80u )
		goto st13;
	goto tr0;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( (*p) == 47u )
		goto st14;
	goto tr0;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st15;
	goto tr0;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) == 46u )
		goto st16;
	goto tr0;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr20;
	goto tr0;
tr20:
#line 46 "grammar/parsers/http1.rl"
	{
        if (p[-2] != '1' || *p > '1') {
            refuse(h, ERR_VERSION_NOT_SUPPORTED, AT(p) - 2u);
            {p++;  h->cs = 17; goto _out;}
        }
        h->version = *p == '1' ? HTTP_VERSION_1_1 : HTTP_VERSION_1_0;
    }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 340 "gen/http1.c"
	if ( (*p) == 13u )
		goto st18;
	goto tr0;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( (*p) == 10u )
		goto st19;
	goto tr0;
tr31:
#line 65 "grammar/parsers/http1.rl"
	{ end_value(&field++->value, base, mark, p); }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 357 "gen/http1.c"
	switch( (*p) ) {
		case 13u: goto st20;
		case 33u: goto tr24;
		case 124u: goto tr24;
		case 126u: goto tr24;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr24;
		} else if ( (*p) >= 35u )
			goto tr24;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr24;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr24;
		} else
			goto tr24;
	} else
		goto tr24;
	goto tr0;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) == 10u )
		goto tr25;
	goto tr0;
tr25:
#line 66 "grammar/parsers/http1.rl"
	{
        h->result = HTTP1_DONE;
        {p++;  h->cs = 30; goto _out;}
    }
	goto st30;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
#line 398 "gen/http1.c"
	goto tr0;
tr24:
#line 53 "grammar/parsers/http1.rl"
	{
        if (field == h->fields + HTTP1_FIELDS_MAX) {
            refuse(h, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  h->cs = 21; goto _out;}
        }
        mark = AT(p);
    }
#line 18 "grammar/parsers/http1.rl"
	{ p = skip_name(p, stop); }
	goto st21;
tr26:
#line 18 "grammar/parsers/http1.rl"
	{ p = skip_name(p, stop); }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 416 "gen/http1.c"
	switch( (*p) ) {
		case 33u: goto tr26;
		case 58u: goto tr27;
		case 124u: goto tr26;
		case 126u: goto tr26;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr26;
		} else if ( (*p) >= 35u )
			goto tr26;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr26;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr26;
		} else
			goto tr26;
	} else
		goto tr26;
	goto tr0;
tr27:
#line 60 "grammar/parsers/http1.rl"
	{
        field->name.at = mark;
        field->name.len = (uint16_t)(AT(p) - mark);
    }
#line 19 "grammar/parsers/http1.rl"
	{ p = skip_blank(p, stop); }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 451 "gen/http1.c"
	switch( (*p) ) {
		case 9u: goto st22;
		case 13u: goto tr29;
		case 32u: goto st22;
		case 127u: goto tr0;
	}
	if ( (*p) <= 31u )
		goto tr0;
	goto tr30;
tr29:
#line 64 "grammar/parsers/http1.rl"
	{ mark = AT(p); }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 467 "gen/http1.c"
	if ( (*p) == 10u )
		goto tr31;
	goto tr0;
tr30:
#line 64 "grammar/parsers/http1.rl"
	{ mark = AT(p); }
#line 20 "grammar/parsers/http1.rl"
	{ p = skip_value(p, stop); }
	goto st24;
tr32:
#line 20 "grammar/parsers/http1.rl"
	{ p = skip_value(p, stop); }
	goto st24;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
#line 481 "gen/http1.c"
	switch( (*p) ) {
		case 13u: goto st23;
		case 127u: goto tr0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr32;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st26;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st26;
	} else
		goto st26;
	goto tr0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st8;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st8;
	} else
		goto st8;
	goto tr0;
tr12:
#line 33 "grammar/parsers/http1.rl"
	{
        h->query.at = (uint16_t)(AT(p) + 1);
        h->has_query = true;
    }
	goto st27;
tr36:
#line 22 "grammar/parsers/http1.rl"
	{ p = skip_query(p, stop); }
	goto st27;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
#line 530 "gen/http1.c"
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto tr36;
		case 37u: goto st28;
		case 61u: goto tr36;
	}
	if ( (*p) > 59u ) {
		if ( 63u <= (*p) && (*p) <= 126u )
			goto tr36;
	} else if ( (*p) >= 36u )
		goto tr36;
	goto tr0;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st29;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st29;
	} else
		goto st29;
	goto tr0;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st27;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st27;
	} else
		goto st27;
	goto tr0;
	}
	_test_eof2:  h->cs = 2; goto _test_eof; 
	_test_eof3:  h->cs = 3; goto _test_eof; 
	_test_eof4:  h->cs = 4; goto _test_eof; 
	_test_eof5:  h->cs = 5; goto _test_eof; 
	_test_eof6:  h->cs = 6; goto _test_eof; 
	_test_eof7:  h->cs = 7; goto _test_eof; 
	_test_eof8:  h->cs = 8; goto _test_eof; 
	_test_eof9:  h->cs = 9; goto _test_eof; 
	_test_eof10:  h->cs = 10; goto _test_eof; 
	_test_eof11:  h->cs = 11; goto _test_eof; 
	_test_eof12:  h->cs = 12; goto _test_eof; 
	_test_eof13:  h->cs = 13; goto _test_eof; 
	_test_eof14:  h->cs = 14; goto _test_eof; 
	_test_eof15:  h->cs = 15; goto _test_eof; 
	_test_eof16:  h->cs = 16; goto _test_eof; 
	_test_eof17:  h->cs = 17; goto _test_eof; 
	_test_eof18:  h->cs = 18; goto _test_eof; 
	_test_eof19:  h->cs = 19; goto _test_eof; 
	_test_eof20:  h->cs = 20; goto _test_eof; 
	_test_eof30:  h->cs = 30; goto _test_eof; 
	_test_eof21:  h->cs = 21; goto _test_eof; 
	_test_eof22:  h->cs = 22; goto _test_eof; 
	_test_eof23:  h->cs = 23; goto _test_eof; 
	_test_eof24:  h->cs = 24; goto _test_eof; 
	_test_eof25:  h->cs = 25; goto _test_eof; 
	_test_eof26:  h->cs = 26; goto _test_eof; 
	_test_eof27:  h->cs = 27; goto _test_eof; 
	_test_eof28:  h->cs = 28; goto _test_eof; 
	_test_eof29:  h->cs = 29; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch (  h->cs ) {
	case 1: 
	case 2: 
	case 3: 
	case 4: 
	case 5: 
	case 6: 
	case 7: 
	case 8: 
	case 9: 
	case 10: 
	case 11: 
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
	case 26: 
	case 27: 
	case 28: 
	case 29: 
#line 70 "grammar/parsers/http1.rl"
	{ refuse_octet(h, mark, AT(p)); }
	break;
#line 634 "gen/http1.c"
	}
	}

	_out: {}
	}

#line 139 "grammar/parsers/http1.rl"
    h->mark = mark;
    h->field_count = (uint16_t)(field - h->fields);
    if (h->result == HTTP1_ERROR)
        return HTTP1_ERROR;
    h->nread = AT(p);
    if (h->result == HTTP1_DONE)
        http1_verdict(h, base);
    else if (h->in_target && h->nread - mark > h->max_target)
        refuse_target(h, mark);
    else if (h->nread == h->max_head)
        refuse(h, ERR_HEADER_FIELDS_TOO_LARGE, h->max_head);
    return h->result;
}
