import { key } from "./api.js";
import { setText } from "./element.js";

// What no key has can't even be sent.
const shape = /^[\x21-\x7e]+$/;

const $ = (id) => document.getElementById(id);

/** Asks for a key until one is right. */
export class Door {
  constructor(enter) {
    $("key-form").onsubmit = (event) => {
      event.preventDefault();
      const given = $("key").value.trim();
      $("key").value = "";
      if (!shape.test(given)) return this.open("This is no API key: paste it once more, without what stands around it.");
      key.set(given);
      enter();
    };
  }

  open(refusal = "") {
    setText($("refusal"), refusal);
    $("door").hidden = false;
    $("key").focus();
  }

  close() {
    $("door").hidden = true;
  }
}
