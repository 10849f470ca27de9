
#line 1 "grammar/machines/http_exchange.rl"
// SPDX-License-Identifier: MIT
// The life of a connection that speaks HTTP (RFC 9112 section 9): one request at a time, pipelined ones wait.
#include "engine/http_exchange.h"


#line 50 "grammar/machines/http_exchange.rl"



#line 8 "gen/http_exchange.c"
static const int _http_exchange_trans_keys[] = {
	0, 0, 1, 9, 2, 9, 4, 9, 7, 9, 4, 9, 0
};

static const char _http_exchange_key_spans[] = {
	0, 9, 8, 6, 3, 6
};

static const char _http_exchange_index_offsets[] = {
	0, 0, 10, 19, 26, 30
};

static const char _http_exchange_indicies[] = {
	0, 1, 1, 1, 1, 1, 2, 
	2, 2, 1, 3, 4, 1, 1, 1, 
	5, 2, 2, 1, 6, 2, 7, 1, 
	8, 9, 1, 10, 10, 10, 1, 2, 
	2, 2, 1, 9, 9, 1, 0
};

static const char _http_exchange_trans_targs[] = {
	2, 0, 4, 3, 4, 4, 1, 4, 
	3, 5, 4
};

static const char _http_exchange_trans_actions[] = {
	2, 0, 3, 5, 6, 7, 9, 10, 
	0, 0, 0
};

static const char _http_exchange_to_state_actions[] = {
	0, 1, 4, 8, 11, 12
};

static const int http_exchange_start = 1;


#line 53 "grammar/machines/http_exchange.rl"

void http_machine_init(struct http_machine *m)
{
    int cs;
    
#line 48 "gen/http_exchange.c"
	{
	cs = http_exchange_start;
	}

#line 58 "grammar/machines/http_exchange.rl"
    m->cs = cs;
    m->phase = HTTP_IDLE;
}

enum http_deed http_machine_step(struct http_machine *m, enum http_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum http_deed deed = HTTP_DO_NOTHING;
    
#line 60 "gen/http_exchange.c"
	{
	int _slen;
	int _trans;
	const int *_keys;
	const char *_inds;
	if ( p == pe )
		goto _test_eof;
	if ( cs == 0 )
		goto _out;
_resume:
	_keys = _http_exchange_trans_keys + (cs<<1);
	_inds = _http_exchange_indicies + _http_exchange_index_offsets[cs];

	_slen = _http_exchange_key_spans[cs];
	_trans = _inds[ _slen > 0 && _keys[0] <=(*p) &&
		(*p) <= _keys[1] ?
		(*p) - _keys[0] : _slen ];

	cs = _http_exchange_trans_targs[_trans];

	if ( _http_exchange_trans_actions[_trans] == 0 )
		goto _again;

	switch ( _http_exchange_trans_actions[_trans] ) {
	case 2:
#line 10 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_BEGIN; }
	break;
	case 5:
#line 11 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_DISPATCH; }
	break;
	case 6:
#line 12 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_REFUSE; }
	break;
	case 7:
#line 13 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_LATE; }
	break;
	case 9:
#line 14 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_NEXT; }
	break;
	case 3:
#line 15 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_FINISH; }
	break;
	case 10:
#line 16 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_SPEAK; }
	break;
#line 105 "gen/http_exchange.c"
	}

_again:
	switch ( _http_exchange_to_state_actions[cs] ) {
	case 1:
#line 23 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_IDLE; }
	break;
	case 4:
#line 30 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_READING; }
	break;
	case 8:
#line 39 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_ANSWERING; }
	break;
	case 12:
#line 44 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_LEAVING; }
	break;
	case 11:
#line 48 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_OVER; }
	break;
#line 124 "gen/http_exchange.c"
	}

	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	_out: {}
	}

#line 68 "grammar/machines/http_exchange.rl"
    if (cs == 0)
        return HTTP_DO_BUG;
    m->cs = cs;
    return deed;
}
