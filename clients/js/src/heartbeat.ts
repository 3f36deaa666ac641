import type { Clock } from "./clock.js";

/**
 * Tells a dead socket from a quiet one: after a silence it asks, and without an answer the socket is dead. It never
 * gives up one that it has not asked, as timers of hidden pages and sleeping machines come late.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #died: () => void;
  #interval = 0;
  #timeout = 0;
  #heardAt = 0;
  #askedAt: number | undefined;
  #cancel = () => {};

  constructor(clock: Clock, ask: () => void, died: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#died = died;
  }

  /** Begins: asks after `interval` milliseconds of silence, and gives up after `timeout`. */
  start(interval: number, timeout: number): void {
    this.stop();
    this.#interval = interval;
    this.#timeout = timeout;
    this.#heardAt = this.#clock.now();
    this.#wait(interval);
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
    if (this.#askedAt === undefined) return;
    this.stop();
    this.#wait(this.#interval);
  }

  stop(): void {
    this.#cancel();
    this.#askedAt = undefined;
  }

  #wait(milliseconds: number): void {
    this.#cancel = this.#clock.after(milliseconds, () => this.#look());
  }

  #look(): void {
    const now = this.#clock.now();
    const rest = Math.max(1, this.#timeout - this.#interval);
    if (this.#askedAt !== undefined) {
      if (now - this.#askedAt >= rest) this.#died();
      else this.#wait(this.#askedAt + rest - now);
    } else if (now - this.#heardAt < this.#interval) {
      this.#wait(this.#heardAt + this.#interval - now);
    } else {
      this.#askedAt = now;
      this.#wait(rest);
      this.#ask();
    }
  }
}
