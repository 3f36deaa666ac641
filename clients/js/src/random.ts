/** Numbers from 0 to below 1, to be replaced in tests. */
export type Random = () => number;

export const systemRandom: Random = () => {
  const { crypto } = globalThis; // Node 18 has none.
  return crypto ? crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32 : Math.random();
};

/** A key that nobody else makes. Not crypto.randomUUID: pages that came over plain HTTP don't have it. */
export function newKey(random: Random): string {
  return Array.from({ length: 16 }, () => Math.floor(random() * 256).toString(16).padStart(2, "0")).join("");
}
