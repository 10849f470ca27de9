// Notifications: what rings the bell, the panel, and where a click leads.

import assert from "node:assert/strict";
import { jsonBody } from "../../integration/support/people.js";
import { Visitor, at } from "../support/visitor.js";

export default async function notices(town) {
  const speaker = await town.resident("알리는이");
  const channel = await town.makeChannel("속보");
  await town.makeChannel("잔잔한 방");
  const mina = await Visitor.settle(town, "Mina Bae");
  await mina.open("속보");
  const told = mina.page.waitForResponse((response) => response.url().includes("/api/readStatuses/") && response.request().postData()?.includes("true"));
  await mina.click("bell");
  await told;

  await town.check("D15.8 D8.4 with the bell on, a message elsewhere gives a badge and a row; a click removes it and opens the channel", async () => {
    await mina.open("잔잔한 방");
    await town.say(speaker, channel.id, "종이 울립니다");
    await mina.see("a badge", (selector) => { dispatchEvent(new Event("focus")); return document.querySelector(selector).textContent === "1"; }, at("badge"));
    await mina.click("notifications");
    await mina.reading("notice", /알리는이 \(#속보\)/);
    await mina.reading("notice", /종이 울립니다/);
    await mina.click("notice");
    await mina.reading("title", "속보");
    await mina.hides("notifications-panel");
    await mina.reading("badge", "");
    await mina.sees("종이 울립니다");
    await mina.reload();
    await mina.reading("title", "속보");
    assert.equal(await mina.text("badge"), "", "the server has deleted it");
  });

  await town.check("D8.4 with the bell off again, nothing comes of a message", async () => {
    const told = mina.page.waitForResponse((response) => response.url().includes("/api/readStatuses/") && response.request().postData()?.includes("false"));
    await mina.click("bell");
    await told;
    await mina.open("잔잔한 방");
    await town.say(speaker, channel.id, "아무도 못 듣습니다");
    await mina.returns();
    await mina.shows("channel", '[data-name="속보"].is-unread');
    assert.equal(await mina.text("badge"), "");
  });

  await town.check("D8.2 D8.4 in a private chat the bell is on from the start; a click on the notification opens it", async () => {
    const { id } = (await speaker.get("/api/users")).json.find((user) => user.username === "Mina Bae");
    const answer = await speaker.post("/api/channels/private", jsonBody({ participantIds: [id, speaker.id] }));
    assert.equal(answer.status, 201, answer.text);
    await town.say(speaker, answer.json.id, "우리끼리 얘기");
    await mina.see("a badge", (selector) => { dispatchEvent(new Event("focus")); return document.querySelector(selector).textContent === "1"; }, at("badge"));
    await mina.click("notifications");
    await mina.reading("notice", /^알리는이/);
    await mina.click("notice");
    await mina.reading("title", "알리는이");
    await mina.sees("우리끼리 얘기");
    await mina.shows("bell", '[aria-pressed="true"]');
  });

  await town.check("D8.2 who begins a private chat sees its bell on, too", async () => {
    await mina.write("한도윤");
    await mina.shows("bell", '[aria-pressed="true"]');
  });

  await town.check("all notifications are cleared at once", async () => {
    await mina.open("잔잔한 방");
    await mina.say("나는 나");  // one's own words ring nowhere
    await town.say(speaker, (await mina.page.evaluate((selector) => document.querySelector(selector).dataset.channelId, at("channel", '[data-name="알리는이"]'))), "하나", "둘", "셋");
    await mina.see("a badge", (selector) => { dispatchEvent(new Event("focus")); return document.querySelector(selector).textContent === "3"; }, at("badge"));
    await mina.click("notifications");
    await mina.screenshot("notifications");
    await mina.click("notifications-clear");
    await mina.hides("notice");
    await mina.page.keyboard.press("Escape");
    await mina.reading("badge", "");
    await mina.reload();
    await mina.shows("channel");
    assert.equal(await mina.text("badge"), "");
  });
}
