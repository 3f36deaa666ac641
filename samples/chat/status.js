const noticeLasts = 6000;

const $ = (id) => document.getElementById(id);

/** Shows how the connection is, and after a reconnect what became of the messages that were missed. */
export class Status {
  #client;
  #rooms;
  #change = {};
  #retryAt = 0;
  #again = ""; // "Resumed" or "Reconnected", for as long as it is shown
  #timer;

  constructor(client, rooms) {
    this.#client = client;
    this.#rooms = rooms;
    client.on("stateChanged", (change) => this.#changed(change));
    setInterval(() => client.state === "reconnecting" && this.show(), 500);
  }

  /** A room was joined again, or is a member's still. */
  returned(resumed) {
    this.#again = resumed ? "Resumed" : "Reconnected";
    this.report();
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
    const resumed = this.#client.state === "connected" && this.#again === "Resumed" && this.#isComplete();
    const { text, lamp } = this.#look(resumed);
    $("status").textContent = text;
    $("status").dataset.state = lamp;
    $("retry").hidden = lamp !== "offline";
  }

  #changed(change) {
    this.#change = change;
    this.#retryAt = change.retryIn === undefined ? 0 : Date.now() + change.retryIn;
    if (change.previous === "connected") this.#rooms.forEach((room) => room.disconnected());
    this.show();
  }

  #look(resumed) {
    if (resumed) return { text: this.#outcome(), lamp: "resumed" };
    if (this.#client.state === "connected") return { text: "Online", lamp: "online" };
    if (this.#client.state === "closed") return { text: `Offline – ${this.#change.reason?.text ?? "closed"}`, lamp: "offline" };
    const seconds = Math.ceil((this.#retryAt - Date.now()) / 1000);
    if (seconds > 0) return { text: `Offline – retrying in ${seconds} s`, lamp: "offline" };
    return { text: "Connecting…", lamp: "connecting" };
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
