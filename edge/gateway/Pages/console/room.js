import { get } from "./api.js";
import { element, facts, foreign, heading } from "./element.js";
import { count, rate } from "./format.js";
import { connectionLink, userLink } from "./links.js";
import { Messages, publishersOf } from "./messages.js";
import { Pages } from "./pages.js";
import { Plot } from "./plot.js";
import { repeat } from "./repeat.js";
import { Table } from "./table.js";

const pause = 1000;
const kept = 300;
const shown = 50;

/** One room: its position and rate, who is there, what was said last and by whom. */
export function room(place, name) {
  const about = facts("Members", "Position", "Epoch", "Presence");
  const trouble = element("p", { className: "bad", data: { testid: "trouble" } });
  const plot = new Plot("Messages", "a second", rate);
  const messages = new Messages();
  const publishers = new Table("Who publishes", "Nobody has published anything that is kept.", [
    { title: "User", node: ({ user }) => user === undefined ? "the server" : userLink(user) },
    { title: `Of the last ${shown}`, number: true, text: ({ messages }) => count(messages) },
  ]);
  const members = new Pages("Members", "Nobody is here.", [
    { title: "User", node: ({ user }) => userLink(user) },
    { title: "Connection", node: ({ connection }) => connectionLink(connection) },
    { title: "State", update: (cell, { state }) => cell.replaceChildren(state === undefined ? "" : foreign(JSON.stringify(state))) },
  ], ({ connection }) => connection, async (query) => {
    const { members, next } = await get("/members", { room: name, ...query });
    return { items: members, next };
  });
  members.table.dataset.testid = "members";
  place.append(
    heading(1, foreign(name, { data: { testid: "room-name" } })), trouble, about.element,
    element("div", { className: "plots" }, plot.element),
    element("div", { className: "columns" },
      element("section", {}, heading(2, "Members"), members.element),
      element("section", {}, heading(2, "Who publishes"), publishers.element)),
    element("section", {}, heading(2, "Last messages"), messages.element));

  const points = [];
  let last;
  async function look() {
    try {
      const head = await get("/room", { room: name });
      about.set("Members", count(head.count));
      about.set("Position", count(head.offset));
      about.set("Epoch", head.epoch);
      about.set("Presence", head.mode);
      measure(head);
      const { messages: newest } = await get("/history", { room: name, order: "newest", limit: shown });
      messages.show(newest);
      publishers.show(publishersOf(newest), ({ user }) => user ?? "");
      trouble.textContent = "";
    } catch (error) {
      trouble.textContent = error.message;
    }
  }

  // A position rises by one with each message that is kept.
  function measure({ epoch, offset }) {
    const now = { time: Date.now(), epoch, offset };
    const value = last?.epoch === epoch ? (offset - last.offset) / (now.time - last.time) * 1000 : null;
    last = now;
    points.push({ time: now.time, value });
    if (points.length > kept) points.shift();
    plot.draw(points);
  }

  const stop = repeat(pause, look);
  return {
    stop() {
      stop();
      members.stop();
    },
  };
}
