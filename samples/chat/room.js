const typingLasts = 4000;
const mostEntries = 1000;

/**
 * What is shown of one room. `entries` holds the newest messages and dividers in the order in which they are shown. Calls
 * `onchange` with what is different: "entry" (with one that is new or has changed), "entries", "outbox" or "members".
 */
export class Room {
  entries = [];
  outbox = []; // own texts that the server has not taken yet
  unread = 0;
  recovered = 0; // how many messages since the last reconnect,
  complete = true; // and whether they are all that were missed

  #room;
  #me;
  #subscriptions = [];
  #epoch;
  #epochStart = 0; // the entries in front of this index are of earlier epochs
  #missedUntil = 0;
  #divider = null;
  #status;
  #typing; // the timer, while something is being written here

  constructor(room, me, onchange) {
    this.#room = room;
    this.#me = me;
    this.onchange = onchange;
    this.on("joined", (event) => this.#joined(event));
    this.on("message", (event) => this.#message(event));
    this.on("lost", (event) => this.#lost(event));
    this.on("presenceChanged", () => onchange("members"));
  }

  /** Listens to the client's room for as long as this one is shown. */
  on(type, handle) { this.#subscriptions.push(this.#room.on(type, handle)); }

  /** Shows nothing of the room any more. */
  close() { this.#subscriptions.forEach((end) => end()); }

  get name() { return this.#room.name; }
  get position() { return this.#room.position; }

  /** The users who are here, by name, each with whether all of their connections are away. */
  get users() {
    const users = new Map();
    for (const { user, state } of this.#room.members.values()) {
      users.set(user, (users.get(user) ?? true) && state?.status === "away");
    }
    return new Map([...users].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** The other users who are writing. */
  get typing() {
    const members = [...this.#room.members.values()];
    return [...new Set(members.filter(({ user, state }) => state?.typing && user !== this.#me).map(({ user }) => user))];
  }

  join(status) {
    this.#status = status;
    return this.#room.join({ presence: true, state: this.#state });
  }

  /** Whether the user is "here" or "away". */
  setStatus(status) {
    this.#status = status;
    this.#tell();
  }

  leave() { return this.#room.leave(); }

  /** From now on what comes may be what was missed. */
  disconnected() {
    this.recovered = 0;
    this.complete = true;
    this.#divider = null;
  }

  /** Publishes a text; throws if the server refuses it. */
  async send(text) {
    const sending = { text };
    this.outbox.push(sending);
    this.onchange("outbox");
    this.#stopTyping();
    try {
      await this.#room.publish(text);
    } finally {
      this.#taken(sending);
    }
  }

  /** Lets the others know that a text is being written. */
  type() {
    const news = !this.#typing;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#stopTyping(), typingLasts);
    if (news) this.#tell();
  }

  get #state() { return { status: this.#status, ...this.#typing && { typing: true } }; }

  #tell() { this.#room.setState(this.#state).catch(() => {}); } // The next one says it too.

  #stopTyping() {
    if (!this.#typing) return;
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#tell();
  }

  #joined({ position, recovered }) {
    this.#missedUntil = recovered ? position.offset : 0;
    if (recovered === false) this.#gap(position, "reconnected, but messages may be missing");
    this.#epoch = position.epoch;
    if (!recovered) this.#load();
  }

  #lost({ to, reason }) {
    this.#gap(to, "messages may be missing", reason);
    this.#epoch = to.epoch;
    this.#load();
  }

  #message(event) {
    if (!isText(event)) return;
    const message = read(event);
    if (message.offset <= this.#missedUntil) this.#countRecovered(message.offset);
    if (message.user === this.#me) this.#taken(this.outbox.find(({ text }) => text === message.text));
    if (this.#insert(message)) this.onchange("entry", message);
  }

  async #load() {
    const page = await this.#room.history({ order: "newest", limit: 50 }).catch(() => null);
    if (page?.position.epoch !== this.#epoch) return;
    page.messages.filter(isText).forEach((event) => this.#insert(read(event)));
    this.onchange("entries");
  }

  /** Puts an entry where its offset belongs; false if it is a message that is there already. */
  #insert(entry) {
    let index = this.entries.length;
    while (index > this.#epochStart && this.entries[index - 1].offset > entry.offset) index--;
    if (index > this.#epochStart && this.entries[index - 1].offset === entry.offset && !entry.divider) return false;
    this.entries.splice(index, 0, entry);
    if (this.entries.length > mostEntries) {
      this.entries.shift();
      this.#epochStart = Math.max(0, this.#epochStart - 1);
    }
    return true;
  }

  #gap({ epoch }, text, reason) {
    const last = this.entries.at(-1);
    const anew = epoch !== this.#epoch || reason === "ahead";
    this.complete = false;
    if (anew) this.#epochStart = this.entries.length;
    if (last?.divider !== text) this.#divide(text, anew ? 0.5 : Math.floor(last?.offset ?? 0) + 0.5);
  }

  #countRecovered(offset) {
    this.recovered++;
    const text = `reconnected, ${this.recovered} ${this.recovered === 1 ? "message" : "messages"} recovered`;
    if (!this.#divider) {
      this.#divider = this.#divide(text, offset - 0.5);
    } else {
      this.#divider.divider = text;
      this.onchange("entry", this.#divider);
    }
  }

  /** Dividers stand between the offsets of messages. */
  #divide(text, offset) {
    const divider = { divider: text, offset };
    this.#insert(divider);
    this.onchange("entry", divider);
    return divider;
  }

  #taken(sending) {
    const index = this.outbox.indexOf(sending);
    if (index < 0) return;
    this.outbox.splice(index, 1);
    this.onchange("outbox");
  }
}

function isText({ position, data }) {
  return position !== undefined && typeof data === "string";
}

function read({ position, from, time, data }) {
  return { offset: position.offset, user: from?.user ?? "server", time, text: data };
}
