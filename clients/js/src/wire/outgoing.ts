/** A command on its way: JSON text, and the payload where that is bytes. The same `id` stands in the text. */
export interface Outgoing {
  readonly id?: number;
  readonly text: string;
  readonly bytes?: Uint8Array;
}

/** A command whose `data`, if it is bytes, is kept beside the text. */
export function encode({ data, ...command }: Record<string, unknown>, id?: number): Outgoing {
  const bytes = data instanceof Uint8Array ? new Uint8Array(data) : undefined; // A copy, as it may wait.
  return { id, text: JSON.stringify({ ...command, id, data: bytes ? undefined : data }), bytes };
}

/** How many bytes it has on a socket. */
export function sizeOf({ text, bytes }: Outgoing): number {
  return new TextEncoder().encode(text).length + (bytes ? bytes.length + 2 : 0);
}
