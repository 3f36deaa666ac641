import { setText, visible } from "./element.js";

const $ = (id) => document.getElementById(id);

/** Asks before something that can't be undone; true for yes. */
export function ask(title, text, yes) {
  const dialog = $("ask");
  setText($("ask-title"), visible(title));
  setText($("ask-text"), text);
  setText($("ask-yes"), yes);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
