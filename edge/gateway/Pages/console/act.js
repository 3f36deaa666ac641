import { post } from "./api.js";
import { ask } from "./ask.js";
import { element } from "./element.js";
import { say } from "./toast.js";

/** A button that asks, sends a command, and says how it went. */
export function actButton(label, { title, text, path, body, done, testid }) {
  const button = element("button", { className: "danger", type: "button", data: { testid } }, label);
  button.onclick = async () => {
    if (!await ask(title, text, label)) return;
    button.disabled = true;
    try {
      say(done(await post(path, body)));
    } catch (error) {
      say(`Not done: ${error.message}`);
    } finally {
      button.disabled = false;
    }
  };
  return button;
}
