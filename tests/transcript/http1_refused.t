# Heads that are refused, and where. Each of them is read differently by some other program.

case  an octet that is no tchar in the method
in    GE(T / HTTP/1.1\r\nHost: a\r\n\r\n
out   2 error BAD_REQUEST

case  a blank before the method
in    \sGET / HTTP/1.1\r\n\r\n
out   0 error BAD_REQUEST

case  two blanks behind the method
in    GET  / HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 error BAD_REQUEST

case  a tab behind the method
in    GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n
out   3 error BAD_REQUEST

case  two blanks behind the target
in    GET /  HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 6 error BAD_REQUEST

case  no version, as HTTP/0.9 had it
in    GET /\r\n
out   0 method "GET" / 5 error BAD_REQUEST

case  three empty lines before the request line
in    \r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n
out   4 error BAD_REQUEST

case  a bare LF before the request line
in    \nGET / HTTP/1.1\r\n\r\n
out   0 error BAD_REQUEST

case  a bare CR before the request line
in    \rGET / HTTP/1.1\r\n\r\n
out   1 error BAD_REQUEST

case  the request line ends in a bare LF, RFC 9112 2.2
in    GET / HTTP/1.1\nHost: a\n\n
out   0 method "GET" / 4 path "/" / 14 error BAD_REQUEST

case  the request line ends in a bare CR
in    GET / HTTP/1.1\rHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 15 error BAD_REQUEST

case  a blank behind the version
in    GET / HTTP/1.1 \r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 14 error BAD_REQUEST

case  a name that is not HTTP, case respected
in    GET / http/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 6 error BAD_REQUEST

case  a version without a minor
in    GET / HTTP/1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 12 error BAD_REQUEST

case  a version of three digits
in    GET / HTTP/1.10\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 14 error BAD_REQUEST

case  HTTP/1.2 is not served
in    GET / HTTP/1.2\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 11 error VERSION_NOT_SUPPORTED

case  HTTP/0.9
in    GET / HTTP/0.9\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 11 error VERSION_NOT_SUPPORTED

case  HTTP/2.0
in    GET / HTTP/2.0\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 11 error VERSION_NOT_SUPPORTED

case  HTTP/2.1, whose minor alone would do
in    GET / HTTP/2.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 11 error VERSION_NOT_SUPPORTED

case  the preface of HTTP/2
in    PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n
out   0 method "PRI" / 4 error BAD_REQUEST

case  a TLS client on the plain port
in    \x16\x03\x01\x02\0\x01
out   0 error BAD_REQUEST

case  absolute-form, RFC 9112 3.2.2
in    GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 error BAD_REQUEST

case  authority-form, 3.2.3
in    CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "CONNECT" / 8 error BAD_REQUEST

case  asterisk-form, 3.2.4
in    OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "OPTIONS" / 8 error BAD_REQUEST

case  an empty target
in    GET  HTTP/1.1\r\n\r\n
out   0 method "GET" / 4 error BAD_REQUEST

case  a fragment
in    GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 6 error BAD_REQUEST

case  a fragment behind a query
in    GET /a?b#c HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 8 error BAD_REQUEST

case  raw UTF-8
in    GET /abcdefghijklmnopqrs\xED\x95\x9C HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 24 error BAD_REQUEST

case  NUL in the target
in    GET /abc\0abcdefghijklmnopqrstuvw HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 8 error BAD_REQUEST

case  DEL in the target
in    GET /abc?\x7Fabcdefghijklmnopqrst HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 9 error BAD_REQUEST

case  a CRLF in the target
in    GET /abc\r\nX: HTTP/1.1\r\n\r\n
out   0 method "GET" / 8 error BAD_REQUEST

case  a quote in the path
in    GET /a"b HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 6 error BAD_REQUEST

case  a backslash in the path
in    GET /a\\..\\b HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 6 error BAD_REQUEST

case  an escape of one digit
in    GET /a%4/abcdefghijklmnopqrstuvwxyz HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 8 error BAD_REQUEST

case  an escape without digits
in    GET /a%zzabcdefghijklmnopqrstuvwxyz HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 7 error BAD_REQUEST

case  an escape without digits in the query
in    GET /a?%u0041abcdefghijklmnopqrstu HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 8 error BAD_REQUEST

case  an escape cut by the end
in    GET /a% HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 7 error BAD_REQUEST

case  a blank before the colon, RFC 9112 5.1
in    GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 26 error BAD_REQUEST

case  a tab before the colon
in    GET / HTTP/1.1\r\nHost\t: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 20 error BAD_REQUEST

case  an empty name
in    GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 error BAD_REQUEST

case  no colon
in    GET / HTTP/1.1\r\nHost: a\r\nXyz\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 28 error BAD_REQUEST

case  obs-fold by a blank, RFC 9112 5.2
in    GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 X="b" / 31 error BAD_REQUEST

case  obs-fold by a tab
in    GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 X="b" / 31 error BAD_REQUEST

case  a blank before the first field
in    GET / HTTP/1.1\r\n Host: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 error BAD_REQUEST

case  a value ends in a bare LF
in    GET / HTTP/1.1\r\nHost: a\r\nX: b\nY: c\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 29 error BAD_REQUEST

case  a bare CR in a value
in    GET / HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 30 error BAD_REQUEST

case  CR CR LF
in    GET / HTTP/1.1\r\nHost: a\r\nX: b\r\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 30 error BAD_REQUEST

case  the head ends in a bare LF
in    GET / HTTP/1.1\r\nHost: a\r\n\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 error BAD_REQUEST

case  the head ends in CR and something
in    GET / HTTP/1.1\r\nHost: a\r\n\rX
out   0 method "GET" / 4 path "/" / 16 Host="a" / 26 error BAD_REQUEST

case  NUL in a value
in    GET / HTTP/1.1\r\nHost: a\r\nX: abcdefghijklmnopqrst\0uvwxyz\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 48 error BAD_REQUEST

case  a control octet in a value
in    GET / HTTP/1.1\r\nHost: a\r\nX: abcdefghijklmnopqrst\x1Buvwxyz\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 48 error BAD_REQUEST

case  DEL in a value
in    GET / HTTP/1.1\r\nHost: a\r\nX: abcdefghijklmnopqrst\x7Fuvwxyz\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 48 error BAD_REQUEST

case  a vertical tab before a value
in    GET / HTTP/1.1\r\nHost: a\r\nX:\x0Bchunked\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 27 error BAD_REQUEST

case  NUL in a name
in    GET / HTTP/1.1\r\nHost: a\r\nX\0Y: b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 26 error BAD_REQUEST

case  a name with octets over 0x7F
in    GET / HTTP/1.1\r\nHost: a\r\nabcdefghijklmnopqrs\xC3\xA9: b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 44 error BAD_REQUEST

case  a name in quotes
in    GET / HTTP/1.1\r\nHost: a\r\n"X": b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 error BAD_REQUEST

case  HTTP/1.1 without Host, RFC 9112 3.2
in    GET / HTTP/1.1\r\n\r\n
out   0 method "GET" / 4 path "/" / 18 error BAD_REQUEST

case  two Hosts
in    GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 Host="b" / 25 error BAD_REQUEST

case  two equal Hosts
in    GET / HTTP/1.1\r\nHost: a\r\nHOST: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 HOST="a" / 25 error BAD_REQUEST

case  two Hosts from a 1.0 client
in    GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 Host="a" / 25 error BAD_REQUEST

case  an empty Host
in    GET / HTTP/1.1\r\nHost: \r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="" / 16 error BAD_REQUEST

case  a Host with a path
in    GET / HTTP/1.1\r\nHost: a/b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a/b" / 16 error BAD_REQUEST

case  a Host with user information
in    GET / HTTP/1.1\r\nHost: u@a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="u@a" / 16 error BAD_REQUEST

case  a list of Hosts
in    GET / HTTP/1.1\r\nHost: a, b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a, b" / 16 error BAD_REQUEST

case  a Host with a scheme
in    GET / HTTP/1.1\r\nHost: http://a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="http://a" / 16 error BAD_REQUEST

case  a Host with a blank
in    GET / HTTP/1.1\r\nHost: a b\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a b" / 16 error BAD_REQUEST

case  a Host of a port alone
in    GET / HTTP/1.1\r\nHost: :80\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host=":80" / 16 error BAD_REQUEST

case  a port that is no number
in    GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a:8o" / 16 error BAD_REQUEST

case  a port of six digits
in    GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a:123456" / 16 error BAD_REQUEST

case  an open bracket
in    GET / HTTP/1.1\r\nHost: [::1\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="[::1" / 16 error BAD_REQUEST

case  an empty bracket
in    GET / HTTP/1.1\r\nHost: []\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="[]" / 16 error BAD_REQUEST

case  two ports
in    GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a:1:2" / 16 error BAD_REQUEST

case  UTF-8 in a Host
in    GET / HTTP/1.1\r\nHost: a\xC3\xA9\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="aé" / 16 error BAD_REQUEST

case  a version with a zero in front
in    GET / HTTP/01.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 12 error BAD_REQUEST

case  a version with a comma
in    GET / HTTP/1,1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 12 error BAD_REQUEST

case  a blank of Latin-1 behind the method
in    GET\xA0/ HTTP/1.1\r\nHost: a\r\n\r\n
out   3 error BAD_REQUEST

case  a vertical tab behind the method
in    GET\x0B/ HTTP/1.1\r\nHost: a\r\n\r\n
out   3 error BAD_REQUEST

case  a colon before the method
in    : / HTTP/1.1\r\nHost: a\r\n\r\n
out   0 error BAD_REQUEST

case  a line of blanks before the first field
in    GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 error BAD_REQUEST

case  a bare CR at the beginning of a value
in    GET / HTTP/1.1\r\nHost: a\r\nX: \ry\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 29 error BAD_REQUEST
