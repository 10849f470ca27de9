# multipart/form-data bodies, boundary XX unless the case says otherwise. Offsets count octets of the body.

case  a form without parts
in    --XX--\r\n
out   6 end

case  login: two parts, D3.6
in    --XX\r\n
in    Content-Disposition: form-data; name="username"\r\n\r\nhaneul\r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="password"\r\n\r\np!1\r\n
in    --XX--\r\n
out   57 part "username" / 57 data "haneul" / 69 part end / 122 part "password" / 122 data "p!1" / 131 part end / 133 end

case  sign-up: a JSON part with a file name, a picture; D4.1
in    --XX\r\n
in    Content-Disposition: form-data; name="userCreateRequest"; filename="blob"\r\n
in    Content-Type: application/json\r\n\r\n{}\r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="profile"; filename="\xED\x95\x9C.png"\r\n
in    Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1A\n\r\n
in    --XX--\r\n
out   115 part "userCreateRequest" file "blob" type "application/json" / 115 data "{}" / 123 part end / 220 part "profile" file "í•œ.png" type "image/png" / 220 data "‰PNG\r\n\x1A\n" / 234 part end / 236 end

case  an empty part
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --XX--
out   50 part "a" / 56 part end / 58 end

case  an empty line before the first delimiter
in    \r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n
in    --XX--\r\n
out   52 part "a" / 52 data "x" / 59 part end / 61 end

case  blanks behind a boundary, RFC 2046 5.1.1
in    --XX \t\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n
in    --XX-- \t\r\n
out   52 part "a" / 52 data "x" / 59 part end / 61 end

case  nothing behind the last delimiter
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n
in    --XX--
out   50 part "a" / 50 data "x" / 57 part end / 59 end

case  data that looks like a delimiter for a while
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --X\r\r\n-\r\n
in    --\r\r\r\n\n
in    --XX--\r\n
in    --XX--\r\n
out   50 part "a" / 50 data "\r\n--X\r\r\n-\r\n--\r\r\r\n\n--XX--" / 80 part end / 82 end

case  data that ends in CR
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\r\n
in    --XX--
out   50 part "a" / 50 data "x\r" / 58 part end / 60 end

case  data that ends in CRLF
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n\r\n
in    --XX--
out   50 part "a" / 50 data "x\r\n" / 59 part end / 61 end

case  a broken delimiter straight before the true one
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --X\r\n
in    --XX--
out   50 part "a" / 50 data "\r\n--X" / 61 part end / 63 end

case  a boundary without its CRLF is data
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n
in    --XX--\r\n\r\n
in    --XX--
out   50 part "a" / 50 data "--XX--\r\n" / 64 part end / 66 end

case  a boundary behind a bare LF is data
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\n
in    --XX\r\n
in    --XX--
out   50 part "a" / 50 data "\n--XX" / 61 part end / 63 end

case  a boundary behind a bare CR is data
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r--XX\r\n
in    --XX--
out   50 part "a" / 50 data "\r--XX" / 61 part end / 63 end

case  a boundary in other letters is data
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --xx\r\n
in    --XX--
out   50 part "a" / 50 data "\r\n--xx" / 62 part end / 64 end

case  a boundary that begins with dashes, as browsers write it
with  boundary=----WebKit
in    ------WebKit\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n-\r\n
in    ----\r\n
in    -----Web\r\n
in    ------WebKit--\r\n
out   58 part "a" / 58 data "-\r\n----\r\n-----Web" / 89 part end / 91 end

case  names of fields and the disposition ignore case; tokens need no quotes
in    --XX\r\ncontent-disposition:FORM-DATA ;name=a; FileName=b.txt\r\nCONTENT-TYPE: text/plain \r\n\r\n\r\n
in    --XX--
out   90 part "a" file "b.txt" type "text/plain" / 96 part end / 98 end

case  parameters of others are passed over, filename* as well, RFC 7578 4.2
in    --XX\r\n
in    Content-Disposition: form-data; x=y; name=a; filename*=utf-8''b; z="q"\r\n\r\n\r\n
in    --XX--
out   80 part "a" / 86 part end / 88 end

