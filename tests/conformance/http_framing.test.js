// RFC 9112 sections 6 and 7 over a socket: where a request ends is never in doubt, and behind what is refused nothing is
// read; whether its body is gathered or streamed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exchange } from "../integration/support/raw.js";
import { MOST, RawSocket, echoServer, refusedRequest } from "./support/echo.js";

const server = echoServer({ before, after });
const HIDDEN = "GET /echo HTTP/1.1\r\nHost: hidden\r\n\r\n";
const post = (fields, body = "", version = "1.1") => `POST / HTTP/${version}\r\nHost: a\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n${body}`;
const CHUNKED = "Transfer-Encoding: chunked";
const chunked = (body) => post([CHUNKED], body);

/** The request as it is, whose body is gathered; and to where bodies are streamed. */
const bothWays = (request) => [request, request.replace(/^POST \/ /, "POST /stream ")];

/** Refused, with a request behind it that must not be answered; at once and octet by octet. */
async function refused(one, status = 400) {
  for (const request of bothWays(one)) {
    for (const cut of [0, 1]) await refusedRequest(server, request + HIDDEN, status, { cut: request.length > 2000 ? 0 : cut });
  }
}

/** The body comes back, and the request behind it is one of its own. */
async function echoed(one, body) {
  for (const [request, cut] of bothWays(one).flatMap((way) => [[way, 0], [way, 1]])) {
    const raw = await RawSocket.open(server.now);
    if (cut === 1 && request.length < 2000) await raw.writeSlowly(Buffer.from(request + HIDDEN, "latin1"));
    else raw.write(Buffer.from(request + HIDDEN, "latin1"));
    const answer = await raw.response();
    assert.equal(answer.status, 200, JSON.stringify(request.slice(0, 200)));
    assert.equal(answer.body.toString("latin1"), body);
    assert.equal((await raw.response()).text, "Host: hidden\r\n");
    raw.destroy();
  }
}

/* ---- Content-Length ---- */

test("a length that is not one number", async () => {
  for (const value of ["", " ", "+5", "-5", "-0", "0x5", "5,5", "5, 5", "5, 6", ",5", "5,", "5 5", "5;", "5.0", "5e0", "five", "\"5\"", "5_0", "0b101", "5h", "\u00b2",
    "5\xa0", "\xef\xbc\x95", "5\x0b", "\x0b5", "5\x00", "NaN", "Infinity", "1 0"]) await refused(post([`Content-Length: ${value}`], "12345"));
});

test("several lengths, equal ones too", async () => {
  for (const [one, two] of [["5", "5"], ["5", "6"], ["0", "5"], ["5", "0"], ["5", ""], ["5", "x"]]) {
    await refused(post([`Content-Length: ${one}`, `Content-Length: ${two}`], "12345"));
    await refused(post([`Content-Length: ${one}`, "X: y", `content-length: ${two}`], "12345"));
  }
});

test("a length over any limit is 413, before the body has come", async () => {
  for (const value of [String(MOST + 1), "9223372036854775807", "9223372036854775808", "18446744073709551616", "18446744073709551621", "9".repeat(100)]) {
    await refused(post([`Content-Length: ${value}`], "12345"), 413);
  }
});

test("a length with zeros in front, or blanks around it, is that number", async () => {
  for (const value of ["5", "05", "00000000000000000000000000000005", "5 \t", "\t 5"]) await echoed(post([`Content-Length: ${value}`], "12345"), "12345");
  await echoed(post(["Content-Length: 0"]), "");
  await echoed(post([]), "");
});

test("a name that only looks like Content-Length is no length", async () => {
  for (const name of ["Content_Length", "Content-Length-", "XContent-Length", "Content.Length", "ContentLength"]) await echoed(post([`${name}: 5`]), "");
});

/* ---- Transfer-Encoding ---- */

test("a length beside a coding, in any order", async () => {
  await refused(post(["Content-Length: 5", CHUNKED], "0\r\n\r\n"));
  await refused(post([CHUNKED, "Content-Length: 5"], "0\r\n\r\n"));
  await refused(post([CHUNKED, "X: y", "Content-Length: 0"], "0\r\n\r\n"));
  await refused(post(["Content-Length: 5", "Transfer-Encoding: identity"], "12345"));
  await refused(post(["Content-Length: 5", "Transfer-Encoding:"], "12345"));
});

test("a coding in HTTP/1.0", async () => {
  await refused(post([CHUNKED], "0\r\n\r\n", "1.0"));
  await refused(post([CHUNKED, "Connection: keep-alive"], "0\r\n\r\n", "1.0"));
});

