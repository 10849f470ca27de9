// Requests that must be refused, by kinds: each makes as many variants as one likes, and says the status that they get.
//
// A kind is a row {name, status, make, over, path}: `make(random, world)` gives the octets, or {octets, status} where
// variants differ. `over`: the connection ends with the answer, since nobody knows where the next request would begin; `null`
// as a status: there is no answer, the connection ends in silence. A `world` is {host, bearer, refresh, self, room, stranger}:
// a good access token and refresh token of an ADMIN, his id, a channel, another user's id.

import { createHmac, generateKeyPairSync, createSign } from "node:crypto";
import { KEYS, decode, encode, expired, resign, sign } from "./tokens.js";

const CSRF = "Cookie: XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a\r\n";
const JSON_TYPE = "Content-Type: application/json\r\n";
const BOUNDARY = "----parley-malformed";
const FORM_TYPE = `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n`;

const octets = (...pieces) => Buffer.concat(pieces.map((one) => (Buffer.isBuffer(one) ? one : Buffer.from(one, "utf8"))));

/** A request of good form. `fields` are lines. */
function request(world, method, path, fields = "", body = "") {
  const content = Buffer.from(body);
  const length = method === "GET" ? "" : `Content-Length: ${content.length}\r\n`;
  return octets(`${method} ${path} HTTP/1.1\r\nHost: ${world.host}\r\n${fields}${length}\r\n`, content);
}
const bearer = (world, token = world.bearer) => `Authorization: Bearer ${token}\r\n`;
const authorised = (world) => `${CSRF}${bearer(world)}`;

/* ---- heads ---- */

const badLines = [
  (r) => `${r.text(5)}\r\n\r\n`, (r) => `GET  /${r.text(3)} HTTP/1.1\r\n\r\n`, () => " GET / HTTP/1.1\r\n\r\n", (r) => `GET /${r.text(3)} HTTP/1.1 \r\n\r\n`,
  (r) => `GET /${r.text(3)} http/1.1\r\n\r\n`, (r) => `GET ${r.text(4)} HTTP/1.1\r\n\r\n`, (r) => `GET http://${r.text(4)}/ HTTP/1.1\r\n\r\n`,
  (r) => `G(T /${r.text(3)} HTTP/1.1\r\n\r\n`, (r) => `GET /${r.text(3)}#x HTTP/1.1\r\n\r\n`, (r) => `GET /${r.pick(["\u0001", "\u007f", "é", "한"])} HTTP/1.1\r\n\r\n`,
  (r) => `GET / HTTP/${r.pick(["11", "1.x", "1", ".1", "1.10", "-1.1"])}\r\n\r\n`, () => "GET /\r\n\r\n", (r) => octets("\u0016\u0003\u0001", r.octets(30), "\r\n\r\n"),
];
const badFields = [
  (r) => r.text(8), (r) => `: ${r.text(4)}`, (r) => `${r.text(3)} ${r.text(3)}: x`, (r) => `${r.text(4)} : x`, (r) => ` ${r.text(4)}: x`,
  (r) => `a: ${r.text(3)}\r\n ${r.text(3)}`, (r) => `a: ${r.text(3)}\nb: x`, (r) => `a: ${r.text(3)}\rb: x`, (r) => `a: ${r.pick(["\u0000", "\u0001", "\u007f"])}`,
  (r) => `(${r.text(2)}): x`, () => "Host: another", () => "Content-Length: 5, 5", () => "Content-Length: +5", () => "Content-Length: 0x5",
  () => "Content-Length: 5\r\nContent-Length: 5", (r) => `Content-Length: -${r.between(1, 9)}`, () => "Content-Length:", () => "Content-Length: 5 5",
  () => "Transfer-Encoding: chunked\r\nContent-Length: 5", () => "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", () => "Transfer-Encoding: chunked, gzip",
  (r) => `Transfer-Encoding: ${r.text(4)}`,
];
const badHosts = [() => "", (r) => `Host: ${r.text(2)} ${r.text(2)}\r\n`, (r) => `Host: ${r.text(3)}/${r.text(3)}\r\n`, (r) => `Host: ${r.text(3)}\r\nHost: ${r.text(3)}\r\n`];
const badSizes = ["", "x", "-1", "+1", "0x5", " 5", "5 5", "5;\u0000", "00000000000000005", "5\n", "g", ";x=y"];
const badEscapes = ["%", "%4", "%zz", "%00", "%ff", "%c0%80", "%ed%a0%80", "%f4%90%80%80", "%e9%", "%C3%28"];

