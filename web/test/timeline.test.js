import assert from "node:assert/strict";
import { test } from "node:test";
import { compareInstants, isEdited, layoutRows, mergeMessages, newAmong, refreshMessages, settlePending } from "../src/timeline.js";

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

test("a message with files takes away the one with the same files", () => {
  const waiting = [pending("1", "hi"), { ...pending("2", "hi", "uploading"), files: [{ name: "회의록.pdf" }] }];
  const arrived = { ...message("m", "2026-03-02T09:00:01Z", "me", "hi"), attachments: [{ fileName: "회의록.pdf" }] };
  assert.deepEqual(left(settlePending(waiting, [arrived], "me")), ["1"]);
});

test("the newest page takes away what is gone, changes what was edited, and knows nothing of what is newer or older", () => {
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((id, at) => message(id, `2026-03-02T09:00:0${at}Z`));
  const asked = new Set(["a", "b", "c", "d"]);
  const edited = { ...c, content: "other words" };
  const after = refreshMessages([a, b, c, d, e], [edited, b], { asked, hasOlder: true });
  assert.equal(ids(after), "abce");  // d is gone; e came after the question; a is older than the page reaches
  assert.equal(after[2].content, "other words");
  assert.equal(ids(refreshMessages([a, b, c], [c, b], { asked, hasOlder: false })), "bc");
  assert.equal(ids(refreshMessages([a, e], [], { asked, hasOlder: false })), "e");
});

test("edited is what was changed after it was said", () => {
  const at = "2026-03-02T09:00:00Z";
  assert.deepEqual([null, at, "2026-03-02T09:00:00.000Z", "2026-03-02T09:00:00.000001Z"].map((updatedAt) => isEdited({ createdAt: at, updatedAt })), [false, false, false, true]);
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
