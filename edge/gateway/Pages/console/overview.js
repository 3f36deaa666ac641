import { element, heading } from "./element.js";
import { bytes, count, duration, percent, rate } from "./format.js";
import { nodeLink } from "./links.js";
import { Plot } from "./plot.js";
import { stateOf } from "./state.js";
import { Table } from "./table.js";

/** All nodes together as plots, and each in a table. */
export function overview(place, _, { history, answer }) {
  const plots = [
    ["connections", new Plot("Connections", "", count)],
    ["rooms", new Plot("Rooms", "", count)],
    ["received", new Plot("Messages in", "a second", rate)],
    ["sent", new Plot("Messages out", "a second", rate)],
    ["dropped", new Plot("Dropped", "a second", rate, "bad")],
    ["cpu", new Plot("Processor", "of one core", percent)],
  ];
  const of = ({ node }) => history.now(node);
  const nodes = new Table("Nodes", "No node has answered yet.", [
    { title: "Node", node: nodeLink },
    { title: "Kind", text: ({ kind }) => kind },
    { title: "State", update: (cell, item) => cell.replaceChildren(stateOf(item)) },
    { title: "Connections", number: true, text: (item) => count(of(item)?.connections) },
    { title: "Rooms", number: true, text: (item) => count(of(item)?.rooms) },
    { title: "In/s", number: true, text: (item) => rate(of(item)?.received) },
    { title: "Out/s", number: true, text: (item) => rate(of(item)?.sent) },
    { title: "Dropped/s", number: true, text: (item) => rate(of(item)?.dropped) },
    { title: "Processor", number: true, text: (item) => percent(of(item)?.cpu) },
    { title: "Memory", number: true, text: (item) => bytes(item.figures?.memory) },
    { title: "Up", number: true, text: (item) => item.started ? duration(answer().time - item.started) : "–" },
    { title: "Version", text: ({ version }) => version ?? "–" },
  ]);
  nodes.table.dataset.testid = "nodes";
  const partial = element("p", { className: "muted" }, "The registry of edges came up a moment ago: edges may be missing.");
  place.append(
    heading(1, "Cluster"),
    element("div", { className: "plots" }, ...plots.map(([, plot]) => plot.element)),
    heading(2, "Nodes"), nodes.element, partial);

  return {
    update() {
      for (const [figure, plot] of plots) plot.draw(history.series(figure));
      nodes.show(answer()?.nodes ?? [], ({ node }) => node);
      partial.hidden = answer()?.complete ?? true;
    },
  };
}
