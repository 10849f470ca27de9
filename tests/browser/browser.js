// The page, driven by several people in one headless Chromium, each in a context of their own. Every flow that a user sees has
// a file in flows/; they share one server, in this order. Screenshots go to artifacts/.
//
// FLOW=name runs one of them. Chromium is CHROMIUM, or /usr/bin/chromium.

import assert from "node:assert/strict";
import { Town } from "./support/town.js";

const FLOWS = ["looks", "arriving", "talking", "channels", "messages", "reading", "notices", "files", "pictures", "people", "leaving"];

if (process.env.FLOW) assert.ok(FLOWS.includes(process.env.FLOW), `flows are ${FLOWS.join(", ")}`);

const town = await Town.found();
try {
  for (const name of FLOWS.filter((one) => !process.env.FLOW || one === process.env.FLOW)) {
    const { default: flow } = await import(`./flows/${name}.js`);
    await flow(town);
    await town.check(`${name}: no page had an error, broke its own content security policy, or asked other origins`, () => {
      for (const one of town.visitors) assert.deepEqual(one.problems, [], one.name);
    });
    for (const one of town.visitors.splice(0)) await one.leave();
  }
  await town.check("the server leaves in good order", () => town.server.stop());
} catch (error) {
  town.failed += 1;
  console.log(`not ok - ${error.stack.replace(/^/gm, "#   ")}`);
} finally {
  await town.abandon();
}
console.log(`${town.passed} passed, ${town.failed} failed`);
process.exit(town.failed === 0 && town.passed > 0 ? 0 : 1);
