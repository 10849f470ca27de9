import assert from "node:assert/strict";
import { test } from "node:test";
import { channelName, findDirect, isUnread, markSeen, mergeChannels, splitChannels, touch } from "../src/channels.js";

const user = (id) => ({ id, username: `name of ${id}` });
const open = (id, lastMessageAt = null) => ({ id, type: "PUBLIC", name: id, participants: [], lastMessageAt });
const direct = (id, members, lastMessageAt = null) => ({ id, type: "PRIVATE", name: null, participants: members.map(user), lastMessageAt });

test("the private chat of two is found, a group with both is not it", () => {
  const channels = [open("o"), direct("group", ["me", "a", "b"]), direct("b", ["b", "me"]), direct("a", ["me", "a"])];
  assert.equal(findDirect(channels, "me", "a").id, "a");
  assert.equal(findDirect(channels, "me", "b").id, "b");
  assert.equal(findDirect(channels, "me", "c"), undefined);
});

test("a private channel goes by the others", () => {
  assert.equal(channelName(direct("x", ["a", "me", "b"]), "me", "?"), "name of a, name of b");
  assert.equal(channelName(direct("x", ["me"]), "me", "?"), "?");
  assert.equal(channelName(open("general"), "me", "?"), "general");
});

test("public channels keep their order, private ones have the latest talk first and the silent last", () => {
  const split = splitChannels([open("z"), direct("silent", ["me", "a"]), direct("old", ["me", "b"], "2026-03-02T09:00:00Z"),
    open("a"), direct("new", ["me", "c"], "2026-03-02T09:00:00.5Z")]);
  assert.deepEqual(split.open.map((one) => one.id), ["z", "a"]);
  assert.deepEqual(split.direct.map((one) => one.id), ["new", "old", "silent"]);
});

test("a poll that was answered before a live message does not undo it", () => {
  const known = touch([open("a", "2026-03-02T09:00:00Z"), open("gone")], "a", "2026-03-02T09:00:05Z");
  const merged = mergeChannels(known, [open("a", "2026-03-02T09:00:00Z"), open("b")]);
  assert.deepEqual(merged.map((one) => [one.id, one.lastMessageAt ?? null]), [["a", "2026-03-02T09:00:05Z"], ["b", null]]);
});

test("unread: newer than what was seen, and whatever appears while we watch", () => {
  const a = open("a", "2026-03-02T09:00:00Z");
  let seen = markSeen({}, [a, open("empty")], { firstLook: true });
  assert.equal(isUnread(a, seen), false);
  assert.equal(isUnread({ ...a, lastMessageAt: "2026-03-02T09:00:00.000001Z" }, seen), true);
  const late = direct("late", ["me", "x"], "2026-03-02T08:00:00Z");
  seen = markSeen(seen, [a, late], { firstLook: false });
  assert.equal(isUnread(late, seen), true);
  assert.equal(isUnread(open("empty", "2026-03-02T09:00:00Z"), seen), true);
  assert.equal(isUnread(open("empty"), seen), false);
});
