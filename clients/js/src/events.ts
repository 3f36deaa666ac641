import type { SwitchboardError } from "./error.js";
import type { Room } from "./room.js";
import type { OwnFeed } from "./wire/events.js";
import type { Position } from "./wire/position.js";
import type { Member } from "./wire/presence.js";

/** What may happen to a message: see the protocol's contract. */
export type Delivery = "reliable" | "latest" | "volatile";

/** A message of a room, or one that was sent to this user or connection (`feed`). */
export interface Message<Data = any> {
  readonly room?: string | undefined;
  readonly feed?: OwnFeed | undefined;
  /** What was published; a Uint8Array where it was bytes. */
  readonly data: Data;
  /** Who sent it; nobody where it was the server. */
  readonly from?: { readonly user: string; readonly connection: string } | undefined;
  /** When the server took it, in milliseconds since 1970. */
  readonly time: number;
  /** Its place in the feed; `volatile` messages have none. */
  readonly position?: Position | undefined;
  readonly delivery: Delivery;
  /** What it is the latest of. */
  readonly slot?: string | undefined;
}

/** Messages between two positions were missed and can't be had any more. */
export interface Lost {
  readonly room?: string | undefined;
  readonly feed?: OwnFeed | undefined;
  readonly from: Position | undefined;
  readonly to: Position;
  /** `dropped`, `trimmed`, `ahead`, `epoch_changed`, `connection_ended`, or the error code with which reading them failed. */
  readonly reason: string;
}

/** This client is a member of a room. */
export interface Joined {
  readonly position: Position;
  /** Whether what was missed since the last position follows; undefined where there was none. */
  readonly recovered: boolean | undefined;
  /** It had never left: the connection was resumed. */
  readonly resumed: boolean;
}

/** This client is no member of a room any more, without having left. */
export interface Left {
  readonly reason: string;
}

/** What changed in `room.members`. With `anew` everything may have. */
export interface PresenceChanged {
  readonly count: number;
  readonly anew: boolean;
  readonly joined: readonly Member[];
  readonly left: readonly Member[];
  readonly updated: readonly Member[];
}

export type State = "disconnected" | "connecting" | "connected" | "reconnecting" | "closed";

/** The state is another, or another attempt to connect was put off. */
export interface StateChanged {
  readonly state: State;
  readonly previous: State;
  /** Why it is so, unless all is well: the close code (1006 where there was none) and a text. */
  readonly reason?: { readonly code: number; readonly text: string } | undefined;
  /** In how many milliseconds the next attempt begins; undefined if none will, or it just has. */
  readonly retryIn?: number | undefined;
  readonly willRetry: boolean;
}

export interface ClientEvents {
  stateChanged: StateChanged;
  /** Sent to this user or connection. */
  message: Message;
  /** Of what was sent to this user or connection. */
  lost: Lost;
  /** The server has made the client a member of a room. */
  joined: Room;
  /** The server refused something that nobody waits for, such as a volatile message. */
  error: SwitchboardError;
}

export interface RoomEvents<Data = any> {
  message: Message<Data>;
  lost: Lost;
  joined: Joined;
  left: Left;
  presenceChanged: PresenceChanged;
}
