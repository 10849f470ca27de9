// Files of messages and pictures of people, end to end: up, stored, seen, down, gone (discodeit.md 4.1, 4.4, 4.7, 8.3, 8.5).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Browser, admin, freshUser, general, jsonBody, multipart, person, privateChannel } from "./support/people.js";
import { RawSocket, exchange } from "./support/raw.js";
import { Server, runParleyd, scratchFolder, serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { deferred, eventually, slow, within } from "./support/time.js";

const run = promisify(execFile);
const people = {};
const server = serverOf({ before, after }, { "file-sweep": "100ms", "max-connections": "400" }, async (now) => {
  people.chief = await admin(now);
  people.haneul = await person(now, "haneul");
  people.dami = await person(now, "dami");
  people.bora = await person(now, "bora");
  people.general = await general(people.chief);
});

const MB = 1 << 20;
const hash = (octets) => createHash("sha256").update(octets).digest("hex");
const headersOf = (by) => ({
  Authorization: `Bearer ${by.token}`, Cookie: by.cookieHeader(), "X-XSRF-TOKEN": by.jar.get("XSRF-TOKEN"),
});

/** What a page does: FormData and fetch. `files`: [[name, octets, type]]. */
async function send(by, channel, files, { content = "", field = "attachments", json, last = false } = {}) {
  const form = new FormData();
  const request = new Blob([JSON.stringify(json ?? { content, channelId: channel.id, authorId: by.id })], { type: "application/json" });
  if (!last) form.append("messageCreateRequest", request);
  for (const [name, octets, type] of files) form.append(field, new Blob([octets], type === undefined ? {} : { type }), name);
  if (last) form.append("messageCreateRequest", request);
  const answer = await fetch(`${by.server.origin}/api/messages`, { method: "POST", body: form, headers: headersOf(by) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === "" ? undefined : JSON.parse(text) };
}

const settled = (by, id, status = "SUCCESS") => eventually(async () => {
  const answer = await by.get(`/api/binaryContents/${id}`);
  return answer.status === 200 && answer.json.status === status ? answer.json : undefined;
}, `${status} of ${id}`);

const download = (by, id, headers = {}, method = "GET") =>
  fetch(`${by.server.origin}/api/binaryContents/${id}/download`, { method, headers: { Authorization: `Bearer ${by.token}`, ...headers } });

const octetsOf = async (answer) => Buffer.from(await answer.arrayBuffer());
const placed = () => readdir(join(server.now.dataDir, "blobs"));
const spooled = () => readdir(join(server.now.dataDir, "spool"));
const nothingSpooled = () => eventually(async () => (await spooled()).length === 0 || undefined, "empty spool");

describe("up and down", () => {
  test("D4.4 D8.5 D2.2 a message with two files: 201 in PROCESSING, SUCCESS, and the same octets back", async () => {
    const octets = [randomBytes(300_000), Buffer.from("작은 파일")];
    const sent = await send(people.haneul, people.general, [["사진 한 장.png", octets[0], "image/png"], ["b.txt", octets[1], "text/plain"]]);
    assert.equal(sent.status, 201);
    assert.equal(sent.json.content, "");
    assert.deepEqual(sent.json.attachments.map(({ fileName, size, contentType, status }) => ({ fileName, size, contentType, status })), [
      { fileName: "사진 한 장.png", size: 300_000, contentType: "image/png", status: "PROCESSING" },
      { fileName: "b.txt", size: octets[1].length, contentType: "text/plain", status: "PROCESSING" },
    ]);
    for (const [i, { id }] of sent.json.attachments.entries()) {
      await settled(people.dami, id);
      const answer = await download(people.dami, id);
      assert.equal(answer.status, 200);
      assert.equal(hash(await octetsOf(answer)), hash(octets[i]));
      assert.equal(answer.headers.get("content-length"), String(octets[i].length));
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.match(answer.headers.get("content-security-policy"), /sandbox/);
      assert.match(answer.headers.get("cache-control"), /private.*immutable/);
      assert.match(answer.headers.get("discodeit-request-id"), /^[0-9a-f]{32}$/);
      assert.ok((await placed()).includes(id));
    }
    const [first] = sent.json.attachments;
    const named = (await download(people.dami, first.id)).headers;
    assert.equal(named.get("content-type"), "image/png");
    assert.match(named.get("content-disposition"), /^attachment; filename="__ _ _.png"; filename\*=UTF-8''%EC%82%AC/);
    await nothingSpooled();
  });

  test("D4.1 the JSON part may come last, unknown parts are passed over, a part without a type is octets", async () => {
    const form = multipart([
      { name: "other", value: "x".repeat(1000) },
      { name: "attachments", filename: "a.bin", value: "aaa" },
      { name: "attachments", filename: "b.bin", type: "no type at all", value: "bbb" },
      { name: "attachments", filename: "c.html", type: "text/html; charset=utf-8", value: "ccc" },
      { name: "messageCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify({ channelId: people.general.id, content: "셋" }) },
    ]);
    const answer = await people.haneul.post("/api/messages", form);
    assert.equal(answer.status, 201, answer.text);
    assert.deepEqual(answer.json.attachments.map((one) => one.contentType),
      ["application/octet-stream", "application/octet-stream", "text/html; charset=utf-8"]);
    assert.equal(answer.json.content, "셋");
  });

  test("D4.1 names as browsers escape them, with folders, with marks: what is a name stays", async () => {
    const names = [["a%22b%0D%0A.png", 'a"b.png'], ["C:\\\\fakepath\\\\me.png", "me.png"], ["../../etc/passwd", "passwd"],
      ["\u202egpj.exe", "gpj.exe"], [`${"가".repeat(300)}.png`, `${"가".repeat(251)}.png`]];
    for (const [sent, kept] of names) {
      const answer = await people.haneul.post("/api/messages", multipart([
        { name: "messageCreateRequest", type: "application/json", value: JSON.stringify({ channelId: people.general.id }) },
        { name: "attachments", filename: sent, value: "x" }]));
      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.json.attachments[0].fileName, kept);
      await settled(people.haneul, answer.json.attachments[0].id);
      const disposition = (await download(people.haneul, answer.json.attachments[0].id)).headers.get("content-disposition");
      assert.match(disposition, /^attachment; filename="[^"\\\r\n]*"/);
    }
  });

  test("D4.4 without a file the text must be there, with one it may be missing; empty file fields are no files", async () => {
    const create = (parts) => people.haneul.post("/api/messages", multipart([
      { name: "messageCreateRequest", type: "application/json", value: JSON.stringify({ channelId: people.general.id, content: "" }) }, ...parts]));
    assert.equal((await create([])).status, 400);
    assert.equal((await create([{ name: "attachments", filename: "", type: "application/octet-stream", value: "" }])).status, 400);
    const empty = await create([{ name: "attachments", filename: "empty.txt", type: "text/plain", value: "" }]);
    assert.equal(empty.status, 201);
    assert.equal(empty.json.attachments[0].size, 0);
    await settled(people.haneul, empty.json.attachments[0].id);
    const answer = await download(people.haneul, empty.json.attachments[0].id);
    assert.equal(answer.status, 200);
    assert.equal((await octetsOf(answer)).length, 0);
    assert.equal((await people.haneul.post("/api/messages", multipart([{ name: "attachments", filename: "a", value: "x" }]))).status, 400);
    await nothingSpooled();
  });

  test("D4.1 curl: -F with several files, and a body in chunks", async () => {
    const folder = await scratchFolder();
    const octets = randomBytes(2 * MB);
    await writeFile(join(folder, "둘.bin"), octets);
    const common = ["-sS", "-w", "\n%{http_code}", ...Object.entries(headersOf(people.haneul)).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
      "-F", `messageCreateRequest={"channelId":"${people.general.id}","content":"curl"};type=application/json`,
      "-F", `attachments=@${join(folder, "둘.bin")}`, `${server.now.origin}/api/messages`];
    for (const more of [[], ["-H", "Transfer-Encoding: chunked"], ["-H", "Expect: 100-continue"]]) {
      const { stdout } = await run("curl", [...more, ...common]);
      const [body, status] = stdout.split("\n");
      assert.equal(status, "201", stdout);
      const [file] = JSON.parse(body).attachments;
      assert.equal(file.fileName, "둘.bin");
      await settled(people.haneul, file.id);
      assert.equal(hash(await octetsOf(await download(people.haneul, file.id))), hash(octets));
    }
  });
});

describe("limits", () => {
  test("D4.1 ten megabytes to the octet: 201; one more: 413 that names the limit, and nothing is left", async () => {
    const exact = await send(people.haneul, people.general, [["ten.bin", Buffer.alloc(10 * MB, 7)]]);
    assert.equal(exact.status, 201);
    assert.equal(exact.json.attachments[0].size, 10 * MB);
    await settled(people.haneul, exact.json.attachments[0].id);
    const over = await people.haneul.post("/api/messages", multipart([
      { name: "messageCreateRequest", type: "application/json", value: JSON.stringify({ channelId: people.general.id }) },
      { name: "attachments", filename: "ten.bin", value: "x".repeat(10 * MB + 1) }]), { headers: { "Accept-Language": "en" } });
    assert.equal(over.status, 413);
    assert.equal(over.json.code, "CONTENT_TOO_LARGE");
    assert.deepEqual(over.json.details, { attachments: `must have at most ${10 * MB} octets` });
    await nothingSpooled();
  });

  test("D4.1 thirty megabytes in all: three files of nine pass, a request that says it is larger is refused before it comes", async () => {
    const nine = Buffer.alloc(9 * MB, 1);
    assert.equal((await send(people.haneul, people.general, [["1", nine], ["2", nine], ["3", nine]])).status, 201);
    const { socket, text } = await dialRaw(by => [
      "POST /api/messages HTTP/1.1", `Host: ${server.now.host}`, ...Object.entries(headersOf(people.haneul)).map(([n, v]) => `${n}: ${v}`),
      "Content-Type: multipart/form-data; boundary=b", `Content-Length: ${31 * MB}`, "", ""].join("\r\n"));
    assert.match(await text("413"), /CONTENT_TOO_LARGE.*"request"/s);
    socket.destroy();
  });

  test("D4.1 chunks that grow over thirty megabytes: 413", async () => {
    const { socket, text } = await dialRaw(() => [
      "POST /api/messages HTTP/1.1", `Host: ${server.now.host}`, ...Object.entries(headersOf(people.haneul)).map(([n, v]) => `${n}: ${v}`),
      "Content-Type: multipart/form-data; boundary=b", "Transfer-Encoding: chunked", "", "",
    ].join("\r\n"));
    const chunk = (octets) => Buffer.concat([Buffer.from(`${octets.length.toString(16)}\r\n`), octets, Buffer.from("\r\n")]);
    socket.write(chunk(Buffer.from("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n")));
    socket.on("error", () => {});
    for (let sent = 0; sent < 31 && !socket.destroyed; sent += 1) {
      if (!socket.write(chunk(Buffer.alloc(MB)))) await Promise.race([new Promise((r) => socket.once("drain", r)), new Promise((r) => socket.once("close", r))]);
    }
    assert.match(await text("413"), /"request"/);
    socket.destroy();
  });

  test("more files than a message may have: 413 that says how many", async () => {
    const files = (n) => Array.from({ length: n }, (_, i) => [`${i}.txt`, Buffer.from(String(i))]);
    const ten = await send(people.haneul, people.general, files(10));
    assert.equal(ten.status, 201);
    assert.deepEqual(ten.json.attachments.map((one) => one.fileName), files(10).map(([name]) => name));
    const twelve = await send(people.haneul, people.general, files(12));
    assert.equal(twelve.status, 413);
    assert.match(twelve.json.details.attachments, /10/);
    await nothingSpooled();
  });

  test("D4.1 a form that is cut off: 400, and nothing is left", async () => {
    const form = multipart([
      { name: "messageCreateRequest", type: "application/json", value: JSON.stringify({ channelId: people.general.id }) },
      { name: "attachments", filename: "a", value: "x".repeat(100_000) }]);
    const answer = await people.haneul.post("/api/messages", { headers: form.headers, body: form.body.slice(0, 90_000) });
    assert.equal(answer.status, 400);
    await nothingSpooled();
  });
});

/** A socket that has sent this head; `text(mark)` waits until that has come. */
async function dialRaw(head) {
  const socket = connect(server.now.port, "127.0.0.1");
  let got = "";
  const changed = [];
  socket.on("data", (data) => { got += data; changed.splice(0).forEach((one) => one()); });
  socket.on("close", () => changed.splice(0).forEach((one) => one()));
  socket.on("error", () => {});
  await new Promise((done) => socket.once("connect", done));
  socket.write(head());
  return {
    socket,
    text: (mark) => within((async () => {
      while (!got.includes(mark) || !got.includes("}")) {
        if (socket.destroyed) break;
        await new Promise((done) => changed.push(done));
      }
      return got;
    })(), mark),
  };
}

describe("who may", () => {
  test("D3.3 D3.10 without CSRF header 403, without token 401, before a large body is read", async () => {
    const refusedBefore = async (headers, status) => {
      const { socket, text } = await dialRaw(() => ["POST /api/messages HTTP/1.1", `Host: ${server.now.host}`,
        ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`),
        "Content-Type: multipart/form-data; boundary=b", `Content-Length: ${25 * MB}`, "Expect: 100-continue", "", ""].join("\r\n"));
      const answer = await text(` ${status} `);
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), "and no 100 Continue before it");
      socket.destroy();
    };
    const { Authorization, ...anonymous } = headersOf(people.haneul);
    await refusedBefore({ Authorization }, 403);
    await refusedBefore(anonymous, 401);
    await refusedBefore({ ...anonymous, Authorization: `${Authorization}x` }, 401);
    const wrongType = await people.haneul.post("/api/messages", jsonBody({ channelId: people.general.id, content: "x" }));
    assert.equal(wrongType.status, 415);
  });

  test("D4.7 D6.4 files of a PRIVATE channel: its members see them, others do not; who is no member sends none", async () => {
    const secret = await privateChannel(people.haneul, people.dami);
    const sent = await send(people.haneul, secret, [["geheim.txt", Buffer.from("x")]]);
    const [{ id }] = sent.json.attachments;
    await settled(people.dami, id);
    assert.equal((await download(people.dami, id)).status, 200);
    assert.equal((await download(people.bora, id)).status, 404);
    assert.equal((await people.bora.get(`/api/binaryContents/${id}`)).status, 404);
    assert.deepEqual((await people.bora.get(`/api/binaryContents?binaryContentIds=${id}`)).json, []);
    assert.equal((await people.dami.get(`/api/binaryContents?binaryContentIds=${id}`)).json[0].fileName, "geheim.txt");
    assert.equal((await fetch(`${server.now.origin}/api/binaryContents/${id}/download`)).status, 401);
    assert.equal((await send(people.bora, secret, [["a", Buffer.from("x")]])).status, 403);
    assert.equal((await send(people.bora, { id: people.bora.id }, [["a", Buffer.from("x")]])).status, 404);
    await nothingSpooled();
  });
});

describe("down", () => {
  const octets = randomBytes(1_000_000);
  let id;
  before(async () => {
    const sent = await send(people.haneul, people.general, [["range.bin", octets]]);
    [{ id }] = sent.json.attachments;
    await settled(people.haneul, id);
  });

  test("RFC 9110 14: one range 206, one beyond 416, several the whole", async () => {
    const ranges = [["bytes=0-9", 0, 9], ["bytes=999990-", 999_990, 999_999], ["bytes=-5", 999_995, 999_999], ["bytes=70000-200000", 70_000, 200_000]];
    for (const [range, first, last] of ranges) {
      const answer = await download(people.dami, id, { Range: range });
      assert.equal(answer.status, 206);
      assert.equal(answer.headers.get("content-range"), `bytes ${first}-${last}/1000000`);
      assert.equal(hash(await octetsOf(answer)), hash(octets.subarray(first, last + 1)));
    }
    const beyond = await download(people.dami, id, { Range: "bytes=1000000-" });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get("content-range"), "bytes */1000000");
    for (const range of ["bytes=0-1,5-6", "bytes=9-1", "lines=1-2"]) {
      const answer = await download(people.dami, id, { Range: range });
      assert.equal(answer.status, 200);
      assert.equal((await octetsOf(answer)).length, 1_000_000);
    }
  });

  test("RFC 9110 13: If-None-Match 304, If-Range by tag and by date, HEAD", async () => {
    const whole = await download(people.dami, id);
    await whole.arrayBuffer();
    const etag = whole.headers.get("etag");
    assert.equal(etag, `"${id}"`);
    assert.equal((await download(people.dami, id, { "If-None-Match": etag })).status, 304);
    assert.equal((await download(people.dami, id, { "If-None-Match": '"other"' })).status, 200);
    assert.equal((await download(people.dami, id, { Range: "bytes=0-0", "If-Range": etag })).status, 206);
    assert.equal((await download(people.dami, id, { Range: "bytes=0-0", "If-Range": whole.headers.get("last-modified") })).status, 206);
    assert.equal((await download(people.dami, id, { Range: "bytes=0-0", "If-Range": '"other"' })).status, 200);
    const head = await download(people.dami, id, {}, "HEAD");
    assert.equal(head.status, 200);
    assert.equal(head.headers.get("content-length"), "1000000");
    assert.equal(head.headers.get("accept-ranges"), "bytes");
  });

  test("curl goes on with a download that was cut off", async () => {
    const path = join(await scratchFolder(), "half");
    await writeFile(path, octets.subarray(0, 123_456));
    await run("curl", ["-sS", "-C", "-", "-o", path, "-H", `Authorization: Bearer ${people.dami.token}`,
      `${server.now.origin}/api/binaryContents/${id}/download`]);
    assert.equal(hash(await readFile(path)), hash(octets));
  });

  test("G5 a client that stops reading delays nobody", async () => {
    const stopped = connect(server.now.port, "127.0.0.1");
    stopped.pause();
    stopped.on("error", () => {});
    stopped.write(`GET /api/binaryContents/${id}/download HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${people.dami.token}\r\n\r\n`);
    for (let i = 0; i < 10; i += 1) assert.equal((await octetsOf(await download(people.dami, id))).length, 1_000_000);
    stopped.destroy();
  });
});

describe("live", () => {
  test("D6.3 D7.4 whoever follows the channel sees the message with its files", async () => {
    const stomp = await RawStomp.connect(people.dami);
    await stomp.done("SUBSCRIBE", { id: "s", destination: `/sub/channels.${people.general.id}.messages` });
    const sent = await send(people.haneul, people.general, [["live.png", Buffer.from("x"), "image/png"]]);
    const message = JSON.parse((await stomp.expect("MESSAGE")).text);
    assert.equal(message.id, sent.json.id);
    assert.equal(message.attachments[0].fileName, "live.png");
    assert.equal(message.attachments[0].status, "PROCESSING");
    stomp.destroy();
  });
});

describe("gone", () => {
  test("D8.3 the files of a deleted message, and of a deleted channel, go with it, row and octets", async () => {
    const sent = await send(people.haneul, people.general, [["a", Buffer.from("x")], ["b", Buffer.from("y")]]);
    const ids = sent.json.attachments.map((one) => one.id);
    for (const id of ids) await settled(people.haneul, id);
    assert.equal((await people.haneul.fetch("DELETE", `/api/messages/${sent.json.id}`)).status, 204);
    for (const id of ids) assert.equal((await download(people.haneul, id)).status, 404);
    await eventually(async () => !(await placed()).some((one) => ids.includes(one)) || undefined, "removed octets");
    const room = (await people.chief.post("/api/channels/public", jsonBody({ name: "short-lived", description: "" }))).json;
    const there = await send(people.haneul, room, [["c", Buffer.from("z")]]);
    await settled(people.haneul, there.json.attachments[0].id);
    assert.equal((await people.chief.fetch("DELETE", `/api/channels/${room.id}`)).status, 204);
    await eventually(async () => !(await placed()).includes(there.json.attachments[0].id) || undefined, "removed octets");
  });

  test("a connection that breaks in the middle leaves nothing", async () => {
    const { socket } = await dialRaw(() => ["POST /api/messages HTTP/1.1", `Host: ${server.now.host}`,
      ...Object.entries(headersOf(people.haneul)).map(([n, v]) => `${n}: ${v}`),
      "Content-Type: multipart/form-data; boundary=b", `Content-Length: ${20 * MB}`, "", ""].join("\r\n"));
    socket.write("--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a\"\r\n\r\n");
    socket.write(Buffer.alloc(2 * MB));
    await eventually(async () => (await spooled()).length > 0 || undefined, "a file in the spool");
    socket.destroy();
    await nothingSpooled();
  });
});

describe("pictures", () => {
  const signUp = (browser, account, parts) => browser.csrf().then(() => browser.post("/api/users", multipart([
    { name: "userCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify(account) }, ...parts]), { bearer: null }));

  test("D4.2 D4.1 with a picture, with an empty one, and with a name that is taken", async () => {
    const account = freshUser("picture");
    const made = await signUp(new Browser(server.now), account, [{ name: "profile", filename: "나.png", type: "image/png", value: "not really" }]);
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.profile.fileName, "나.png");
    await settled(people.bora, made.json.profile.id);
    assert.equal((await download(people.bora, made.json.profile.id)).status, 200);
    const again = await signUp(new Browser(server.now), account, [{ name: "profile", filename: "b.png", type: "image/png", value: "other" }]);
    assert.equal(again.status, 409);
    const plain = await signUp(new Browser(server.now), freshUser("plain"), [{ name: "profile", filename: "c.png", type: "image/png", value: "" }]);
    assert.equal(plain.status, 201);
    assert.equal(plain.json.profile ?? null, null);
    await nothingSpooled();
  });

  test("D8.5 a new picture takes the place of the old one, whose octets go", async () => {
    const someone = await person(server.now, "changing");
    const change = (value) => someone.fetch("PATCH", `/api/users/${someone.id}`, multipart([
      { name: "userUpdateRequest", filename: "blob", type: "application/json", value: "{}" },
      { name: "profile", filename: "me.png", type: "image/png", value }]));
    const first = await change("one");
    assert.equal(first.status, 200, first.text);
    await settled(people.bora, first.json.profile.id);
    const second = await change("two");
    await settled(people.bora, second.json.profile.id);
    assert.notEqual(first.json.profile.id, second.json.profile.id);
    assert.equal((await download(people.bora, first.json.profile.id)).status, 404);
    assert.equal((await octetsOf(await download(people.bora, second.json.profile.id))).toString(), "two");
    await eventually(async () => !(await placed()).includes(first.json.profile.id) || undefined, "the old picture's octets gone");
  });
});

describe("where they lie", () => {
  test("D11 files that others left under STORAGE_LOCAL_ROOT_PATH are served; STORAGE_TYPE=s3 is refused with a sentence", async () => {
    const folder = await scratchFolder();
    const other = await Server.start({}, { env: { STORAGE_LOCAL_ROOT_PATH: join(folder, "shared"), STORAGE_TYPE: "local" } });
    try {
      const someone = await person(other, "elsewhere");
      const sent = await send(someone, await general(someone), [["a", Buffer.from("x")]]);
      await settled(someone, sent.json.attachments[0].id);
      assert.deepEqual(await readdir(join(folder, "shared")), [sent.json.attachments[0].id]);
    } finally {
      await other.stop();
    }
    const refused = await runParleyd(["--data-dir", join(folder, "s3"), "--listen", "127.0.0.1:0"], { STORAGE_TYPE: "s3" });
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /storage is "s3"/);
  });
});

describe("many", () => {
  test("G5 design 6: fifty uploads of six megabytes at once, and memory stays where it is", async () => {
    const residentKiB = async () => Number((await readFile(`/proc/${server.now.pid}/status`, "utf8")).match(/VmHWM:\s+(\d+)/)[1]);
    const octets = Buffer.alloc(6 * MB, 5);
    await send(people.haneul, people.general, [["warm.bin", octets]]);
    const before = await residentKiB();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => send(people.haneul, people.general, [[`${i}.bin`, octets]])));
    assert.deepEqual([...new Set(answers.map((one) => one.status))], [201]);
    const grown = await residentKiB() - before;
    if (process.env.PARLEY_TEST_SLOWNESS === undefined) assert.ok(grown < 60 * 1024, `${grown} KiB more for 300 MiB`);
    for (const { json } of answers) await settled(people.haneul, json.attachments[0].id);
    await nothingSpooled();
  });

  test("G5 while slow uploads hold every place and the spool, people sign up and talk; only what is long has to wait", async () => {
    const crowded = await Server.start({ "max-uploads": "2", "max-spool": "2m" });
    try {
      const chief = await admin(crowded), room = await general(chief);
      const slowly = await Promise.all([1, 2].map(async () => {
        const raw = await RawSocket.open(crowded);
        raw.write(["POST /api/users HTTP/1.1", `Host: ${crowded.host}`, "Cookie: XSRF-TOKEN=a", "X-XSRF-TOKEN: a", "Expect: 100-continue",
          "Content-Type: multipart/form-data; boundary=b", `Content-Length: ${MB}`, "", ""].join("\r\n"));
        await raw.readExactly("HTTP/1.1 100 Continue\r\n\r\n".length);
        return raw;
      }));
      await person(crowded, "newcomer");
      const texts = await Promise.all(Array.from({ length: 20 }, (_, i) => send(chief, room, [], { content: `${i}` })));
      assert.deepEqual([...new Set(texts.map((one) => one.status))], [201]);
      assert.equal((await send(chief, room, [["long.bin", Buffer.alloc(100_000)]])).status, 503);
      assert.equal((await send(chief, room, [["short.bin", Buffer.alloc(1000)]])).status, 503, "the spool is full");
      for (const raw of slowly) raw.socket.destroy();
      await eventually(async () => (await send(chief, room, [["long.bin", Buffer.alloc(100_000)]])).status === 201 || undefined, "room again");
    } finally {
      await crowded.stop();
    }
  });

  test("G5 one address has half of the places for long uploads and for downloads, and the others go on", async () => {
    const shared = await Server.start({ "max-uploads": "4", "max-downloads": "4", workers: "1" });
    const greedy = [];
    const status = (head) => new Promise((resolve, reject) => {
      const socket = connect({ port: shared.port, host: "127.0.0.1", localAddress: "127.99.9.9" });
      greedy.push(socket);
      socket.on("error", reject);
      socket.once("data", (data) => { socket.pause(); resolve(Number(data.toString("latin1", 9, 12))); });
      socket.write([...head, `Host: ${shared.host}`, "Cookie: XSRF-TOKEN=a", "X-XSRF-TOKEN: a", "", ""].join("\r\n"));
    });
    const all = async (head) => (await Promise.all([1, 2, 3, 4].map(() => within(status(head), "status")))).sort();
    try {
      const chief = await admin(shared), room = await general(chief), octets = Buffer.alloc(9 * MB, 7);
      const { json } = await send(chief, room, [["long.bin", octets]]);
      const { id } = json.attachments[0];
      assert.deepEqual(await all(["POST /api/users HTTP/1.1", "Expect: 100-continue", "Content-Type: multipart/form-data; boundary=b",
        `Content-Length: ${MB}`]), [100, 100, 503, 503]);
      assert.equal((await send(chief, room, [["long.bin", Buffer.alloc(100_000)]])).status, 201);
      assert.deepEqual(await all([`GET /api/binaryContents/${id}/download HTTP/1.1`, `Authorization: Bearer ${chief.token}`]), [200, 200, 503, 503]);
      assert.equal((await octetsOf(await download(chief, id))).length, octets.length);
    } finally {
      for (const socket of greedy) socket.destroy();
      await shared.stop();
    }
  });
});
