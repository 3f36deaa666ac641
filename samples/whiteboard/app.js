import { SwitchboardClient } from "../switchboard.js";
import { Board } from "./board.js";
import { Cursors, colourOf } from "./cursors.js";
import { Pen } from "./pen.js";
import { Strokes } from "./strokes.js";

const colours = { black: "#17201e", red: "#d03a2b", orange: "#d97b0b", green: "#1a8a4d", blue: "#2563c9", violet: "#7c3fc4" };

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const name = query.get("board") ?? "demo";
const user = query.get("user") ?? localStorage.getItem("name") ?? `guest ${Math.floor(Math.random() * 1000)}`;

const client = new SwitchboardClient({ user });
const room = client.room(`board:${name}`);
const board = new Board($("board"));
const strokes = new Strokes(room, board, (error) => say(`Not drawn: ${error.message}`));
const cursors = new Cursors(room, client, $("cursors"));
const look = () => ({ colour: document.querySelector("#colours :checked").value, width: Number($("width").value) });
new Pen($("board"), $("cursors"), board, strokes, look, (place) => cursors.point(place));

$("title").textContent = document.title = `Whiteboard ${name}`;
$("colours").append(...Object.entries(colours).map(([title, value], i) => {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "colour", title, value, checked: i === 0 });
  input.ariaLabel = title;
  input.style.setProperty("--hue", value);
  const label = document.createElement("label");
  label.append(input);
  return label;
}));
$("clear").onclick = () => strokes.clear();

room.on("presenceChanged", ({ joined, left, anew }) => {
  const users = new Set([...room.members.values()].map((member) => member.user));
  $("people").replaceChildren(...[...users].sort().map((name) => {
    const item = Object.assign(document.createElement("li"), { textContent: name === user ? `${name} (you)` : name });
    item.dataset.user = name;
    item.style.setProperty("--hue", colourOf(name));
    return item;
  }));
  if (anew) return;
  for (const one of joined) say(`${one.user} has come`);
  for (const one of left) say(`${one.user} has gone`);
});
room.on("left", ({ reason }) => show("offline", `Not on the board any more: ${reason}`));
client.on("stateChanged", ({ state, reason }) => {
  if (state === "connected") show("online", "Online");
  else if (state === "closed") show("offline", `Offline: ${reason?.text ?? "closed"}`);
  else show("connecting", state === "reconnecting" ? "Reconnecting…" : "Connecting…");
});
window.onpagehide = () => client.close();
window.onpageshow = ({ persisted }) => persisted && enter();
enter();

function enter() {
  client.connect().catch(() => {}); // The status says why not.
  room.join({ presence: true }).catch((error) => show("offline", error.message));
}

function show(state, text) {
  $("status").dataset.state = state;
  $("status").textContent = text;
}

function say(text) { $("said").textContent = text; }
