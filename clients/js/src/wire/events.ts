import type { Position, Start } from "./position.js";
import type { PresenceDelta, PresenceSnapshot } from "./presence.js";

/** Which of the client's own feeds. */
export type OwnFeed = "user" | "connection";

/** Bounds of the server, as in the protocol's `limits`. */
export interface Limits {
  readonly message: number;
  readonly rooms: number;
  readonly rate: { readonly messages: number; readonly burst: number };
  readonly state: number;
  readonly history: number;
}

interface Answer {
  readonly id?: number;
}

export interface WelcomeEvent extends Answer {
  readonly type: "welcome";
  readonly connection: string;
  readonly user: string;
  readonly resume: string;
  readonly resumed: boolean;
  readonly positions: { readonly user: Start; readonly connection: Start };
  readonly rooms?: Readonly<Record<string, Start & { readonly presence?: PresenceSnapshot }>>;
  readonly heartbeat: { readonly interval: number; readonly timeout: number };
  readonly grace: number;
  readonly limits: Limits;
}

export interface JoinedEvent extends Answer, Start {
  readonly type: "joined";
  readonly room: string;
  readonly presence?: PresenceSnapshot;
}

export interface LeftEvent extends Answer {
  readonly type: "left";
  readonly room: string;
  readonly reason?: string;
}

/** Only keyed publishes wait for it, and these have a position. */
export interface PublishedEvent extends Answer, Position {
  readonly type: "published" | "sent";
  readonly duplicate?: true;
}

/** A message as it stands on the wire, live or in a history. `data` is bytes where it came so. */
export interface WireMessage {
  readonly offset?: number;
  readonly from?: { readonly user: string; readonly connection: string };
  readonly time: number;
  readonly class?: "latest" | "volatile";
  readonly slot?: string;
  readonly data?: unknown;
  readonly base64?: string;
}

export interface MessageEvent extends WireMessage {
  readonly type: "message";
  readonly room?: string;
  readonly feed?: OwnFeed;
}

export interface HistoryEvent extends Answer, Position {
  readonly type: "history";
  readonly messages: readonly WireMessage[];
  readonly more: boolean;
}

export interface PresenceEvent extends Answer, PresenceSnapshot {
  readonly type: "presence";
  readonly room: string;
}

export interface PresenceChangeEvent extends PresenceDelta {
  readonly type: "presence_change";
  readonly room: string;
}

export interface LostEvent extends Position {
  readonly type: "lost";
  readonly room?: string;
  readonly feed?: OwnFeed;
}

export interface ExpiringEvent {
  readonly type: "expiring";
  readonly in: number;
  readonly room?: string;
}

export interface ErrorEvent extends Answer {
  readonly type: "error";
  readonly code: string;
  readonly message: string;
  readonly retry?: true;
  readonly retryAfter?: number;
  readonly room?: string;
}

export interface DoneEvent extends Answer {
  readonly type: "ok" | "pong";
}

/** What the server says. Types that are not here are passed over, as later versions may add some. */
export type ServerEvent =
  | WelcomeEvent | JoinedEvent | LeftEvent | PublishedEvent | MessageEvent | HistoryEvent | PresenceEvent
  | PresenceChangeEvent | LostEvent | ExpiringEvent | ErrorEvent | DoneEvent;
