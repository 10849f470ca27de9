// What is unread, on every device of a user alike, and the bell of a channel.

import assert from "node:assert/strict";
import { Visitor, at } from "../support/visitor.js";

const isUnread = (name) => `[data-name="${name}"].is-unread`;

export default async function reading(town) {
  const speaker = await town.resident("말하는이");
  const channel = await town.makeChannel("소식");
  await town.makeChannel("조용한 방");
  const mina = await Visitor.settle(town, "Mina Cho");
  await mina.open("조용한 방");

  await town.check("D8.2 a message elsewhere marks its channel, opening it takes the mark away, for a reload too", async () => {
    await town.say(speaker, channel.id, "첫 소식");
    await mina.returns();
    await mina.shows("channel", isUnread("소식"));
    await mina.see("the title", () => document.title.startsWith("("));
    const told = mina.page.waitForResponse((response) => response.url().includes("/api/readStatuses") && response.request().method() !== "GET");
    await mina.open("소식");
    await told;
    await mina.hides("channel", isUnread("소식"));
    await mina.open("조용한 방");
    await mina.reload();
    await mina.shows("channel", '[data-name="소식"]');
    await mina.hides("channel", isUnread("소식"));
  });

  await town.check("D8.2 what comes while the channel is open is read; what comes after it was left is not", async () => {
    await mina.open("소식");
    const told = mina.page.waitForResponse((response) => response.url().includes("/api/readStatuses/") && response.request().method() === "PATCH");
    await town.say(speaker, channel.id, "둘째 소식");
    await mina.sees("둘째 소식");
    await told;
    await mina.open("조용한 방");
    await mina.returns();
    await mina.hides("channel", isUnread("소식"));
    await town.say(speaker, channel.id, "셋째 소식");
    await mina.returns();
    await mina.shows("channel", isUnread("소식"));
    assert.equal(await mina.count("channel", isUnread("조용한 방")), 0);
  });

  await town.check("D4.5 the bell of a channel is switched on, and stays on", async () => {
    await mina.open("소식");
    assert.equal(await mina.page.$eval(at("bell"), (bell) => bell.getAttribute("aria-pressed")), "false", "D8.2: off in a public channel");
    const told = mina.page.waitForResponse((response) => response.url().includes("/api/readStatuses/") && response.request().postData()?.includes("true"));
    await mina.click("bell");
    assert.equal((await told).status(), 200);
    await mina.reload();
    await mina.open("소식");
    await mina.shows("bell", '[aria-pressed="true"]');
  });
}
