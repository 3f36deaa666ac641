import { get } from "./api.js";
import { element, heading } from "./element.js";
import { count } from "./format.js";
import { roomLink } from "./links.js";
import { Pages } from "./pages.js";

/** The rooms in use, by name. */
export function rooms(place) {
  let pattern = "";
  const partial = element("p", { className: "muted", hidden: true }, "A silo did not answer: rooms may be missing.");
  const pages = new Pages("Rooms", "There are no such rooms in use.", [
    { title: "Room", node: ({ room }) => roomLink(room) },
    { title: "Members", number: true, text: ({ members }) => count(members) },
  ], ({ room }) => room, async (query) => {
    const { rooms, next, complete } = await get("/rooms", { ...query, pattern });
    partial.hidden = complete;
    return { items: rooms, next };
  });
  pages.table.dataset.testid = "rooms";

  const input = element("input", { id: "pattern", placeholder: "table-*", maxLength: 128, autocomplete: "off", data: { testid: "pattern" } });
  const form = element("form", { className: "line" },
    element("label", { htmlFor: "pattern" }, "Pattern"), input, element("button", { className: "quiet" }, "Show"));
  form.onsubmit = (event) => {
    event.preventDefault();
    pattern = input.value;
    pages.refresh();
  };
  place.append(heading(1, "Rooms"), form, pages.element, partial);
  return { stop: pages.stop };
}
