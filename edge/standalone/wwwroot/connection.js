// A client of the protocol switchboard.v1.json, in the words of docs/protocol.md.

import { ReconnectingSocket, fullJitter } from "./socket.js";

/** A command that failed; `code` is one of the protocol's error codes. */
export class CommandError extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

/**
 * A connection, which outlives its sockets. Dispatches "state" when `state` changes, and the server's events under
 * their own names with the event as `detail`: "welcome", "joined" (also for every room of a resumed connection),
 * "left", "message" (each once), "presence_change" and "lost".
 */
export class Connection extends EventTarget {
  id = "";
  user = "";

  #socket;
  #welcomed = false;
  #token = null;
  #grace = 0;
  #graceEnds = 0;
  #feeds = { user: {}, connection: {} };
  #rooms = new Map();
  #requests = new Map();
  #lastId = 0;

  constructor(url) {
    super();
    this.#socket = new ReconnectingSocket(url, "switchboard.v1.json");
    this.#socket.onopen = () => this.#connect();
    this.#socket.onmessage = (data) => this.#receive(decode(data));
    this.#socket.onlost = (resumable) => this.#lost(resumable);
    this.#socket.onstate = () => this.dispatchEvent(new Event("state"));
  }

  /** "connecting", "online", "offline" (until `retryAt`), or "closed" (with a `reason` if the server wanted it). */
  get state() { return this.#socket.state; }
  get retryAt() { return this.#socket.retryAt; }
  get reason() { return this.#socket.reason; }

  /** Goes online, and comes back by itself from then on. While offline: tries at once. */
  open() { this.#socket.open(); }

  /** Ends the connection: it leaves its rooms at once and can't be resumed. `open` begins another, with those rooms. */
  close() { this.#socket.close(); }

  /** Loses the socket, as a failing network would, for at least `pause` milliseconds. */
  drop(pause) { this.#socket.drop(pause); }

  /** Wants to be in the room from now on. The event "joined" tells when it is, or "left" why it can't be. */
  join(name, { presence = false, state = null } = {}) {
    if (this.#rooms.has(name)) return;
    const room = { name, presence, state, position: undefined };
    this.#rooms.set(name, room);
    if (this.#welcomed) this.#join(room);
  }

  leave(name) {
    if (this.#rooms.delete(name)) this.#send({ type: "leave", room: name });
  }

  /** Replaces the own presence state in a room. */
  setState(name, state) {
    this.#rooms.get(name).state = state;
    return this.request({ type: "state", room: name, state });
  }

  /** Publishes once, however often the socket breaks. Resolves when the server has it. */
  publish(room, data, options = {}) {
    return this.request({ type: "publish", room, data, key: uniqueKey(), ...options });
  }

  /** Publishes what only matters now, and may get lost. */
  hint(room, data) {
    this.#send({ type: "publish", room, data, class: "volatile", echo: false });
  }

  /** What has been seen of a room, `{ epoch, offset }`; undefined before it was joined. */
  position(room) {
    return this.#rooms.get(room)?.position;
  }

  /**
   * Sends a command and resolves with the event that answers it, or rejects with a CommandError. Until it is answered
   * it is sent again on each new socket, so it must be safe to repeat: a `publish` or `send` needs its `key`.
   */
  request(command) {
    return new Promise((resolve, reject) => this.#ask(command, resolve, reject));
  }

  #ask(command, resolve, reject) {
    const id = ++this.#lastId;
    this.#requests.set(id, { command: { ...command, id }, resolve, reject });
    this.#sendRequest(id);
  }

  #sendRequest(id) {
    if (this.#requests.has(id)) this.#send(this.#requests.get(id).command);
  }

  // Whatever is wanted before the welcome is sent behind it, out of #rooms and #requests.
  #send(command) {
    if (this.#welcomed || command.type === "connect") this.#socket.send(JSON.stringify(command));
  }

  #receive(event) {
    switch (event.type) {
      case "message":
      case "lost":
      case "presence_change":
        return this.#isNew(event) && this.#dispatch(event);
      case "left": // Without a reason it answers `leave`, and the room may have been joined again since.
        return event.reason && this.#removed(event);
      case "error":
        return this.#failed(event);
      default:
        return this.#answered(event.id)?.resolve(event);
    }
  }

  #answered(id) {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request;
  }

  #failed(event) {
    if (event.retry || event.code === "too_fast") {
      setTimeout(() => this.#sendRequest(event.id), 500 + fullJitter(0));
    } else {
      this.#answered(event.id)?.reject(new CommandError(event));
    }
  }

  /** Whether an event has not been seen yet; if so, the position of its feed moves there. */
  #isNew({ type, room, feed: own, epoch, offset }) {
    const feed = room === undefined ? this.#feeds[own] : this.#rooms.get(room);
    if (!feed?.position || offset <= feed.position.offset && type !== "lost") return false;
    if (offset !== undefined) feed.position = { epoch: epoch ?? feed.position.epoch, offset };
    return true;
  }

  #connect() {
    const positions = { user: this.#feeds.user.position, connection: this.#feeds.connection.position };
    const joined = [...this.#rooms.values()].filter((room) => room.position);
    positions.rooms = Object.fromEntries(joined.map((room) => [room.name, room.position]));
    const resume = this.#token && Date.now() < this.#graceEnds ? { resume: this.#token, positions } : {};
    this.#ask({ type: "connect", ...resume }, (event) => this.#welcome(event), ({ code }) => {
      this.#token = null;
      return code.startsWith("resume_") ? this.#connect() : this.drop();
    });
  }

  #welcome(event) {
    const kept = new Map(Object.entries(event.rooms ?? {}));
    const unanswered = [...this.#requests.keys()];
    const wanted = [...this.#rooms.values()];
    const wasRemoved = (room) => event.resumed && room.position && !kept.has(room.name);
    this.id = event.connection;
    this.user = event.user;
    this.#token = event.resume;
    this.#grace = event.grace;
    begin(this.#feeds.user, event.positions.user);
    begin(this.#feeds.connection, event.positions.connection);

    this.#welcomed = true;
    wanted.filter((room) => !kept.has(room.name) && !wasRemoved(room)).forEach((room) => this.#join(room));
    [...kept.keys()].filter((name) => !this.#rooms.has(name)).forEach((room) => this.#send({ type: "leave", room }));
    unanswered.forEach((id) => this.#sendRequest(id));

    this.#socket.ready(event.heartbeat);
    this.#dispatch(event);
    wanted.filter((room) => kept.has(room.name)).forEach((room) => this.#joined(room, kept.get(room.name)));
    wanted.filter(wasRemoved).forEach((room) => this.#removed({ type: "left", room: room.name, reason: "removed" }));
  }

  #lost(resumable) {
    if (this.#welcomed) this.#graceEnds = Date.now() + this.#grace * 1000;
    if (!resumable) this.#token = null;
    this.#welcomed = false;
    for (const [id, { command }] of this.#requests) {
      if (command.type === "connect" || command.type === "join") this.#requests.delete(id); // Made anew by #welcome.
    }
  }

  #join(room) {
    const { name, presence, state, position } = room;
    const command = { type: "join", room: name, presence, state, position };
    this.#ask(command, (event) => this.#joined(room, event), ({ code, message }) => {
      if (this.#rooms.get(name) !== room) return;
      if (code === "already_joined") { // An `unavailable` one had worked, but only a "joined" tells the position.
        this.#send({ type: "leave", room: name });
        this.#join(room);
      } else {
        this.#removed({ type: "left", room: name, reason: message });
      }
    });
  }

  #joined(room, event) {
    if (this.#rooms.get(room.name) !== room) return;
    begin(room, event);
    this.#dispatch({ ...event, type: "joined", room: room.name });
  }

  #removed(event) {
    if (this.#rooms.delete(event.room)) this.#dispatch(event);
  }

  #dispatch(event) {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
  }
}

// What was missed of a recovered feed follows and moves the position itself: it has not been seen yet.
function begin(feed, { epoch, offset, recovered }) {
  if (!recovered) feed.position = { epoch, offset };
}

function decode(data) {
  if (typeof data === "string") return JSON.parse(data);
  const length = new DataView(data).getUint16(0);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 2, length)));
  return { ...header, data: new Uint8Array(data, 2 + length) };
}

// Not crypto.randomUUID: a page that came over plain HTTP from another machine doesn't have it.
function uniqueKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
