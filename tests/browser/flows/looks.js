// The page as one would show it, at the widths and in the colours that there are; nothing sticks out, everything has a name,
// nothing jumps. The pictures in docs/images/ are made here.

import assert from "node:assert/strict";
import { blend } from "../support/town.js";
import { Visitor } from "../support/visitor.js";

/** Messages per second, by the number of people. */
const BARS = [0.2, 0.34, 0.45, 0.58, 0.69, 0.77, 0.84, 0.88];
function chart(x, y) {
  const at = (x - 0.06) / 0.88 * BARS.length;
  const isBar = at >= 0 && at < BARS.length && at % 1 > 0.18 && at % 1 < 0.82 && y < 0.92 && y > 0.92 - 0.82 * BARS[Math.floor(at)];
  if (isBar) return [13 + 40 * y, 122 + 50 * y, 107 + 50 * y];
  return Math.abs((y - 0.1) % 0.205) < 0.004 ? [224, 228, 224] : [248, 249, 246];
}

/** Somebody before a sky. */
const portrait = (sky, skin, coat) => (x, y) => {
  if (Math.hypot(x - 0.5, (y - 0.42) * 1.1) < 0.2) return skin;
  if (Math.hypot((x - 0.5) * 0.9, y - 1.08) < 0.4) return coat;
  return blend(sky, sky.map((value) => Math.min(255, value + 60)))(x, y);
};

const LONG = "황보관우스테파니아알렉산드리아프란체스카";
const SIZES = [[320, 640], [390, 844], [768, 1024], [1000, 700], [1440, 900]];

