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
out   0 method "GET" / 4 path "/" / 16 Host="a√©" / 16 error BAD_REQUEST

case  two different lengths, RFC 9112 6.3
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1" / 46 Content-Length="2" / 46 error BAD_REQUEST

case  two equal lengths
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1" / 46 content-length="1" / 46 error BAD_REQUEST

case  a list of equal lengths
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1, 1" / 27 error BAD_REQUEST

case  a list of different lengths
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1,2\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1,2" / 27 error BAD_REQUEST

case  an empty length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="" / 27 error BAD_REQUEST

case  a plus sign
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="+1" / 27 error BAD_REQUEST

case  a minus sign
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="-1" / 27 error BAD_REQUEST

case  a hexadecimal length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1f\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="0x1f" / 27 error BAD_REQUEST

case  a hexadecimal digit
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1f\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1f" / 27 error BAD_REQUEST

case  an inner blank
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1 0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1 0" / 27 error BAD_REQUEST

case  a trailing comma
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1,\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1," / 27 error BAD_REQUEST

case  a quoted length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: \"1\"\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="\"1\"" / 27 error BAD_REQUEST

case  a fraction
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1.0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1.0" / 27 error BAD_REQUEST

case  an exponent
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1e2\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1e2" / 27 error BAD_REQUEST

case  an underscore
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1_0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1_0" / 27 error BAD_REQUEST

case  a vertical tab before a length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length:\x0B1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 42 error BAD_REQUEST

case  2^63 octets
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="9223372036854775808" / 27 error CONTENT_TOO_LARGE

case  2^64 + 1, which would wrap to 1 octets
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="18446744073709551617" / 27 error CONTENT_TOO_LARGE

case  thirty digits octets
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000000000000000000000000\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="100000000000000000000000000000" / 27 error CONTENT_TOO_LARGE

case  codings before chunked are not served, RFC 9112 6.1
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="gzip, chunked" / 27 error NOT_IMPLEMENTED

case  a coding with a parameter before chunked
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x;q="a,b" ; r=1 , chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="x;q=\"a,b\" ; r=1 , chunked" / 27 error NOT_IMPLEMENTED

case  a last coding that is not chunked: nobody knows where the body ends, RFC 9112 6.3
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="gzip" / 27 error BAD_REQUEST

case  chunked, and something behind it
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked, gzip" / 27 error BAD_REQUEST

case  identity
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="identity" / 27 error BAD_REQUEST

case  chunked and identity
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked, identity" / 27 error BAD_REQUEST

case  an empty coding
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="" / 27 error BAD_REQUEST

case  a coding in disguise
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="xchunked" / 27 error BAD_REQUEST

case  another one
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunkedx\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunkedx" / 27 error BAD_REQUEST

case  chunked twice, RFC 9112 7
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked, chunked" / 27 error BAD_REQUEST

case  chunked twice with another coding between
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip, chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked, gzip, chunked" / 27 error BAD_REQUEST

case  chunked with a parameter, RFC 9112 7
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;q=1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked;q=1" / 27 error BAD_REQUEST

case  a comma behind chunked
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked,\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked," / 27 error BAD_REQUEST

case  a comma before it
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: , chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding=", chunked" / 27 error BAD_REQUEST

case  a blank inside
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chun ked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chun ked" / 27 error BAD_REQUEST

case  a quoted coding
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "chunked"\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="\"chunked\"" / 27 error BAD_REQUEST

case  two lines, the second is named
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked" / 55 Transfer-Encoding="identity" / 55 error BAD_REQUEST

case  two equal lines
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked" / 55 transfer-encoding="chunked" / 55 error BAD_REQUEST

case  two lines that would be a list
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="gzip, chunked" / 61 Transfer-Encoding="chunked" / 61 error BAD_REQUEST

case  a vertical tab before chunked
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\x0Bchunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 45 error BAD_REQUEST

case  a vertical tab behind chunked
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\x0B\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 53 error BAD_REQUEST

case  NUL behind chunked
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 53 error BAD_REQUEST

case  a length and a coding, RFC 9112 6.1
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1" / 46 Transfer-Encoding="chunked" / 46 error BAD_REQUEST

case  a coding and a length
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked" / 55 Content-Length="1" / 55 error BAD_REQUEST

case  a coding from a 1.0 client
in    POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked" / 27 error BAD_REQUEST

case  a coding folded out of sight
in    POST /x HTTP/1.1\r\nHost: a\r\nX: y\r\n Transfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 X="y" / 33 error BAD_REQUEST

case  a coding with a blank before its colon
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 44 error BAD_REQUEST

case  a coding behind a bare LF
in    POST /x HTTP/1.1\r\nHost: a\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 31 error BAD_REQUEST

case  a coding behind a bare CR
in    POST /x HTTP/1.1\r\nHost: a\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 32 error BAD_REQUEST

case  a missing Host weighs more than a coding
in    POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Transfer-Encoding="chunked" / 48 error BAD_REQUEST

case  a coding under a name with an underscore is no coding, and a length beside it is the length
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer_Encoding: chunked\r\nContent-Length: 1_0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer_Encoding="chunked" / 55 Content-Length="1_0" / 55 error BAD_REQUEST

case  a missing Host weighs more than a coding that is not served
in    POST /x HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Transfer-Encoding="gzip, chunked" / 54 error BAD_REQUEST

case  a blank of Latin-1 behind a length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\xA0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1†" / 27 error BAD_REQUEST

case  a vertical tab behind a length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\x0B\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 44 error BAD_REQUEST

case  NUL behind a length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 44 error BAD_REQUEST

case  a length with a semicolon
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1;\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1;" / 27 error BAD_REQUEST

case  minus nothing
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: -0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="-0" / 27 error BAD_REQUEST

case  two lengths with another field between, the first of which is nothing
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nX: y\r\nContent-Length: 5\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="0" / 46 X="y" / 52 Content-Length="5" / 52 error BAD_REQUEST

case  a length and an empty coding
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding:\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1" / 46 Transfer-Encoding="" / 46 error BAD_REQUEST

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
