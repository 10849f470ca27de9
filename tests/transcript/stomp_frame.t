# Frames of a client, STOMP 1.2 "Augmented BNF" and protocols.md 1.3, 3.2, 3.6. A frame stands at the offset of its
# command; an error at that of the octet at fault.

# ---- frames ----

case  a SEND, ST-1
in    SEND\ndestination:/topic/a\n\nhi\0
out   0 frame SEND "destination"="/topic/a" body "hi"

case  every command a client has, ST-2
in    CONNECT\n\n\0STOMP\n\n\0SEND\n\n\0SUBSCRIBE\n\n\0UNSUBSCRIBE\n\n\0ACK\n\n\0NACK\n\n\0BEGIN\n\n\0COMMIT\n\n\0ABORT\n\n\0DISCONNECT\n\n\0
out   0 frame CONNECT body "" / 10 frame STOMP body "" / 18 frame SEND body "" / 25 frame SUBSCRIBE body ""
out   37 frame UNSUBSCRIBE body "" / 51 frame ACK body "" / 57 frame NACK body "" / 64 frame BEGIN body ""
out   72 frame COMMIT body "" / 81 frame ABORT body "" / 89 frame DISCONNECT body ""

case  the reference exchange, as stompjs sends it
in    CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:10000,10000\n\n\0
in    SUBSCRIBE\nid:sub-0\ndestination:/topic/a\n\n\0
in    SEND\ndestination:/topic/a\ncontent-type:text/plain\n\nhi\0
in    DISCONNECT\nreceipt:bye\n\n\0
out   0 frame CONNECT "accept-version"="1.2,1.1,1.0" "heart-beat"="10000,10000" body ""
out   60 frame SUBSCRIBE "id"="sub-0" "destination"="/topic/a" body ""
out   102 frame SEND "destination"="/topic/a" "content-type"="text/plain" body "hi"
out   156 frame DISCONNECT "receipt"="bye" body ""

case  CRLF ends lines as well, SD-3, ST-4
in    SEND\r\ndestination:/topic/a\r\n\r\nhi\r\n\0
out   0 frame SEND "destination"="/topic/a" body "hi\r\n"

case  the value starts right behind the first colon: blanks and further colons are data, SD-6, ST-6, ST-7
in    SEND\na: b : c \n:d\n\n\0
out   15 error STOMP_HEADER

case  likewise without the nameless header
in    SEND\na: b : c \nd::\n\n\0
out   0 frame SEND "a"=" b : c " "d"=":" body ""

case  an empty value is legal, SD-5
in    SEND\na:\n\n\0
out   0 frame SEND "a"="" body ""

case  repeated headers are all kept and the first one counts, SD-8, ST-8
with  header=a
in    SEND\na:1\nb:2\na:3\n\n\0
out   0 frame SEND "a"="1" "b"="2" "a"="3" body "" header "1"

case  names and values are UTF-8, ST-1, ST-12
in    SEND\n\xED\x95\x9C:\xC3\xA9\xF0\x9F\x98\x80 and a run that is long enough to be passed over \xED\x95\x9C\n\n\0
out   0 frame SEND "한"="é😀 and a run that is long enough to be passed over 한" body ""

case  control octets are data, but CR, LF and NUL
in    SEND\na\x01\t:b\x1F\x7F\n\n\0
out   0 frame SEND "a\x01\t"="b\x1F\x7F" body ""

# ---- between frames ----

case  each EOL between frames is a heart-beat, SD-2
in    \n\r\n\n
out   1 beat / 3 beat / 4 beat

case  EOLs before, between and behind frames, SD-2, ST-3
in    \nSEND\n\na\0\nSEND\n\nb\0\r\n
out   1 beat / 1 frame SEND body "a" / 10 beat / 10 frame SEND body "b" / 20 beat

case  a stray NUL between frames is tolerated, ST-3
in    \0\0SEND\n\n\0\0\nSEND\n\n\0
out   2 frame SEND body "" / 11 beat / 11 frame SEND body ""

case  as many in a row as the limit says, ST-3
with  noise=3
in    \0\0\0\n\0\0\0SEND\n\n\0\0\0\0SEND\n\n\0
out   4 beat / 7 frame SEND body "" / 17 frame SEND body ""

