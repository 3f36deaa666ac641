const sendEvery = 50;

/**
 * The board's strokes as its room has them. A stroke is published in pieces while it is drawn (`reliable`: none may be
 * missing), and whoever comes late reads them from the room's history. Everybody draws in the order of the room, so all
 * boards look alike; one's own pieces are drawn at once, and once more when they come back.
 */
export class Strokes {
  #room;
  #board;
  #failed;
  #clearedAt = 0;
  #piece;

  constructor(room, board, failed) {
    this.#room = room;
    this.#board = board;
    this.#failed = failed;
    room.on("joined", ({ recovered }) => recovered || this.#load());
    room.on("lost", () => this.#load());
    room.on("message", (message) => this.#draw(message));
  }

  begin(pen, point) {
    this.#piece = { ...pen, points: [point.x, point.y] };
    this.#send();
  }

  extend({ x, y }) {
    const piece = this.#piece;
    this.#board.draw({ ...piece, points: [...piece.points.slice(-2), x, y] });
    piece.points.push(x, y);
    piece.timer ??= setTimeout(() => this.#send(), sendEvery);
  }

  end() {
    if (this.#piece?.timer) this.#send();
    this.#piece = undefined;
  }

  clear() { this.#publish({ clear: true }); }

  #send() {
    const { timer, ...piece } = this.#piece;
    clearTimeout(timer);
    this.#board.draw(piece);
    this.#publish(piece);
    this.#piece = { ...piece, points: piece.points.slice(-2) };
  }

  #publish(data) { this.#room.publish(data).catch(this.#failed); }

  #draw({ data, position }) {
    if (!position || position.offset < this.#clearedAt) return;
    if (data?.clear) {
      this.#clearedAt = position.offset;
      this.#board.clear();
    } else if (Array.isArray(data?.points)) {
      this.#board.draw(data);
    }
  }

  /** Draws the whole board anew. */
  async #load() {
    this.#board.clear();
    this.#clearedAt = 0;
    let page;
    let after;
    do {
      page = await this.#room.history({ order: "oldest", limit: 100, after }).catch(this.#failed);
      page?.messages.forEach((message) => this.#draw(message));
      after = page?.messages.at(-1)?.position;
    } while (page?.more);
  }
}
