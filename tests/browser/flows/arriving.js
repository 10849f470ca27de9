// The first visit, signing up, logging in, reloading; and that a page of ours passes the checks against forged requests.

import assert from "node:assert/strict";
import { PASSWORD, Visitor, at } from "../support/visitor.js";

/** One POST from within the page with this CSRF header, if any; its status. */
const postFrom = (page, header) => page.evaluate(async (value) => {
  const cookie = document.cookie.match(/XSRF-TOKEN=([^;]*)/)?.[1] ?? "";
  const headers = value === "right" ? { "X-XSRF-TOKEN": decodeURIComponent(cookie) } : value ? { "X-XSRF-TOKEN": value } : {};
  return (await fetch("/api/auth/logout", { method: "POST", headers })).status;
}, header);

export default async function arriving(town) {
  let haneul, mina;

  await town.check("D15.1 D9 a first visit without cookies asks for a token and a login, and shows the form", async () => {
    haneul = await Visitor.arrive(town, "김하늘");
    mina = await Visitor.arrive(town, "Mina");
    await haneul.shows("login-form");
    await mina.shows("login-form");
    await haneul.reads("ko");
    const cookies = await mina.context.cookies();
    assert.deepEqual(cookies.map((one) => one.name), ["XSRF-TOKEN"]);
    assert.equal(cookies[0].httpOnly, false);
    await haneul.screenshot("login");
  });

  await town.check("D15.5 D3.3 a POST without the CSRF header, or with a wrong one, is refused; with the right one it passes", async () => {
    assert.deepEqual([await postFrom(mina.page, null), await postFrom(mina.page, "wrong")], [403, 403]);
    assert.equal(await postFrom(mina.page, "right"), 204);
    await mina.page.reload();
    await mina.shows("login-form");
  });

  await town.check("D15.3 D3.6 a wrong login is told on the form", async () => {
    await mina.logIn("nobody", "Wr0ng-word!");
    await mina.reading("form-message", /./);
    assert.equal((await mina.context.cookies()).some((one) => one.name === "REFRESH_TOKEN"), false);
  });

  await town.check("what is wrong with a form is told before it is sent, beside the fields", async () => {
    await mina.click("to-signup");
    await mina.fill("signup-username", "ab");
    await mina.fill("signup-email", "nowhere");
    await mina.fill("signup-password", "short");
    await mina.click("signup-submit");
    const wrong = await mina.page.$$eval("[aria-invalid]", (all) => all.map((one) => one.name));
    assert.deepEqual(wrong, ["username", "email", "password"]);
    assert.equal(await mina.page.evaluate(() => document.activeElement.name), "username", "the first of them has the focus");
    await mina.click("to-login");
  });

  await town.check("D15.2 D4.2 two people sign up and are in at once, one reads Korean, one English", async () => {
    await haneul.reads("ko");
    await mina.reads("en");
    await haneul.signUp();
    await mina.signUp();
    for (const one of [haneul, mina]) await one.connection("connected");
    assert.notEqual(await haneul.text("connection"), await mina.text("connection"));
    assert.equal(await haneul.text("my-name"), "김하늘");
    const refresh = (await mina.context.cookies()).find((one) => one.name === "REFRESH_TOKEN");
    assert.ok(refresh.httpOnly, "D3.2: out of reach of scripts");
  });

  await town.check("D15.2 D4.2 a taken name is told on the form", async () => {
    const stranger = await Visitor.arrive(town, "stranger");
    await stranger.click("to-signup");
    await stranger.fill("signup-username", "김하늘");
    await stranger.fill("signup-email", "other@example.org");
    await stranger.fill("signup-password", PASSWORD);
    await stranger.click("signup-submit");
    await stranger.reading("form-message", /./);
    await stranger.shows("signup-form");
  });

  await town.check("D15.4 D3.7 a reload keeps the login, with another refresh token", async () => {
    const refreshToken = async () => (await haneul.context.cookies()).find((one) => one.name === "REFRESH_TOKEN").value;
    const before = await refreshToken();
    await haneul.reload();
    await haneul.connection("connected");
    assert.notEqual(await refreshToken(), before);
  });

  await town.check("D3.6 whoever has logged out logs in again on the form", async () => {
    await mina.click("logout");
    await mina.logIn();
    await mina.connection("connected");
    assert.equal(await mina.count("login-form"), 0);
    assert.equal(await mina.page.$eval(at("my-name"), (one) => one.textContent), "Mina");
  });
}
