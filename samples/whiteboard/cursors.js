import { size } from "./board.js";

const sendEvery = 40;

/**
 * Where the others point. Only the newest place matters: `latest`, with a slot for each connection, so that a slow
 * receiver gets where a cursor is and not where it has been.
 */
export class Cursors {
  #room;
  #client;
  #layer;
  #nodes = new Map();
  #next;
  #timer;

  constructor(room, client, layer) {
    this.#room = room;
    this.#client = client;
    this.#layer = layer;
    room.on("message", ({ data, from }) => data?.cursor && from && this.#show(from, data.cursor));
    room.on("presenceChanged", () => this.#sweep());
  }

  point(place) {
    this.#next = place;
    this.#timer ??= setTimeout(() => this.#send(), sendEvery);
  }

  #send() {
    this.#timer = undefined;
    const slot = `cursor ${this.#client.connectionId}`;
    this.#room.publish({ cursor: this.#next }, { delivery: "latest", slot, echo: false }).catch(() => {}); // The next one will do.
  }

  #show({ connection, user }, { x, y }) {
    if (connection === this.#client.connectionId || !this.#room.members.has(connection)) return;
    let node = this.#nodes.get(connection);
    if (!node) {
      node = Object.assign(document.createElement("div"), { className: "cursor", textContent: user });
      node.dataset.testid = "cursor";
      node.dataset.user = user;
      node.style.setProperty("--hue", colourOf(user));
      this.#layer.append(node);
      this.#nodes.set(connection, node);
    }
    node.style.left = `${(100 * x) / size.width}%`;
    node.style.top = `${(100 * y) / size.height}%`;
  }

  #sweep() {
    for (const [connection, node] of this.#nodes) {
      if (this.#room.members.has(connection)) continue;
      node.remove();
      this.#nodes.delete(connection);
    }
  }
}

export function colourOf(user) {
  return `oklch(0.5 0.13 ${[...user].reduce((hash, c) => (hash * 31 + c.codePointAt(0)) % 360, 7)})`;
}
