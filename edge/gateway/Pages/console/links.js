import { element, foreign } from "./element.js";

const to = (kind) => (name) =>
  element("a", { href: `#/${kind}/${encodeURIComponent(name)}`, data: { testid: `to-${kind}` } }, foreign(name));

export const roomLink = to("room");
export const userLink = to("user");
export const connectionLink = to("connection");

export function nodeLink({ node, name }) {
  return element("a", { href: `#/node/${encodeURIComponent(node)}`, data: { testid: "to-node" } }, foreign(name));
}
