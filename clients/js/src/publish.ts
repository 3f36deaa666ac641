import type { Outbox } from "./outbox.js";
import type { RequestOptions } from "./request.js";
import type { PublishedEvent } from "./wire/events.js";
import { place, type Position } from "./wire/position.js";

/** How something is published or sent. */
export interface Publishing extends RequestOptions {
  /** By which the server recognizes it when it comes twice; by default a random one. */
  readonly key?: string;
}

/** Publishes or sends: again and again with the same key until it is answered; at once or never if it is volatile. */
export async function publish(
  outbox: Outbox,
  newKey: () => string,
  lane: string,
  command: Record<string, unknown>,
  { key, ...kind }: Publishing,
): Promise<Position | undefined> {
  if (command.class === "volatile") {
    outbox.hint(command, lane);
    return undefined;
  }
  const keyed = { ...command, key: key ?? newKey() };
  const answer = await outbox.ask<PublishedEvent | undefined>(keyed, { ...kind, lane, slot: command.slot as string | undefined });
  return answer && place(answer);
}
