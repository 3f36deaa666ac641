/** An element with properties, data attributes and children. Text stays text: nothing is parsed as HTML. */
export function element(tag, { data = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

/** What a client has chosen: set apart, so that its direction of writing ends with it. */
export function foreign(text, properties = {}) {
  return element("bdi", properties, text);
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
