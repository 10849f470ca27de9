// One headless Chromium: CHROMIUM, or /usr/bin/chromium.

import { spawn } from "node:child_process";
import puppeteer from "puppeteer-core";
import { scratchFolder } from "../../integration/support/server.js";
import { deferred, within } from "../../integration/support/time.js";

const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";

export class Chromium {
  static async start() {
    const it = new Chromium();
    it.child = spawn(CHROMIUM, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
      "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",  // as with a mouse
      "--remote-debugging-port=0", "--lang=ko-KR", `--user-data-dir=${await scratchFolder()}`, "about:blank"],
    // A bare machine speaks ASCII, and a Chromium that does cannot open files with Korean names.
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const endpoint = deferred();
    const gone = deferred();
    it.gone = gone.promise;
    let said = "";
    it.child.stderr.on("data", (data) => {
      said += data;
      const line = said.match(/DevTools listening on (ws:\S+)/);
      if (line) endpoint.resolve(line[1]);
    });
    it.child.on("error", endpoint.reject);
    it.child.on("close", (code) => { endpoint.reject(new Error(`Chromium ended with ${code}: ${said.slice(-500)}`)); gone.resolve(); });
    process.on("exit", () => it.child.kill("SIGKILL"));
    it.browser = await puppeteer.connect({ browserWSEndpoint: await within(endpoint.promise, "DevTools of Chromium", 60_000), defaultViewport: null });
    return it;
  }

  async stop() {
    await this.browser.close();
    await within(this.gone, "end of Chromium", 20_000);
  }
}