test("codings that do not end in chunked, or have it twice, or in disguise", async () => {
  for (const value of ["", "identity", "gzip", "chunked, gzip", "chunked, identity", "chunked, chunked", "gzip, chunked, chunked", "chunked, gzip, chunked", "xchunked", "chunkedx",
    "x-chunked", "chunk", "chun ked", "chunked;q=1", "chunked ; a=b", "chunked,", ",chunked", "chunked, ,", "\"chunked\"", "'chunked'", "chunked\x0b", "\x0bchunked", "chunked\x00",
    "\x00chunked", "chunked\x0c", "\x01chunked", "chunked\xa0", "cow", "gzip;chunked", "gzip chunked", "chunked\xff"]) await refused(post([`Transfer-Encoding: ${value}`], "0\r\n\r\n"));
});

test("codings before chunked are 501", async () => {
  for (const value of ["gzip, chunked", "identity, chunked", "gzip;a=b , chunked", "x, y, chunked"]) await refused(post([`Transfer-Encoding: ${value}`], "0\r\n\r\n"), 501);
});

test("several Transfer-Encodings, whatever they say", async () => {
  await refused(post([CHUNKED, CHUNKED], "0\r\n\r\n"));
  await refused(post([CHUNKED, "Transfer-encoding: cow"], "0\r\n\r\n"));
  await refused(post(["Transfer-Encoding: gzip", CHUNKED], "0\r\n\r\n"));
  await refused(post(["Transfer-Encoding:", CHUNKED], "0\r\n\r\n"));
  await refused(post([CHUNKED, "Transfer-Encoding: identity"], "0\r\n\r\n"));
});

test("a coding hidden by its line", async () => {
  for (const line of ["Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", "X: y\r\n Transfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked",
    " Transfer-Encoding: chunked", "Transfer-Encoding\r\n : chunked", "Transfer-Encoding: x\r\n chunked", "Transfer\x00-Encoding: chunked", "\x0bTransfer-Encoding: chunked", "Transfer-Encoding"]) {
    await refused(post([line, "Content-Length: 5"], "0\r\n\r\n"));
  }
});

test("chunked in any case, with blanks around it, is chunked", async () => {
  for (const line of ["Transfer-Encoding: chunked", "transfer-encoding:CHUNKED", "TRANSFER-ENCODING:\t cHuNkEd \t"]) await echoed(post([line], "5\r\nhello\r\n0\r\n\r\n"), "hello");
});

/* ---- chunks ---- */

test("chunked bodies of every size come back", async () => {
  await echoed(chunked("0\r\n\r\n"), "");
  await echoed(chunked("5\r\nhello\r\n00006\r\n world\r\nA\r\n0123456789\r\n0;last\r\nX-Trailer: y\r\n\r\n"), "hello world0123456789");
  await echoed(chunked(`1;a;b=c ; d = "e\\"f"\r\nx\r\n${"1\r\ny\r\n".repeat(100)}0\r\n\r\n`), `x${"y".repeat(100)}`);
  await echoed(chunked("5\r\n0\r\n\r\n\r\n0\r\n\r\n"), "0\r\n\r\n");
  const big = "0123456789abcdef".repeat(65536 + 1);
  await echoed(chunked(`${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`), big);
});

test("chunk sizes that are none", async () => {
  for (const size of ["", " 5", "\t5", "5 ", "5\t", "+5", "-5", "-0", "0x5", "0X5", "x5", "5h", "5,5", "5.0", "5_0", "5 5", "\"5\"", "g", "\x00", "5\x00", "\x0b5", "5\x0b", "\xef\xbc\x95", "five",
    "00000000000000005", "10000000000000005"]) await refused(chunked(`${size}\r\nhello\r\n0\r\n\r\n`));
});

test("chunk sizes that are too large are 413", async () => {
  for (const size of [(MOST + 1).toString(16), "7fffffffffffffff", "8000000000000000", "ffffffffffffffff", "100000005"]) await refused(chunked(`${size}\r\nhello\r\n0\r\n\r\n`), 413);
});

test("lines of a chunked body that do not end in CRLF", async () => {
  for (const body of ["5\nhello\r\n0\r\n\r\n", "5\rhello\r\n0\r\n\r\n", "5\r\r\nhello\r\n0\r\n\r\n", "5\n\r\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n", "5\r\nhello0\r\n\r\n",
    "5\r\nhello\r\n0\n\r\n", "5\r\nhello\r\n0\r\n\n", "5\r\nhello\r\n0\n\n", "5\r\nhello\r\n0\r\n\rX", "\n5\r\nhello\r\n0\r\n\r\n"]) await refused(chunked(body));
});

test("data that is longer or shorter than its size", async () => {
  for (const body of ["5\r\nhello!\r\n0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n", "6\r\nhello\r\n0\r\n\r\n", "1\r\n\r\n0\r\n\r\n"]) await refused(chunked(body));
});

