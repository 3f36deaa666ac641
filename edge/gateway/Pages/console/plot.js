import { element, setText } from "./element.js";
import { clock } from "./format.js";

const svg = "http://www.w3.org/2000/svg";
const width = 300;
const height = 80;
const shortest = 30000;
const step = 10000;

/** A line over time. The arrow keys read it point by point, and so does a pointer; behind it is a table. */
export class Plot {
  #points = [];
  #chosen;
  #line = shape("path", { class: "line" });
  #area = shape("path", { class: "area" });
  #value = element("output");
  #top = element("span", { className: "top" });
  #since = element("span");
  #mark = element("span", { className: "mark", hidden: true });
  #field;
  #rows = element("tbody");
  #details;

  constructor(title, unit, format, kind = "") {
    this.title = title;
    this.unit = unit;
    this.format = format;
    const picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const y of [0.5, height / 2]) picture.append(shape("line", { class: "grid", x1: 0, x2: width, y1: y, y2: y }));
    picture.append(this.#area, this.#line, shape("line", { class: "base", x1: 0, x2: width, y1: height, y2: height }));
    this.#field = element("div", { className: "field", tabIndex: 0, role: "slider", ariaLabel: `${title} over time` },
      picture, this.#mark, this.#top, element("span", { className: "bottom" }, "0"));
    this.#field.onpointermove = (event) => this.#point(event);
    this.#field.onpointerleave = () => this.#choose(undefined);
    this.#field.onblur = () => this.#choose(undefined);
    this.#field.onkeydown = (event) => this.#press(event);
    const table = element("table", {},
      element("thead", {}, element("tr", {}, column("Time"), column(unit ? `${title}, ${unit}` : title))), this.#rows);
    this.#details = element("details", {}, element("summary", {}, "Table"), table);
    this.#details.ontoggle = () => this.#fill();
    this.element = element("figure", { className: `plot ${kind}` },
      element("figcaption", {}, element("span", { className: "title" }, title), this.#value),
      this.#field,
      element("div", { className: "axis", ariaHidden: "true" }, this.#since, element("span", {}, "now")),
      this.#details);
  }

  /** Draws points: { time, value }, in order, a value of null for none. */
  draw(points) {
    this.#points = points;
    const end = points.at(-1)?.time ?? 0;
    const span = Math.max(shortest, end - (points[0]?.time ?? end));
    const top = ceiling(Math.max(...points.map((point) => point.value ?? 0), 0));
    this.place = ({ time, value }) => ({ x: width * (1 - (end - time) / span), y: height * (1 - value / top) });

    const runs = unbroken(points).map((run) => run.map(this.place));
    const trace = (run) => run.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
    this.#line.setAttribute("d", runs.map((run) => `M${trace(run)}`).join(""));
    this.#area.setAttribute("d", runs
      .map((run) => `M${run[0].x.toFixed(1)} ${height}L${trace(run)}L${run.at(-1).x.toFixed(1)} ${height}Z`).join(""));
    setText(this.#top, this.format(top));
    setText(this.#since, `${Math.round(span / 1000)} s ago`);
    this.#show();
  }

  #choose(index) {
    this.#chosen = this.#points[index]?.time;
    this.#show();
  }

  #show() {
    const index = this.#points.findIndex((point) => point.time === this.#chosen);
    const point = this.#points.at(index);
    const value = point?.value ?? null;
    const text = value === null ? "–" : this.unit ? `${this.format(value)} ${this.unit}` : this.format(value);
    setText(this.#value, index < 0 ? text : `${clock(point.time)}  ${text}`);
    this.#mark.hidden = index < 0 || value === null;
    if (!this.#mark.hidden) {
      const { x, y } = this.place(point);
      this.#mark.style.left = `${x / width * 100}%`;
      this.#mark.style.top = `${y / height * 100}%`;
    }
    const at = index < 0 ? this.#points.length - 1 : index;
    this.#field.ariaValueMin = 0;
    this.#field.ariaValueMax = Math.max(0, this.#points.length - 1);
    this.#field.ariaValueNow = Math.max(0, at);
    this.#field.ariaValueText = point ? `${text} at ${clock(point.time)}` : "nothing yet";
  }

  #point({ clientX }) {
    const { left, width: wide } = this.#field.getBoundingClientRect();
    const x = (clientX - left) / wide * width;
    let nearest;
    this.#points.forEach((point, index) => {
      const away = Math.abs(this.place({ ...point, value: 0 }).x - x);
      if (nearest === undefined || away < nearest.away) nearest = { away, index };
    });
    this.#choose(nearest?.index);
  }

  #press(event) {
    const last = this.#points.length - 1;
    const found = this.#points.findIndex((point) => point.time === this.#chosen);
    const now = found < 0 ? last : found;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last, PageUp: now - 10, PageDown: now + 10 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#choose(Math.min(last, Math.max(0, next)));
  }

  // As of when it was opened: a table that moves can't be read.
  #fill() {
    if (!this.#details.open) return;
    const kept = [];
    for (const point of this.#points.toReversed()) {
      if (kept.length === 0 || kept.at(-1).time - point.time >= step) kept.push(point);
    }
    this.#rows.replaceChildren(...kept.map(({ time, value }) => element("tr", {},
      element("td", {}, clock(time)), element("td", {}, value === null ? "–" : this.format(value)))));
  }
}

function shape(tag, attributes) {
  const node = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function column(title) {
  return element("th", { scope: "col" }, title);
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function ceiling(value) {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value);
}

function unbroken(points) {
  const runs = [[]];
  for (const point of points) {
    if (point.value !== null) runs.at(-1).push(point);
    else if (runs.at(-1).length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}
