// What the server asks of the fields of its forms, checked here first so that the answer comes while typing.

const lengthOf = (text) => [...text].length;

export const PASSWORD_RULES = {
  ruleLength: (text) => lengthOf(text) >= 8 && lengthOf(text) <= 60,
  ruleLetter: (text) => /[A-Za-z]/.test(text),
  ruleDigit: (text) => /[0-9]/.test(text),
  ruleSpecial: (text) => /[!@#$%^&*]/.test(text),
};

/** field → key of the text that says what is wrong; empty when the form may be sent. */
export function checkSignUp({ username, email, password }) {
  const problems = {};
  if (lengthOf(username) < 3 || lengthOf(username) > 50) problems.username = "ruleUsername";
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 100) problems.email = "ruleEmail";
  if (!Object.values(PASSWORD_RULES).every((holds) => holds(password))) problems.password = "rulePassword";
  return problems;
}

/** Of the form that changes one's account: an empty password stays what it is. */
export function checkProfile({ username, email, password }) {
  const { password: wrong, ...problems } = checkSignUp({ username, email, password });
  return password && wrong ? { ...problems, password: wrong } : problems;
}

export function checkLogin({ username, password }) {
  const problems = {};
  if (!username) problems.username = "required";
  if (!password) problems.password = "required";
  return problems;
}

export function checkChannel({ name }) {
  return lengthOf(name) < 2 || lengthOf(name) > 50 ? { name: "ruleChannelName" } : {};
}

export const MESSAGE_LIMIT = 2000;

export const FILE_LIMIT = 10 * 1024 * 1024;
export const FILES_LIMIT = 30 * 1024 * 1024;
export const FILES_COUNT = 10;

/**
 * Which of these files may be sent along with those chosen before: {accepted, refused}, the latter as {name, reason}, a key
 * of a text.
 */
export function checkFiles(files, before = []) {
  const accepted = [], refused = [];
  let total = before.reduce((sum, file) => sum + file.size, 0);
  for (const file of files) {
    const reason = file.size > FILE_LIMIT ? "fileTooLarge" : total + file.size > FILES_LIMIT ? "filesTooLarge"
      : before.length + accepted.length >= FILES_COUNT ? "filesTooMany" : null;
    if (reason) refused.push({ name: file.name, reason });
    else { accepted.push(file); total += file.size; }
  }
  return { accepted, refused };
}

/** A picture of a person has to be one. The key of a text, or null. */
export const checkPicture = (file) => (!file.type.startsWith("image/") ? "pictureType" : file.size > FILE_LIMIT ? "fileTooLarge" : null);

/** Reasons of the server by the field of the form: it calls new values `newUsername` and the like. */
export const fieldReasons = (details) => Object.fromEntries(Object.entries(details ?? {}).map(([name, reason]) =>
  [name.replace(/^new([A-Z])/, (_, letter) => letter.toLowerCase()), reason]));
