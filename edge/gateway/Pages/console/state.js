import { element } from "./element.js";

/** The state of a node as a word with a lamp. */
export function stateOf({ state }) {
  return element("span", { className: "lamp", data: { state } }, state);
}
