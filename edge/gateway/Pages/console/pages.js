import { element } from "./element.js";
import { repeat } from "./repeat.js";
import { Table } from "./table.js";

const page = 50;
const most = 1000;
const pause = 2000;

/** A list that the API gives page by page: as much of it as was asked for, read again and again. */
export class Pages {
  #table;
  #read;
  #keyOf;
  #limit = page;
  #more = element("button", { className: "quiet", type: "button", hidden: true }, "Show more");
  #trouble = element("p", { className: "bad" });

  constructor(title, nothing, columns, keyOf, read) {
    this.#table = new Table(title, nothing, columns);
    this.#keyOf = keyOf;
    this.#read = read;
    this.element = element("div", {}, this.#table.element, this.#trouble, this.#more);
    this.#more.onclick = () => {
      this.#limit = Math.min(most, this.#limit * 2);
      this.refresh();
    };
    this.stop = repeat(pause, () => this.refresh());
  }

  get table() {
    return this.#table.table;
  }

  async refresh() {
    try {
      const { items, next } = await this.#read({ limit: this.#limit });
      this.#table.show(items, this.#keyOf);
      this.#more.hidden = !next || this.#limit === most;
      this.#trouble.textContent = next && this.#limit === most ? `There are more than these ${most}.` : "";
    } catch (error) {
      this.#trouble.textContent = error.message;
    }
  }
}
