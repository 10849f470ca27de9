# Heads that are served. RFC 9112; offsets count from the first octet that arrived.

case  the smallest head
in    GET / HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 27 done 1.1 keep-alive length=0

case  what follows the head is not touched
in    GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/9.9\0
out   0 method "GET" / 4 path "/" / 16 Host="a" / 27 done 1.1 keep-alive length=0

case  an empty line before the request line is passed over, RFC 9112 2.2
in    \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
out   2 method "GET" / 6 path "/" / 18 Host="a" / 29 done 1.1 keep-alive length=0

case  two of them as well
in    \r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
out   4 method "GET" / 8 path "/" / 20 Host="a" / 31 done 1.1 keep-alive length=0

case  path and query
in    GET /api/messages?channelId=9f8e&cursor=2026-03-02T09:15:30.482913Z HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/api/messages" query "channelId=9f8e&cursor=2026-03-02T09:15:30.482913Z"
out   78 Host="a" / 89 done 1.1 keep-alive length=0

case  an empty query is a query; a second "?" belongs to it
in    GET /? HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/" query "" / 17 Host="a" / 28 done 1.1 keep-alive length=0

case  a question mark in the query
in    GET /a?b?c=/d HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/a" query "b?c=/d" / 24 Host="a" / 35 done 1.1 keep-alive length=0

case  every octet that RFC 3986 3.3 allows in a path, and escapes between long runs
in    GET /AZaz09-._~!$&'()*+,;=:@//abcdefghijklmnopqrstuvwxyz%EA%b0%80abcdefghijklmnopqrstuvwxyz HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/AZaz09-._~!$&'()*+,;=:@//abcdefghijklmnopqrstuvwxyz%EA%b0%80abcdefghijklmnopqrstuvwxyz"
out   102 Host="a" / 113 done 1.1 keep-alive length=0

case  octets that browsers leave raw in a query
in    GET /a?[]{}|\\^`%20 HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "GET" / 4 path "/a" query "[]{}|\\^`%20" / 29 Host="a" / 40 done 1.1 keep-alive length=0

case  an unknown method is a method
in    BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "BREW" / 5 path "/pot" / 20 Host="a" / 31 done 1.1 keep-alive length=0

case  a method of any tchar
in    !#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\nHost: a\r\n\r\n
out   0 method "!#$%&'*+-.^_`|~09azAZ" / 22 path "/" / 34 Host="a" / 45 done 1.1 keep-alive length=0

case  blanks around a value are no part of it, blanks inside are
in    GET / HTTP/1.1\r\nHost: \s\t a\t \r\nX:b  c \t d\r\nY:\r\nZ: \t \r\nA:v\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 30 X="b  c \t d" / 42 Y="" / 46 Z="" / 53 A="v"
out   60 done 1.1 keep-alive length=0

case  a name of any tchar and a value with every octet that may stand there
in    GET / HTTP/1.1\r\nHost: a\r\n!#$%&'*+-.^_`|~aZ0-Long-Name-With_Dots.And.More: !"~\x80\xFF ok\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a"
out   25 !#$%&'*+-.^_`|~aZ0-Long-Name-With_Dots.And.More="!\"~€ÿ ok" / 86 done 1.1 keep-alive length=0

case  values longer than one stride of the skip, with a tab inside
in    GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: abcdefghijklmnopqrstuvwxyz0123456789\tABCDEFGHIJKLMNOPQRSTUVWXYZ\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 User-Agent="abcdefghijklmnopqrstuvwxyz0123456789\tABCDEFGHIJKLMNOPQRSTUVWXYZ"
out   104 done 1.1 keep-alive length=0

case  a body by length, RFC 9112 6.3
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="10" / 49 done 1.1 keep-alive length=10

case  a length of nothing is no body; leading zeros are digits
in    POST /x HTTP/1.1\r\nHost: a\r\ncontent-length:0000\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 content-length="0000" / 50 done 1.1 keep-alive length=0

case  the largest length
in    PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n
out   0 method "PUT" / 4 path "/x" / 17 Host="a" / 26 Content-Length="9223372036854775807"
out   65 done 1.1 keep-alive length=9223372036854775807

case  Connection: close among other tokens and in any case, RFC 9112 9.3
in    GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade , , CLOSE\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 Connection="Upgrade , , CLOSE" / 58 done 1.1 length=0

case  close in a second Connection field
in    GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 Connection="x" / 40 Connection="close" / 61 done 1.1 length=0

case  a token that only begins with close
in    GET / HTTP/1.1\r\nHost: a\r\nConnection: closed, xclose\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 Connection="closed, xclose" / 55 done 1.1 keep-alive length=0

case  HTTP/1.0 needs no Host and is closed after the answer, RFC 9112 9.3
in    GET / HTTP/1.0\r\n\r\n
out   0 method "GET" / 4 path "/" / 18 done 1.0 length=0

case  also when it asks to be kept
in    GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Connection="keep-alive" / 42 done 1.0 length=0

case  an expectation, RFC 9110 10.1.1
in    PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n
out   0 method "PUT" / 4 path "/" / 16 Host="a" / 25 Expect="100-Continue" / 47 Content-Length="1"
out   68 done 1.1 keep-alive expect length=1

case  a 1.0 client expects nothing
in    PUT / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n
out   0 method "PUT" / 4 path "/" / 16 Expect="100-continue" / 40 done 1.0 length=0

case  hosts: a port, an address, an IPv6 address
in    GET / HTTP/1.1\r\nHost: chat.example.org:8443\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="chat.example.org:8443" / 47 done 1.1 keep-alive length=0

case  an IPv6 host
in    GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="[2001:db8::1]:80" / 42 done 1.1 keep-alive length=0

case  what a browser sends
in    GET /api/sse HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive\r\nAccept: text/event-stream\r\n
in    Cookie: XSRF-TOKEN=5d0c2a9e-7b1f-4f0e-9a56-0f1d2c3b4a59; REFRESH_TOKEN=eyJhbGciOiJIUzI1NiJ9.e30.x_-\r\n\r\n
out   0 method "GET" / 4 path "/api/sse" / 23 Host="localhost:8080" / 45 Connection="keep-alive"
out   69 Accept="text/event-stream"
out   96 Cookie="XSRF-TOKEN=5d0c2a9e-7b1f-4f0e-9a56-0f1d2c3b4a59; REFRESH_TOKEN=eyJhbGciOiJIUzI1NiJ9.e30.x_-"
out   199 done 1.1 keep-alive length=0

case  a head that is not over yet says nothing but what is known
in    GET / HTTP/1.1\r\nHost: a\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a"

case  a chunked body, RFC 9112 6.1
in    POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Transfer-Encoding="chunked" / 57 done 1.1 keep-alive chunked length=0

case  in other letters, between blanks
in    POST /x HTTP/1.1\r\nHost: a\r\ntransfer-ENCODING:\t cHuNkEd \t\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 transfer-ENCODING="cHuNkEd" / 60 done 1.1 keep-alive chunked length=0

case  a GET may have a body, RFC 9110 9.3.1: it is read, and is no request
in    GET /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n
out   0 method "GET" / 4 path "/x" / 17 Host="a" / 26 Transfer-Encoding="chunked" / 56 done 1.1 keep-alive chunked length=0

case  TE is not Transfer-Encoding
in    GET / HTTP/1.1\r\nHost: a\r\nTE: chunked\r\n\r\n
out   0 method "GET" / 4 path "/" / 16 Host="a" / 25 TE="chunked" / 40 done 1.1 keep-alive length=0