/* ---- JSON ---- */

const badJson = [
  (r) => "[".repeat(r.between(33, 5000)), (r) => `{"a":${"[".repeat(r.between(32, 2000))}`, (r) => `{"a":${"{\"a\":".repeat(r.between(32, 500))}`,
  (r) => octets('{"content":"', r.pick(["80", "c080", "eda080", "f4908080", "ff", "c3", "e28"].map((one) => Buffer.from(one, "hex"))), '"}'),
  (r) => `{"${r.text(3)}":1,"x":2,"x":${r.below(9)}}`, (r) => `{"a":{"b":[{"c":1,"\\u0063":${r.below(9)}}]}}`,
  (r) => `{"a":${"9".repeat(r.between(20, 400))}}`, (r) => `{"a":${r.between(1, 9)}e${r.between(309, 99999)}}`, (r) => `{"a":-9223372036854775${r.between(809, 999)}}`,
  (r) => `{"content":"\\u${r.pick(["d800", "dc00", "dbff\\u0041", "dc00\\ud800", "000", "zzzz"])}"}`, (r) => `{"${r.text(2)}\\u0000":1}`, (r) => `{"content":"${r.text(3)}\\u0000"}`,
  (r) => `{"a":1}${r.pick(["}", "{}", "x", "\u0000", ",", "//", "\ufeff"])}`, () => '\ufeff{"a":1}', (r) => `{"a":${r.pick(["01", "+1", ".5", "5.", "1e", "NaN", "Infinity", "0x1", "tru", "TRUE", "'x'", "undefined"])}}`,
  (r) => `{"content":"${r.pick(["\n", "\t", "\u0001", "\\x", "\\"])}"}`, (r) => r.pick(["", " ", "null", "[]", "1", '"{}"', "true", "{", "}", "{,}", '{"a"}', '{"a":}', '{"a":1,}', "{a:1}", "{'a':1}", "/**/{}"]),
  (r) => { const good = '{"newName":"a good name","newDescription":"and more of it"}'; return good.slice(0, r.between(0, good.length - 1)); },
  (r) => `{"a":[${"0,".repeat(r.between(8192, 20_000))}0]}`,
];
const wrongFields = [
  (r) => [`{"name":${r.pick(["1", "[]", "{}", "true", "1.5"])},"description":${r.below(9)}}`, "/api/channels/public", "POST"],
  (r) => [`{"name":"${r.text(r.pick([0, 1, 51, 60]))}"}`, "/api/channels/public", "POST"],
  (r) => [`{"name":"ab${r.pick(["\\u200b", "\\u202e", "\\u0007", " ", "\\u2066", "\\ufeff"])}"}`, "/api/channels/public", "POST"],
  (r) => [`{"name":"${r.text(4)}","description":"${"d".repeat(r.between(256, 900))}"}`, "/api/channels/public", "POST"],
  (r) => [`{"participantIds":[${Array.from({ length: r.between(2, 120) }, () => r.pick(["1", "null", "\"x\"", "[]"])).join(",")}]}`, "/api/channels/private", "POST"],
  (r) => [`{"participantIds":${r.pick(["{}", "1", "\"x\"", "[]", "null"])}}`, "/api/channels/private", "POST"],
  (r, w) => [`{"newContent":"${r.pick(["", " ", "\\u3000", "x".repeat(2001)])}"}`, `/api/messages/${w.stranger}`, "PATCH"],
  (r, w) => [`{"newContent":${r.pick(["1", "[]", "{}", "null", "false"])}}`, `/api/messages/${w.stranger}`, "PATCH"],
  (r, w) => [`{"newLastReadAt":"${r.pick(["now", "2026-13-01T00:00:00Z", "2026-03-02", "2026-03-02T09:15:30", ""])}"}`, `/api/readStatuses/${w.stranger}`, "PATCH"],
  (r, w) => [`{"newNotificationEnabled":${r.pick(["1", "\"true\"", "[]"])}}`, `/api/readStatuses/${w.stranger}`, "PATCH"],
  (r, w) => [`{"channelId":"${w.room}x","userId":${r.below(9)}}`, "/api/readStatuses", "POST"],
  (r, w) => [`{"userId":"${w.stranger}","newRole":${r.pick(['"GOD"', '"admin"', '"ROLE_ADMIN"', "3", "null", "[\"ADMIN\"]"])}}`, "/api/auth/role", "PUT"],
];

