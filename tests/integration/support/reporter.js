// What `node --test` reports: one line per test, the error of each that failed, and at last "N passed, N failed".
// Suites and files are no tests of their own, unless a file fails outside its tests.

const isContainer = (data) => data.details?.type === "suite" || /\.(test|kill|browser)\.js$/.test(data.name);

const indent = (text) => text.split("\n").map((line) => `#   ${line}`).join("\n");

function explain(error) {
  const cause = error?.cause instanceof Error ? error.cause : error;
  const text = String(cause?.stack ?? cause?.message ?? cause);
  return indent(text.split("\n").filter((line) => !/^\s+at .*node:internal/.test(line)).join("\n"));
}

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  const suites = [];  // by nesting: what the tests under way are in
  const named = (data) => [...suites.slice(0, data.nesting).filter(Boolean), data.name].join(": ");
  for await (const { type, data } of events) {
    if (type === "test:start") {
      suites[data.nesting] = /\.js$/.test(data.name) ? null : data.name;
    } else if (type === "test:stderr" || type === "test:stdout") {
      yield `${indent(data.message.trimEnd())}\n`;
    } else if (type === "test:pass") {
      if (isContainer(data)) continue;
      const how = data.skip !== undefined ? " # SKIPPED" : data.todo !== undefined ? " # TODO" : "";
      passed += how === "";
      failed += how !== "";  // nothing is left out in silence
      yield `${how === "" ? "ok" : "not ok"} - ${named(data)} (${Math.round(data.details.duration_ms)} ms)${how}\n`;
    } else if (type === "test:fail") {
      if (isContainer(data) && data.details.error?.failureType === "subtestsFailed") continue;
      failed += 1;
      yield `not ok - ${named(data)} (${Math.round(data.details.duration_ms)} ms)\n${explain(data.details.error)}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
