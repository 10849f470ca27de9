// The files of a message: pictures as themselves, others as a row with name and size. What is still being stored says so, and
// turns into the file once it is.

import { h, icon, setText } from "../dom.js";
import { isImage } from "../files.js";
import { formatSize } from "../format.js";
import { t } from "../i18n.js";
import { openDialog } from "./dialog.js";
import { tell } from "./toast.js";

const AHEAD = "600px";  // pictures are fetched when they come this near

export function attachmentsView(files, attachments) {
  if (attachments.length === 0) return null;
  const pictures = attachments.filter(isImage);
  const rest = attachments.filter((dto) => !isImage(dto));
  return h("div", { class: "attachments" },
    pictures.length > 0 && h("div", { class: `pictures ${pictures.length === 1 ? "is-single" : ""}` }, pictures.map((dto) => picture(files, dto))),
    rest.map((dto) => row(files, dto)));
}

function row(files, dto) {
  const note = h("span", { class: "file-note" });
  const element = h("button", {
    type: "button", class: "file", testid: "attachment", data: { fileId: dto.id, fileName: dto.fileName }, on: { click: save },
  }, h("span", { class: "file-sign" }, icon("file")),
  h("span", { class: "file-text" }, h("span", { class: "file-name", title: dto.fileName }, dto.fileName), note), icon("download"));
  async function save() {
    element.classList.add("is-busy");
    await files.save(dto).catch(tell);
    element.classList.remove("is-busy");
  }
  files.follow(dto, element, ({ status, size }) => {
    element.dataset.status = status;
    element.disabled = status !== "SUCCESS";
    element.setAttribute("aria-label", `${t("download", { name: dto.fileName })}, ${formatSize(size)}`);
    setText(note, noteOf(status) ?? formatSize(size));
  });
  return element;
}

const noteOf = (status) => ({ PROCESSING: t("fileUploading"), FAIL: t("fileFailed") })[status];

function picture(files, dto) {
  const note = h("span", { class: "picture-note" });
  const element = h("button", {
    type: "button", class: "picture", testid: "picture", data: { fileId: dto.id, fileName: dto.fileName }, on: { click: () => enlarge(files, dto) },
  }, note);
  element.disabled = true;
  const fetchIt = async () => {
    try {
      const image = h("img", { alt: dto.fileName, src: await files.url(dto) });
      await image.decode();
      element.disabled = false;
      element.setAttribute("aria-label", t("view", { name: dto.fileName }));
      element.replaceChildren(image);
    } catch {
      element.replaceWith(row(files, dto));  // not a picture that this browser can draw, but a file
    }
  };
  files.follow(dto, element, ({ status }) => {
    element.dataset.status = status;
    setText(note, noteOf(status) ?? "");
    if (status === "SUCCESS") whenNear(element, fetchIt);
  });
  return element;
}

function whenNear(element, act) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    act();
  }, { rootMargin: AHEAD });
  watcher.observe(element);
}

async function enlarge(files, dto) {
  const url = await files.url(dto).catch(tell);
  if (!url) return;
  const image = h("img", { class: "enlarged", alt: dto.fileName, src: url });
  const save = h("button", { type: "button", class: "button quiet", testid: "lightbox-save", on: { click: () => files.save(dto).catch(tell) } },
    icon("download"), t("save"));
  openDialog({ title: dto.fileName, testid: "lightbox", class: "lightbox", isReading: true }, image,
    h("div", { class: "dialog-foot" }, h("span", { class: "file-note" }, formatSize(dto.size)), h("span", { class: "spacer" }), save));
}
