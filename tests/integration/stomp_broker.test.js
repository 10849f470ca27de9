// Destinations, subscriptions, delivery, rights and limits over STOMP, with one worker and with four. With four, whoever
// publishes is on another worker than those who listen, so that everything crosses threads
// (protocols.md 1.7, 1.8, 1.11, 1.13; discodeit.md 6.3, 6.4; design.md G2, G3, G5, G6).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Server, serverOf } from "./support/server.js";
import { admin, general, history, person, privateChannel, publicChannel } from "./support/people.js";
import { RawStomp, StompJs, stompFrame } from "./support/stomp.js";
import { OP, frame } from "./support/ws.js";
import { DEADLINE_MS, slow, within } from "./support/time.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const watching = (channel) => `/sub/channels.${channel.id}.messages`;
const header = (message, name) => message.pairs.filter(([one]) => one === name).map(([, value]) => value);

for (const workers of ["1", "4"]) {
  describe(`${workers} worker${workers === "1" ? "" : "s"}`, () => {
    let chief, haneul, dami, eun;
    const server = serverOf({ before, after }, { workers }, async (now) => {
      chief = await admin(now);
      haneul = await person(now, "haneul");
      dami = await person(now, "dami");
      eun = await person(now, "eun");
    });
    const connect = (who = haneul, headers) => RawStomp.connect(who, headers);
    const apart = (from, who = haneul, headers) => RawStomp.connectApart(from, who, headers);
    const pair = async (who, other) => {
      const first = await connect(who);
      return [first, await apart(first, other)];
    };

    /* ---- MESSAGE of a channel ---- */

    test("D6.3 MF-1 MF-2 MF-3 MF-6 MF-7 SB-10 a channel's MESSAGE: the MessageDto as JSON, also to its author", async () => {
      const channel = await publicChannel(chief);
      const [a, b] = await pair(haneul, dami);
      await a.subscribe("mine", watching(channel));
      await b.subscribe("sub-0", watching(channel), { ack: "auto" });
      a.say(channel.id, "안녕, 다미!");
      const [mine, theirs] = [await a.expect("MESSAGE"), await b.expect("MESSAGE")];
      assert.equal(mine.headers.subscription, "mine");
      assert.equal(theirs.headers.subscription, "sub-0");
      assert.equal(theirs.headers.destination, watching(channel));
      assert.match(theirs.headers["message-id"], UUID);
      assert.equal(mine.headers["message-id"], theirs.headers["message-id"], "MF-2: the same for every subscriber");
      assert.equal(theirs.headers["content-type"], "application/json");
      assert.equal(theirs.headers["content-length"], String(theirs.body.length), "in octets");
      assert.equal(theirs.pairs.at(-1)[0], "content-length", "SE-3");
      assert.equal(theirs.headers.ack, undefined, "MF-7");
      assert.equal(theirs.opcode, OP.TEXT);
      const dto = JSON.parse(theirs.text);
      assert.deepEqual(mine.text, theirs.text);
      assert.equal(dto.content, "안녕, 다미!");
      assert.equal(dto.channelId, channel.id);
      assert.equal(dto.author.id, haneul.id);
      assert.equal(dto.author.username, haneul.account.username);
      assert.equal(dto.author.online, true);
      assert.deepEqual(dto.attachments, []);
      assert.deepEqual((await history(eun, channel.id)).map((one) => [one.id, one.createdAt, one.content]), [[dto.id, dto.createdAt, dto.content]], "G2: what was shown is stored");
      a.destroy();
      b.destroy();
    });

    test("MF-8 a channel's MESSAGE has none of the sender's own headers", async () => {
      const channel = await publicChannel(chief);
      const [a, b] = await pair(haneul, haneul);
      await a.subscribe("1", watching(channel));
      b.say(channel.id, "x", { custom: "y", "content-type": "text/plain", "message-id": "z" });
      const got = await a.expect("MESSAGE");
      assert.deepEqual(got.pairs.map(([name]) => name).sort(), ["content-length", "content-type", "destination", "message-id", "subscription"]);
      assert.equal(got.headers["content-type"], "application/json");
      a.destroy();
      b.destroy();
    });

    test("D6.3 RECEIPT of a durable SEND: it is in the history by then", async () => {
      const channel = await publicChannel(chief);
      const a = await connect();
      for (let i = 0; i < 10; i++) {
        await a.sayDurably(channel.id, `durable ${i}`);
        assert.equal((await history(dami, channel.id, { apartFrom: a })).at(-1).content, `durable ${i}`);
      }
      a.destroy();
    });

    test("SB-13 D6.3 after RECEIPT of SUBSCRIBE every later message arrives, once, whoever wrote it", async () => {
      const channel = await publicChannel(chief);
      const [writer, reader] = await pair(dami, haneul);
      for (let i = 0; i < 60; i++) {
        await reader.subscribe(`s${i}`, watching(channel));
        writer.say(channel.id, `after ${i}`);
        const got = await reader.expect("MESSAGE", { subscription: `s${i}` });
        assert.equal(JSON.parse(got.text).content, `after ${i}`);
        await reader.done("UNSUBSCRIBE", { id: `s${i}` });
      }
      await reader.silent();
      writer.destroy();
      reader.destroy();
    });

    test("SB-14 G3 many writers at once: all readers see one order, that of the history, with strictly rising times", async () => {
      const channel = await publicChannel(chief);
      const people = [haneul, dami, eun, chief];
      // A reader and a writer on each worker there is, so that each reads what came from all the others.
      const readers = [];
      for (const one of people) readers.push(await StompJs.connect(one, { apartFrom: readers }));
      const inboxes = await Promise.all(readers.map((one) => one.subscribe(watching(channel))));
      const writers = [];
      for (const one of people) writers.push(await apart(writers, one));
      const each = 50;
      writers.forEach((writer, w) => {
        for (let i = 0; i < each; i++) writer.say(channel.id, `${w}:${i}`);
      });
      const total = each * writers.length;
      const seen = await Promise.all(inboxes.map(async (inbox) => {
        const list = [];
        while (list.length < total) list.push(JSON.parse((await inbox.take("another MESSAGE")).body));
        return list;
      }));
      const stored = await history(haneul, channel.id);
      const key = (one) => `${one.id} ${one.createdAt} ${one.content}`;
      for (const list of seen) assert.deepEqual(list.map(key), stored.map(key));
      for (let i = 1; i < stored.length; i++) assert.ok(stored[i].createdAt > stored[i - 1].createdAt, "createdAt strictly rising");
      for (let w = 0; w < writers.length; w++) {
        assert.deepEqual(stored.filter((one) => one.content.startsWith(`${w}:`)).map((one) => one.content), Array.from({ length: each }, (_, i) => `${w}:${i}`));
      }
      for (const one of writers) one.destroy();
      await Promise.all(readers.map((one) => one.end()));
    });

    /* ---- transient publish ---- */

    test("MF-4 MF-5 MF-6 a publish to /topic: headers pass through in order, repeats too; what is the server's own does not", async () => {
      const [a, b] = await pair(haneul, dami);
      await b.subscribe("1", "/topic/pass");
      a.ws.text(stompFrame("SEND", [["destination", "/topic/pass"], ["b", "1"], ["a", "2"], ["b", "3"], ["content-type", "text/x:y"], ["odd:name", "v\na"],
        ["message-id", "forged"], ["subscription", "forged"], ["ack", "forged"], ["receipt", "r"], ["user-name", "forged"], ["simpOrigDestination", "forged"], ["content-length", "2"]], "hi"));
      const got = await b.expect("MESSAGE");
      assert.deepEqual(got.pairs.filter(([name]) => ["a", "b", "odd:name"].includes(name)), [["b", "1"], ["a", "2"], ["b", "3"], ["odd:name", "v\na"]]);
      assert.equal(got.headers["content-type"], "text/x:y");
      assert.deepEqual(header(got, "subscription"), ["1"]);
      assert.equal(header(got, "message-id").length, 1);
      assert.match(got.headers["message-id"], UUID);
      assert.deepEqual(header(got, "content-length"), ["2"]);
      for (const name of ["ack", "receipt", "user-name", "simpOrigDestination", "transaction"]) assert.deepEqual(header(got, name), [], name);
      a.send("SEND", { destination: "/topic/pass" }, "plain");
      assert.equal((await b.expect("MESSAGE")).headers["content-type"], undefined, "MF-6: none is added");
      a.destroy();
      b.destroy();
    });

    test("SE-6 SE-7 a body that says octet-stream, or is no text, goes out in a binary message; else in text", async () => {
      const [a, b] = await pair(haneul, dami);
      await a.subscribe("1", "/topic/bin");
      b.ws.send(OP.BINARY, stompFrame("SEND", { destination: "/topic/bin", "content-type": "application/octet-stream", "content-length": "4" }, Buffer.from([0, 1, 0xff, 0])));
      let got = await a.expect("MESSAGE");
      assert.equal(got.opcode, OP.BINARY);
      assert.deepEqual([...got.body], [0, 1, 0xff, 0]);
      b.ws.send(OP.BINARY, stompFrame("SEND", { destination: "/topic/bin", "content-length": "2" }, Buffer.from([0xff, 0xfe])));
      got = await a.expect("MESSAGE");
      assert.equal(got.opcode, OP.BINARY);
      assert.deepEqual([...got.body], [0xff, 0xfe]);
      b.ws.send(OP.BINARY, stompFrame("SEND", { destination: "/topic/bin" }, "text"));
      assert.equal((await a.expect("MESSAGE")).opcode, OP.TEXT);
      b.send("SEND", { destination: "/topic/bin", "content-type": "application/octet-stream" }, "");
      assert.equal((await a.expect("MESSAGE")).opcode, OP.TEXT, "an empty body is text");
      a.destroy();
      b.destroy();
    });

    test("SB-9 SB-10 SB-11 each subscription of a session gets its copy; nobody listening is no error", async () => {
      const [a, b] = await pair(haneul, dami);
      await b.done("SEND", { destination: "/topic/nobody" }, "x");
      for (const id of ["1", "2", "3"]) await a.subscribe(id, "/topic/copies");
      b.send("SEND", { destination: "/topic/copies" }, "x");
      const got = [await a.expect("MESSAGE"), await a.expect("MESSAGE"), await a.expect("MESSAGE")];
      assert.deepEqual(got.map((one) => one.headers.subscription).sort(), ["1", "2", "3"]);
      assert.equal(new Set(got.map((one) => one.headers["message-id"])).size, 1);
      await a.silent();
      a.destroy();
      b.destroy();
    });

    test("SB-14 thousands of transient messages by one sender arrive in order at every reader", async () => {
      const writer = await connect(chief);
      const readers = [];
      for (const who of [haneul, dami, eun]) readers.push(await apart([writer, ...readers], who));
      for (const one of readers) await one.subscribe("1", "/topic/order");
      const count = 2000;
      for (let i = 0; i < count; i += 50) writer.ws.text(Buffer.concat(Array.from({ length: 50 }, (_, k) => stompFrame("SEND", { destination: "/topic/order" }, String(i + k)))));
      for (const one of readers) {
        for (let i = 0; i < count; i++) assert.equal((await one.expect("MESSAGE")).text, String(i));
      }
      for (const one of [...readers, writer]) one.destroy();
    });

    test("SB-2 SB-16 SB-17 SB-1 destinations are octets: prefixes as they are, case, ends and escapes matter, nothing is expanded", async () => {
      const [a, b] = await pair(haneul, dami);
      const places = ["/topicfoo", "/queue/a", "/sub/a", "/topic/A", "/topic/a", "/topic/a/", "/topic/%61", "/topic/한글"];
      for (const [at, place] of places.entries()) await b.subscribe(String(at), place);
      for (const [at, place] of places.entries()) {
        a.send("SEND", { destination: place }, place);
        const got = await b.expect("MESSAGE", { subscription: String(at), destination: place });
        assert.equal(got.text, place);
      }
      for (const place of ["/topic/*", "/topic/**", "/topic/{x}", "/topic/?"]) await a.done("SEND", { destination: place }, "x");
      for (const place of ["/nowhere", "topic/a", "/app", "/appx/messages", "/app/nothing", "/pub/nothing", "/user/queue/x"]) await a.done("SEND", { destination: place }, "x");
      await b.silent();
      await a.silent();
      a.destroy();
      b.destroy();
    });

    test("SB-7 SB-8 a taken id keeps its first destination; an unknown id to UNSUBSCRIBE is no error", async () => {
      const [a, b] = await pair(haneul, dami);
      await a.subscribe("1", "/topic/first");
      await a.subscribe("1", "/topic/second");
      await b.done("SEND", { destination: "/topic/second" }, "x");
      b.send("SEND", { destination: "/topic/first" }, "x");
      await a.expect("MESSAGE", { destination: "/topic/first" });
      await a.done("UNSUBSCRIBE", { id: "none" });
      await a.done("UNSUBSCRIBE", { id: "1" });
      await a.subscribe("1", "/topic/third");
      b.send("SEND", { destination: "/topic/third" }, "x");
      await a.expect("MESSAGE", { subscription: "1", destination: "/topic/third" });
      await a.silent();
      a.destroy();
      b.destroy();
    });

    test("SB-8 after RECEIPT of UNSUBSCRIBE nothing more comes", async () => {
      const channel = await publicChannel(chief);
      const [a, b] = await pair(haneul, dami);
      await a.subscribe("1", watching(channel));
      await a.subscribe("2", "/topic/gone");
      await a.done("UNSUBSCRIBE", { id: "1" });
      await a.done("UNSUBSCRIBE", { id: "2" });
      await b.sayDurably(channel.id, "unheard");
      await b.done("SEND", { destination: "/topic/gone" }, "unheard");
      await a.silent();
      a.destroy();
      b.destroy();
    });

    test("SB-5 SB-6 ST-34 ST-59 SEND without destination, SUBSCRIBE without id or destination, a bad ack: ERROR and 1002", async () => {
      for (const octets of [stompFrame("SEND", { receipt: "r" }, "x"), stompFrame("SUBSCRIBE", { id: "1", receipt: "r" }), stompFrame("SUBSCRIBE", { destination: "/topic/x", receipt: "r" }),
        stompFrame("SUBSCRIBE", { id: "", destination: "/topic/x", receipt: "r" }), stompFrame("UNSUBSCRIBE", { destination: "/topic/x", receipt: "r" }),
        stompFrame("SUBSCRIBE", { id: "1", destination: "/topic/x", ack: "never", receipt: "r" }), stompFrame("SUBSCRIBE", { id: "1", destination: `/topic/${"x".repeat(1024)}`, receipt: "r" })]) {
        const a = await connect();
        a.ws.text(octets);
        const error = await a.refused();
        assert.equal(error.code, 1002, octets.toString().slice(0, 80));
        assert.equal(error.headers["receipt-id"], "r");
        a.destroy();
      }
      const [lax, writer] = await pair(haneul, dami);
      await lax.subscribe("1", "/topic/lax", { ack: "client-individual" });
      writer.send("SEND", { destination: "/topic/lax" }, "x");
      assert.equal((await lax.expect("MESSAGE")).text, "x", "SB-18: client modes are as auto on plain broadcast");
      lax.destroy();
      writer.destroy();
    });

    /* ---- rights ---- */

    test("D6.4 G6 SUBSCRIBE to a PRIVATE channel of others, and to one that does not exist: one answer, ERROR and 4403", async () => {
      const channel = await privateChannel(haneul, dami);
      const answers = [];
      for (const destination of [watching(channel), watching({ id: NOBODY }), "/sub/channels.x.messages", `/sub/channels.${channel.id}.secrets`, `/sub/channels.${channel.id.toUpperCase()}.messages`, "/sub/channels."]) {
        const a = await connect(eun);
        a.send("SUBSCRIBE", { id: "1", destination, receipt: "r" });
        const error = await a.refused();
        assert.equal(error.code, 4403, destination);
        answers.push(JSON.stringify([error.pairs, error.reason]));
        a.destroy();
      }
      assert.equal(new Set(answers).size, 1, answers.join("\n"));
      for (const who of [haneul, dami]) {
        const a = await connect(who);
        await a.subscribe("1", watching(channel));
        a.destroy();
      }
      const ruler = await connect(chief);
      ruler.send("SUBSCRIBE", { id: "1", destination: watching(channel) });
      assert.equal((await ruler.refused()).code, 4403, "not even the ADMIN");
      ruler.destroy();
    });

    test("D6.4 G6 who was refused hears nothing of the channel", async () => {
      const channel = await privateChannel(dami, eun);
      const a = await connect(haneul);
      a.send("SUBSCRIBE", { id: "1", destination: watching(channel) });
      const b = await apart(a, dami);
      await b.sayDurably(channel.id, "secret");
      const error = await a.expect("ERROR");
      assert.equal(error.text.includes("secret"), false);
      const seen = [];
      await a.ws.closed({ seen });
      assert.deepEqual(seen, []);
      a.destroy();
      b.destroy();
    });

    test("D6.4 SL-17 SEND into a PRIVATE channel of others, and with a foreign authorId: ERROR and 4403, with or without receipt", async () => {
      const channel = await privateChannel(haneul, dami);
      const open = await general(eun);
      for (const body of [{ content: "intruder", channelId: channel.id, authorId: eun.id }, { content: "intruder", channelId: channel.id },
        { content: "forged", channelId: open.id, authorId: haneul.id }]) {
        for (const receipt of ["r:1", undefined]) {
          const a = await connect(eun);
          a.send("SEND", { destination: "/pub/messages", receipt }, JSON.stringify(body));
          const error = await a.refused();
          assert.equal(error.code, 4403, JSON.stringify(body));
          assert.equal(error.headers["receipt-id"], receipt);
          a.destroy();
        }
      }
      assert.equal((await history(haneul, channel.id)).length, 0);
      assert.equal((await history(haneul, open.id)).some((one) => one.content === "forged"), false);
    });

    test("SC-3 nobody SENDs straight to a channel: ERROR and 4403", async () => {
      const channel = await publicChannel(chief);
      for (const who of [haneul, chief]) {
        for (const destination of [watching(channel), "/sub/channels.x"]) {
          const a = await connect(who);
          a.send("SEND", { destination }, "{}");
          assert.equal((await a.refused()).code, 4403);
          a.destroy();
        }
      }
    });

    test("SB-3 D6.2 /pub and /app are both the application's; content-type may be missing; authorId may be left out", async () => {
      const channel = await publicChannel(chief);
      const a = await connect();
      for (const destination of ["/pub/messages", "/app/messages"]) {
        await a.done("SEND", { destination }, JSON.stringify({ content: destination, channelId: channel.id }));
      }
      assert.deepEqual((await history(haneul, channel.id)).map((one) => [one.content, one.author.id]), [["/pub/messages", haneul.id], ["/app/messages", haneul.id]]);
      a.destroy();
    });

    /* ---- AH-7 ---- */

    const invalid = () => ({
      "not JSON": "hello", "empty": "", "an array": "[]", "null": "null", "too deep": "[".repeat(5000),
      "no content": JSON.stringify({ channelId: NOBODY }),
      "blank content": JSON.stringify({ content: " \n\t\u3000", channelId: NOBODY }),
      "2001 characters": JSON.stringify({ content: "가".repeat(2001), channelId: NOBODY }),
      "no channel": JSON.stringify({ content: "x" }),
      "a channel that is no UUID": JSON.stringify({ content: "x", channelId: "x" }),
      "an author that is no UUID": JSON.stringify({ content: "x", channelId: NOBODY, authorId: "nobody" }),
      "an unknown channel": JSON.stringify({ content: "x", channelId: NOBODY }),
      "a NUL in the content": JSON.stringify({ content: "a\0b", channelId: NOBODY }),
      "a lone surrogate": '{"content":"\\ud800","channelId":"' + NOBODY + '"}',
    });

    test("AH-7 SL-14 an invalid body with receipt: ERROR with receipt-id, and close", async () => {
      for (const [what, body] of Object.entries(invalid())) {
        const a = await connect();
        a.send("SEND", { destination: "/pub/messages", receipt: "r" }, body);
        const error = await a.refused();
        assert.equal(error.headers["receipt-id"], "r", what);
        assert.ok(error.headers.message.length > 0, what);
        assert.ok([1002, 1008].includes(error.code), `${what}: ${error.code}`);
        a.destroy();
      }
    });

    test("AH-7 UD-7 UD-8 without receipt: told on /user/queue/errors, by each subscription, and the session goes on", async () => {
      const a = await connect();
      await a.subscribe("e1", "/user/queue/errors");
      await a.subscribe("e2", "/user/queue/errors");
      await a.subscribe("other", "/user/queue/other");
      for (const [what, body] of Object.entries(invalid())) {
        a.send("SEND", { destination: "/pub/messages" }, body);
        const got = [await a.expect("MESSAGE"), await a.expect("MESSAGE")];
        assert.deepEqual(got.map((one) => one.headers.subscription).sort(), ["e1", "e2"], what);
        for (const one of got) {
          assert.equal(one.headers.destination, "/user/queue/errors", "UD-7");
          assert.equal(one.headers["content-type"], "application/json");
          const error = JSON.parse(one.text);
          assert.ok([400, 404].includes(error.status), what);
          assert.ok(error.code.length > 0);
        }
      }
      await a.silent();
      a.destroy();
    });

    test("AH-7 D6.4 without receipt and without that subscription: nothing, the session goes on, nobody else hears", async () => {
      const [a, listener] = await pair(haneul, dami);
      await listener.subscribe("e", "/user/queue/errors");
      for (const body of Object.values(invalid())) a.send("SEND", { destination: "/pub/messages" }, body);
      await a.silent();
      await listener.silent();
      a.destroy();
      listener.destroy();
    });

    test("D4.4 2000 characters are the limit, counted in characters", async () => {
      const channel = await publicChannel(chief);
      const a = await connect();
      await a.sayDurably(channel.id, "😀".repeat(2000));
      assert.equal([...(await history(haneul, channel.id))[0].content].length, 2000);
      a.send("SEND", { destination: "/pub/messages", receipt: "r" }, JSON.stringify({ content: "😀".repeat(2001), channelId: channel.id }));
      await a.expect("ERROR", { "receipt-id": "r" });
      a.destroy();
    });

    test("UD-1 UD-10 /user/queue is the session's own: raw names and others' queues reach nobody", async () => {
      const [a, b] = await pair(haneul, dami);
      await b.subscribe("1", "/user/queue/mail");
      for (const destination of ["/user/queue/mail", `/user/${dami.account.username}/queue/mail`, "/queue/mail-user1"]) await a.done("SEND", { destination }, "x");
      await b.silent();
      a.destroy();
      b.destroy();
    });
  });
}