/** What sticks out of the page or of a part that does not scroll sideways, and what has no name or not one id of its own. */
function audit() {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
  for (const part of document.querySelectorAll(".scroll, .scroller, .bar, .composer, .dialog, .panel, .foot")) {
    if (part.checkVisibility() && part.scrollWidth > part.clientWidth + 1) found.push(`${part.className} holds ${part.scrollWidth} in ${part.clientWidth}`);
  }
  for (const part of document.querySelectorAll(".bubble, .file, .picture, .entry, .pick, .icon-button, .button, .input")) {
    const { left, right, width } = part.getBoundingClientRect();
    if (part.checkVisibility({ visibilityProperty: true }) && width > 0 && (left < 0 || right > innerWidth)) found.push(`${part.className} from ${left} to ${right}`);
  }
  for (const control of document.querySelectorAll("button, a, input, textarea")) {
    const name = control.getAttribute("aria-label") || control.textContent.trim() || control.labels?.[0]?.textContent;
    if (control.checkVisibility({ visibilityProperty: true }) && !name) found.push(`no name: ${control.outerHTML.slice(0, 120)}`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) found.push(`no alt: ${image.outerHTML.slice(0, 120)}`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of ids.filter((one, place) => ids.indexOf(one) !== place)) found.push(`twice the id ${id}`);
  return found;
}

export default async function looks(town) {
  for (const [name, description] of [["개발", "코드 리뷰와 배포 이야기"], ["design", "Mockups, colours, words"], ["점심", "오늘 뭐 먹지?"]]) {
    await town.makeChannel(name, description);
  }
  const room = await town.makeChannel("배포", "Releases, 릴리스 일정");
  for (const [name, ...colours] of [["이서연", [90, 150, 210], [247, 213, 190], [60, 70, 120]], ["Priya", [230, 160, 90], [176, 120, 86], [20, 110, 100]]]) {
    const one = await Visitor.arrive(town, name);
    await one.signUp({ picture: await town.picture(`${name}.png`, { width: 192, height: 192, colour: portrait(...colours) }) });
    await one.leave();
  }
  for (const name of ["이서연", "Priya"]) await town.returning(name);
  await town.resident("Alex");
  for (const name of ["박준호", "최민수"]) await town.resident(name, { loggedIn: false });
  const [seoyeon, priya] = ["이서연", "Priya"].map((name) => town.residents.get(name));
  await town.say(seoyeon, room.id, "좋은 아침이에요 ☕ 스테이징에 새 버전 올렸습니다.");
  await town.say(priya, room.id, "Nice! Smoke tests are green on my side.");
  const mina = await Visitor.settle(town, "Mina Jung");
  await mina.open("배포");

  await town.check("a conversation with pictures and files, in English and Korean, light and dark, on a desk and in a hand", async () => {
    await mina.say("Hi! How about 4 pm — the load test is still running.");
    await mina.sees("Hi! How about 4 pm — the load test is still running.");
    await town.say(seoyeon, room.id, "좋아요. 그럼 그때까지 리뷰 끝낼게요.");
    await mina.choose("file-input", await town.picture("그래프.png", { width: 720, height: 480, colour: chart }), await town.file("부하 시험 결과.csv", "a,b\n1,2\n".repeat(400)));
    await mina.say("Not one message lost so far 🙂");
    await mina.shows("picture", '[data-status="SUCCESS"] img');
    await town.say(priya, room.id, "와, 좋네요! https://example.org/graph");
    await mina.sees("와, 좋네요! https://example.org/graph");
    await mina.screenshot("chat-en");
    await mina.click("theme");
    await mina.screenshot("chat-dark");
    await mina.click("theme");
    await mina.reads("ko");
    await mina.screenshot("chat-ko");
    await mina.resize(390, 844);
    await mina.screenshot("chat-phone");
    await mina.resize(1440, 900);
  });

  await town.check("long names and long words stick out nowhere, at any width; every control has a name", async () => {
    await town.makeChannel("아주 긴 이름을 가진 채널인데 어디까지 보일지 궁금합니다", "설명도 길어서 ".repeat(12));
    await town.say(await town.resident(LONG), room.id, `감사합니다! https://example.org/${"아주긴주소".repeat(20)}`, "a".repeat(300));
    await mina.sees("a".repeat(300));
    await mina.write(LONG);
    await mina.open("배포");
    const found = [];
    for (const [width, height] of SIZES) {
      await mina.resize(width, height);
      for (const problem of await mina.page.evaluate(audit)) found.push(`${width}: ${problem}`);
      if (width > 720) continue;
      await mina.click("show-channels");
      await mina.shows("me");
      for (const open of ["me", "new-private"]) {
        await mina.click(open);
        for (const problem of await mina.page.evaluate(audit)) found.push(`${width}, ${open}: ${problem}`);
        await mina.page.keyboard.press("Escape");
        await mina.hides("dialog-close");
      }
      await mina.page.keyboard.press("Escape");
      await mina.hides("me");
    }
    await mina.resize(1440, 900);
    assert.deepEqual(found, []);
  });

  await town.check("nothing jumps while the page and its pictures arrive", async () => {
    await mina.page.evaluateOnNewDocument(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map((one) => one.node?.className ?? "?").join(" ")]);
      }).observe({ type: "layout-shift", buffered: true });
    });
    await mina.reload();
    await mina.shows("picture", '[data-status="SUCCESS"] img');
    const shifts = await mina.page.evaluate(() => window.shifts);
    assert.ok(shifts.reduce((sum, [value]) => sum + value, 0) < 0.05, JSON.stringify(shifts));
  });

  await town.check("who wants no motion sees none", async () => {
    await mina.page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await mina.click("me");
    assert.equal(await mina.page.evaluate(() => document.getAnimations().length), 0);
    await mina.page.keyboard.press("Escape");
    await mina.page.emulateMediaFeatures([]);
  });

  await town.check("without a choice the colours are those of the system", async () => {
    const ground = () => mina.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await mina.page.evaluate(() => { localStorage.clear(); });
    await mina.reload();
    await mina.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    const light = await ground();
    await mina.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    assert.notEqual(await ground(), light);
    await mina.page.emulateMediaFeatures([]);
  });
}
