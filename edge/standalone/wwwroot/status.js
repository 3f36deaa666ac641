const noticeLasts = 6000;

const $ = (id) => document.getElementById(id);

/** Shows how the connection is, and after a reconnect what became of the messages that were missed. */
export class Status {
  #connection;
  #rooms;
  #welcomed = false;
  #again = ""; // "Resumed" or "Reconnected", for as long as it is shown
  #timer;

  constructor(connection, rooms) {
    this.#connection = connection;
    this.#rooms = rooms;
    setInterval(() => connection.state === "offline" && this.show(), 500);
  }

  welcomed({ resumed }) {
    if (this.#welcomed) this.#again = resumed ? "Resumed" : "Reconnected";
    this.#welcomed = true;
    this.#rooms.forEach((room) => room.reconnected());
    if (resumed) this.report();
  }

  /** Tells what has been recovered up to now, if there was a reconnect a moment ago. */
  report() {
    if (!this.#again) return;
    this.notify(this.#outcome());
    this.show();
  }

  notify(text) {
    $("toast").textContent = text;
    $("toast").classList.add("shown");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      $("toast").classList.remove("shown");
      this.#again = "";
      this.show();
    }, noticeLasts);
  }

  show() {
    const { state, retryAt, reason } = this.#connection;
    const resumed = state === "online" && this.#again === "Resumed" && this.#isComplete();
    const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    const texts = {
      connecting: "Connecting…",
      online: resumed ? this.#outcome() : "Online",
      offline: `Offline – retrying in ${seconds} s`,
      closed: `Offline${reason && ` – ${reason}`}`,
    };
    $("status").textContent = texts[state];
    $("status").dataset.state = resumed ? "resumed" : state === "closed" ? "offline" : state;
    $("retry").hidden = state !== "offline" && state !== "closed";
  }

  #outcome() {
    const count = [...this.#rooms.values()].reduce((sum, room) => sum + room.recovered, 0);
    if (!this.#isComplete()) return "Reconnected, but messages may be missing";
    if (count === 0) return `${this.#again}, nothing was missed`;
    return `${this.#again}, ${count} missed ${count === 1 ? "message" : "messages"} recovered`;
  }

  #isComplete() {
    return [...this.#rooms.values()].every((room) => room.complete);
  }
}
