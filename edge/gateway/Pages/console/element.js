/** An element with properties, data attributes and children. Text stays text: nothing is parsed as HTML. */
export function element(tag, { data = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

// What is not seen but makes a name look like another: marks of direction, spaces without width, the soft hyphen.
const unseen = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** A text with what would not be seen in it written out. */
export function visible(text) {
  return text.replace(unseen, (mark) => `⟨U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** What a client has chosen: as it is, and set apart, so that its direction of writing ends with it. */
export function foreign(text, properties = {}) {
  return element("bdi", properties, visible(text));
}

export function heading(level, ...children) {
  return element(`h${level}`, {}, ...children);
}

/** Changes a text only where it is another one, so that nothing is read out or selected anew. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A list of facts, each with a value that can be changed. */
export function facts(...names) {
  const values = new Map(names.map((name) => [name, element("dd", {}, "–")]));
  const list = element("dl", { className: "facts" });
  for (const [name, value] of values) list.append(element("div", {}, element("dt", {}, name), value));
  return { element: list, set: (name, text) => setText(values.get(name), text), value: (name) => values.get(name) };
}
