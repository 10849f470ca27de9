import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

/** name → [light, dark] of base.css, as hexadecimal colours without alpha. */
async function palette() {
  const css = await readFile(new URL("../src/styles/base.css", import.meta.url), "utf8");
  return Object.fromEntries([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, [light, dark]]));
}

/** Relative luminance and contrast as WCAG 2.2 has them. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = [
  ["ink", ["page", "panel", "raised", "hover"]], ["soft", ["page", "panel", "raised", "hover"]], ["accent-strong", ["page", "panel", "raised", "accent-wash"]],
  ["danger", ["page", "raised", "panel"]], ["warn", ["page", "panel"]], ["on-accent", ["accent", "accent-strong"]], ["on-mine", ["mine"]],
];
const SIGNS = [["good", ["panel", "page"]], ["edge", ["page"]], ["accent", ["page", "panel"]], ["alert", ["page", "panel"]]];

for (const [at, theme] of ["light", "dark"].entries()) {
  test(`texts stand out from what they stand on, ${theme}`, async () => {
    const colours = await palette();
    for (const [text, grounds] of TEXTS) {
      for (const ground of grounds) {
        const ratio = contrast(colours[text][at], colours[ground][at]);
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`signs stand out too, ${theme}`, async () => {
    const colours = await palette();
    for (const [sign, grounds] of SIGNS) {
      for (const ground of grounds) {
        const ratio = contrast(colours[sign][at], colours[ground][at]);
        assert.ok(ratio >= 3, `${sign} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}