/* ---- limits ---- */

test("LM-8 over --max-subscriptions: ERROR and 4429; UNSUBSCRIBE makes room", async () => {
  const small = await Server.start({ "max-subscriptions": "3" });
  try {
    const one = await person(small, "many");
    const a = await RawStomp.connect(one);
    for (let i = 0; i < 3; i++) await a.subscribe(`s${i}`, `/topic/${i}`);
    await a.done("UNSUBSCRIBE", { id: "s0" });
    await a.subscribe("again", "/topic/again");
    a.send("SUBSCRIBE", { id: "more", destination: "/topic/more", receipt: "r" });
    const error = await a.refused();
    assert.equal(error.code, 4429);
    assert.equal(error.headers["receipt-id"], "r");
    a.destroy();
  } finally {
    await small.stop();
  }
});

test("SC-3 --direct-publish off: SEND to /topic is refused with 4403, to the application it is not", async () => {
  const strict = await Server.start({ "direct-publish": "off" });
  try {
    const one = await person(strict, "strict");
    const room = await general(one);
    for (const destination of ["/topic/x", "/queue/x", "/sub/x"]) {
      const a = await RawStomp.connect(one);
      a.send("SEND", { destination }, "x");
      assert.equal((await a.refused()).code, 4403, destination);
      a.destroy();
    }
    const a = await RawStomp.connect(one);
    await a.sayDurably(room.id, "by the door");
    a.destroy();
  } finally {
    await strict.stop();
  }
});

