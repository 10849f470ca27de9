# Heads whose Content-Length or Transfer-Encoding leaves in doubt where the body ends, RFC 9112 6.

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

case  a blank of Latin-1 behind a length
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\xA0\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1 " / 27 error BAD_REQUEST

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

case  a length and an empty coding
in    POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding:\r\n\r\n
out   0 method "POST" / 5 path "/x" / 18 Host="a" / 27 Content-Length="1" / 46 Transfer-Encoding="" / 46 error BAD_REQUEST
