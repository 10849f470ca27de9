// Pictures of people: at signing up, changed later, and what is none.

import assert from "node:assert/strict";
import { blend } from "../support/town.js";
import { Visitor, at } from "../support/visitor.js";

/** The picture in this element has been fetched and can be drawn. Gives its URL. */
const hasPicture = (one, selector) => one.see(`a picture in ${selector}`, (wanted) => {
  const image = document.querySelector(`${wanted} .avatar img`);
  return image?.src.startsWith("blob:") && image.naturalWidth > 0 && image.src;
}, selector);

export default async function pictures(town) {
  const haneul = await Visitor.arrive(town, "구름빛");
  await haneul.reads("ko");
  const mina = await Visitor.settle(town, "Mina Song");
  const person = at("person", '[data-username="구름빛"]');

  await town.check("D15.2 D4.2 one signs up with a picture; others see it beside the name, and beside the words", async () => {
    await haneul.signUp({ picture: await town.picture("하늘 사진.png") });
    await hasPicture(haneul, at("me"));
    await haneul.open("general");
    await haneul.say("사진이 잘 보이나요?");
    await mina.open("general");
    await mina.returns();
    await mina.sees("사진이 잘 보이나요?");
    await hasPicture(mina, person);
    await hasPicture(mina, at("message", ":last-child"));
  });

  await town.check("D8.5 another picture takes its place, on others' pages too", async () => {
    const before = [await hasPicture(haneul, at("me")), await hasPicture(mina, person)];
    await haneul.click("me");
    await haneul.choose("picture-input", await town.picture("me.png", { colour: blend([200, 60, 90], [250, 220, 120]) }));
    await haneul.shows("picture-preview");
    await haneul.click("profile-save");
    await haneul.hides("profile-form");
    for (const [at_, [one, selector]] of [[haneul, at("me")], [mina, person]].entries()) {
      await one.see("another picture", (wanted, old) => {
        dispatchEvent(new Event("focus"));
        const image = document.querySelector(`${wanted} .avatar img`);
        return image?.naturalWidth > 0 && image.src !== old;
      }, selector, before[at_]);
    }
  });

  await town.check("what is no picture is not taken for one", async () => {
    await haneul.click("me");
    await haneul.choose("picture-input", await town.file("글.txt", "no picture"));
    await haneul.reading("picture-error", /글\.txt/);
    assert.equal(await haneul.count("picture-preview"), 0);
    await haneul.page.keyboard.press("Escape");
    await haneul.hides("profile-form");
  });
}