for (const workers of ["1", "4"]) {
  test(`LM-2 LM-4 G5 a reader that stops is cut with 4500; the others get everything meanwhile (${workers} workers)`, async () => {
    const small = await Server.start({ "send-buffer": "128k", "send-timeout": "60s", workers });
    try {
      const [lazy, eager, writer] = await Promise.all(["lazy", "eager", "writer"].map((name) => person(small, name)));
      const stopped = await RawStomp.connect(lazy);
      const reader = await RawStomp.connectApart(stopped, eager);
      const sender = await RawStomp.connectApart([stopped, reader], writer);
      await stopped.subscribe("1", "/topic/flood");
      await reader.subscribe("1", "/topic/flood");
      stopped.ws.raw.pause();
      const body = "x".repeat(60_000);
      const count = 400;  // 24 MB: more than two loopback sockets hold
      for (let i = 0; i < count; i++) {
        sender.send("SEND", { destination: "/topic/flood", n: String(i) }, body);
        const got = await reader.expect("MESSAGE");
        assert.equal(got.headers.n, String(i));
      }
      stopped.ws.raw.resume();
      const seen = [];
      const close = await stopped.ws.closed({ seen, ms: slow(20_000) }).catch((error) => {
        // Its linger time may be over: then the connection just ends, and that is its end as well.
        assert.match(error.message, /the peer ended/);
        return null;
      });
      if (close) {
        assert.equal(close.code, 4500);
        assert.match(close.reason, /send limit/);
      }
      assert.ok(seen.length < count, `${seen.length} of ${count}: it lost some`);
      await reader.silent();
      for (const one of [stopped, reader, sender]) one.destroy();
    } finally {
      await small.stop();
    }
  });
}

