// The pages of docs/conformance name every test of this folder that is theirs, and none that is not there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");

/** Names in a column of its tables, counted from the last. */
function named(page, column = 1) {
  const rows = readFileSync(join(ROOT, "docs/conformance", page), "utf8").split("\n").filter((line) => /^\|.*`\s*\|$/.test(line));
  return new Set(rows.flatMap((row) => [...row.split(" | ").at(-column).matchAll(/`([^`]+)`/g)].map(([, name]) => name)));
}

const testsOf = (prefix) => readdirSync(HERE).filter((file) => file.startsWith(prefix) && file.endsWith(".test.js"))
  .flatMap((file) => [...readFileSync(join(HERE, file), "utf8").matchAll(/^test\("((?:[^"\\]|\\.)*)"/gm)].map(([, name]) => name.replaceAll('\\"', '"')));

const casesOf = (...files) => files.flatMap((file) => [...readFileSync(join(ROOT, "tests/transcript", file), "latin1").matchAll(/^case +(.*)$/gm)].map(([, name]) => name));

function agree(names, tests, page) {
  const known = new Set(tests);
  assert.deepEqual([...names].filter((name) => !known.has(name)), [], `${page} names what is not there`);
  assert.deepEqual(tests.filter((name) => !names.has(name)), [], `${page} leaves out`);
}

test("docs/conformance/rfc6455.md names every test of RFC 6455", () => {
  agree(named("rfc6455.md"), testsOf("ws_"), "rfc6455.md");
});

test("docs/conformance/http1.md names every test of HTTP/1.1, and cases of the transcripts", () => {
  agree(named("http1.md"), testsOf("http_"), "http1.md");
  const cases = new Set(casesOf("http1.t", "http1_refused.t", "http1_framing.t", "http1_limits.t", "http_chunked.t"));
  assert.deepEqual([...named("http1.md", 2)].filter((name) => !cases.has(name)), [], "http1.md names cases that are not there");
});
