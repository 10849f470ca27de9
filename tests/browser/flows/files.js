// Files of messages: chosen, dropped and pasted; on their way, stored, shown and saved; and those that are too large.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../integration/support/time.js";
import { history } from "../../integration/support/people.js";
import { scratchFolder } from "../../integration/support/server.js";
import { Visitor, at } from "../support/visitor.js";

const MB = 1024 * 1024;
const stored = (name) => `[data-file-name="${name}"][data-status="SUCCESS"]`;

/** Files given to the page as the browser gives them: by a drop, or from the clipboard. */
const give = (page, type, selector, files) => page.evaluate((kind, wanted, given) => {
  const data = new DataTransfer();
  for (const { name, mime, text } of given) data.items.add(new File([text], name, { type: mime }));
  const target = document.querySelector(wanted);
  if (kind === "paste") return target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  for (const name of ["dragenter", "dragover", "drop"]) target.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  return true;
}, type, selector, files);

export default async function files(town) {
  const { id } = await town.makeChannel("자료실");
  const haneul = await Visitor.settle(town, "한별이", { language: "ko" });
  const mina = await Visitor.settle(town, "Mina Oh");
  await mina.open("자료실");
  await haneul.open("자료실");
  const bytes = Buffer.from("가나다 회의록\n".repeat(500));

  await town.check("D15.7 a message of files alone: 'uploading' turns into the files on both sides without a reload", async () => {
    await mina.choose("file-input", await town.file("회의록 최종.txt", bytes), await town.picture("고양이 사진.png"));
    assert.deepEqual(await mina.page.$$eval(at("tray-file"), (all) => all.map((one) => one.dataset.fileName)), ["회의록 최종.txt", "고양이 사진.png"]);
    await mina.click("composer-send");
    for (const one of [mina, haneul]) {
      await one.shows("attachment", stored("회의록 최종.txt"));
      await one.shows("picture", stored("고양이 사진.png"));
      await one.see("the picture drawn", (selector) => document.querySelector(selector)?.naturalWidth > 0, at("picture", " img"));
    }
    await mina.hides("pending");
    assert.equal(await mina.count("tray-file"), 0);
    const [message] = (await history(town.chief, id)).slice(-1);
    assert.deepEqual([message.content, message.attachments.length], ["", 2]);
  });

  await town.check("D15.20 D4.7 a Korean name survives upload and download, and so do the bytes", async () => {
    const session = await haneul.page.createCDPSession();
    const downloadPath = await scratchFolder();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath, browserContextId: haneul.context.id });
    await haneul.click("attachment", stored("회의록 최종.txt"));
    assert.deepEqual(await eventually(async () => {
      const saved = await readFile(join(downloadPath, "회의록 최종.txt")).catch(() => null);
      return saved?.length === bytes.length ? saved : null;
    }, "the saved file", 20_000), bytes);
  });

  await town.check("a picture is looked at as a whole, and Escape goes back to it", async () => {
    await haneul.click("picture", stored("고양이 사진.png"));
    await haneul.shows("lightbox");
    await haneul.page.keyboard.press("Escape");
    await haneul.hides("lightbox");
    assert.ok(await haneul.page.evaluate((selector) => document.activeElement.matches(selector), at("picture")));
  });

  await town.check("files are dropped onto the conversation and pasted into the text, and left out again", async () => {
    await give(mina.page, "drop", at("messages"), [{ name: "하나.txt", mime: "text/plain", text: "1" }, { name: "둘.txt", mime: "text/plain", text: "22" }]);
    await give(mina.page, "paste", at("composer-input"), [{ name: "셋.txt", mime: "text/plain", text: "333" }]);
    const chosen = () => mina.page.$$eval(at("tray-file"), (all) => all.map((one) => one.dataset.fileName));
    assert.deepEqual(await chosen(), ["하나.txt", "둘.txt", "셋.txt"]);
    await mina.hides("drop-zone");
    await mina.click("tray-file", '[data-file-name="둘.txt"] [data-testid="tray-remove"]');
    assert.deepEqual(await chosen(), ["하나.txt", "셋.txt"]);
    await mina.say("두 개만 보내요");
    for (const name of ["하나.txt", "셋.txt"]) await haneul.shows("attachment", stored(name));
    await haneul.sees("두 개만 보내요");
  });

  await town.check("D15.19 D4.1 what is larger than 10 MB, or together more than 30 MB, is told before it is sent", async () => {
    const ten = await town.file("열.bin", Buffer.alloc(10 * MB));
    await mina.choose("file-input", await town.file("큰 파일.bin", Buffer.alloc(10 * MB + 1)));
    await mina.reading("tray-error", "큰 파일.bin: larger than 10 MB");
    assert.equal(await mina.count("tray-file"), 0);
    await mina.choose("file-input", ten, ten, ten, await town.file("작은.txt", "x"));
    await mina.reading("tray-error", "작은.txt: together more than 30 MB");
    assert.equal(await mina.count("tray-file"), 3);
  });

  await town.check("D15.19 D5 the server's 413 is shown at the message, which is not lost: 30 MB of files are more with what is around them", async () => {
    await mina.say("너무 많아요");
    await mina.shows("pending", '[data-state="failed"]');
    await mina.reading("pending", /Not sent · .+/);
    await mina.screenshot("upload-refused");
    await mina.click("discard");
    await mina.hides("pending");
  });

  await town.check("an upload shows how far it has come, and is given up by a click", async () => {
    const before = (await history(town.chief, id)).length;
    const part = await town.file("긴 영상.bin", Buffer.alloc(9 * MB));
    await mina.choose("file-input", part, part, part);
    town.server.signal("SIGSTOP");  // more than fits between a page and a server that does not read
    try {
      await mina.say("오래 걸려요");
      await mina.see("some progress", (selector) => Number(document.querySelector(selector)?.getAttribute("aria-valuenow")) > 0, at("pending", " [role=progressbar]"));
      await mina.screenshot("uploading");
      await mina.click("upload-cancel");
      await mina.hides("pending");
    } finally {
      town.server.signal("SIGCONT");
    }
    await mina.say("다음에 할게요");
    await haneul.sees("다음에 할게요");
    assert.equal((await history(town.chief, id)).length, before + 1);
  });

  await town.check("D8.3 a message with files is deleted, and its files with it", async () => {
    const fileId = await mina.page.$eval(at("attachment", '[data-file-name="하나.txt"]'), (one) => one.dataset.fileId);
    await mina.messageMenu("두 개만 보내요", "message-delete");
    await mina.click("message-delete-confirm");
    await mina.hides("attachment", '[data-file-name="하나.txt"]');
    assert.equal((await town.chief.get(`/api/binaryContents/${fileId}`)).status, 404);
  });
}
