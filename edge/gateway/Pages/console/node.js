import { actButton } from "./act.js";
import { get } from "./api.js";
import { element, facts, foreign, heading, setText, visible } from "./element.js";
import { bytes, count, duration, moment, percent, rate } from "./format.js";
import { connectionLink, userLink } from "./links.js";
import { Pages } from "./pages.js";
import { Plot } from "./plot.js";
import { stateOf } from "./state.js";

/** One edge or silo: what it counts, who is connected to it, and how it is emptied. */
export function node(place, id, { history, answer }) {
  const find = () => answer()?.nodes.find((one) => one.node === id);
  const about = facts("State", "Kind", "Address", "Version", "Started", "Up");
  const plots = new Map();
  const drawn = element("div", { className: "plots" });
  const drain = element("p");
  const title = heading(1, foreign(id));
  const clients = element("section");
  let pages;
  let drawnFor;
  place.append(title, about.element, drawn, element("section", {}, heading(2, "Drain"), drain), clients);

  function update() {
    const found = find();
    if (!found) {
      if (answer()) about.set("State", "gone");
      drawnFor = undefined;
      drain.replaceChildren("It is not there any more.");
      return;
    }
    setText(title.firstChild, visible(found.name));
    about.value("State").replaceChildren(stateOf(found));
    about.set("Kind", found.kind);
    about.set("Address", found.address ?? "–");
    about.set("Version", found.version ?? "–");
    about.set("Started", found.started ? moment(found.started) : "–");
    about.set("Up", found.started ? duration(answer().time - found.started) : "–");
    draw(found);
    showDrain(found);
    if (found.kind !== "silo" && !pages) {
      pages = connectionsOf(id);
      clients.append(heading(2, "Connections"), pages.element);
    }
  }

  function draw({ figures }) {
    for (const [figure, name, unit, format, kind] of figuresOf) {
      if (figures?.[figure] === undefined) continue;
      if (!plots.has(figure)) {
        plots.set(figure, new Plot(name, unit, format, kind));
        drawn.append(plots.get(figure).element);
      }
    }
    for (const [figure, plot] of plots) plot.draw(history.series(figure, id));
  }

  function showDrain(found) {
    const now = `${found.state} ${found.drainable}`;
    if (now === drawnFor) return;
    drawnFor = now;
    drain.replaceChildren(...(found.drainable ? [actButton("Drain", { ...drainOf(found), testid: "drain" })] : []),
      whyNot(found));
  }

  return { update, stop: () => pages?.stop() };
}

const figuresOf = [
  ["connections", "Connections", "", count],
  ["rooms", "Rooms", "", count],
  ["activations", "Activations", "", count],
  ["received", "Messages in", "a second", rate],
  ["sent", "Messages out", "a second", rate],
  ["dropped", "Dropped", "a second", rate, "bad"],
  ["refused", "Handshakes refused", "a second", rate, "bad"],
  ["cpu", "Processor", "of one core", percent],
  ["memory", "Memory", "", bytes],
];

function connectionsOf(id) {
  return new Pages("Connections", "Nobody is connected here.", [
    { title: "Connection", node: ({ connection }) => connectionLink(connection) },
    { title: "User", node: ({ user }) => userLink(user) },
  ], ({ connection }) => connection, async (query) => {
    const { connections, next } = await get("/connections", { node: id, ...query });
    return { items: connections, next };
  });
}

function drainOf({ node, name, kind }) {
  return {
    title: `Drain ${name}?`,
    text: kind === "silo"
      ? "Its rooms, users and connections move to the other silos, then the program ends with exit code 0. "
        + "Whether it starts again is for its supervisor."
      : "It lets nobody in any more, is not ready for its load balancer, and closes its clients little by little: they "
        + "resume on another edge. It goes on running until it is stopped, and can't be called back before that.",
    path: "/drain",
    body: { node },
    done: () => `${name} is draining.`,
  };
}

function whyNot({ kind, state, drainable }) {
  if (drainable) {
    return kind === "silo"
      ? " Moves what it holds to the other silos, and stops it."
      : " Sends its clients to the other edges; it goes on running.";
  }
  if (state === "draining") {
    return kind === "silo"
      ? "It is draining: it ends once what it holds has moved."
      : "It is draining: stop it once it has no connections left.";
  }
  if (state === "silent") return "It does not answer, so it can't be drained from here.";
  return kind === "standalone"
    ? "It is the only node: nobody would take over. To end it, stop the program."
    : `It is the only ${kind} that is ready: nobody would take over. To end it all the same, stop the program.`;
}
