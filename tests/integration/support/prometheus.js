// A strict reader of the text format of Prometheus, 0.0.4: it refuses what a scraper or promtool would complain of.

import assert from "node:assert/strict";

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const NUMBER = /^(?:[+-]?Inf|NaN|-?[0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+)?)$/;

function labelsOf(text) {
  const labels = {};
  for (let rest = text ?? ""; rest !== "";) {
    const found = rest.match(LABEL);
    assert.ok(found, `labels: ${rest}`);
    assert.ok(!(found[1] in labels), `label twice: ${text}`);
    labels[found[1]] = found[2].replace(/\\(.)/g, (_, one) => (one === "n" ? "\n" : one));
    rest = rest.slice(found[0].length);
  }
  return labels;
}

const key = (labels) => JSON.stringify(Object.entries(labels).sort());

function checkHistogram(family) {
  const groups = new Map();
  for (const { name, labels, value } of family.samples) {
    const { le, ...rest } = labels;
    const group = groups.get(key(rest)) ?? groups.set(key(rest), { buckets: [] }).get(key(rest));
    if (name === `${family.name}_bucket`) group.buckets.push([le === "+Inf" ? Infinity : Number(le), value]);
    else group[name.slice(family.name.length + 1)] = value;
  }
  for (const { buckets, sum, count } of groups.values()) {
    assert.ok(buckets.length > 1 && sum >= 0, family.name);
    assert.equal(buckets.at(-1)[0], Infinity, family.name);
    assert.equal(buckets.at(-1)[1], count, `${family.name}: +Inf is the count`);
    for (let i = 1; i < buckets.length; i++) {
      assert.ok(buckets[i][0] > buckets[i - 1][0], `${family.name}: bounds rise`);
      assert.ok(buckets[i][1] >= buckets[i - 1][1], `${family.name}: buckets are cumulative`);
    }
  }
}

const SUFFIXES = { counter: [""], gauge: [""], histogram: ["_bucket", "_sum", "_count"] };

/** name => {name, type, help, samples: [{name, labels, value}]}. */
export function parsePrometheus(text) {
  assert.ok(text.endsWith("\n"), "the last line ends too");
  const families = new Map();
  let now = null;
  const seen = new Set();
  for (const line of text.slice(0, -1).split("\n")) {
    const help = line.match(/^# HELP (\S+) (.+)$/), type = line.match(/^# TYPE (\S+) (counter|gauge|histogram)$/);
    if (help) {
      assert.match(help[1], NAME);
      assert.ok(!families.has(help[1]), `${help[1]} comes in one group`);
      assert.match(help[2], /^[A-Z0-9].*\.$/, "a sentence");
      now = { name: help[1], help: help[2], samples: [] };
      families.set(now.name, now);
      continue;
    }
    if (type) {
      assert.equal(type[1], now?.name, "TYPE follows HELP");
      assert.equal(now.type, undefined);
      now.type = type[2];
      if (now.type === "counter") assert.match(now.name, /_total$/);
      else assert.doesNotMatch(now.name, /_total$/);
      continue;
    }
    const sample = line.match(SAMPLE);
    assert.ok(sample, `a line: ${line}`);
    assert.match(sample[3], NUMBER, line);
    const labels = labelsOf(sample[2]);
    assert.ok(SUFFIXES[now.type].some((one) => sample[1] === now.name + one), `${sample[1]} in the group of ${now.name}`);
    assert.ok(!seen.has(sample[1] + key(labels)), `twice: ${line}`);
    seen.add(sample[1] + key(labels));
    const value = sample[3] === "+Inf" ? Infinity : Number(sample[3]);
    if (now.type === "counter") assert.ok(value >= 0, line);
    now.samples.push({ name: sample[1], labels, value });
  }
  for (const family of families.values()) {
    assert.ok(family.type, family.name);
    if (family.type === "histogram") checkHistogram(family);
  }
  return families;
}

/** The value of the series with exactly these labels; 0 when it is not there. */
export function valueOf(families, name, labels = {}) {
  const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ""));
  assert.ok(family, `there is a ${name}`);
  return family.samples.find((one) => one.name === name && key(one.labels) === key(labels))?.value ?? 0;
}
