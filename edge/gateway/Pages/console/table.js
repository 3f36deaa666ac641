import { element, setText } from "./element.js";

/**
 * A table whose rows stay where they are while their values change. A column has a title and, for an item, either a text
 * or, made once for a row, a node.
 */
export class Table {
  #columns;
  #rows = new Map();
  #body = element("tbody");
  #nothing;

  constructor(title, nothing, columns) {
    this.#columns = columns;
    this.#nothing = element("p", { className: "muted" }, nothing);
    const head = element("tr", {}, ...columns.map(({ title, number }) =>
      element("th", { scope: "col", className: number ? "number" : "" }, title)));
    this.table = element("table", { ariaLabel: title, className: columns.length > 2 ? "list cards" : "list" }, element("thead", {}, head), this.#body);
    this.element = element("div", { className: "scroll" }, this.table, this.#nothing);
    this.show([], () => "");
  }

  show(items, keyOf) {
    const rows = new Map(items.map((item) => [keyOf(item), this.#row(keyOf(item), item)]));
    const order = [...rows.values()];
    if (order.length !== this.#body.children.length || order.some((row, i) => row !== this.#body.children[i])) {
      this.#body.replaceChildren(...order);
    }
    this.#rows = rows;
    this.table.hidden = items.length === 0;
    this.#nothing.hidden = items.length > 0;
  }

  #row(key, item) {
    const row = this.#rows.get(key) ?? element("tr", {}, ...this.#columns.map(({ title, number, node }) =>
      element("td", { className: number ? "number" : "", data: { label: title } }, ...(node ? [node(item)] : []))));
    this.#columns.forEach(({ text, update }, i) => {
      if (text) setText(row.children[i], text(item));
      update?.(row.children[i], item);
    });
    return row;
  }
}
