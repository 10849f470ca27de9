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
