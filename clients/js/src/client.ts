import { Emitter } from "./emitter.js";
import type { ClientEvents, State } from "./events.js";
import { settle, type ClientOptions } from "./options.js";
import { publish, type Publishing } from "./publish.js";
import type { Room } from "./room.js";
import { Session } from "./session.js";
import type { Position } from "./wire/position.js";

/** How something is sent to a user or a connection. */
export interface SendOptions extends Publishing {
  readonly delivery?: "reliable" | "latest" | "volatile";
  /** What it is the latest of; required with `latest`. */
  readonly slot?: string;
}

/** A client of Switchboard: one connection, which outlives its sockets. */
export class SwitchboardClient extends Emitter<ClientEvents> {
  readonly #session: Session;

  constructor(options: ClientOptions = {}) {
    super();
    this.#session = new Session(settle(options), this);
  }

  get state(): State {
    return this.#session.state;
  }

  /** The id of the connection; undefined before the first welcome. A lost connection is followed by one with another id. */
  get connectionId(): string | undefined {
    return this.#session.connection;
  }

  /** Who the server says the client is; undefined before the first welcome. */
  get user(): string | undefined {
    return this.#session.user;
  }

  /** Connects, and comes back by itself from then on. Resolves at the welcome; while reconnecting, tries at once. */
  connect(): Promise<void> {
    return this.#session.connect();
  }

  /** Leaves for good: what waits fails with `closed`. Resolves when the server was told. `connect` begins anew. */
  close(): Promise<void> {
    return this.#session.close();
  }

  /** The room of this name, always the same object. */
  room<Data = any>(name: string): Room<Data> {
    return this.#session.room(name);
  }

  /** Sends to all connections of a user; resolves with the position in the user's feed. */
  sendToUser(user: string, data: unknown, options: SendOptions = {}): Promise<Position | undefined> {
    return this.#send({ user }, `user ${user}`, data, options);
  }

  /** Sends to one connection. */
  sendToConnection(connection: string, data: unknown, options: SendOptions = {}): Promise<Position | undefined> {
    return this.#send({ connection }, `connection ${connection}`, data, options);
  }

  #send(to: object, lane: string, data: unknown, options: SendOptions): Promise<Position | undefined> {
    const { delivery, slot, ...publishing } = options;
    const { outbox, newKey } = this.#session;
    return publish(outbox, newKey, lane, { type: "send", ...to, data, class: delivery, slot }, publishing);
  }
}
