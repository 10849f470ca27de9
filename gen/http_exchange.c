
#line 1 "grammar/machines/http_exchange.rl"
// SPDX-License-Identifier: MIT
// The life of a connection that speaks HTTP (RFC 9112 section 9): one request at a time, pipelined ones wait.
#include "engine/http_exchange.h"


#line 104 "grammar/machines/http_exchange.rl"



#line 8 "gen/http_exchange.c"
static const int _http_exchange_trans_keys[] = {
	0, 0, 1, 17, 2, 17, 10, 17, 11, 17, 15, 17, 10, 17, 4, 13, 
	2, 17, 6, 17, 7, 17, 0
};

static const char _http_exchange_key_spans[] = {
	0, 17, 16, 8, 7, 3, 8, 10, 
	16, 12, 11
};

static const char _http_exchange_index_offsets[] = {
	0, 0, 18, 35, 44, 52, 56, 65, 
	76, 93, 106
};

static const char _http_exchange_indicies[] = {
	0, 1, 1, 1, 1, 1, 1, 
	1, 1, 1, 1, 1, 1, 1, 2, 
	2, 2, 1, 3, 4, 1, 1, 1, 
	1, 1, 5, 1, 1, 1, 1, 1, 
	6, 2, 2, 1, 7, 1, 8, 2, 
	9, 1, 10, 11, 1, 12, 8, 2, 
	1, 1, 7, 13, 1, 14, 14, 14, 
	1, 7, 1, 2, 2, 2, 1, 11, 
	11, 1, 15, 16, 17, 1, 1, 1, 
	1, 1, 1, 2, 1, 3, 1, 1, 
	1, 1, 1, 1, 5, 1, 1, 1, 
	1, 1, 6, 2, 2, 1, 17, 1, 
	18, 5, 1, 1, 1, 2, 1, 6, 
	2, 19, 1, 20, 1, 5, 1, 1, 
	1, 2, 1, 1, 2, 21, 1, 0
};

static const char _http_exchange_trans_targs[] = {
	2, 0, 5, 3, 7, 5, 5, 4, 
	1, 5, 3, 6, 4, 4, 5, 8, 
	9, 10, 3, 9, 9, 10
};

static const char _http_exchange_trans_actions[] = {
	2, 0, 3, 5, 6, 7, 8, 0, 
	10, 11, 0, 0, 13, 14, 0, 0, 
	18, 19, 22, 14, 24, 14
};

static const char _http_exchange_to_state_actions[] = {
	0, 1, 4, 9, 12, 15, 16, 17, 
	20, 21, 23
};

static const int http_exchange_start = 1;


#line 107 "grammar/machines/http_exchange.rl"

void http_machine_init(struct http_machine *m)
{
    int cs;
    
#line 64 "gen/http_exchange.c"
	{
	cs = http_exchange_start;
	}

#line 112 "grammar/machines/http_exchange.rl"
    m->cs = cs;
    m->phase = HTTP_IDLE;
}

enum http_deed http_machine_step(struct http_machine *m, enum http_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum http_deed deed = HTTP_DO_NOTHING;
    
#line 76 "gen/http_exchange.c"
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
	{ deed = HTTP_DO_OFFER; }
	break;
	case 18:
#line 13 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_STREAM; }
	break;
	case 19:
#line 14 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_HOLD; }
	break;
	case 24:
#line 15 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_GO_ON; }
	break;
	case 22:
#line 16 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_DELIVER; }
	break;
	case 7:
#line 17 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_REFUSE; }
	break;
	case 8:
#line 18 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_LATE; }
	break;
	case 13:
#line 19 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_ASK; }
	break;
	case 14:
#line 20 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_LAST; }
	break;
	case 10:
#line 21 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_NEXT; }
	break;
	case 3:
#line 22 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_FINISH; }
	break;
	case 11:
#line 23 "grammar/machines/http_exchange.rl"
	{ deed = HTTP_DO_SPEAK; }
	break;
#line 142 "gen/http_exchange.c"
	}

_again:
	switch ( _http_exchange_to_state_actions[cs] ) {
	case 1:
#line 30 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_IDLE; }
	break;
	case 4:
#line 38 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_READING; }
	break;
	case 17:
#line 46 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_OFFERED; }
	break;
	case 20:
#line 53 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_GATHERING; }
	break;
	case 21:
#line 64 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_STREAMING; }
	break;
	case 23:
#line 73 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_HELD; }
	break;
	case 9:
#line 83 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_ANSWERING; }
	break;
	case 16:
#line 89 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_LEAVING; }
	break;
	case 12:
#line 98 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_SENDING; }
	break;
	case 15:
#line 102 "grammar/machines/http_exchange.rl"
	{ m->phase = HTTP_OVER; }
	break;
#line 176 "gen/http_exchange.c"
	}

	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	_out: {}
	}

#line 122 "grammar/machines/http_exchange.rl"
    if (cs == 0)
        return HTTP_DO_BUG;
    m->cs = cs;
    return deed;
}
