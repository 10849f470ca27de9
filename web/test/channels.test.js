import assert from "node:assert/strict";
import { test } from "node:test";
import { channelName, findDirect, isUnread, managesChannels, mergeChannels, searchPeople, splitChannels, touch } from "../src/channels.js";

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

test("a poll that was asked for before a live message does not undo it; otherwise the server's word holds", () => {
  const asked = [open("a", "2026-03-02T09:00:00Z"), open("b", "2026-03-02T09:00:00Z"), open("gone")];
  const known = touch(asked, "a", "2026-03-02T09:00:05Z");
  const fresh = [open("a", "2026-03-02T09:00:00Z"), open("b", "2026-03-02T08:00:00Z"), open("new")];
  assert.deepEqual(mergeChannels(asked, known, fresh).map((one) => [one.id, one.lastMessageAt]),
    [["a", "2026-03-02T09:00:05Z"], ["b", "2026-03-02T08:00:00Z"], ["new", null]]);
});

test("unread: newer than what was read, or never read; silence is nothing to read", () => {
  const a = open("a", "2026-03-02T09:00:00.000001Z");
  assert.equal(isUnread(a, undefined), true);
  assert.equal(isUnread(a, { lastReadAt: "2026-03-02T09:00:00Z" }), true);
  assert.equal(isUnread(a, { lastReadAt: "2026-03-02T09:00:00.000001Z" }), false);
  assert.equal(isUnread(open("silent"), undefined), false);
});

test("who may make and delete channels", () => {
  assert.deepEqual(["USER", "CHANNEL_MANAGER", "ADMIN"].map((role) => managesChannels({ role })), [false, true, true]);
});

test("people are found by name and address, those who are here first", () => {
  const people = [["me", true], ["Bora", false], ["하늘", true], ["Anna", false]].map(([username, online]) => ({ id: username, username, email: `${username}@example.org`.toLowerCase(), online }));
  const found = (wanted) => searchPeople(people, "me", wanted, "en").map((one) => one.id);
  assert.deepEqual(found(""), ["하늘", "Anna", "Bora"]);
  assert.deepEqual(found(" BO"), ["Bora"]);
  assert.deepEqual(found("anna@EX"), ["Anna"]);
  assert.deepEqual(found("nobody"), []);
});
