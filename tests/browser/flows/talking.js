// Live chat of two people, in private too, and through the death of the server.

import assert from "node:assert/strict";
import { history } from "../../integration/support/people.js";
import { Visitor, at } from "../support/visitor.js";

export default async function talking(town) {
  const { server, chief, room } = town;
  const said = (await history(chief, room.id)).map((one) => one.content);
  const haneul = await Visitor.settle(town, "이하늘", { language: "ko" });
  const mina = await Visitor.settle(town, "Minah");

  await town.check("D6.3 they chat in general, in Korean and English; each sees all, once, in the same order", async () => {
    await haneul.open("general");
    await mina.open("general");
    for (const [who, text] of [
      [haneul, "안녕하세요! 오늘 배포는 몇 시에 할까요? 🚀"], [mina, "Hi! How about 4 pm — the load test is still running."],
      [haneul, "좋아요. 그럼 그때까지 리뷰 끝낼게요."], [mina, "Great. Not one message lost so far 🙂"],
    ]) {
      await who.say(text);
      said.push(text);
      for (const one of [haneul, mina]) await one.sees(text);
    }
    for (const one of [haneul, mina]) assert.deepEqual(await one.messages(), said);
    assert.deepEqual((await history(chief, room.id)).map((one) => one.content), said);
    assert.equal(await haneul.count("pending"), 0);
  });

  await town.check("what is typed is text: markup does nothing, lines and blanks stay", async () => {
    const text = "<img src=x onerror=alert(1)> & <b>굵게?</b>\n  zwei";
    await mina.say(text);
    said.push(text);
    await haneul.sees(text);
    assert.equal(await haneul.page.$$eval(`${at("messages")} img[src="x"], ${at("messages")} b`, (found) => found.length), 0);
  });

  await town.check("D9 a reload shows the history", async () => {
    await haneul.reload();
    await haneul.open("general");
    await haneul.sees(said.at(-1));
    assert.deepEqual(await haneul.messages(), said);
    await haneul.connection("connected");
  });

  await town.check("D15.9 D8.1 a private chat: it appears at the other side without a reload; a third does not see it", async () => {
    const stranger = await Visitor.settle(town, "한지우", { language: "ko" });
    await haneul.returns();
    await haneul.shows("person", '[data-username="한지우"]');  // who comes into the list moves the others
    await haneul.write("Minah");
    await haneul.say("미나 님, 잠깐 시간 괜찮으세요?");
    await haneul.sees("미나 님, 잠깐 시간 괜찮으세요?");
    await mina.returns();
    await mina.open("이하늘");
    await mina.sees("미나 님, 잠깐 시간 괜찮으세요?");
    await mina.say("Of course! 무슨 일이에요?");
    await haneul.sees("Of course! 무슨 일이에요?");
    await stranger.returns();
    await stranger.open("general");
    const names = await stranger.page.$$eval(at("channel"), (rows) => rows.map((row) => row.dataset.name));
    assert.equal(names.includes("Minah") || names.includes("이하늘"), false, names.join(" "));
    await haneul.open("general");
    await mina.open("general");
  });

  await town.check("G1 kill -9 and a start: both come back by themselves, what was written meanwhile is sent, nothing is lost or doubled", async () => {
    await server.kill();
    for (const one of [haneul, mina]) await one.see("a lost connection", (selector) => document.querySelector(selector).dataset.state !== "connected", at("connection"));
    await haneul.say("서버가 잠깐 쉬는 동안 쓴 글");
    await haneul.shows("pending");
    await haneul.screenshot("reconnecting");
    await server.restart();
    for (const one of [haneul, mina]) await one.connection("connected");
    said.push("서버가 잠깐 쉬는 동안 쓴 글");
    for (const one of [haneul, mina]) await one.sees(said.at(-1));
    await mina.say("And we are back — nothing lost.");
    said.push("And we are back — nothing lost.");
    for (const one of [haneul, mina]) {
      await one.sees(said.at(-1));
      await one.hides("pending");
      assert.deepEqual(await one.messages(), said);
    }
    assert.deepEqual((await history(chief, room.id)).map((one) => one.content), said);
  });
}
