/** Time, to be replaced in tests. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Runs something once, some milliseconds from now, unless the function that is returned is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

/** What is longer, timers take for no time at all. */
const longest = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(milliseconds, longest));
    return () => clearTimeout(timer);
  },
};