case  one more is an error, ST-3
with  noise=3
in    \0\0\0\0
out   3 error STOMP_NOISE

case  CR without LF is an error, SD-3
in    \r\0
out   1 error STOMP_COMMAND

# ---- commands ----

case  an unknown command is refused at the first octet that no command has there, SD-4, ST-57
in    SENT\n\n\0
out   3 error STOMP_COMMAND

case  a long one too: nothing waits for its end, ST-57
in    XXXXXXXXXXXXXXXXXXXXXXXX
out   0 error STOMP_COMMAND

case  commands are case sensitive, ST-2
in    send\n\n\0
out   0 error STOMP_COMMAND

case  a blank behind a command is part of it
in    SEND \n\n\0
out   4 error STOMP_COMMAND

case  CR in a command without LF, SD-3
in    SEND\rX
out   5 error STOMP_COMMAND

case  the NUL cuts a command short
in    SEN\0
out   3 error STOMP_COMMAND

case  a server frame from a client is refused as such, SD-14
in    MESSAGE\ndestination:/topic/a\n\nhi\0
out   7 error STOMP_SERVER_FRAME

case  all of them, SD-14
in    CONNECTED\r\n
out   10 error STOMP_SERVER_FRAME

case  likewise
in    \nERROR\n
out   1 beat / 6 error STOMP_SERVER_FRAME

case  likewise
in    RECEIPT\n
out   7 error STOMP_SERVER_FRAME

case  what only begins like one is unknown
in    CONNECTEDX
out   9 error STOMP_COMMAND

# ---- header lines ----

case  a line without colon, SD-5
in    SEND\nabc\n\n\0
out   8 error STOMP_HEADER

case  a line with an empty name, SD-5
in    SEND\n:b\n\n\0
out   5 error STOMP_HEADER

case  CR in a value that is not before LF, SD-3, ST-5
in    SEND\na:b\rc\n\n\0
out   9 error STOMP_HEADER

case  the same in 1.1, ST-5
with  dialect=1
in    SEND\na:b\rc\n\n\0
out   9 error STOMP_HEADER

case  CR in a name
in    SEND\na\r\n\n\0
out   6 error STOMP_HEADER

case  CR CR LF at the end of the head
in    SEND\n\r\r\n\0
out   6 error STOMP_HEADER

case  NUL within the head: the frame was cut short, ST-13
in    SEND\na:b\n\0
out   9 error STOMP_HEADER

case  likewise in a name
in    SEND\na\0b:c\n\n\0
out   6 error STOMP_HEADER

case  likewise in a value
in    SEND\na:b\0\n\n\0
out   8 error STOMP_HEADER

case  an octet that is never UTF-8 in a name, ST-12
in    SEND\na\xFF:b\n\n\0
out   6 error STOMP_TEXT

case  a character that is not complete in a value, ST-12
in    SEND\na:\xED\x95\n\n\0
out   9 error STOMP_TEXT

case  a surrogate, ST-12
in    SEND\na:\xED\xA0\x80\n\n\0
out   8 error STOMP_TEXT

case  an overlong form, ST-12
in    SEND\na:\xC0\x80\n\n\0
out   7 error STOMP_TEXT

case  a second character that fails behind a first that is good, ST-12
in    SEND\na:\xC3\xA9\x80\n\n\0
out   9 error STOMP_TEXT

# ---- escapes ----

case  1.2 decodes four escapes in names and values, SD-7, ST-14
in    SEND\na\\cb:\\n\\r\\c\\\\\n\\\\:x\n\n\0
out   0 frame SEND "a:b"="\n\r:\\" "\\"="x" body ""

case  decoding is one pass: an escaped backslash and n, ST-18
in    SEND\na:\\\\n\n\n\0
out   0 frame SEND "a"="\\n" body ""

case  another escape is an error, at its backslash, ST-14
in    SEND\na:b\\n\nc:x\\t\n\n\0
out   14 error STOMP_ESCAPE

case  a backslash at the end of a value is an error, ST-14
in    SEND\na:b\\\n\n\0
out   8 error STOMP_ESCAPE

case  and at the end of a name
in    SEND\na\\:b\n\n\0
out   6 error STOMP_ESCAPE