/* ---- forms ---- */

const jsonHead = (name) => `Content-Disposition: form-data; name="${name}"; filename="blob"\r\n${JSON_TYPE}\r\n`;
const json = (name, value) => `${jsonHead(name)}${value}`;
const form = (...parts) => octets(...parts.flatMap((one) => [`--${BOUNDARY}\r\n`, one, "\r\n"]), `--${BOUNDARY}--\r\n`);
const account = (r) => JSON.stringify({ username: `m${r.text(10)}`, email: `${r.text(10)}@example.org`, password: "Str0ng-enough!" });

/** Forms whose JSON part is good, and which are to be refused all the same: [octets, status]. */
const badForms = [
  (r, part) => { const whole = form(part); return [whole.subarray(0, r.between(1, whole.length - 5)), 400]; },
  (r, part) => [octets(form(part), r.text(5)), 400],
  (r, part) => [octets(r.text(4), form(part)), 400],
  (r, part) => [form(part.replace("form-data", r.pick(["attachment", "form-dat", "", "form-data; name=\"a\""]))), 400],
  (r, part) => [form(part, `Content-Disposition: form-data; name="${r.text(5)}\r\n\r\nx`), 400],
  (r, part) => [form(part, `Content-Disposition: form-data; filename="${r.text(5)}"\r\n\r\nx`), 400],
  (r, part) => [form(part, `${r.text(8)}\r\n\r\nx`), 400],
  (r, part) => [form(part, "\r\nno head"), 400],
  (r, part) => [form(part, octets('Content-Disposition: form-data; name="', Buffer.from(r.pick(["ff", "c080", "eda080"]), "hex"), '"\r\n\r\nx')), 400],
  (r, part) => [form(part, `Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: ${r.pick(["base64", "quoted-printable"])}\r\n\r\nx`), 415],
  (r, part) => [form(part, `Content-Disposition: form-data; name="a"\r\nX: ${"x".repeat(r.between(20_000, 40_000))}\r\n\r\nx`), 431],
  (r) => [form(`Content-Disposition: form-data; name="${r.text(5)}"\r\n\r\n${r.text(5)}`), 400],
  (r) => [octets(`--${BOUNDARY}--\r\n`), 400],
  () => [octets(""), 400],
  (r, part) => [form(part, ...Array.from({ length: r.between(30, 60) }, () => `Content-Disposition: form-data; name="attachments"; filename="${r.text(3)}"\r\n\r\nx`)), 413],
  (r, part, w, name) => [form(octets(jsonHead(name), r.pick(badJson.slice(0, -1))(r))), 400],
];

