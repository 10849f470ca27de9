// RFC 9112 sections 2 to 5 over a socket: heads that are read in two ways are refused, and nothing behind them is read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exchange } from "../integration/support/raw.js";
import { echoServer, refusedRequest } from "./support/echo.js";

const server = echoServer({ before, after });
const HOST = "Host: a\r\n";
const HIDDEN = "GET /echo HTTP/1.1\r\nHost: hidden\r\n\r\n";

/** Refused, with a request behind it that must not be answered; at once and octet by octet. */
async function refused(head, status = 400) {
  for (const cut of [0, 1]) await refusedRequest(server, head + HIDDEN, status, { cut: head.length > 2000 ? 0 : cut });
}

const field = (line) => `GET / HTTP/1.1\r\n${HOST}${line}\r\n\r\n`;

async function served(request, status = 200) {
  const answer = await exchange(server.now, Buffer.from(request, "latin1"));
  assert.equal(answer.status, status, JSON.stringify(request));
  return answer;
}

/* ---- the request line ---- */

test("blanks in the request line that are not one SP", async () => {
  for (const line of [" GET / HTTP/1.1", "\tGET / HTTP/1.1", "GET  / HTTP/1.1", "GET\t/ HTTP/1.1", "GET /  HTTP/1.1", "GET /\tHTTP/1.1", "GET / HTTP/1.1 ",
    "GET / HTTP/1.1\t", "GET /a b HTTP/1.1", "GET\x0b/ HTTP/1.1", "GET\x0c/ HTTP/1.1", "GET\xa0/ HTTP/1.1", "GET / HTTP/1.1\r"]) await refused(`${line}\r\n${HOST}\r\n`);
});

test("request lines without all three parts", async () => {
  for (const line of ["GET", "GET /", "GET HTTP/1.1", "/ HTTP/1.1", "GET / HTTP", "GET / HTTP/", "GET / HTTP/1", "GET / HTTP/1."]) await refused(`${line}\r\n${HOST}\r\n`);
});

test("methods that are no tokens", async () => {
  for (const method of ["G(T", "G\x00T", "GET,", "\"GET\"", "G:T", "G\xc9T", "\x7f"]) await refused(`${method} / HTTP/1.1\r\n${HOST}\r\n`);
});

test("versions that are none, and those that are not served", async () => {
  for (const version of ["http/1.1", "HTTP/1.10", "HTTP/01.1", "HTTP/1.x", "HTTP/+1.1", "HTTP/1,1", "HTTP 1.1", "HTTPS/1.1", "HTTP/1.1.1"]) await refused(`GET / ${version}\r\n${HOST}\r\n`);
  for (const version of ["HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9"]) await refused(`GET / ${version}\r\n${HOST}\r\n`, 505);
});

test("targets that are not in origin-form: absolute, authority, asterisk", async () => {
  for (const target of ["http://a/", "https://a/", "HTTP://a", "a:80", "a", "*", "?x", "//", "\\"]) {
    if (target === "//") await served(`GET // HTTP/1.1\r\n${HOST}\r\n`, 404);
    else await refused(`GET ${target} HTTP/1.1\r\n${HOST}\r\n`);
  }
  await refused(`CONNECT a:80 HTTP/1.1\r\n${HOST}\r\n`);
  await refused(`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`);
});

test("octets in a target that may not stand there", async () => {
  for (const octet of ["\x00", "\x01", "\t", "\x0b", "\x7f", "\x80", "\xff", "#", "\"", "<", ">", "\\", "^", "`", "{", "|", "}"]) {
    await refused(`GET /a${octet}b HTTP/1.1\r\n${HOST}\r\n`);
  }
  for (const escape of ["%", "%4", "%zz", "%4g", "%u0041", "%\x00\x00"]) await refused(`GET /a${escape} HTTP/1.1\r\n${HOST}\r\n`);
});

/* ---- ends of lines ---- */

test("a bare LF ends no line", async () => {
  await refused(`GET / HTTP/1.1\n${HOST}\r\n`);
  await refused(`GET / HTTP/1.1\r\nHost: a\n\r\n`);
  await refused(`GET / HTTP/1.1\r\n${HOST}X: y\nZ: a\r\n\r\n`);
  await refused(`GET / HTTP/1.1\r\n${HOST}\n`);
  await refused(`\nGET / HTTP/1.1\r\n${HOST}\r\n`);
  await refused(`GET / HTTP/1.1\n\n`);
});

