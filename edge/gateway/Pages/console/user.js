import { actButton } from "./act.js";
import { get } from "./api.js";
import { element, facts, foreign, heading } from "./element.js";
import { count, moment } from "./format.js";
import { connectionLink } from "./links.js";
import { Pages } from "./pages.js";

/** One user: its connections, and whether it is banned. */
export function user(place, name) {
  const about = facts("Connections", "Banned");
  const pages = new Pages("Connections", "The user is not connected.", [
    { title: "Connection", node: ({ connection }) => connectionLink(connection) },
    { title: "Socket", text: ({ attached }) => attached ? "open" : "gone: in its grace period" },
  ], ({ connection }) => connection, async (query) => {
    const answer = await get("/user", { user: name, ...query });
    about.set("Connections", count(answer.count));
    about.set("Banned", answer.ban ? `until ${moment(answer.ban.until)}${answer.ban.reason ? `: ${answer.ban.reason}` : ""}` : "no");
    return { items: answer.connections, next: answer.next };
  });
  place.append(
    heading(1, foreign(name)), about.element, heading(2, "Connections"), pages.element,
    element("p", { className: "actions" }, actButton("Disconnect all", {
      title: `Disconnect ${name}?`,
      text: "All of the user's connections end at once and leave their rooms. They can't be resumed; the user may connect anew.",
      path: "/disconnect",
      body: { user: name },
      done: ({ disconnected }) => disconnected === 1 ? "One connection was ended." : `${disconnected} connections were ended.`,
      testid: "disconnect-user",
    })));
  return { stop: pages.stop };
}