case  fields of others are passed over
in    --XX\r\nX-A: b\r\n
in    Content-Disposition: form-data; name="a"\r\nX-C:\r\n\r\n\r\n
in    --XX--
out   64 part "a" / 70 part end / 72 end

case  an empty file name is one; an empty name too
in    --XX\r\n
in    Content-Disposition: form-data; name=""; filename=""\r\n\r\n\r\n
in    --XX--
out   62 part "" file "" / 68 part end / 70 end

case  what browsers percent-encode stays so
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="q%22r%0D%0A.txt"\r\n\r\n\r\n
in    --XX--
out   78 part "a" file "q%22r%0D%0A.txt" / 84 part end / 86 end

case  a backslash escapes a quote and itself, as curl writes it
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="q\\"r\\\\s"\r\n\r\n\r\n
in    --XX--
out   70 part "a" file "q\"r\\s" / 76 part end / 78 end

case  before anything else it stands for itself, as browsers write it
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="C:\\new.txt"\r\n\r\n\r\n
in    --XX--
out   73 part "a" file "C:\\new.txt" / 79 part end / 81 end

case  semicolons, blanks and equal signs inside quotes
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="b; name=c = d"\r\n\r\n\r\n
in    --XX--
out   76 part "a" file "b; name=c = d" / 82 part end / 84 end

case  encodings that change nothing, RFC 7578 4.7
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n
in    Content-Transfer-Encoding: 8BIT\r\n\r\n\r\n
in    --XX--
out   83 part "a" / 89 part end / 91 end

# ---- refused ----

case  an empty body
in    
out   0 error BAD_REQUEST

case  no delimiter at all
in    abc
out   0 error BAD_REQUEST

case  a preamble, RFC 2046 5.1.1
in    hello\r\n
in    --XX--
out   0 error BAD_REQUEST

case  two empty lines before the first delimiter
in    \r\n\r\n
in    --XX--
out   2 error BAD_REQUEST

case  another boundary
in    --XY\r\n
out   3 error BAD_REQUEST

case  a boundary that goes on
in    --XXY\r\n
out   4 error BAD_REQUEST

case  one dash behind the last boundary
in    --XX-\r\n
out   5 error BAD_REQUEST

case  the body ends behind a boundary
in    --XX
out   4 error BAD_REQUEST

case  the body ends in a part head
in    --XX\r\n
in    Content-Dis
out   17 error BAD_REQUEST

case  the body ends in a part
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nabc
out   50 part "a" / 50 data "abc" / 53 error BAD_REQUEST

case  the body ends in a delimiter
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nabc\r\n
in    --X
out   50 part "a" / 50 data "abc" / 58 error BAD_REQUEST

case  the last delimiter is missing
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nabc\r\n
in    --XX\r\n
out   50 part "a" / 50 data "abc" / 59 part end / 61 error BAD_REQUEST

case  the last delimiter has one dash
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --XX-
out   50 part "a" / 56 part end / 57 error BAD_REQUEST

case  an epilogue
in    --XX--\r\nepilogue
out   6 end / 8 error BAD_REQUEST

case  more than a line end behind the last delimiter
in    --XX--\r\n\r\n
out   6 end / 8 error BAD_REQUEST

case  octets behind the last delimiter
in    --XX--x
out   6 end / 6 error BAD_REQUEST

case  half a line end behind the last delimiter
in    --XX--\r
out   6 end / 7 error BAD_REQUEST

case  a part without fields
in    --XX\r\n\r\nx\r\n
in    --XX--
out   8 error BAD_REQUEST

case  a part without a disposition
in    --XX\r\n
in    Content-Type: a/b\r\n\r\nx\r\n
in    --XX--
out   27 error BAD_REQUEST

case  a disposition without a name
in    --XX\r\n
in    Content-Disposition: form-data; filename="b"\r\n\r\n
out   6 error BAD_REQUEST

