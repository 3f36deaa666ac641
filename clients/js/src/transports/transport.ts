import type { SwitchboardError } from "../error.js";
import type { Next } from "../wire/closeCodes.js";
import type { ServerEvent } from "../wire/events.js";
import type { Outgoing } from "../wire/outgoing.js";
import type { Positions } from "../wire/position.js";
import type { Clock } from "../clock.js";
import type { Random } from "../random.js";
import type { Endpoints } from "../endpoints.js";

/** How a transport ended. */
export interface End {
  /** The close code; 1006 where there was none. */
  readonly code: number;
  readonly text: string;
  readonly next: Next;
  /** Whether the way was open, so that another way would not do better. */
  readonly wasOpen: boolean;
  /** Milliseconds to wait at least. */
  readonly retryAfter?: number | undefined;
  readonly error?: SwitchboardError;
}

/** What a connection begins with. */
export interface Hello {
  readonly token?: string;
  readonly resume?: string;
  /** Higher each time. */
  readonly turn?: number;
  readonly positions?: Positions;
}

/** What the implementations of this machine are; a browser has both. */
export interface Platform {
  readonly webSocket: (new (url: string, subprotocol: string) => WebSocket) | undefined;
  readonly fetch: typeof fetch;
}

export interface TransportContext extends Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly endpoints: Endpoints;
  /** As of now: it changes while a connection lasts. */
  readonly hello: () => Hello;
  /** By room, the version of the presence that is known. */
  readonly presence: () => Record<string, number | undefined>;
  /** Something came. */
  readonly heard: () => void;
  readonly receive: (event: ServerEvent) => void;
  /** It is over. Called at most once, and nothing is called after it. */
  readonly ended: (end: End) => void;
}

/** One way to one server, until it ends. */
export interface Transport {
  /** Seconds of silence that are normal on this way. */
  readonly quiet: number;
  /** Says hello; again if the server did not know what was to be resumed. */
  connect(): void;
  send(commands: readonly Outgoing[]): void;
  /** Says goodbye, which ends the connection for good. */
  close(): Promise<void>;
  /** Gives the way up without a word. */
  abandon(): void;
}

/** Opens a way. */
export type TransportFactory = (context: TransportContext) => Transport;