test("a bare CR ends no line, and stands in none", async () => {
  await refused(`GET / HTTP/1.1\r${HOST}\r\n`);
  await refused(field("X: y\rZ: a"));
  await refused(field("X: y\r"));
  await refused(field("X: \ry"));
  await refused(field("X\r: y"));
  await refused(`GET / HTTP/1.1\r\n${HOST}\r\r\n`);
});

test("more than two empty lines before a request", async () => {
  await refused(`\r\n\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\n`);
  await served(`\r\n\r\nGET / HTTP/1.1\r\n${HOST}\r\n`);
});

/* ---- fields ---- */

test("a blank before the colon", async () => {
  for (const line of ["X : y", "X\t: y", "Content-Length : 5", "Transfer-Encoding : chunked", "Host : b"]) await refused(field(line));
});

test("a folded line, and a blank before the first field", async () => {
  for (const line of ["X: y\r\n z", "X: y\r\n\tz", "X: y\r\n Transfer-Encoding: chunked", "X:\r\n y"]) await refused(field(line));
  await refused(`GET / HTTP/1.1\r\n ${HOST}\r\n`);
  await refused(`GET / HTTP/1.1\r\n\t${HOST}\r\n`);
  await refused(`GET / HTTP/1.1\r\n \r\n${HOST}\r\n`);
});

test("field names that are none", async () => {
  for (const line of [": y", "no colon", "\"X\": y", "X Y: z", "X(Y): z", "X\x00Y: z", "X\xe9: y", "X\x7f: y", "X;: y", "[X]: y", "X=Y", "\x00"]) await refused(field(line));
});

test("control octets in values", async () => {
  for (let octet = 0; octet < 0x20; octet++) {
    if (octet === 9 || octet === 10 || octet === 13) continue;
    await refusedRequest(server, field(`X: a${String.fromCharCode(octet)}b`) + HIDDEN, 400);
  }
  await refused(field("X: a\x7fb"));
  await refused(field("X:\x0bb"));
});

test("octets over 0x7F in values, and tabs, are no offence", async () => {
  await served(field("X: \x80\xff\ta"));
});

test("a request has one Host, and a good one", async () => {
  await refused("GET / HTTP/1.1\r\n\r\n");
  await refused("GET / HTTP/1.1\r\nX-Host: a\r\n\r\n");
  for (const host of ["", " ", "a b", "a, b", "a/b", "a/", "u@a", "http://a", ":80", "a:8o", "a:123456", "a:1:2", "[::1", "[]", "::1", "a#b", "a?b", "a\\b", "a%zz", "\xe9", "a\tb"]) {
    await refused(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  }
  await refused(`GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`);
  await refused(`GET / HTTP/1.1\r\n${HOST}host: b\r\n\r\n`);
  await refused(`GET / HTTP/1.0\r\n${HOST}${HOST}\r\n`);
  for (const host of ["a", "a.example:8080", "127.0.0.1", "[::1]:80", "[2001:db8::1]", "a:", "a,b", "xn--bcher-kva"]) await served(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
});

test("what is no HTTP at all", async () => {
  for (const octets of ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x00\x00\x00\x00", "EHLO a\r\n", "\x80\x80\x01\x03\x01", "*1\r\n$4\r\nPING\r\n"]) {
    await refusedRequest(server, octets, 400);
  }
});

/* ---- too much ---- */

test("a target over 8 KiB is 414, as soon as it is", async () => {
  await refusedRequest(server, `GET /${"a".repeat(8192)}`, 414);
  await refusedRequest(server, `GET /${"a".repeat(100_000)} HTTP/1.1\r\n${HOST}\r\n`, 414);
  await refusedRequest(server, `GET /?${"a".repeat(8191)} HTTP/1.1\r\n${HOST}\r\n${HIDDEN}`, 414);
  await served(`GET /${"a".repeat(8191)} HTTP/1.1\r\n${HOST}\r\n`, 404);
});

test("a head over 16 KiB is 431, as soon as it is", async () => {
  await refusedRequest(server, `GET / HTTP/1.1\r\n${HOST}X: ${"y".repeat(20_000)}`, 431);
  await refusedRequest(server, `GET / HTTP/1.1\r\n${HOST}${"y".repeat(20_000)}`, 431);
  await refusedRequest(server, `${"G".repeat(20_000)}`, 431);
  await served(`GET / HTTP/1.1\r\n${HOST}X: ${"y".repeat(16_000)}\r\n\r\n`);
});

test("more than 64 fields are 431", async () => {
  await refusedRequest(server, `GET / HTTP/1.1\r\n${HOST}${"X: y\r\n".repeat(64)}\r\n${HIDDEN}`, 431);
  await served(`GET / HTTP/1.1\r\n${HOST}${"X: y\r\n".repeat(63)}\r\n`);
});
