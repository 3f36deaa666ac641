import { tokenOf } from "./credentials.js";
import type { SwitchboardError } from "./error.js";
import type { Emitter } from "./emitter.js";
import type { RoomEvents } from "./events.js";
import { Feed } from "./feed.js";
import { Membership } from "./membership.js";
import type { Outbox } from "./outbox.js";
import { Presence } from "./presence.js";
import type { HistoryEvent, JoinedEvent, PresenceChangeEvent, PresenceEvent } from "./wire/events.js";
import { place, type Start } from "./wire/position.js";
import type { PresenceSnapshot } from "./wire/presence.js";

/** What a room needs of the client. */
export interface RoomHost {
  readonly outbox: Outbox;
  readonly isConnected: () => boolean;
}

/** What the client knows of one room. */
export class RoomSession {
  readonly name: string;
  readonly feed: Feed;
  readonly presence = new Presence();
  readonly membership: Membership;
  readonly #host: RoomHost;
  readonly #events: Emitter<RoomEvents>;

  constructor(name: string, host: RoomHost, events: Emitter<RoomEvents>) {
    this.name = name;
    this.#host = host;
    this.#events = events;
    this.feed = new Feed({ room: name }, {
      page: (after) => this.#ask<HistoryEvent>({ type: "history", after, limit: 100 }),
      deliver: (message) => events.emit("message", message),
      lost: (lost) => events.emit("lost", lost),
    });
    this.membership = new Membership({
      isConnected: host.isConnected,
      position: () => this.feed.position,
      ask: (command) => this.#ask(command),
      settled: () => host.outbox.flush(),
      ended: (reason) => {
        this.forget();
        events.emit("left", { reason });
      },
    });
  }

  /** Whether commands for the room may leave: not while it is being joined. */
  get isReady(): boolean {
    return this.membership.stage === "joined" || !this.membership.isWanted;
  }

  joined(event: JoinedEvent): void {
    if (this.membership.joined(event.id !== undefined)) this.#begin(event, event.presence, false);
  }

  /** The rooms of a resume's welcome; `isFirst` on a new socket. */
  resumed(room: (Start & { readonly presence?: PresenceSnapshot }) | undefined, isFirst: boolean): void {
    const wasJoined = this.membership.stage === "joined";
    if (!room) this.membership.missing(isFirst);
    else if (!this.membership.kept(isFirst)) return;
    else if (isFirst || !wasJoined) this.#begin(room, room.presence, true);
    else this.#goOn(room, room.presence);
  }

  presenceChanged(event: PresenceChangeEvent): void {
    const change = this.presence.apply(event);
    if (change === "gap") void this.#askAgain();
    else if (change) this.#events.emit("presenceChanged", change);
  }

  async askPresence(bound = false): Promise<PresenceSnapshot> {
    const { mode, version, count, members } = await this.#ask<PresenceEvent>({ type: "presence" }, bound);
    const snapshot = { mode, version, count, members };
    if (version >= (this.presence.version ?? 0)) this.#set(snapshot);
    return snapshot;
  }

  /** The token for the room ends soon. */
  async refresh(): Promise<void> {
    const { token } = this.membership.options;
    if (typeof token === "function") await this.#ask({ type: "refresh", token: await tokenOf(token) });
  }

  /** The client is in the room no more: what was on its way does not count. */
  forget(): void {
    this.feed.interrupt();
    this.presence.clear();
  }

  fail(error: SwitchboardError): void {
    this.feed.interrupt();
    this.membership.fail(error);
  }

  #begin(start: Start, presence: PresenceSnapshot | undefined, resumed: boolean): void {
    this.#events.emit("joined", { position: place(start), recovered: start.recovered, resumed });
    this.#goOn(start, presence);
  }

  #goOn(start: Start, presence: PresenceSnapshot | undefined): void {
    this.feed.start(start);
    if (presence && presence.version !== this.presence.version) this.#set(presence);
  }

  #set(snapshot: PresenceSnapshot): void {
    this.#events.emit("presenceChanged", this.presence.set(snapshot));
  }

  async #askAgain(): Promise<void> {
    try {
      await this.askPresence(true);
    } catch {
      this.presence.clear(); // Whatever comes next asks again.
    }
  }

  #ask<Answer>(command: Record<string, unknown>, bound = true): Promise<Answer> {
    const lane = bound ? `membership ${this.name}` : `room ${this.name}`;
    const { type, ...fields } = command;
    return this.#host.outbox.ask({ type, room: this.name, ...fields }, { lane, bound }) as Promise<Answer>;
  }
}
