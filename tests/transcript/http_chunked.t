# Chunked bodies, RFC 9112 7.1. Offsets count octets of the coded body. Limits, unless a case says otherwise: 1000 octets
# of body, 100 of extensions, 100 of trailer, 200 of overhead.

case  a body of nothing
in    0\r\n\r\n
out   5 end

case  one chunk
in    5\r\nhello\r\n0\r\n\r\n
out   3 data "hello" / 15 end

case  several chunks are one body; digits in both cases, zeros in front
in    5\r\nhello\r\n1\r\n,\r\n00A\r\n0123456789\r\nb\r\n+23456789+1\r\n000\r\n\r\n
out   3 data "hello,0123456789+23456789+1" / 56 end

case  data is any octets
in    8\r\n\r\n0\r\n\r\n\0\r\n0\r\n\r\n
out   3 data "\r\n0\r\n\r\n\0" / 18 end

case  what follows the body is not touched
in    1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n
out   3 data "a" / 11 end

case  sixteen digits are enough for anybody
in    0000000000000003\r\nabc\r\n0000000000000000\r\n\r\n
out   18 data "abc" / 43 end

case  seventeen are not
in    00000000000000003\r\nabc\r\n0\r\n\r\n
out   16 error BAD_REQUEST

case  nor in the last chunk
in    00000000000000000\r\n\r\n
out   16 error BAD_REQUEST

case  a size of 2^64 - 1 octets
in    FFFFFFFFFFFFFFFF\r\n
out   17 error CONTENT_TOO_LARGE

case  2^64 + 5, which would wrap to 5
in    10000000000000005\r\nhello\r\n0\r\n\r\n
out   16 error BAD_REQUEST

case  2^32 + 5, which would wrap to 5 in four octets
in    100000005\r\nhello\r\n0\r\n\r\n
out   10 error CONTENT_TOO_LARGE

# Sizes that some program reads differently.

case  no digits
in    \r\nhello
out   0 error BAD_REQUEST

case  no digits before an extension
in    ;a=b\r\n
out   0 error BAD_REQUEST

case  a plus sign
in    +5\r\nhello\r\n0\r\n\r\n
out   0 error BAD_REQUEST

case  a minus sign
in    -1\r\nhello\r\n0\r\n\r\n
out   0 error BAD_REQUEST

case  0x
in    0x5\r\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  an h behind the digits
in    5h\r\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  an underscore
in    1_0\r\n
out   1 error BAD_REQUEST

case  a blank before the digits
in    \s5\r\nhello\r\n0\r\n\r\n
out   0 error BAD_REQUEST

case  a tab before the digits
in    \t5\r\nhello\r\n0\r\n\r\n
out   0 error BAD_REQUEST

case  a blank behind the digits
in    5 \r\nhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  a blank between the digits
in    1 0\r\n0123456789012345\r\n
out   2 error BAD_REQUEST

case  a comma
in    5,5\r\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  a fraction
in    5.0\r\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  NUL behind the digits
in    5\0\r\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  a digit that is none in ASCII
in    \xEF\xBC\x95\r\nhello
out   0 error BAD_REQUEST

# Ends of lines.

case  a bare LF behind the size
in    5\nhello\r\n0\r\n\r\n
out   1 error BAD_REQUEST

case  a bare CR behind the size
in    5\rhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  CR CR LF behind the size
in    5\r\r\nhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  a bare LF behind the data
in    5\r\nhello\n0\r\n\r\n
out   3 data "hello" / 8 error BAD_REQUEST

case  a bare CR behind the data
in    5\r\nhello\r0\r\n\r\n
out   3 data "hello" / 9 error BAD_REQUEST

case  nothing behind the data
in    5\r\nhello0\r\n\r\n
out   3 data "hello" / 8 error BAD_REQUEST

case  more data than the size says
in    5\r\nhello!\r\n0\r\n\r\n
out   3 data "hello" / 8 error BAD_REQUEST

case  less data than the size says: the size wins
in    8\r\nhello\r\n0\r\n\r\n
out   3 data "hello\r\n0" / 13 error BAD_REQUEST

case  a bare LF behind the last size
in    0\n\r\n
out   1 error BAD_REQUEST

case  a bare LF at the end
in    0\r\n\n
out   3 error BAD_REQUEST

case  CR and something at the end
in    0\r\n\rX
out   4 error BAD_REQUEST

case  a body that does not end gives no end
in    5\r\nhello\r\n
out   3 data "hello"

# Extensions, 7.1.1.

case  extensions are passed over, blanks in them too
in    1;a;b=c;d="e;\\"f\\"\t\xFF" ; g = h;i\t=\t"" \t; j\r\nx\r\n0;last\r\n\r\n
out   43 data "x" / 56 end

case  an empty name
in    5;\r\nhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  an empty value
in    5;a=\r\nhello\r\n0\r\n\r\n
out   4 error BAD_REQUEST

case  a value without a name
in    5;=b\r\nhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  a blank at the end
in    5;a \r\nhello\r\n0\r\n\r\n
out   4 error BAD_REQUEST

case  two values
in    5;a=b=c\r\nhello\r\n0\r\n\r\n
out   5 error BAD_REQUEST

