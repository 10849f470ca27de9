// How a login ends: elsewhere, by hand, and when there is none.

import assert from "node:assert/strict";
import { Browser } from "../../integration/support/people.js";
import { PASSWORD, Visitor } from "../support/visitor.js";

export default async function leaving(town) {
  const first = await Visitor.settle(town, "오지우", { language: "ko" });

  await town.check("D15.13 D3.9 a login elsewhere shows the old page the login form, with a word on why; the new one stays in", async () => {
    const elsewhere = new Browser(town.server);
    assert.equal((await elsewhere.login({ username: "오지우", password: PASSWORD })).status, 200);
    await first.shows("login-form");
    await first.reading("form-message", /./);
    assert.equal((await elsewhere.get("/api/users")).status, 200, "D3.8: and leaves the new login alone");
  });

  await town.check("D15.18 D3.8 logging out shows the login form, and a reload does not bring the login back", async () => {
    await first.logIn();
    await first.shows("app");
    await first.click("logout");
    await first.shows("login-form");
    assert.equal((await first.context.cookies()).some((one) => one.name === "REFRESH_TOKEN"), false);
    await first.page.reload();
    await first.shows("login-form");
  });

  await town.check("D15.18 D3.8 logging out with a garbage cookie, and with none, answers 204", async () => {
    const logOut = () => first.page.evaluate(async () => {
      await fetch("/api/auth/csrf-token");
      const token = decodeURIComponent(document.cookie.match(/XSRF-TOKEN=([^;]*)/)[1]);
      return (await fetch("/api/auth/logout", { method: "POST", headers: { "X-XSRF-TOKEN": token } })).status;
    });
    assert.equal(await logOut(), 204);
    await first.context.setCookie({ name: "REFRESH_TOKEN", value: "garbage", domain: "127.0.0.1", path: "/", httpOnly: true });
    assert.equal(await logOut(), 204);
  });
}
