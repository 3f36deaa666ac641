import { element, foreign } from "./element.js";
import { clock } from "./format.js";
import { userLink } from "./links.js";

const longest = 2000;

/** The last messages of a room, the newest first. */
export class Messages {
  #items = new Map();
  #list = element("ol", { className: "messages", tabIndex: 0, ariaLabel: "Last messages", data: { testid: "messages" } });
  #nothing = element("p", { className: "muted" }, "Nothing is kept. Volatile messages never are.");

  element = element("div", {}, this.#list, this.#nothing);

  show(newest) {
    const items = new Map(newest.map((message) => {
      const id = `${message.offset} ${message.time}`;
      return [id, this.#items.get(id) ?? itemOf(message)];
    }));
    const order = [...items.values()];
    if (order.some((item, i) => item !== this.#list.children[i]) || order.length !== this.#list.children.length) {
      this.#list.replaceChildren(...order);
    }
    this.#items = items;
    this.#nothing.hidden = newest.length > 0;
  }
}

/** How many of the messages are whose; no user stands for the server. */
export function publishersOf(messages) {
  const counts = new Map();
  for (const { from } of messages) counts.set(from?.user, (counts.get(from?.user) ?? 0) + 1);
  return [...counts].map(([user, messages]) => ({ user, messages })).sort((a, b) => b.messages - a.messages);
}

function itemOf({ offset, time, from, class: kind, slot, data, base64 }) {
  const about = element("div", { className: "about" },
    element("span", { className: "offset" }, `${offset}`),
    element("time", { dateTime: new Date(time).toISOString() }, clock(time)),
    from ? userLink(from.user) : "the server");
  if (kind) about.append(element("span", { className: "tag" }, kind));
  if (slot !== undefined) about.append(element("span", { className: "tag" }, foreign(slot)));
  return element("li", { data: { testid: "message" } }, about, element("pre", {}, foreign(cut(textOf(data, base64)))));
}

function textOf(data, base64) {
  return base64 === undefined ? JSON.stringify(data) : `binary, ${base64}`;
}

function cut(text) {
  return text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;
}
