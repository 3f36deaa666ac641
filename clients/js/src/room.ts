import { Emitter } from "./emitter.js";
import type { Delivery, Message, RoomEvents } from "./events.js";
import type { JoinOptions } from "./membership.js";
import { toMessage } from "./message.js";
import { publish, type Publishing } from "./publish.js";
import { RoomSession, type RoomHost } from "./roomSession.js";
import type { HistoryEvent } from "./wire/events.js";
import { place, type Position } from "./wire/position.js";
import type { Member, PresenceSnapshot } from "./wire/presence.js";
import type { RequestOptions } from "./request.js";

/** Where a page of a history begins and which way it goes. */
export interface HistoryOptions extends RequestOptions {
  /** `oldest` or `newest` first; by default `newest` if there is a `before`, else `oldest`. */
  readonly order?: "oldest" | "newest";
  readonly after?: Position;
  readonly before?: Position;
  /** 1 to 100, by default 50. */
  readonly limit?: number;
}

export interface HistoryPage<Data = any> {
  readonly messages: readonly Message<Data>[];
  /** The newest position of the room. */
  readonly position: Position;
  /** Whether there are more in that direction. */
  readonly more: boolean;
}

/** How a message to a room is published. */
export interface PublishOptions extends Publishing {
  /** By default `reliable`. */
  readonly delivery?: Delivery;
  /** What it is the latest of; required with `latest`. */
  readonly slot?: string;
  /** False: this connection does not receive the message itself. */
  readonly echo?: boolean;
}

/** A room; the same object for the same name, whether the client is a member or not. */
export class Room<Data = any> extends Emitter<RoomEvents<Data>> {
  readonly name: string;
  /** @internal */
  readonly session: RoomSession;
  readonly #host: RoomHost & { readonly newKey: () => string };

  /** @internal */
  constructor(name: string, host: RoomHost & { readonly newKey: () => string }) {
    super();
    this.name = name;
    this.#host = host;
    this.session = new RoomSession(name, host, this as Emitter<RoomEvents>);
  }

  /** Whether the client is a member, as far as it knows. */
  get isJoined(): boolean {
    return this.session.membership.stage === "joined";
  }

  /** What was seen of the room; undefined before it was joined. */
  get position(): Position | undefined {
    return this.session.feed.position;
  }

  /** Who is in the room, by connection; kept for those who joined with `presence`, unless there are too many. */
  get members(): ReadonlyMap<string, Member> {
    return this.session.presence.members;
  }

  /** How many members there are; kept likewise. */
  get memberCount(): number {
    return this.session.presence.count;
  }

  /** Wants to be in the room from now on, on each connection. Resolves when it is; fails if that is refused. */
  join(options: JoinOptions = {}): Promise<void> {
    const { membership, feed } = this.session;
    const { failure } = this.#host.outbox;
    if (failure) return Promise.reject(failure);
    if (!membership.isWanted) feed.position = options.from;
    return membership.join(options);
  }

  /** Resolves when the room is left. */
  leave(): Promise<void> {
    const left = this.session.membership.leave();
    this.session.forget();
    return left;
  }

  /**
   * Publishes once, however often the connection breaks. Resolves with the position; `volatile` ones have none, and those
   * that a newer one of their slot replaced before they left.
   */
  publish(data: Data, options: PublishOptions = {}): Promise<Position | undefined> {
    const { delivery, slot, echo, ...publishing } = options;
    const command = { type: "publish", room: this.name, data, class: delivery, slot, echo };
    const { outbox, newKey } = this.#host;
    return publish(outbox, newKey, `room ${this.name}`, command, publishing);
  }

  /** A page of the room's history. */
  async history(options: HistoryOptions = {}): Promise<HistoryPage<Data>> {
    const { timeout, signal, ...page } = options;
    const command = { type: "history", room: this.name, ...page };
    const lane = `room ${this.name}`;
    const answer = await this.#host.outbox.ask<HistoryEvent>(command, { lane, timeout, signal });
    const messages = answer.messages.map((message) => toMessage(message, { room: this.name }, answer.epoch));
    return { messages, position: place(answer), more: answer.more };
  }

  /** Asks who is in the room. */
  presence(): Promise<PresenceSnapshot> {
    return this.session.askPresence();
  }

  /** Replaces this member's presence state; null for none. It stays so on each connection. */
  setState(state: object | null): Promise<void> {
    const { failure } = this.#host.outbox;
    return failure ? Promise.reject(failure) : this.session.membership.setState(state);
  }
}
