// Choosing a picture of oneself, with a look at it before it is sent.

import { h, icon, setText } from "../dom.js";
import { t } from "../i18n.js";
import { checkPicture } from "../rules.js";

/**
 * `current` is the avatar to show until another picture is chosen, if there is one; `holder` is where the choice is kept, in its
 * `picture`: a File or null.
 */
export function pictureField(current, holder) {
  let url = null;
  const input = h("input", { type: "file", accept: "image/*", hidden: true, testid: "picture-input", on: { change: onChoice } });
  const frame = h("button", { type: "button", class: "picture-frame", on: { click: () => input.click() } });
  const choose = h("button", { type: "button", class: "button quiet small", testid: "picture-choose", on: { click: () => input.click() } });
  const drop = h("button", { type: "button", class: "link-button quiet", testid: "picture-drop", on: { click: () => put(null) } }, t("dropPicture"));
  const error = h("p", { class: "field-error", role: "alert", testid: "picture-error" });
  const element = h("div", { class: "picture-field" }, input, frame,
    h("div", { class: "picture-text" }, h("span", { class: "label" }, t("picture")),
      h("div", { class: "picture-buttons" }, choose, drop), h("p", { class: "hint" }, t("pictureHint")), error));
  put(holder.picture);

  function onChoice() {
    const [chosen] = input.files;
    input.value = "";  // so that the same file may be chosen again
    if (!chosen) return;
    const problem = checkPicture(chosen);
    setText(error, problem ? t("fileRefused", { name: chosen.name, reason: t(problem) }) : "");
    if (!problem) put(chosen);
  }
  function put(chosen) {
    if (url) URL.revokeObjectURL(url);
    const file = chosen ?? null;
    holder.picture = file;
    url = file && URL.createObjectURL(file);
    frame.replaceChildren(file ? h("img", { src: url, alt: t("picturePreview"), testid: "picture-preview" }) : current ?? icon("camera"));
    const label = t(file ? "changePicture" : "choosePicture");
    setText(choose, label);
    frame.setAttribute("aria-label", label);
    drop.hidden = !file;
  }
  return element;
}
