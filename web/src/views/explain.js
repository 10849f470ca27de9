// Errors in words.

import { ApiError, NetworkError } from "../errors.js";
import { CATALOGUE, t } from "../i18n.js";

/** What to tell the user about an error, the key of a text, or a text of the server. */
export function explain(problem) {
  if (problem instanceof NetworkError) return t("unreachable");
  if (problem instanceof ApiError && problem.status === 413) return problem.message || t("tooLarge");
  if (problem instanceof Error) return problem.message || t("failed");
  return problem in CATALOGUE.en ? t(problem) : problem;
}
