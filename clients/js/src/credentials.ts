/** A token, or what gets a fresh one. */
export type TokenSource = string | (() => string | Promise<string>);

/** The token of a source, asked for anew. */
export async function tokenOf(source: TokenSource | undefined): Promise<string | undefined> {
  return typeof source === "function" ? source() : source;
}
