// Oneself and the others: profiles, roles, and the end of an account.

import assert from "node:assert/strict";
import { ADMIN } from "../../integration/support/server.js";
import { Browser } from "../../integration/support/people.js";
import { PASSWORD, Visitor, at } from "../support/visitor.js";

export default async function people(town) {
  const haneul = await Visitor.settle(town, "하늘빛", { language: "ko" });
  const mina = await Visitor.settle(town, "Mina Yoon");

  await mina.open("general");
  await haneul.open("general");

  await town.check("D15.11 D4.2 a new name: the own name plate changes, and others see it without a reload", async () => {
    await mina.click("me");
    await mina.fill("profile-username", "Mina Y.");
    await mina.click("profile-save");
    await mina.reading("my-name", "Mina Y.");
    await mina.say("새 이름이에요");
    await haneul.returns();
    await haneul.shows("person", '[data-username="Mina Y."]');
    await haneul.see("the new name beside the words", (selector) => [...document.querySelectorAll(selector)].at(-1)?.textContent === "Mina Y.", at("message-author"));
  });

  await town.check("D4.2 only what was changed is sent: nothing, when nothing was", async () => {
    const asked = [];
    const listen = (request) => { if (request.method() === "PATCH" && request.url().includes("/api/users/")) asked.push(request.url()); };
    mina.page.on("request", listen);
    await mina.click("me");
    await mina.click("profile-save");
    await mina.hides("profile-form");
    mina.page.off("request", listen);
    assert.deepEqual(asked, []);
  });

  await town.check("D4.2 a name that is taken is told in the form, which stays open", async () => {
    await mina.click("me");
    await mina.fill("profile-username", "하늘빛");
    await mina.click("profile-save");
    await mina.reading("dialog-message", /./);
    await mina.shows("profile-form");
    await mina.page.keyboard.press("Escape");
    await mina.hides("profile-form");
  });

  await town.check("D4.2 a new password is that of the next login", async () => {
    await mina.click("me");
    await mina.fill("profile-password", "New-word-77!");
    await mina.click("profile-save");
    await mina.hides("profile-form");
    const elsewhere = new Browser(town.server);
    assert.equal((await elsewhere.login({ username: "Mina Y.", password: PASSWORD })).status, 401);
    await mina.click("logout");
    await mina.logIn("Mina Y.", "New-word-77!");
    await mina.reading("my-name", "Mina Y.");
  });

  await town.check("D15.12 D3.9 a new role: the target is logged out with a kind word, is told after logging in, and has the new rights", async () => {
    const chief = await Visitor.arrive(town, "admin");
    await chief.reads("en");
    await chief.logIn(ADMIN.username, ADMIN.password);
    await chief.shows("app");
    await chief.shows("person", '[data-username="하늘빛"]');
    await chief.page.hover(at("person", '[data-username="하늘빛"]'));
    await chief.page.evaluate((selector) => document.querySelector(selector).parentElement.querySelector(".entry-menu").click(), at("person", '[data-username="하늘빛"]'));
    await chief.click("role-CHANNEL_MANAGER");
    await chief.click("role-confirm");
    await chief.shows("toast");
    await chief.shows("person", '[data-username="하늘빛"][data-role="CHANNEL_MANAGER"]');
    await haneul.returns();
    await haneul.shows("login-form");
    await haneul.reading("form-message", /권한/);
    await haneul.logIn();
    await haneul.reading("my-role", "채널 매니저");
    await haneul.shows("new-channel");
    await haneul.reading("badge", "1");
    await haneul.click("notifications");
    await haneul.reading("notice", /멤버 → 채널 매니저/);
    await haneul.click("notice");
    await haneul.hides("notice");
    await haneul.page.keyboard.press("Escape");
    await haneul.reading("badge", "");
  });

  await town.check("D3.10 nobody but an administrator has a menu for other people", async () => {
    assert.equal(await haneul.count("person-menu", ":not([hidden])"), 0);
  });

  await town.check("D8.7 an account is deleted after typing its name; its words stay without one", async () => {
    await haneul.open("general");
    await haneul.sees("새 이름이에요");
    await mina.click("me");
    await mina.click("profile-delete");
    assert.equal(await mina.page.$eval(at("delete-confirm"), (button) => button.disabled), true);
    await mina.fill("delete-name", "Mina Y.");
    await mina.click("delete-confirm");
    await mina.shows("login-form");
    await mina.reading("form-message", /deleted/);
    await mina.logIn("Mina Y.", "New-word-77!");
    await mina.reading("form-message", /wrong/);
    await haneul.returns();
    await haneul.hides("person", '[data-username="Mina Y."]');
    await haneul.see("an unknown author", (selector) => [...document.querySelectorAll(selector)].at(-1)?.textContent === "알 수 없음", at("message-author"));
  });
}
