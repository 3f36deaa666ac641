/**
 * What to do after an end: `resume` the connection, open a `new` one, come back with a fresh `token` only, or `stop`.
 */
export type Next = "resume" | "new" | "token" | "stop";

const brokenRules = [1002, 1003, 1007, 1008, 1009];

/** What a close code asks for; the ranges answer for codes that are not known yet. */
export function afterClose(code: number): Next {
  if (code === 4503) return "token";
  if (code >= 4500 || brokenRules.includes(code)) return "stop";
  return code === 1000 || code >= 4400 ? "new" : "resume";
}
