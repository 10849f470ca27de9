// The history in pages, and one's own words changed and taken back, also those that came live.

import assert from "node:assert/strict";
import { history } from "../../integration/support/people.js";
import { Visitor, at } from "../support/visitor.js";

export default async function messages(town) {
  const writer = await town.resident("윤글이");
  const channel = await town.makeChannel("긴 이야기");
  const all = Array.from({ length: 120 }, (_, at) => `메시지 ${at + 1}`);
  await town.say(writer, channel.id, ...all);
  const mina = await Visitor.settle(town, "Mina Lee");
  const haneul = await Visitor.settle(town, "최하늘", { language: "ko" });

  await town.check("D15.10 D4.4 120 messages come in pages of 50, 50 and 20, without a jump, down to the line that says it begins here", async () => {
    const sizes = [];
    const listen = async (response) => { if (response.url().includes("/api/messages?")) sizes.push((await response.json()).content.length); };
    mina.page.on("response", listen);
    await mina.open("긴 이야기");
    await mina.sees("메시지 120");
    for (const first of [71, 21, 1]) {
      await mina.see(`message ${first}`, (row, content, wanted) => {
        const list = document.querySelector(".scroller");
        if (document.querySelector(`${row} ${content}`)?.textContent === wanted) return true;
        list.scrollTop = 0;
        return false;
      }, at("message"), at("message-content"), `메시지 ${first}`);
    }
    mina.page.off("response", listen);
    assert.deepEqual(await mina.messages(), all);
    assert.deepEqual(sizes, [50, 50, 20]);
    await mina.see("the line", () => document.querySelector(".beginning").textContent === "This is where the conversation begins.");
  });

  await town.check("D4.4 one's own live message is edited, by the keys alone; others see it when they look again", async () => {
    await haneul.open("긴 이야기");
    await mina.say("오타가 잇는 글");
    await haneul.sees("오타가 잇는 글");
    await mina.sees("오타가 잇는 글");
    await mina.page.focus(at("composer-input"));
    await mina.page.keyboard.press("ArrowUp");
    await mina.shows("edit-input");
    await mina.fill("edit-input", "오타가 없는 글");
    await mina.page.keyboard.press("Enter");
    await mina.sees("오타가 없는 글");
    await mina.hides("edit-input");
    await haneul.returns();
    await haneul.sees("오타가 없는 글");
    for (const one of [mina, haneul]) await one.see("the mark", (selector) => [...document.querySelectorAll(selector)].at(-1).textContent !== "", at("message-edited"));
    assert.equal((await history(writer, channel.id)).at(-1).content, "오타가 없는 글");
  });

  await town.check("Escape leaves a message as it was", async () => {
    await mina.messageMenu("오타가 없는 글", "message-edit");
    await mina.fill("edit-input", "anything");
    await mina.page.keyboard.press("Escape");
    await mina.hides("edit-input");
    assert.equal((await mina.messages()).at(-1), "오타가 없는 글");
  });

  await town.check("D4.4 one's own message is deleted, and goes from others' pages too", async () => {
    await mina.messageMenu("오타가 없는 글", "message-delete");
    await mina.click("message-delete-confirm");
    await mina.see("it gone", (row, content) => ![...document.querySelectorAll(row)].some((one) => one.querySelector(content).textContent === "오타가 없는 글"), at("message"), at("message-content"));
    await haneul.returns();
    await haneul.see("it gone", (row, content) => ![...document.querySelectorAll(row)].some((one) => one.querySelector(content).textContent === "오타가 없는 글"), at("message"), at("message-content"));
    assert.deepEqual(await mina.messages(), all);
  });

  await town.check("D3.10 nobody has a menu for the words of others", async () => {
    assert.equal(await haneul.count("message-menu"), 0);
  });
}
