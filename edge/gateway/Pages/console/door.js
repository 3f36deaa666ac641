import { key } from "./api.js";
import { setText } from "./element.js";

const $ = (id) => document.getElementById(id);

/** Asks for a key until one is right. */
export class Door {
  constructor(enter) {
    $("key-form").onsubmit = (event) => {
      event.preventDefault();
      key.set($("key").value.trim());
      $("key").value = "";
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