/* ---- tokens ---- */

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
function rs256(claims) {
  const input = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${input}.${createSign("RSA-SHA256").update(input).sign(privateKey).toString("base64url")}`;
}

const soon = () => Math.floor(Date.now() / 1000) + 3600;
const badTokens = [
  (r, t) => sign({ alg: r.pick(["none", "None", "NONE", "nOnE", ""]) }, decode(t, 1), "").replace(/[^.]*$/, ""),
  (r, t) => `${encode({ alg: "none" })}.${t.split(".")[1]}.${t.split(".")[2]}`,
  (r, t) => sign({ alg: "HS384", typ: "JWT" }, decode(t, 1), KEYS.access, "sha384"), (r, t) => sign({ alg: "HS512", typ: "JWT" }, decode(t, 1), KEYS.access, "sha512"),
  (r, t) => rs256(decode(t, 1)), (r, t) => sign({ alg: "RS256", typ: "JWT" }, decode(t, 1), KEYS.access),
  (r, t) => sign({ alg: r.pick(["hs256", "HS256 ", "ES256", "PS256", 256, null, ["HS256"], { HS256: 1 }]) }, decode(t, 1), KEYS.access), (r, t) => sign({ typ: "JWT" }, decode(t, 1), KEYS.access),
  (r, t) => resign(t, {}, r.text(40)), (r, t) => resign(t, {}, KEYS.refresh), (r, t) => resign(t, {}, ""), (r, t) => expired(t), (r, t) => resign(t, { exp: soon() }, r.text(32)),
  (r, t) => resign(t, { nbf: soon() }), (r, t) => resign(t, { nbf: r.pick(["now", null, -1, {}, 1.5]) }), (r, t) => resign(t, { exp: r.pick([undefined, null, "9999999999", -1, 1e300, 9999999999.5, [9999999999]]) }),
  (r, t) => resign(t, { [r.pick(["jti", "sid", "userId", "type", "roles"])]: r.pick([undefined, null, 5, [], {}, "x"]) }), (r, t) => resign(t, { [r.pick(["sub", "iat"])]: r.pick([undefined, null, [], {}, true]) }), (r, t) => resign(t, { type: "refresh" }),
  (r, t) => resign(t, { roles: r.pick([["ADMIN"], ["ROLE_GOD"], ["ROLE_USER", "ROLE_ADMIN"], "ROLE_ADMIN"]) }), (r, t) => resign(t, { sid: "00000000-0000-4000-8000-000000000000" }), (r, t) => resign(t, { jti: "00000000-0000-4000-8000-000000000000" }),
  (r, t) => sign({ ...decode(t, 0), crit: ["exp"] }, decode(t, 1), KEYS.access), (r, t) => sign({ ...decode(t, 0), kid: r.pick(["../../dev/null", "' OR 1=1 --", "x".repeat(2000)]) }, decode(t, 1), r.pick(["", "\0", r.text(32)])),
  (r, t) => sign({ ...decode(t, 0), jwk: { kty: "oct", k: encode("my own key") } }, decode(t, 1), "my own key"),
  (r, t) => sign(r.pick(["{", "[]", "null", '{"alg":"HS256","alg":"none"}', ""]), decode(t, 1), KEYS.access), (r, t) => sign(decode(t, 0), r.pick(["{", "[]", "null", "", "\u0000"]), KEYS.access),
  (r, t) => { const [head, claims, mac] = t.split("."); return r.pick([`${claims}.${head}.${mac}`, `${head}.${mac}.${claims}`, `${head}.${claims}`, `${head}..${mac}`, `.${claims}.${mac}`, `${head}.${claims}.`, `${head}.${claims}.${mac}.`, `${head}.${claims}.${mac}.${mac}`, `..`, claims]); },
  (r, t) => { const at = r.below(t.length - 1), other = t[at] === "A" ? "B" : "A"; return t[at] === "." ? t.replace(".", "") : `${t.slice(0, at)}${other}${t.slice(at + 1)}`; },
  (r, t) => t.slice(0, r.between(1, t.length - 2)), (r, t) => `${t}${r.text(1)}`, (r) => r.text(r.between(1, 200)), (r) => `${r.text(2500)}.${r.text(2500)}.${r.text(43)}`, (r, t) => t.replaceAll("-", "+").replaceAll("_", "/").concat("="), (r, t, w) => w.refresh,
];

const badCredentials = [
  () => "", () => "Authorization: \r\n", () => "Authorization: Bearer\r\n", (r, w) => `Authorization: ${w.bearer}\r\n`, (r, w) => `Authorization: Basic ${w.bearer}\r\n`, (r, w) => `Authorization: Bearer ${w.bearer} ${r.text(3)}\r\n`,
  (r, w) => `Authorization: Bearer,${w.bearer}\r\n`, (r, w) => `Authorization: Bearer\t${w.bearer}\r\n`, (r, w) => `Authorization: Bearer "${w.bearer}"\r\n`, (r, w) => `X-Authorization: Bearer ${w.bearer}\r\n`, (r, w) => `Cookie: Authorization=${w.bearer}\r\n`,
];
const badCsrf = [
  () => "", () => "Cookie: XSRF-TOKEN=a\r\n", () => "X-XSRF-TOKEN: a\r\n", (r) => `Cookie: XSRF-TOKEN=${r.text(8)}\r\nX-XSRF-TOKEN: ${r.text(9)}\r\n`, () => "Cookie: XSRF-TOKEN=\r\nX-XSRF-TOKEN: \r\n",
  (r) => { const one = r.text(8); return `Cookie: XSRF-TOKEN=${one}\r\nX-XSRF-TOKEN: ${one.toUpperCase()}A\r\n`; }, () => "Cookie: xsrf-token=a\r\nX-XSRF-TOKEN: a\r\n", () => "Cookie: XSRF-TOKEN=a b\r\nX-XSRF-TOKEN: a b\r\n",
  () => "Cookie: XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a, a\r\n", (r) => `Cookie: ${r.text(4)}XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a\r\n`, () => "Cookie: XSRF-TOKEN\r\nX-XSRF-TOKEN: a\r\n", () => 'Cookie: XSRF-TOKEN="\r\nX-XSRF-TOKEN: "\r\n', () => "Cookie: ;;;=;XSRF-TOKEN =a\r\nX-XSRF-TOKEN: a\r\n",
];
const somePosts = [["POST", "/api/channels/public"], ["POST", "/api/channels/private"], ["POST", "/api/readStatuses"], ["POST", "/api/users"], ["POST", "/api/auth/login"], ["POST", "/api/auth/refresh"], ["POST", "/api/auth/logout"], ["DELETE", "/api/channels/x"], ["PATCH", "/api/messages/x"]];
const takesJson = (w) => [["PUT", "/api/auth/role"], ["POST", "/api/channels/public"], ["POST", "/api/channels/private"], ["POST", "/api/readStatuses"], ["PATCH", `/api/channels/${w.room}`], ["PATCH", `/api/messages/${w.stranger}`], ["PATCH", `/api/readStatuses/${w.stranger}`]];
/** What takes a form with a JSON part: [method, path, name of the part, the part's JSON]. */
const takesForms = (w, r) => [
  ["POST", "/api/users", "userCreateRequest", account(r)],
  ["PATCH", `/api/users/${w.self}`, "userUpdateRequest", `{"newUsername":"${r.text(9)}"}`],
  ["POST", "/api/messages", "messageCreateRequest", JSON.stringify({ content: r.text(9), channelId: w.room })],
];
const someGets = (w) => ["/api/users", "/api/channels", `/api/messages?channelId=${w.room}`, "/api/readStatuses", "/api/notifications"];

export const KINDS = [
  { name: "request lines that are none", status: 400, over: true, make: (r) => r.pick(badLines)(r) },
  { name: "fields that are none", status: 400, over: true, make: (r, w) => `POST /api/auth/logout HTTP/1.1\r\nHost: ${w.host}\r\n${r.pick(badFields)(r)}\r\n\r\n12345` },
  { name: "no Host, or two, or an odd one", status: 400, over: true, make: (r) => `GET /api/users HTTP/1.1\r\n${r.pick(badHosts)(r)}\r\n` },
  { name: "targets that are too long", status: 414, over: true, make: (r, w) => `GET /${r.text(1).repeat(r.between(8193, 30_000))} HTTP/1.1\r\nHost: ${w.host}\r\n\r\n` },
  { name: "heads that are too long", status: 431, over: true, make: (r, w) => `GET /api/users HTTP/1.1\r\nHost: ${w.host}\r\nX: ${"x".repeat(r.between(17_000, 60_000))}\r\n\r\n` },
  { name: "more fields than may be", status: 431, over: true, make: (r, w) => `GET /api/users HTTP/1.1\r\nHost: ${w.host}\r\n${"a: b\r\n".repeat(r.between(64, 900))}\r\n` },
  { name: "versions that are not spoken", status: 505, over: true, make: (r, w) => `GET / HTTP/${r.pick(["0.9", "1.2", "2.0", "3.0", "9.9"])}\r\nHost: ${w.host}\r\n\r\n` },
  { name: "codings that are not spoken", status: 501, over: true, make: (r, w) => `POST /api/users HTTP/1.1\r\nHost: ${w.host}\r\nTransfer-Encoding: ${r.pick(["gzip", "br", "x"])}, chunked\r\n\r\n0\r\n\r\n` },
  { name: "lengths that are too large", status: 413, over: true, make: (r, w) => `POST /api/channels/public HTTP/1.1\r\nHost: ${w.host}\r\n${authorised(w)}${JSON_TYPE}Content-Length: ${r.pick(["65537", "99999999999", "9223372036854775808", "9".repeat(40)])}\r\n\r\n` },
  { name: "less than the length says", status: null, make: (r, w) => { const whole = request(w, "POST", "/api/channels/public", `${authorised(w)}${JSON_TYPE}`, `{"name":"${r.text(20)}"}`); return whole.subarray(0, whole.length - r.between(1, whole.length - 1)); } },
  { name: "chunk sizes that are none", status: 400, over: true, make: (r, w) => octets(`POST /api/channels/public HTTP/1.1\r\nHost: ${w.host}\r\n${authorised(w)}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n`, r.pick([r.pick(badSizes), `5\r\n{"n":`, "2\r\n{}\n"]), "\r\n0x\r\n\r\n") },
  { name: "chunks that are too large", status: 413, over: true, make: (r, w) => `POST /api/channels/public HTTP/1.1\r\nHost: ${w.host}\r\n${authorised(w)}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n${r.pick(["10001", "ffffffff", "7fffffffffffffff", "ffffffffffffffff"])}\r\n` },
  { name: "chunks that hold less than they say", status: null, make: (r, w) => `POST /api/channels/public HTTP/1.1\r\nHost: ${w.host}\r\n${authorised(w)}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n${r.between(16, 255).toString(16)}\r\n{"name":` },
  { name: "escapes in a path that are none, and ways out of it", status: 400, make: (r, w) => request(w, "GET", `/api/users/${r.text(3)}${r.pick([...badEscapes, "/../x", "/./x", "/%2e%2e/x"])}`, bearer(w)) },
  { name: "escapes in a query that are none", status: 400, make: (r, w) => request(w, "GET", r.pick([`/api/channels?userId=${r.pick(badEscapes)}`, `/api/messages?channelId=${w.room}&cursor=${r.pick(badEscapes)}`, `/api/messages?channelId=${r.pick(badEscapes)}&size=5`]), bearer(w)) },
  { name: "parameters that are none", status: 400, make: (r, w) => request(w, "GET", `/api/messages?${r.pick(["", "channelId=", "channelId=x", `channelId=${w.room}x`, `channelId=${w.room}&size=${r.pick(["0", "-1", "101", "x", "", "1e1", "99999999999999999999", "5%20"])}`, `channelId=${w.room}&cursor=${r.text(9)}`, `channelId=${w.room}&sort=${r.text(4)}`])}`, bearer(w)) },
  { name: "methods that a path has not", status: 405, make: (r, w) => request(w, ...r.pick([["PUT", "/api/users"], ["DELETE", "/api/auth/login"], ["PATCH", "/api/auth/login"], ["BREW", "/api/users"], ["OPTIONS", "/api/messages"]]), authorised(w)) },
  { name: "paths that are none", status: 404, make: (r, w) => request(w, "GET", r.pick([`/api/${r.text(6)}`, `/api/users/${r.text(4)}/${r.text(4)}`, "/api//users", "/api/users/", `/actuator/${r.text(8)}`]), bearer(w)) },
  { name: "ids that are nobody's", status: 404, make: (r, w) => request(w, "DELETE", `/api/${r.pick(["messages", "channels", "notifications"])}/${r.pick([r.text(8), w.room.slice(1), `${w.stranger}0`, "%ED%95%98", "%22%27%3C", "00000000-0000-4000-8000-000000000000"])}`, authorised(w)) },
  { name: "tokens that are none", status: 401, make: (r, w) => request(w, "GET", r.pick(someGets(w)), bearer(w, r.pick(badTokens)(r, w.bearer, w))) },
  { name: "credentials that are none", status: 401, make: (r, w) => request(w, "GET", r.pick(someGets(w)), r.pick(badCredentials)(r, w)) },
  { name: "refresh tokens that are none", status: 401, make: (r, w) => request(w, "POST", "/api/auth/refresh", `Cookie: XSRF-TOKEN=a; REFRESH_TOKEN=${r.pick([() => w.bearer, () => r.text(40), () => "", () => r.pick(badTokens.slice(0, 12))(r, w.bearer, w)])()}\r\nX-XSRF-TOKEN: a\r\n`) },
  { name: "CSRF cookie and header that do not match", status: 403, make: (r, w) => { const [method, path] = r.pick(somePosts); return request(w, method, path, `${bearer(w)}${r.pick(badCsrf)(r)}`, "{}"); } },
  { name: "JSON that is none", status: 400, make: (r, w) => { const [method, path] = r.pick(takesJson(w)); return request(w, method, path, `${authorised(w)}${JSON_TYPE}`, r.pick(badJson)(r)); } },
  { name: "fields of JSON that are wrong", status: 400, make: (r, w) => { const [body, path, method] = r.pick(wrongFields)(r, w); return request(w, method, path, `${authorised(w)}${JSON_TYPE}`, body); } },
  { name: "content types that are not taken", status: 415, make: (r, w) => { const [method, path] = r.pick([...takesJson(w), ["POST", "/api/users"], ["POST", "/api/auth/login"]]); return request(w, method, path, `${authorised(w)}${r.pick(["", "Content-Type: text/plain\r\n", "Content-Type: application/\r\n", "Content-Type: application/json; charset=latin1\r\n", "Content-Type: multipart/form-data\r\n", `Content-Type: multipart/form-data; boundary=${"b".repeat(71)}\r\n`, "Content-Type: multipart/mixed; boundary=x\r\n", `Content-Type: ${r.text(300)}\r\n`])}`, "{}"); } },
  { name: "bodies without a length", status: 411, make: (r, w) => { const [method, path] = r.pick(takesJson(w)); return `${method} ${path} HTTP/1.1\r\nHost: ${w.host}\r\n${authorised(w)}${JSON_TYPE}\r\n`; } },
  { name: "forms that are none", make: (r, w) => { const [method, path, name, good] = r.pick(takesForms(w, r)); const [body, status] = r.pick(badForms)(r, json(name, good), w, name); return { octets: request(w, method, path, `${authorised(w)}${FORM_TYPE}`, body), status }; } },
  { name: "logins whose form is none", status: 400, make: (r, w) => request(w, "POST", "/api/auth/login", `${CSRF}Content-Type: application/x-www-form-urlencoded\r\n`, `username=${r.text(4)}&password=${r.pick(badEscapes)}`) },
  { name: "logins that are none", status: 401, make: (r, w) => request(w, "POST", "/api/auth/login", `${CSRF}Content-Type: application/x-www-form-urlencoded\r\n`, r.pick(["", "username=", `username=${r.text(9)}`, `password=${r.text(9)}`, `user=${r.text(5)}&pass=${r.text(5)}`, "&&&==&"])) },
];
