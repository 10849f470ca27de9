// Public channels made, changed and deleted by those who may; private chats of several; and what others see of it.

import assert from "node:assert/strict";
import { ADMIN } from "../../integration/support/server.js";
import { Visitor, at } from "../support/visitor.js";

export default async function channels(town) {
  const mina = await Visitor.settle(town, "Mina Park");
  const chief = await Visitor.arrive(town, "admin");
  await chief.reads("ko");
  await chief.logIn(ADMIN.username, ADMIN.password);
  await chief.shows("app");

  await town.check("D15.14 a manager makes a channel, and others see it", async () => {
    await chief.click("new-channel");
    await chief.fill("channel-name", "x");
    await chief.click("channel-create");
    await chief.see("the name refused", (selector) => document.querySelector(selector).getAttribute("aria-invalid") === "true", at("channel-name"));
    await chief.fill("channel-name", "디자인 리뷰");
    await chief.fill("channel-description", "목업과 색, 그리고 글");
    await chief.click("channel-create");
    await chief.reading("title", "디자인 리뷰");
    await mina.returns();
    await mina.open("디자인 리뷰");
    assert.equal(await mina.count("channel-menu", ":not([hidden])"), 0, "who may not change it has no menu for it");
  });

  await town.check("D15.14 and renames it, and others see that", async () => {
    await chief.click("channel-menu");
    await chief.click("channel-edit");
    await chief.fill("channel-name", "디자인");
    await chief.click("channel-save");
    await chief.reading("title", "디자인");
    await mina.returns();
    await mina.reading("title", "디자인");
  });

  await town.check("menus and windows are used by keys alone, and give the focus back", async () => {
    await chief.page.focus(at("channel-menu"));
    await chief.page.keyboard.press("Enter");
    await chief.see("the first choice with the focus", (selector) => document.activeElement?.matches(selector), at("channel-edit"));
    await chief.page.keyboard.press("ArrowDown");
    await chief.see("the next", (selector) => document.activeElement?.matches(selector), at("channel-delete"));
    await chief.page.keyboard.press("ArrowDown");
    await chief.see("the first again", (selector) => document.activeElement?.matches(selector), at("channel-edit"));
    await chief.page.keyboard.press("Escape");
    await chief.see("the focus back", (selector) => document.activeElement?.matches(selector), at("channel-menu"));
    await chief.hides("menu");
    await chief.page.keyboard.press("Enter");
    await chief.page.keyboard.press("Enter");
    await chief.shows("channel-form");
    await chief.page.keyboard.press("Escape");
    await chief.hides("channel-form");
  });

  await town.check("D15.14 D5 a plain user's try is refused in a window with code, message and request", async () => {
    // No button of a plain user leads there: it is one that was shown before the role was taken away.
    await mina.page.$eval(at("new-channel"), (button) => { button.hidden = false; });
    await mina.click("new-channel");
    await mina.fill("channel-name", "mine");
    await mina.click("channel-create");
    await mina.shows("error-window");
    await mina.reading("error-message", /./);
    await mina.reading("error-facts", /403 · /);
    await mina.reading("error-facts", /[0-9a-f]{32}/);
    await mina.screenshot("error-window");
    await mina.click("error-close");
    await mina.hides("error-window");
  });

  await town.check("D15.14 a manager deletes the channel; it closes where it is open", async () => {
    await chief.click("channel-menu");
    await chief.click("channel-delete");
    await chief.click("channel-delete-confirm");
    await chief.hides("channel", '[data-name="디자인"]');
    await mina.returns();
    await mina.hides("channel", '[data-name="디자인"]');
    await mina.reading("title", "Parley");
    await mina.shows("toast");
  });

  await town.check("D8.1 a private chat of three, found by searching; all of them read it, nobody else does", async () => {
    const dami = await Visitor.settle(town, "정다미", { language: "ko" });
    const seojun = await Visitor.settle(town, "박서준", { language: "ko" });
    await mina.returns();
    await mina.click("new-private");
    await mina.shows("private-form");
    assert.equal(await mina.page.$eval(at("private-create"), (button) => button.disabled), true, "with nobody chosen there is nothing to start");
    for (const name of ["정다미", "박서준"]) {
      await mina.fill("private-search", name);
      await mina.see("one person", (selector) => document.querySelectorAll(selector).length === 1, at("pick"));
      await mina.page.keyboard.press("Enter");
    }
    await mina.screenshot("private-picker");
    await mina.click("private-create");
    await mina.reading("title", /정다미/);
    await mina.say("셋이서 얘기해요");
    await dami.returns();
    await seojun.returns();
    await dami.open("Mina Park, 박서준");
    await dami.sees("셋이서 얘기해요");
    await seojun.open("Mina Park, 정다미");
    await seojun.sees("셋이서 얘기해요");
    await chief.returns();
    const names = await chief.page.$$eval(at("channel"), (rows) => rows.map((row) => row.dataset.name));
    assert.equal(names.some((name) => name.includes("정다미")), false, names.join(" "));
  });

  await town.check("D8.1 whoever is written to alone again is found in the chat there is", async () => {
    for (let round = 0; round < 2; round++) {
      await mina.open("general");
      await mina.write("정다미");
    }
    assert.equal(await mina.count("channel", '[data-name="정다미"]'), 1);
  });
}
