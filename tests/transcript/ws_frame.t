# Client frames, RFC 6455 section 5.2. OFFSET is that of the frame, and of the octet at fault.

case  the shortest text frame, RFC 6455 5.7
in    \x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58
out   0 text fin 5 key 37fa213d / 6 payload "Hello"

case  a message in two fragments with a ping between them, RFC 6455 5.4
in    \x01\x83\x00\x00\x00\x00Hel\x89\x81\x00\x00\x00\x00?\x80\x82\x00\x00\x00\x00lo
out   0 text 3 key 00000000 / 6 payload "Hel"
out   9 ping fin 1 key 00000000 / 15 payload "?"
out   16 continuation fin 2 key 00000000 / 22 payload "lo"

case  every opcode, without payload
in    \x00\x80abcd\x02\x80abcd\x82\x80abcd\x88\x80abcd\x8A\x80abcd
out   0 continuation 0 key 61626364 / 6 binary 0 key 61626364 / 12 binary fin 0 key 61626364
out   18 close fin 0 key 61626364 / 24 pong fin 0 key 61626364

case  the longest length of one octet
in    \x82\xFDabcd
in*125 a
out   0 binary fin 125 key 61626364
out   6 payload "\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0\x03\x02\x05\0"

case  the smallest and the greatest length of two octets
with  heads=1
in    \x82\xFE\x00\x7Eabcd\x82\xFE\xFF\xFFabcd
out   0 binary fin 126 key 61626364 / 8 binary fin 65535 key 61626364

case  the smallest and the greatest length of eight octets
with  heads=1
in    \x82\xFF\0\0\0\0\0\x01\0\0abcd\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFFabcd
out   0 binary fin 65536 key 61626364 / 14 binary fin 9223372036854775807 key 61626364

case  a head alone is nothing yet
in    \x81\x85\x37\xfa\x21
out   5 more

case  a reserved bit is refused, RFC 6455 5.2
in    \xC1\x85
out   0 error WS_PROTOCOL reserved bit set

case  so is one on a fragment
in    \x11\x85
out   0 error WS_PROTOCOL reserved bit set

case  an opcode that is not defined is refused, RFC 6455 5.2
in    \x83\x85
out   0 error WS_PROTOCOL unknown opcode

case  likewise among control frames, and in the second frame
in    \x8A\x80abcd\x8B
out   0 pong fin 0 key 61626364 / 6 error WS_PROTOCOL unknown opcode

case  a control frame in fragments is refused, RFC 6455 5.5
in    \x09\x80abcd
out   0 error WS_PROTOCOL fragmented control frame

case  a frame without mask is refused, RFC 6455 5.1
in    \x81\x05Hello
out   1 error WS_PROTOCOL frame without mask

case  likewise a control frame
in    \x88\x00
out   1 error WS_PROTOCOL frame without mask

case  a control frame of 125 octets is the longest, RFC 6455 5.5
with  heads=1
in    \x89\xFDabcd
out   0 ping fin 125 key 61626364

case  one over is refused by its form alone
in    \x89\xFE\x00\x7E
out   1 error WS_PROTOCOL control frame over 125 octets

case  125 in two octets is refused: the shortest form is due, RFC 6455 5.2
in    \x82\xFE\x00\x7Dabcd
out   3 error WS_PROTOCOL length not in its shortest form

case  65535 in eight octets is refused as soon as it must be so short
in    \x82\xFF\0\0\0\0\0\0\xFF\xFF
out   7 error WS_PROTOCOL length not in its shortest form

case  a length over 63 bits is refused, RFC 6455 5.2
in    \x82\xFF\x80
out   2 error WS_PROTOCOL length over 63 bits