/** `count` messages for a reader who stops, until some time after the last: what he saw of them, and his close frame. */
async function pour(small, { lazy, writer }, count, rest) {
  const stopped = await RawStomp.connect(lazy);
  const sender = await RawStomp.connectApart(stopped, writer);
  await stopped.subscribe("1", "/topic/flood");
  stopped.ws.raw.pause();
  const body = "x".repeat(60_000);
  for (let i = 0; i < count; i++) sender.send("SEND", { destination: "/topic/flood" }, body);
  await sender.done("SEND", { destination: "/topic/end" }, "");
  await new Promise((resolve) => setTimeout(resolve, rest));
  await sender.silent();
  stopped.ws.raw.resume();
  const seen = [];
  let close = null;
  while (!close && seen.length < count) {
    const one = await stopped.ws.next().catch((error) => {
      assert.match(error.message, /the peer ended/);
      return null;
    });
    if (!one) break;
    if (one.opcode === OP.CLOSE) close = { code: one.payload.readUInt16BE(0), reason: one.payload.subarray(2).toString() };
    else seen.push(one);
  }
  stopped.destroy();
  sender.destroy();
  return { seen, close };
}

/**
 * The close frame of a reader who stops for `rest` milliseconds. He is sent a little more than the sockets hold, as much
 * as it takes, so that he comes back within the linger time; if this machine was too slow for that, once more.
 */
