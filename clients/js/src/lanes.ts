/** How many commands of each lane are on their way, and which lanes are held until when. */
export class Lanes {
  readonly #most: number;
  readonly #flying = new Map<string, number>();
  readonly #held = new Map<string, number>();
  /** Those of which one command leaves at a time, for now; and whether what is on its way left before that. */
  readonly #narrow = new Map<string, boolean>();

  constructor(most: number) {
    this.#most = most;
  }

  isFree(lane: string): boolean {
    return !this.#held.has(lane) && (this.#flying.get(lane) ?? 0) < (this.#narrow.has(lane) ? 1 : this.#most);
  }

  left(lane: string): void {
    this.#flying.set(lane, (this.#flying.get(lane) ?? 0) + 1);
  }

  arrived(lane: string): void {
    const flying = (this.#flying.get(lane) ?? 0) - 1;
    if (flying > 0) this.#flying.set(lane, flying);
    else {
      this.#flying.delete(lane);
      if (this.#narrow.get(lane)) this.#narrow.set(lane, false);
      else this.#narrow.delete(lane);
    }
  }

  /** Holds it; returns what ends this hold. What leaves first then leaves alone: once all that is on its way has arrived. */
  hold(lane: string): () => void {
    this.#narrow.set(lane, this.#flying.has(lane));
    this.#held.set(lane, (this.#held.get(lane) ?? 0) + 1);
    return () => {
      const holds = (this.#held.get(lane) ?? 0) - 1;
      if (holds > 0) this.#held.set(lane, holds);
      else this.#held.delete(lane);
    };
  }

  /** A new socket: nothing is on its way. */
  clear(): void {
    this.#flying.clear();
    this.#held.clear();
    this.#narrow.clear();
  }
}