test("chunk extensions that are none", async () => {
  for (const extension of [";", ";=", ";a=", ";=b", ";a=b=c", ";a b", ";a;", ";a=\"b", ";a=\"b\"c", ";a=\"\n\"", ";a=\"\r\n\"", ";a=\"\\\n\"", ";a\n", ";a\r", ";\x00", ";a=\x00", ";a=\"\x00\"", ";a=\"\x7f\"", ";\xe9",
    ";a=b ", " a=b", ";a=b,c", ";a=(b)"]) await refused(chunked(`5${extension}\r\nhello\r\n0\r\n\r\n`));
});

test("chunk extensions over their limit are 413, on one line or on many", async () => {
  await refused(chunked(`5;${"a".repeat(5000)}`), 413);
  await refused(chunked(`1;${"a".repeat(100)}\r\nx\r\n`.repeat(100)), 413);
});

test("a body that is mostly chunks is 413", async () => {
  await refused(chunked("1\r\nx\r\n".repeat(10_000)), 413);
});

test("trailer fields that frame, route or log in", async () => {
  for (const line of ["Content-Length: 5", "content-length:0", "Transfer-Encoding: chunked", "Host: b", "Connection: close", "Upgrade: websocket", "Authorization: Basic x", "Cookie: a=b",
    "Expect: 100-continue", "Trailer: x", "Content-Type: a/b", "Content-Encoding: gzip"]) {
    await refused(chunked(`0\r\n${line}\r\n\r\n`));
    await refused(chunked(`0\r\nX: y\r\n${line}\r\n\r\n`));
  }
});

test("trailers that are none", async () => {
  for (const line of ["no colon", "X : y", ": y", " X: y", "X: y\r\n z", "X: y\nZ: a", "X: y\rZ: a", "X: \x00", "X\x00: y", "X: \x7f", "\"X\": y"]) await refused(chunked(`0\r\n${line}\r\n\r\n`));
});

test("a trailer over its limit is 431", async () => {
  await refused(chunked(`0\r\nX: ${"y".repeat(9000)}`), 431);
  await refused(chunked(`0\r\n${"X: y\r\n".repeat(2000)}`), 431);
});

test("trailers are not taken for fields of the head", async () => {
  const answer = await exchange(server.now, `POST /echo HTTP/1.1\r\nHost: a\r\n${CHUNKED}\r\n\r\n0\r\nX-Late: y\r\n\r\n`);
  assert.equal(answer.text, `Host: a\r\n${CHUNKED}\r\n`);
});

/* ---- bodies where one hardly expects them ---- */

test("a body on GET, DELETE and OPTIONS is read, and is no request", async () => {
  for (const [method, path, status] of [["GET", "/", 200], ["DELETE", "/", 405], ["GET", "/nowhere", 404], ["OPTIONS", "/", 405]]) {
    for (const [fields, body] of [[`Content-Length: ${HIDDEN.length}`, HIDDEN], [CHUNKED, `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`]]) {
      const raw = await RawSocket.open(server.now);
      raw.write(`${method} ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}GET /echo HTTP/1.1\r\nHost: next\r\n\r\n`);
      assert.equal((await raw.response()).status, status);
      assert.equal((await raw.response()).text, "Host: next\r\n");
      raw.destroy();
    }
  }
});

test("a request that ends before its body is not answered", async () => {
  for (const request of [post(["Content-Length: 10"], "12345"), chunked("5\r\nhel"), chunked("5\r\nhello\r\n"), chunked("0\r\n"), chunked("0\r\n\r"), "POST / HTTP/1.1\r\nHost: a\r\n"].flatMap(bothWays)) {
    const raw = await RawSocket.open(server.now);
    raw.write(request);
    raw.halfClose();
    assert.equal((await raw.readToEnd()).length, 0, JSON.stringify(request));
    raw.destroy();
  }
});

test("differential: any cut of any framing gives the same answers", async () => {
  const requests = [chunked("5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"), post(["Content-Length: 5"], "hello"), chunked("5\r\nhello\r\n0x\r\n"), chunked("0\r\nHost: b\r\n\r\n"),
    post([CHUNKED, "Content-Length: 5"], "0\r\n\r\n")];
  for (const request of requests.flatMap(bothWays)) {
    const octets = Buffer.from(request + HIDDEN, "latin1");
    const answersAt = async (cut) => {
      const raw = await RawSocket.open(server.now);
      if (cut > 0) await new Promise((done) => raw.socket.write(octets.subarray(0, cut), done));
      raw.write(octets.subarray(cut));
      raw.halfClose();
      const all = (await raw.readToEnd()).toString("latin1").replace(/Date: [^\r]*\r\n/g, "");
      raw.destroy();
      return all;
    };
    const whole = await answersAt(0);
    assert.match(whole, /^HTTP\/1\.1 /);
    for (let cut = 1; cut < octets.length; cut += 1) assert.equal(await answersAt(cut), whole, `cut at ${cut}`);
  }
});