async function cutReader(flags, rest) {
  const small = await Server.start(flags);
  try {
    const [lazy, writer] = await Promise.all(["lazy", "writer"].map((name) => person(small, name)));
    for (let count = 80, late = 0; late < 10;) {
      const outcome = await pour(small, { lazy, writer }, count, rest);
      if (outcome.close) return outcome;
      if (outcome.seen.length === count) count *= 2;
      else late += 1;
    }
    assert.fail("ten times the connection had ended before its reader came back");
  } finally {
    await small.stop();
  }
}

test("LM-2 the close frame of a cut reader says 4500 and names the send limit", async () => {
  const { seen, close } = await cutReader({ "send-buffer": "64k", "send-timeout": "60s" }, 0);
  assert.equal(close.code, 4500);
  assert.match(close.reason, /send limit/);
  for (const one of seen) assert.match(one.text, /^MESSAGE\n/, "whole frames only");
});

test("LM-1 one write that takes longer than --send-timeout with more behind it: 4500, by a timer", async () => {
  const { close } = await cutReader({ "send-buffer": "64m", "send-timeout": "500ms" }, 1_200);
  assert.equal(close.code, 4500);
});

test("ST-46 design 4: SENDs beyond 16 waiting tasks stop the reading, and all of them are done in the end", async () => {
  const server = await Server.start();
  try {
    const one = await person(server, "burst");
    const room = await general(one);
    const a = await RawStomp.connect(one);
    const count = 1000;
    a.ws.raw.write(Buffer.concat(Array.from({ length: count }, (_, i) =>
      frame(OP.TEXT, stompFrame("SEND", { destination: "/pub/messages", receipt: `r${i}` }, JSON.stringify({ content: `burst ${i}`, channelId: room.id }))))));
    for (let i = 0; i < count; i++) await a.expect("RECEIPT", { "receipt-id": `r${i}` });
    const all = await history(one, room.id);
    assert.deepEqual(all.map((message) => message.content), Array.from({ length: count }, (_, i) => `burst ${i}`));
    a.destroy();
  } finally {
    await server.stop();
  }
});

test("G7 a flood of garbage connections leaves the others alone", async () => {
  const server = await Server.start();
  try {
    const one = await person(server, "calm");
    const a = await RawStomp.connect(one);
    const b = await RawStomp.connectApart(a, one);
    await a.subscribe("1", "/topic/calm");
    let random = 12345;
    const next = () => { random = (random * 1103515245 + 12345) & 0x7fffffff; return random; };
    const attacks = Array.from({ length: 60 }, async () => {
      const bad = await RawStomp.open(server);
      const octets = Buffer.from(Array.from({ length: 2000 }, () => next() & 0xff));
      bad.ws.raw.write(next() & 1 ? octets : frame(OP.BINARY, octets));
      bad.ws.raw.halfClose();
      await bad.ws.raw.readToEnd();
      bad.destroy();
    });
    await within(Promise.all(attacks), "end of the garbage", DEADLINE_MS * 2);
    b.send("SEND", { destination: "/topic/calm" }, "calm");
    await a.expect("MESSAGE");
    a.destroy();
    b.destroy();
  } finally {
    await server.stop();
  }
});
