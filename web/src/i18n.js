// The words of the page in the language of the moment. A value of a catalogue is a text, or a function of the parameters where
// a text is not enough.

import { en } from "./texts/en.js";
import { ko } from "./texts/ko.js";

export const CATALOGUE = { en, ko };

let language = "en";

export const currentLanguage = () => language;

export function setLanguage(code) {
  language = code in CATALOGUE ? code : "en";
}

/** The first language of the browser that we speak. */
export function preferredLanguage(wanted = []) {
  const codes = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  return codes.find((code) => code in CATALOGUE) ?? "en";
}

export function t(key, parameters = {}) {
  const text = CATALOGUE[language][key];
  if (text === undefined) throw new Error(`no text for "${key}"`);
  return typeof text === "function" ? text(parameters) : text;
}
