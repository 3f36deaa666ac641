import type { Clock } from "./clock.js";

/** Keeps a client below the rate that its server allows, so that a full outbox is not taken for a flood. */
export class Pace {
  readonly #clock: Clock;
  readonly #rate: number;
  readonly #most: number;
  #tokens: number;
  #at: number;

  /** With a rate of 0 there is none. What the network bunches together must fit the server's count, too: so some is spared. */
  constructor(clock: Clock, rate: { messages: number; burst: number }) {
    this.#clock = clock;
    this.#rate = rate.messages ? rate.messages * 0.95 / 1000 : Infinity;
    this.#most = this.#tokens = Math.max(1, Math.floor(rate.burst * 0.75));
    this.#at = clock.now();
  }

  /** Whole milliseconds until one more may be sent; 0 if it may be now, and then it is counted. */
  take(): number {
    const now = this.#clock.now();
    this.#tokens = this.#rate < Infinity ? Math.min(this.#most, this.#tokens + (now - this.#at) * this.#rate) : this.#most;
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#rate);
    this.#tokens--;
    return 0;
  }
}