case  another disposition
in    --XX\r\n
in    Content-Disposition: attachment; name="b"\r\n\r\n
out   6 error BAD_REQUEST

case  a disposition that only begins well
in    --XX\r\n
in    Content-Disposition: form-datax; name="b"\r\n\r\n
out   6 error BAD_REQUEST

case  an empty disposition
in    --XX\r\n
in    Content-Disposition:\r\n\r\n
out   6 error BAD_REQUEST

case  two dispositions
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n
in    Content-Disposition: form-data; name="b"\r\n\r\n
out   48 error BAD_REQUEST

case  two names
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; name=b\r\n\r\n
out   6 error BAD_REQUEST

case  two file names
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename=b; filename=c\r\n\r\n
out   6 error BAD_REQUEST

case  two types
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n
in    Content-Type: a/b\r\n
in    Content-Type: a/b\r\n\r\n
out   67 error BAD_REQUEST

case  a quote that is not closed
in    --XX\r\n
in    Content-Disposition: form-data; name="a\r\n\r\n
out   6 error BAD_REQUEST

case  a quote that its last backslash keeps open
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="C:\\"\r\n\r\n
out   6 error BAD_REQUEST

case  something behind a closed quote
in    --XX\r\n
in    Content-Disposition: form-data; name="a"x\r\n\r\n
out   6 error BAD_REQUEST

case  a parameter without a value
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename=\r\n\r\n
out   6 error BAD_REQUEST

case  a semicolon at the end
in    --XX\r\n
in    Content-Disposition: form-data; name="a";\r\n\r\n
out   6 error BAD_REQUEST

case  a name that is not UTF-8
in    --XX\r\n
in    Content-Disposition: form-data; name="\xFF"\r\n\r\n
out   6 error BAD_REQUEST

case  a file name that is not UTF-8
in    --XX\r\n
in    Content-Disposition: form-data; name="a"; filename="\xC3("\r\n\r\n
out   6 error BAD_REQUEST

case  NUL in a name
in    --XX\r\n
in    Content-Disposition: form-data; name="a\0b"\r\n\r\n
out   45 error BAD_REQUEST

case  a folded field
in    --XX\r\nX: y\r\n z\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n
out   12 error BAD_REQUEST

case  a bare LF ends a field
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\n\n
out   46 error BAD_REQUEST

case  a blank before the colon
in    --XX\r\n
in    Content-Disposition : form-data; name="a"\r\n\r\n
out   25 error BAD_REQUEST

case  a field without a name
in    --XX\r\n: x\r\n\r\n
out   6 error BAD_REQUEST

case  base64
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n
in    Content-Transfer-Encoding: base64\r\n\r\n
out   48 error UNSUPPORTED_MEDIA_TYPE

case  a second part that is refused
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n
in    --XX\r\n\r\ny
out   50 part "a" / 50 data "x" / 57 part end / 61 error BAD_REQUEST

# ---- limits ----

case  a part head at its limit
with  max_head=46
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\nx\r\n
in    --XX--
out   50 part "a" / 50 data "x" / 57 part end / 59 end

case  one octet over
with  max_head=45
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n
out   49 error HEADER_FIELDS_TOO_LARGE

case  blanks behind the last delimiter count as well
with  max_head=10
in    --XX--         
out   6 end / 14 error HEADER_FIELDS_TOO_LARGE

case  as many parts as may be
with  max_parts=2
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="b"\r\n\r\n\r\n
in    --XX--
out   50 part "a" / 56 part end / 102 part "b" / 108 part end / 110 end

case  one over
with  max_parts=2
in    --XX\r\n
in    Content-Disposition: form-data; name="a"\r\n\r\n\r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="b"\r\n\r\n\r\n
in    --XX\r\n
in    Content-Disposition: form-data; name="c"\r\n\r\nx
out   50 part "a" / 56 part end / 102 part "b" / 108 part end / 154 error CONTENT_TOO_LARGE
