import assert from "node:assert/strict";
import { test } from "node:test";
import { compareInstants, layoutRows, mergeMessages, newAmong, settlePending } from "../src/timeline.js";

const message = (id, createdAt, authorId = "a", content = id) => ({ id, createdAt, content, author: authorId && { id: authorId } });
const ids = (messages) => messages.map((one) => one.id).join("");

test("instants compare by every digit of their fraction, whatever their number", () => {
  const inOrder = [
    "2026-03-02T09:15:29.999999999Z", "2026-03-02T09:15:30Z", "2026-03-02T09:15:30.000000001Z",
    "2026-03-02T09:15:30.482Z", "2026-03-02T09:15:30.482913Z", "2026-03-02T09:15:31Z",
  ];
  for (const [i, a] of inOrder.entries()) for (const [j, b] of inOrder.entries()) assert.equal(compareInstants(a, b), Math.sign(i - j), `${a} ${b}`);
  assert.equal(compareInstants("2026-03-02T09:15:30Z", "2026-03-02T09:15:30.000Z"), 0);
});

test("merging puts live messages and pages in one order and shows nothing twice", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((id, at) => message(id, `2026-03-02T09:00:0${at}Z`));
  assert.equal(ids(mergeMessages([b, d], [c, b, a])), "abcd");
  assert.equal(ids(mergeMessages(mergeMessages([], [d, c]), [d, c])), "cd");
  assert.equal(ids(newAmong([a, b], [b, c, a, d])), "cd");
});

test("messages of one instant have a fixed order", () => {
  const [x, y] = [message("x", "2026-03-02T09:00:00Z"), message("y", "2026-03-02T09:00:00.000000Z")];
  assert.equal(ids(mergeMessages([y], [x])), ids(mergeMessages([x], [y])));
});

const pending = (receipt, content, state = "sending") => ({ receipt, content, state, at: "2026-03-02T09:00:00Z" });
const left = (list) => list.map((one) => one.receipt);

test("my message takes away one pending message of its text, the first", () => {
  const waiting = [pending("1", "hi"), pending("2", "ho"), pending("3", "hi")];
  assert.deepEqual(left(settlePending(waiting, [message("m", "2026-03-02T09:00:01Z", "me", "hi")], "me")), ["2", "3"]);
  assert.deepEqual(left(settlePending(waiting, [message("m", "2026-03-02T09:00:01Z", "you", "hi")], "me")), ["1", "2", "3"]);
});

test("what still waits for the connection cannot have arrived, what was given up can", () => {
  const arrived = [message("m", "2026-03-02T09:00:01Z", "me", "hi")];
  assert.deepEqual(left(settlePending([pending("1", "hi", "queued")], arrived, "me")), ["1"]);
  assert.deepEqual(left(settlePending([pending("1", "hi", "failed")], arrived, "me")), []);
});

test("rows: a day before its first message, runs of one author that end by another, by time, by day", () => {
  const rows = layoutRows([
    message("1", "2026-03-02T03:00:00Z"), message("2", "2026-03-02T03:01:00Z"), message("3", "2026-03-02T03:01:30Z", "b"),
    message("4", "2026-03-02T03:09:00Z", "b"), message("5", "2026-03-05T03:09:30Z", "b"),
  ], [pending("p", "hi")].map((one) => ({ ...one, at: "2026-03-05T03:10:00Z" })), "b");
  const shape = rows.map((row) => (row.kind === "day" ? "day" : `${row.kind === "pending" ? "p" : row.message.id}${row.first ? "F" : ""}${row.last ? "L" : ""}${row.mine ? "m" : ""}`));
  assert.deepEqual(shape, ["day", "1F", "2L", "3FLm", "4FLm", "day", "5Fm", "pLm"]);
  assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
});

test("an author who is gone is nobody's own", () => {
  const [, row] = layoutRows([{ id: "1", createdAt: "2026-03-02T03:00:00Z", content: "", author: null }], [], "me");
  assert.equal(row.mine, false);
});
