# The last size that passes and the first that does not.

case  a target at its limit
with  max_target=20
in    GET /abcdefghijklmnopqrs HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/abcdefghijklmnopqrs" / 35 Host="a" / 46 done 1.1 keep-alive length=0

case  one octet over
with  max_target=20
in    GET /abcdefghijklmnopqrst HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error URI_TOO_LONG

case  the query counts
with  max_target=20
in    GET /abcde?ghijklmnopqrst HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error URI_TOO_LONG

case  a long target that never ends
with  max_target=20
in    GET /
in*100 a
out   0 method "GET" / 24 error URI_TOO_LONG

case  an odd octet behind the limit does not matter any more
with  max_target=20
in    GET /abcdefghijklmnopqrstuv\0 HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error URI_TOO_LONG

case  an odd octet just behind the limit is still the one that is named
with  max_target=20
in    GET /abcdefghijklmnopqrs\0 HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error BAD_REQUEST

case  a broken escape across the limit
with  max_target=20
in    GET /abcdefghijklmnopqr%zz HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error BAD_REQUEST

case  a head at its limit
with  max_head=27 max_target=20
in    GET / HTTP/1.1\r\nHost: a\r\n\r\nrest
out   0 method "GET" / 4 path "/" / 16 Host="a" / 27 done 1.1 keep-alive length=0

case  one octet over
with  max_head=27 max_target=20
in    GET / HTTP/1.1\r\nHost: aa\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="aa" / 27 error HEADER_FIELDS_TOO_LARGE

case  an odd octet behind the limit is not looked at
with  max_head=27 max_target=20
in    GET / HTTP/1.1\r\nHost: aa\r\n\r\0
out   0 method "GET" / 4 path "/" / 16 Host="aa" / 27 error HEADER_FIELDS_TOO_LARGE

case  an odd octet at the limit is
with  max_head=27 max_target=20
in    GET / HTTP/1.1\r\nHost: a\r\n\r\0\0
out   0 method "GET" / 4 path "/" / 16 Host="a" / 26 error BAD_REQUEST

case  a method that never ends
with  max_head=40 max_target=20
in*100 A
out   40 error HEADER_FIELDS_TOO_LARGE

case  a name that never ends
with  max_head=40 max_target=20
in    GET / HTTP/1.1\r\nHost: a\r\n
in*100 A
out   0 method "GET" / 4 path "/" / 16 Host="a" / 40 error HEADER_FIELDS_TOO_LARGE

case  a value that never ends
with  max_head=40 max_target=20
in    GET / HTTP/1.1\r\nHost: a\r\nA: 
in*100 A
out   0 method "GET" / 4 path "/" / 16 Host="a" / 40 error HEADER_FIELDS_TOO_LARGE

case  a target that reaches the end of the head before its own
with  max_head=22 max_target=20
in    GET /
in*100 A
out   0 method "GET" / 22 error HEADER_FIELDS_TOO_LARGE

case  sixty-four fields
with  fields=0
in    GET / HTTP/1.1\r\nHost: a\r\n
in*63 X: b\r\n
in    \r\n
out   0 method "GET" / 4 path "/" / 405 done 1.1 keep-alive length=0

case  sixty-five
with  fields=0
in    GET / HTTP/1.1\r\nHost: a\r\n
in*64 X: b\r\n
in    \r\n
out   0 method "GET" / 4 path "/" / 403 error HEADER_FIELDS_TOO_LARGE
