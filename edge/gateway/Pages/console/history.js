const longest = 300;
const gauges = ["connections", "rooms", "activations", "memory"];
const counters = ["received", "sent", "dropped", "lost", "refused"];

/** What the nodes said in the last minutes: what they hold, and what they count as so many a second. */
export class History {
  #last;
  #samples = [];

  /** Takes an answer of /nodes. */
  add(answer) {
    const before = new Map(this.#last?.nodes.map((node) => [node.node, node.figures]));
    const seconds = (answer.time - this.#last?.time) / 1000;
    const nodes = new Map();
    for (const { node, kind, figures } of answer.nodes) {
      if (figures) nodes.set(node, { kind, ...describe(figures, before.get(node), seconds) });
    }
    this.#last = answer;
    this.#samples.push({ time: answer.time, nodes, all: sum([...nodes.values()]) });
    if (this.#samples.length > longest) this.#samples.shift();
  }

  /** The newest figures of a node, or of all; undefined where it was silent. */
  now(node) {
    const sample = this.#samples.at(-1);
    return node === undefined ? sample?.all : sample?.nodes.get(node);
  }

  /** One figure over time, of a node or of all: null where there was none. */
  series(figure, node) {
    return this.#samples.map(({ time, all, nodes }) => {
      const value = (node === undefined ? all : nodes.get(node))?.[figure];
      return { time, value: value ?? null };
    });
  }
}

function describe(figures, before, seconds) {
  const result = {};
  for (const name of gauges) result[name] = figures[name];
  if (!before || !(seconds > 0)) return result;
  // A total that is smaller than it was is of a node that has begun anew.
  for (const name of counters) {
    if (figures[name] >= before[name]) result[name] = (figures[name] - before[name]) / seconds;
  }
  if (figures.cpu >= before.cpu) result.cpu = (figures.cpu - before.cpu) / seconds / 10;
  return result;
}

// A room is on one silo and on many edges: where there are silos, they count the rooms.
function sum(nodes) {
  const silos = nodes.filter((node) => node.kind === "silo");
  const total = {};
  for (const name of [...gauges, ...counters, "cpu"]) {
    const counted = name === "rooms" && silos.length > 0 ? silos : nodes;
    const values = counted.map((node) => node[name]).filter((value) => value !== undefined);
    if (values.length > 0) total[name] = values.reduce((a, b) => a + b);
  }
  return total;
}
