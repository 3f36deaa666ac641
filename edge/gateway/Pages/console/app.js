import { get, key } from "./api.js";
import { connection } from "./connection.js";
import { Door } from "./door.js";
import { setText } from "./element.js";
import { History } from "./history.js";
import { node } from "./node.js";
import { overview } from "./overview.js";
import { repeat } from "./repeat.js";
import { room } from "./room.js";
import { rooms } from "./rooms.js";
import { Router } from "./router.js";
import { user } from "./user.js";

const pause = 1000;
const views = { "": overview, node, rooms, room, user, connection };

const $ = (id) => document.getElementById(id);
const door = new Door(enter);
let router;
let stop;

async function enter() {
  door.close();
  const history = new History();
  let answer;
  try {
    answer = await get("/nodes");
  } catch (error) {
    if (error.status !== 401 && error.status !== 403) return later(error);
    show("waiting", "no key");
    door.open(refusalOf(error));
    return;
  }
  for (const id of ["find", "leave"]) $(id).hidden = id === "leave" && !key.get();
  const mine = new Router($("place"), views, { history, answer: () => answer });
  router = mine;
  router.start();
  stop = repeat(pause, async () => {
    try {
      answer = await get("/nodes");
      if (router !== mine) return; // The key was forgotten meanwhile.
      history.add(answer);
      show("live", `live, ${answer.nodes.length} ${answer.nodes.length === 1 ? "node" : "nodes"}`);
      router.update();
    } catch (error) {
      if (router !== mine) return;
      if (error.status === 401 || error.status === 403) leave(refusalOf(error));
      else show("lost", error.message);
    }
  });
}

function leave(refusal) {
  stop();
  router.stop();
  router = undefined;
  key.forget();
  $("find").hidden = $("leave").hidden = true;
  show("waiting", "no key");
  door.open(refusal);
}

function later(error) {
  show("lost", error.message);
  setTimeout(enter, pause);
}

// Who has not tried a key yet is not told that there is none.
function refusalOf(error) {
  const tried = key.get();
  key.forget();
  if (!tried) return "";
  return error.status === 403 ? "This key lacks the role Admin." : error.message;
}

function show(state, text) {
  $("status").dataset.state = state;
  setText($("status"), text);
}

$("find").onsubmit = (event) => {
  event.preventDefault();
  location.hash = `#/${$("find-kind").value}/${encodeURIComponent($("find-name").value)}`;
  $("find-name").value = "";
};
$("leave").onclick = () => leave("");

enter();
