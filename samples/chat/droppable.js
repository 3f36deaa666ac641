let current;
let pausedUntil = 0;

/** A WebSocket that can be lost on purpose, to see what happens then. */
export class DroppableSocket extends WebSocket {
  constructor(...how) {
    super(...how);
    current = this;
    if (Date.now() < pausedUntil) this.close();
  }
}

/** Loses the socket as a failing network would, without a goodbye, and every other one for so many milliseconds. */
export function drop(pause = 0) {
  pausedUntil = Date.now() + pause;
  current?.close(4000);
}
