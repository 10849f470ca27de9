import assert from "node:assert/strict";
import { test } from "node:test";
import { Files, delayBefore } from "../src/files.js";
import { Notices, channelOfNotice, rolesOfNotice } from "../src/notices.js";
import { Reads, mergeReads } from "../src/reads.js";
import { createStore, keepIfSame } from "../src/store.js";

const read = (channelId, lastReadAt, id = `read of ${channelId}`) => ({ id, userId: "me", channelId, lastReadAt, notificationEnabled: false });

/** From now on time passes only by tick(). Node 18 takes the list alone. */
function stopTimers({ mock: { timers } }) {
  const apis = ["setTimeout"];
  try {
    timers.enable({ apis });
  } catch {
    timers.enable(apis);
  }
}

test("the server's read statuses do not undo what was read here meanwhile, nor one that is being made", () => {
  const known = { a: read("a", "2026-03-02T09:00:05Z"), b: read("b", "2026-03-02T09:00:00Z", null), c: read("c", "2026-03-02T09:00:00Z") };
  const merged = mergeReads(known, [read("a", "2026-03-02T09:00:00Z"), read("d", "2026-03-02T09:00:00Z")]);
  assert.equal(merged.a.lastReadAt, "2026-03-02T09:00:05Z");
  assert.deepEqual(Object.keys(merged).sort(), ["a", "b", "d"]);
});

/** An api that writes down what it is asked, and answers what it is told to. */
function recorder(answers) {
  const calls = [];
  const api = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, async (...values) => {
    calls.push([name, ...values]);
    return answer(...values);
  }]));
  return { api, calls };
}
const refusal = (status) => Object.assign(new Error(), { status });

test("the bell of a channel without a read status makes one first, and finds the one of another tab", async () => {
  const there = read("c", "2026-03-02T09:00:00Z", "of another tab");
  const { api, calls } = recorder({
    createReadStatus: () => { throw refusal(409); }, readStatuses: () => [there],
    updateReadStatus: (id, change) => ({ ...there, ...change }),
  });
  const store = createStore({ me: { id: "me" }, reads: {} });
  await new Reads(api, store).setBell({ id: "c", lastMessageAt: null }, true);
  assert.deepEqual(calls.map(([name]) => name), ["createReadStatus", "readStatuses", "updateReadStatus"]);
  assert.deepEqual([store.get().reads.c.id, store.get().reads.c.notificationEnabled], ["of another tab", true]);
});

test("a bell that could not be switched goes back", async () => {
  const { api } = recorder({ updateReadStatus: () => { throw refusal(500); } });
  const store = createStore({ me: { id: "me" }, reads: { c: read("c", "2026-03-02T09:00:00Z") } });
  await assert.rejects(new Reads(api, store).setBell({ id: "c" }, true));
  assert.equal(store.get().reads.c.notificationEnabled, false);
});

test("a notification tells its channel by name, or by the person of a private chat", () => {
  const channels = [{ id: "g", type: "PUBLIC", name: "general" }, { id: "x", type: "PUBLIC", name: "twice" }, { id: "y", type: "PUBLIC", name: "twice" },
    { id: "p", type: "PRIVATE", participants: [{ id: "me" }, { id: "h" }], lastMessageAt: "2026-03-02T09:00:00Z" }];
  const users = [{ id: "me", username: "me" }, { id: "h", username: "haneul (개발)" }, { id: "m", username: "mina" }];
  const reads = { p: { lastReadAt: "2026-03-02T09:00:00Z" } };
  const target = (title) => channelOfNotice({ title }, { channels, users, reads })?.id ?? null;
  assert.equal(target("mina (#general)"), "g");
  assert.equal(target("haneul (개발)"), null, "in doubt a name in brackets is a channel's");
  assert.equal(target("mina (#twice)"), null);
  assert.equal(target("mina"), null);
  assert.equal(target("권한이 변경되었습니다."), null);
  users[1].username = "haneul";
  assert.deepEqual([target("haneul"), target("haneul (개인 메시지)"), target("haneul (#비공개 채널)")], ["p", "p", "p"]);
  channels.push({ id: "q", type: "PRIVATE", participants: [{ id: "me" }, { id: "h" }, { id: "m" }], lastMessageAt: "2026-03-02T09:00:00Z" });
  assert.equal(target("haneul"), "q", "of two the unread one");
  reads.q = reads.p;
  assert.equal(target("haneul"), null, "and of two that are read none");
});

test("a notification of a role names both roles", () => {
  assert.deepEqual(rolesOfNotice({ content: "USER -> CHANNEL_MANAGER" }), ["USER", "CHANNEL_MANAGER"]);
  assert.equal(rolesOfNotice({ content: "USER -> KING" }), null);
});

test("a dismissed notification does not come back with a list that was asked for before, one that could not be dismissed does", async () => {
  const list = [{ id: "1" }, { id: "2" }];
  const { api } = recorder({ notifications: () => list, deleteNotification: (id) => { if (id === "2") throw refusal(500); } });
  const store = createStore({ notices: [] });
  const notices = new Notices(api, store);
  await notices.reload();
  await notices.dismiss(list[0]);
  await assert.rejects(notices.dismiss(list[1]));
  await notices.reload();
  assert.deepEqual(store.get().notices, [{ id: "2" }]);
});

test("a file that is being stored is asked for with growing pauses until it is there", async (context) => {
  globalThis.document = { hidden: false };
  stopTimers(context);
  const states = ["PROCESSING", "PROCESSING", "SUCCESS"];
  const { api, calls } = recorder({ file: (id) => ({ id, status: states.shift() }) });
  const files = new Files(api);
  const shown = [];
  const element = { isConnected: true };
  files.follow({ id: "f", status: "PROCESSING" }, element, (dto) => shown.push(dto.status));
  for (let count = 0; count < 3; count++) {
    assert.equal(calls.length, count);
    context.mock.timers.tick(delayBefore(count));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  assert.deepEqual(shown, ["PROCESSING", "SUCCESS"]);
  files.follow({ id: "f", status: "PROCESSING" }, element, (dto) => shown.push(`late ${dto.status}`));
  assert.equal(shown.at(-1), "late SUCCESS", "what is known is known to all");
  context.mock.timers.tick(60_000);
  assert.equal(calls.length, 3, "and nobody asks any more");
});

test("nobody asks for a file that nobody shows any more", async (context) => {
  globalThis.document = { hidden: false };
  stopTimers(context);
  const { api, calls } = recorder({ file: () => ({ id: "f", status: "PROCESSING" }) });
  const element = { isConnected: false };
  new Files(api).follow({ id: "f", status: "PROCESSING" }, element, () => {});
  context.mock.timers.tick(60_000);
  await Promise.resolve();
  assert.deepEqual(calls, []);
});

test("what says the same is the same", () => {
  const known = [{ id: 1 }];
  assert.equal(keepIfSame(known, [{ id: 1 }]), known);
  assert.notEqual(keepIfSame(known, [{ id: 2 }]), known);
});
