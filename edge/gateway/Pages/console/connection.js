import { actButton } from "./act.js";
import { get } from "./api.js";
import { element, facts, foreign, heading } from "./element.js";
import { roomLink, userLink } from "./links.js";
import { repeat } from "./repeat.js";
import { Table } from "./table.js";

const pause = 2000;

/** One connection: whose it is, and where it has joined. */
export function connection(place, id) {
  const about = facts("User", "Socket");
  const trouble = element("p", { className: "bad", data: { testid: "trouble" } });
  const joined = new Table("Rooms", "It is in no room.", [{ title: "Room", node: ({ room }) => roomLink(room) }]);
  const disconnect = actButton("Disconnect", {
    title: "Disconnect this connection?",
    text: "It leaves its rooms at once, and can't be resumed. Its client may connect anew.",
    path: "/disconnect",
    body: { connection: id },
    done: () => "The connection was ended.",
    testid: "disconnect",
  });
  place.append(
    heading(1, element("code", {}, foreign(id))), trouble, about.element,
    heading(2, "Rooms"), joined.element, element("p", { className: "actions" }, disconnect));

  let shown;
  const stop = repeat(pause, async () => {
    try {
      const { user, attached, rooms } = await get("/connection", { connection: id });
      if (shown !== user) about.value("User").replaceChildren(userLink(user));
      shown = user;
      about.set("Socket", attached ? "open" : "gone: in its grace period");
      joined.show(rooms.map((room) => ({ room })), ({ room }) => room);
      trouble.textContent = "";
      disconnect.hidden = false;
    } catch (error) {
      trouble.textContent = error.message;
      disconnect.hidden = error.status === 404;
    }
  });
  return { stop };
}
