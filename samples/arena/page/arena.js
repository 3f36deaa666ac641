import { SwitchboardClient } from "./switchboard.js";
import { Field, colourOf } from "./field.js";
import { watchSteering } from "./steering.js";

const element = (id) => document.getElementById(id);
const room = new URLSearchParams(location.search).get("room") ?? "arena:1";

let field;

const linkTexts = {
  connecting: "connecting", connected: "live", reconnecting: "connection lost, trying again", closed: "disconnected",
};

/** The players by score, in a list and, for those who can't see the field, in a sentence. */
function showScores(players, me) {
  const byScore = players.toSorted((one, other) => other.score - one.score || one.name.localeCompare(other.name));
  const lines = byScore.slice(0, 10).map(({ id, name, score }) => {
    const line = document.createElement("li");
    line.style.setProperty("--colour", colourOf(name));
    line.classList.toggle("me", id === me);
    line.append(Object.assign(document.createElement("span"), { textContent: name }));
    line.append(Object.assign(document.createElement("b"), { textContent: score }));
    return line;
  });
  element("scores").replaceChildren(...lines);
  const rank = byScore.findIndex((player) => player.id === me);
  if (rank < 0) return "You are not in the arena.";
  const sparks = byScore[rank].score;
  return `${sparks} ${sparks === 1 ? "spark" : "sparks"}: you are number ${rank + 1} of ${byScore.length}.`;
}

/** A screen reader is not to be told twenty times a second. */
function say(text) {
  if (element("status").textContent !== text) element("status").textContent = text;
}

async function play(name) {
  element("entrance").hidden = true;
  element("field").focus();
  const client = new SwitchboardClient({ user: name });
  client.on("stateChanged", ({ state }) => {
    element("link").dataset.state = state;
    element("link").firstElementChild.textContent = linkTexts[state] ?? state;
  });

  field ??= new Field(element("field"));
  const arena = client.room(room);
  let shown = "";
  arena.on("message", ({ slot, data }) => {
    if (slot !== "field") return;
    field.take(data, client.connectionId);
    const scores = JSON.stringify(data.players.map(({ id, name, score }) => [id, name, score]));
    if (scores !== shown) {
      shown = scores;
      say(showScores(data.players, client.connectionId));
    }
  });

  try {
    await client.connect();
    await arena.join();
  } catch (problem) {
    client.close();
    element("entrance").hidden = false;
    throw problem;
  }
  element("edge").textContent = `${room} on ${location.host}`;

  // Only the newest direction counts, also after a break in the connection. The arena's grain takes it; nobody else receives it.
  watchSteering(element("field"), () => field.me, (direction) =>
    arena.publish(direction, { delivery: "latest", slot: "steer" }).catch((problem) => say(problem.message)));
}

element("entrance").addEventListener("submit", (event) => {
  event.preventDefault();
  play(element("name").value.trim()).catch((problem) => say(problem.message));
});