case  the first undefined one is named
in    SEND\nx:\\n\na:\\t\nb:\\x\n\n\0
out   12 error STOMP_ESCAPE

case  1.1 does not know \r, ST-15
with  dialect=1
in    SEND\na:\\n\\r\n\n\0
out   9 error STOMP_ESCAPE

case  1.1 knows the other three, ST-15
with  dialect=1
in    SEND\na:\\n\\c\\\\\n\n\0
out   0 frame SEND "a"="\n:\\" body ""

case  1.1 when lenient keeps what it does not know, ST-15, ST-18
with  dialect=1 lenient=1
in    SEND\na:C:\\temp\\rx\\\nb:\\n\n\n\0
out   0 frame SEND "a"="C:\\temp\\rx\\" "b"="\n" body ""

case  1.2 when lenient, ST-18
with  lenient=1
in    SEND\na:\\t\\r\\\\t\n\n\0
out   0 frame SEND "a"="\\t\r\\t" body ""

case  1.0 has no escapes, ST-16
with  dialect=0
in    SEND\na:\\n\\t\\\nb\\:\\\\\n\n\0
out   0 frame SEND "a"="\\n\\t\\" "b\\"="\\\\" body ""

case  CONNECT and STOMP are as they stand, ST-17
in    CONNECT\nlogin:\\n\\t\\\n\n\0STOMP\npasscode:a\\cb\n\n\0
out   0 frame CONNECT "login"="\\n\\t\\" body "" / 22 frame STOMP "passcode"="a\\cb" body ""

case  the frame behind a CONNECT is not
in    CONNECT\na:\\t\n\n\0ACK\nid:\\t\n\n\0
out   0 frame CONNECT "a"="\\t" body "" / 22 error STOMP_ESCAPE

# ---- bodies ----

case  without content-length the body runs to the first NUL, SD-11
in    SEND\n\na\n\nb\x7F\0\n
out   0 frame SEND body "a\n\nb\x7F" / 13 beat

case  with it NULs are data, SD-10, ST-10
in    SEND\ncontent-length:5\n\na\0\0b\0\0SEND\n\n\0
out   0 frame SEND "content-length"="5" body "a\0\0b\0" / 29 frame SEND body ""

case  the count is not followed by NUL, SD-10
in    SEND\ncontent-length:2\n\nabc\0
out   25 error STOMP_BODY

case  a body of no octets, counted
in    SEND\ncontent-length:0\n\n\0
out   0 frame SEND "content-length"="0" body ""

case  zeros in front are digits too
in    SEND\ncontent-length:0000000000000000000000002\n\nab\0
out   0 frame SEND "content-length"="0000000000000000000000002" body "ab"

case  the first of repeated lengths counts, ST-9
in    SEND\ncontent-length:1\ncontent-length:nonsense\n\na\0
out   0 frame SEND "content-length"="1" "content-length"="nonsense" body "a"

case  an escaped name is the same name
in    SEND\ncontent\\clength:9\ncontent-length:1\n\na\0
out   0 frame SEND "content:length"="9" "content-length"="1" body "a"

case  a length with a sign, SD-9, ST-9
in    SEND\ncontent-length:+1\n\na\0
out   24 error STOMP_LENGTH

case  a negative one, SD-9, ST-9
in    SEND\ncontent-length:-1\n\na\0
out   24 error STOMP_LENGTH

case  one with a blank, ST-9
in    SEND\ncontent-length: 1\n\na\0
out   24 error STOMP_LENGTH

case  an empty one, ST-9
in    SEND\ncontent-length:\n\na\0
out   22 error STOMP_LENGTH

case  one over all numbers is too big, ST-9, SD-15
in    SEND\ncontent-length:99999999999999999999999999\n\na\0
out   48 error STOMP_TOO_BIG

case  a frame that has no body may have EOLs there, SD-12, CQ-17
in    SUBSCRIBE\nid:1\n\n\n\n\0ACK\n\n\r\n\0
out   0 frame SUBSCRIBE "id"="1" body "" / 19 frame ACK body ""

case  but nothing else, SD-12
in    SUBSCRIBE\nid:1\n\n\nx\0
out   17 error STOMP_BODY

case  not even when it is counted, SD-12
in    DISCONNECT\ncontent-length:1\n\n\n\0
out   29 error STOMP_BODY

