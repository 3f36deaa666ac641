import type { SwitchboardError } from "./error.js";
import type { ServerEvent } from "./wire/events.js";
import type { Outgoing } from "./wire/outgoing.js";

/** What a caller may say about a command. */
export interface RequestOptions {
  /** Milliseconds after which it fails with `timeout`, time offline included; by default it waits as long as need be. */
  readonly timeout?: number | undefined;
  /** Ends the wait, with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of a command; nothing where a newer one has replaced it. */
export type Outcome = ServerEvent | SwitchboardError | undefined;

/** A command that waits for its answer. */
export interface Request {
  readonly id: number;
  readonly outgoing: Outgoing;
  readonly size: number;
  /** Commands of one lane leave in order, and wait while one of them does. */
  readonly lane: string;
  /** Replaces one of the same lane and slot that has not left. */
  readonly slot: string | undefined;
  /** It is of use on this socket only, and fails with it. */
  readonly bound: boolean;
  attempts: number;
  /** Ends the time-out for its answer. */
  disarm: () => void;
  readonly settle: ((outcome: Outcome) => void)[];
}
