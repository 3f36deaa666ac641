import type { Message } from "./events.js";
import { payloadOf } from "./wire/binary.js";
import type { OwnFeed, WireMessage } from "./wire/events.js";

/** Which feed something is of. */
export interface FeedName {
  readonly room?: string;
  readonly feed?: OwnFeed;
}

/** A message as the application sees it. */
export function toMessage(wire: WireMessage, { room, feed }: FeedName, epoch: string | undefined): Message {
  const { offset, from, time, slot } = wire;
  const position = epoch === undefined || offset === undefined ? undefined : { epoch, offset };
  return { room, feed, data: payloadOf(wire), from, time, position, delivery: wire.class ?? "reliable", slot };
}