case  an empty body that is counted is allowed
in    DISCONNECT\ncontent-length:0\n\n\0
out   0 frame DISCONNECT "content-length"="0" body ""

case  and is followed by NUL at once, SD-10
in    DISCONNECT\ncontent-length:0\n\n\n\0
out   29 error STOMP_BODY

# ---- limits ----

case  as many headers as the limit says, ST-55
with  headers=2
in    SEND\na:1\nb:2\n\n\0
out   0 frame SEND "a"="1" "b"="2" body ""

case  one over, ST-55
with  headers=2
in    SEND\na:1\nb:2\nc:3\n\n\0
out   13 error STOMP_TOO_MANY_HEADERS

case  a line as long as the limit says, ST-56
with  line=8
in    SEND\nabcd:efg\nabc:def\r\n\n\0
out   0 frame SEND "abcd"="efg" "abc"="def" body ""

case  one over, ST-56
with  line=8
in    SEND\nabcd:efgh\n\n\0
out   13 error STOMP_LINE_TOO_LONG

case  one over in its name, though no colon is there, ST-56
with  line=8
in    SEND\nabcdefghijklmnopqrstuvwxyz
out   13 error STOMP_LINE_TOO_LONG

case  the CR counts
with  line=8
in    SEND\nabcd:efg\r\n\n\0
out   13 error STOMP_LINE_TOO_LONG

case  what is wrong behind the limit does not matter
with  line=8
in    SEND\nabcd:efghijk\xFF
out   13 error STOMP_LINE_TOO_LONG

case  what is wrong before it does
with  line=8
in    SEND\nabcd:e\xFFghijk
out   11 error STOMP_TEXT

case  a frame as big as the limit says, NUL included, ST-58, DF-3
with  frame=16
in    \nSEND\na:b\n\n12345\0\n
out   1 beat / 1 frame SEND "a"="b" body "12345" / 18 beat

case  one over, as soon as the limit is full, ST-58, SD-15
with  frame=16
in    SEND\na:b\n\n123456\0
out   16 error STOMP_TOO_BIG

case  the same by its length, SD-15
with  frame=30
in    SEND\ncontent-length:6\n\n123456\0
out   0 frame SEND "content-length"="6" body "123456"

case  one over, known before the first octet of the body, SD-15
with  frame=30
in    SEND\ncontent-length:7\n\n
out   23 error STOMP_TOO_BIG

case  a head that fills the limit, SD-15
with  frame=16
in    SEND\nab:cdefghijklmnop\n\n\0
out   16 error STOMP_TOO_BIG

case  a head that fills it to the last octet has no room for the NUL, SD-15
with  frame=16
in    SEND\nab:cdefgh\n\n\0
out   16 error STOMP_TOO_BIG

case  EOLs in place of a body count, SD-15
with  frame=8
in    ACK\n\n\n\n\n\n\n\0
out   8 error STOMP_TOO_BIG

# ---- errors and what is known of the frame ----

case  a receipt that came before the fault is known, SL-14
in    SEND\nreceipt:r-1\nbad\n\n\0
out   20 error STOMP_HEADER receipt "r-1"

case  also when the fault is in the body, SL-14
in    SUBSCRIBE\nid:1\nreceipt:r\\c1\n\nx\0
out   29 error STOMP_BODY receipt "r:1"

case  also when it is an escape before or behind it, SL-14
in    SEND\na:\\t\nreceipt:1\nreceipt:2\n\n\0
out   7 error STOMP_ESCAPE receipt "1"

case  a receipt that is itself at fault is none, SL-14
in    SEND\nreceipt:\\t\n\n\0
out   13 error STOMP_ESCAPE

case  nor is one whose line has not ended
in    SEND\nreceipt:abc\xFF
out   16 error STOMP_TEXT

case  too big with a receipt, SL-14
with  frame=24
in    SEND\nreceipt:7\n\n1234567890123456\0
out   24 error STOMP_TOO_BIG receipt "7"

case  the receipt of the frame before is not that of the next, SL-14
in    SEND\nreceipt:7\n\n\0SEND\nb\n
out   0 frame SEND "receipt"="7" body "" / 23 error STOMP_HEADER

# ---- what is not there yet ----

case  a frame that goes on
in    SEND\na:b
out   8 open
