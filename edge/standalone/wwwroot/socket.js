const connectTimeout = 10_000;
const steadyAfter = 30_000;

/**
 * One WebSocket after another, until it is closed here or the server says not to come back. Its owner sets the handlers
 * `onopen`, `onmessage` (with a string or an ArrayBuffer), `onlost` (with whether what was there can be resumed) and
 * `onstate`, and calls `ready` when a socket turned out to work.
 */
export class ReconnectingSocket {
  /** "connecting", "online", "offline" (until `retryAt`), or "closed" (with a `reason` if the server wanted it). */
  state = "closed";
  retryAt = 0;
  reason = "";

  #url;
  #subprotocol;
  #socket = null;
  #heartbeat = null;
  #heardAt = 0;
  #asked = false;
  #readyAt = 0;
  #attempt = 0;
  #watchTimer;
  #retryTimer;

  constructor(url, subprotocol) {
    this.#url = url;
    this.#subprotocol = subprotocol;
  }

  /** Begins, or ends the wait for the next attempt. */
  open() {
    if (this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#socket = new WebSocket(this.#url, this.#subprotocol);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.onopen();
    this.#socket.onmessage = ({ data }) => this.#heard(data);
    this.#socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    this.#heardAt = Date.now();
    this.#watchTimer = setInterval(() => this.#watch(), 1000);
    this.#change("connecting");
  }

  /** The server's welcome has come, and this is the `heartbeat` in it. */
  ready(heartbeat) {
    this.#heartbeat = heartbeat;
    this.#readyAt = Date.now();
    this.#change("online");
  }

  send(text) {
    this.#socket.send(text);
  }

  /** Closes it for good. */
  close() {
    this.#abandon(1000);
    this.#end("");
  }

  /** Loses the socket, as a failing network would, for at least `pause` milliseconds. */
  drop(pause = 0) {
    if (!this.#socket) return;
    this.#abandon(4999);
    this.#retry(true, pause);
  }

  #heard(data) {
    this.#heardAt = Date.now();
    this.#asked = false;
    this.onmessage(data);
  }

  // A browser hides the server's pings from the page; so a quiet socket is told from a dead one by asking.
  #watch() {
    const silence = Date.now() - this.#heardAt;
    if (this.state !== "online") {
      if (silence > connectTimeout) this.drop();
    } else if (silence > (this.#heartbeat.interval + this.#heartbeat.timeout) * 1000) {
      this.drop();
    } else if (silence > this.#heartbeat.interval * 1000 && !this.#asked) {
      this.#asked = true;
      this.send('{"type":"ping"}');
    }
  }

  #closed(code, reason) {
    const next = afterClose(code);
    if (next === "stop") this.#end(reason || `code ${code}`);
    else this.#retry(next === "resume", 0);
  }

  // A socket that is given up isn't listened to any more: on a dead network its close event takes minutes to come.
  #abandon(code) {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close(code);
  }

  #retry(resumable, pause) {
    if (this.state === "online" && Date.now() - this.#readyAt > steadyAfter) this.#attempt = 0;
    const wait = Math.max(pause, fullJitter(this.#attempt++));
    this.#release();
    this.#retryTimer = setTimeout(() => this.open(), wait);
    this.retryAt = Date.now() + wait;
    this.onlost(resumable);
    this.#change("offline");
  }

  #end(reason) {
    this.#release();
    this.#attempt = 0;
    this.reason = reason;
    this.onlost(false);
    this.#change("closed");
  }

  #release() {
    clearInterval(this.#watchTimer);
    clearTimeout(this.#retryTimer);
    this.#socket = null;
  }

  #change(state) {
    this.state = state;
    this.onstate();
  }
}

/** Milliseconds before attempt 0, 1, 2 …; random, so that all clients of a lost server don't come back at once. */
export function fullJitter(attempt) {
  return Math.random() * Math.min(30_000, 1000 * 2 ** attempt);
}

function afterClose(code) {
  if ([1002, 1003, 1007, 1008, 1009].includes(code) || code >= 4500) return "stop";
  return code === 1000 || code >= 4400 ? "new" : "resume";
}
