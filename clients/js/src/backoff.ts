import type { Random } from "./random.js";

/** How long to wait before attempts. */
export interface Backoff {
  readonly initialDelay: number;
  readonly maxDelay: number;
  readonly factor: number;
}

/** Milliseconds before attempt 0, 1, 2 …: random up to a bound that grows, so that clients don't come back as one. */
export function fullJitter({ initialDelay, maxDelay, factor }: Backoff, attempt: number, random: Random): number {
  return random() * Math.min(maxDelay, initialDelay * factor ** attempt);
}