case  something behind a quoted value
in    5;a="b"c\r\nhello\r\n0\r\n\r\n
out   7 error BAD_REQUEST

case  a quoted value that is open at the end of the line
in    5;a="b\r\nhello\r\n0\r\n\r\n
out   6 error BAD_REQUEST

case  a bare LF in an extension, which ends the line for some
in    5;a\nhello\r\n0\r\n\r\n
out   3 error BAD_REQUEST

case  a bare LF in a quoted value
in    5;a="b\nc"\r\nhello\r\n0\r\n\r\n
out   6 error BAD_REQUEST

case  an escaped LF in a quoted value
in    5;a="b\\\nc"\r\nhello\r\n0\r\n\r\n
out   7 error BAD_REQUEST

case  a bare CR in an extension
in    5;a\rb\r\nhello\r\n0\r\n\r\n
out   4 error BAD_REQUEST

case  NUL in an extension
in    5;a\0b\r\nhello\r\n0\r\n\r\n
out   3 error BAD_REQUEST

case  a control octet in a quoted value
in    5;a="\x1B"\r\nhello\r\n0\r\n\r\n
out   5 error BAD_REQUEST

case  an octet over 0x7F in a name
in    5;\xC3\xA9\r\nhello\r\n0\r\n\r\n
out   2 error BAD_REQUEST

case  extensions at their limit, in two chunks
with  max_extensions=4
in    1;a\r\nx\r\n0;b\r\n\r\n
out   5 data "x" / 15 end

case  one octet over
with  max_extensions=4
in    1;a\r\nx\r\n0;bc\r\n\r\n
out   5 data "x" / 11 error CONTENT_TOO_LARGE

case  one that never ends
with  max_extensions=20
in    1;
in*100 a
out   21 error CONTENT_TOO_LARGE

# Trailers, 7.1.2.

case  trailer fields are passed over
in    1\r\nx\r\n0\r\nX-Check: abc\r\nEmpty:\r\nY:\t \xFF b \r\n\r\n
out   3 data "x" / 43 end

case  a length in the trailer, RFC 9110 6.5.1
in    0\r\nContent-Length: 5\r\n\r\n
out   17 error BAD_REQUEST

case  in other letters
in    0\r\nX: y\r\ncOnTeNt-LeNgTh:5\r\n\r\n
out   23 error BAD_REQUEST

case  a coding in the trailer
in    0\r\nTransfer-Encoding: chunked\r\n\r\n
out   20 error BAD_REQUEST

case  a Host in the trailer
in    0\r\nHost: b\r\n\r\n
out   7 error BAD_REQUEST

case  a login in the trailer
in    0\r\nAuthorization: Bearer x\r\n\r\n
out   16 error BAD_REQUEST

case  a cookie in the trailer
in    0\r\nCookie: a=b\r\n\r\n
out   9 error BAD_REQUEST

case  Connection in the trailer
in    0\r\nConnection: close\r\n\r\n
out   13 error BAD_REQUEST

case  names that only begin like those
in    0\r\nContent-Length-X: 5\r\nHos: a\r\nHosts: a\r\nCookie2: a\r\n\r\n
out   56 end

case  a blank before the colon
in    0\r\nX : y\r\n\r\n
out   4 error BAD_REQUEST

case  a folded line
in    0\r\nX: y\r\n z\r\n\r\n
out   9 error BAD_REQUEST

case  a blank before the first field
in    0\r\n X: y\r\n\r\n
out   3 error BAD_REQUEST

case  an empty name
in    0\r\n: y\r\n\r\n
out   3 error BAD_REQUEST

case  no colon
in    0\r\nabc\r\n\r\n
out   6 error BAD_REQUEST

case  a bare LF
in    0\r\nX: y\n\r\n
out   7 error BAD_REQUEST

case  a bare CR
in    0\r\nX: y\rZ: a\r\n\r\n
out   8 error BAD_REQUEST

case  NUL in a value
in    0\r\nX: \0\r\n\r\n
out   6 error BAD_REQUEST

case  a request in the place of the trailer
in    0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
out   6 error BAD_REQUEST

case  a trailer at its limit
with  max_trailer=10
in    0\r\nX: abc\r\n\r\n
out   13 end

case  one octet over
with  max_trailer=10
in    0\r\nX: abcd\r\n\r\n
out   13 error HEADER_FIELDS_TOO_LARGE

case  one that never ends
with  max_trailer=20
in    0\r\n
in*50 X: y\r\n
out   23 error HEADER_FIELDS_TOO_LARGE

# Sizes, and bodies that are mostly not data.

case  a body at its limit
with  max_body=10
in    5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n
out   3 data "helloworld" / 25 end

case  one octet over: the size tells, the data is not read
with  max_body=10
in    5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n
out   3 data "hello" / 12 error CONTENT_TOO_LARGE

case  one octet a chunk is granted up to the limit, and not for ever
with  max_overhead=50
in*20 1\r\nx\r\n
out   3 data "xxxxxxxxxx" / 62 error CONTENT_TOO_LARGE

case  two octets a chunk may go on
with  max_overhead=50
in*20 2\r\nxx\r\n
in    0\r\n\r\n
out   3 data "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" / 145 end
