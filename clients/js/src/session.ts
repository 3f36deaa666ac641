import { Connector } from "./connector.js";
import { defer, type Deferred } from "./deferred.js";
import { tokenOf } from "./credentials.js";
import type { Emitter } from "./emitter.js";
import { passing, SwitchboardError, textOf, toError } from "./error.js";
import type { ClientEvents, State } from "./events.js";
import { Feed } from "./feed.js";
import { Heartbeat } from "./heartbeat.js";
import type { Settings } from "./options.js";
import { Outbox } from "./outbox.js";
import { newKey } from "./random.js";
import { Room } from "./room.js";
import type { End, Hello } from "./transports/transport.js";
import { afterClose } from "./wire/closeCodes.js";
import type { HistoryEvent, OwnFeed, ServerEvent, WelcomeEvent } from "./wire/events.js";

/** What the client is to the server: its connection, feeds and rooms, over all transports. */
export class Session {
  readonly outbox: Outbox;
  readonly rooms = new Map<string, Room>();
  connection: string | undefined;
  user: string | undefined;
  state: State = "disconnected";
  readonly isConnected = () => this.state === "connected";
  readonly newKey: () => string;
  readonly #settings: Settings;
  readonly #events: Emitter<ClientEvents>;
  readonly #connector: Connector;
  readonly #heartbeat: Heartbeat;
  readonly #feeds: Readonly<Record<OwnFeed, Feed>>;
  #resume: string | undefined;
  /** Of what says hello, the count: a resume that arrives behind a later one must not win. */
  #turn = 0;
  #isWelcome = false;
  #connecting: Deferred<void> | undefined;

  constructor(settings: Settings, events: Emitter<ClientEvents>) {
    const { clock, random, outbox, commandTimeout, reconnect } = settings;
    this.#settings = settings;
    this.#events = events;
    this.newKey = () => newKey(random);
    this.outbox = new Outbox({
      clock, random, outbox, commandTimeout, retry: reconnect,
      isReady: (lane) => !lane.startsWith("room ") || (this.rooms.get(lane.slice(5))?.session.isReady ?? true),
    });
    this.#feeds = { user: this.#feed("user"), connection: this.#feed("connection") };
    this.#heartbeat = new Heartbeat(clock, () => this.#ping(), () => this.#connector.lose("Nothing was heard of the server."));
    this.#connector = new Connector(settings, {
      hello: () => this.#hello(),
      presence: () => this.#ofRooms(({ session }) => session.presence.version),
      heard: () => this.#heartbeat.heard(),
      receive: (event) => this.#receive(event),
      broke: (end, retryIn) => this.#broke(end, retryIn),
      stopped: (end, error) => this.#stopped(end, error),
    });
  }

  room(name: string): Room {
    const room = this.rooms.get(name) ?? new Room(name, this);
    this.rooms.set(name, room);
    return room;
  }

  connect(): Promise<void> {
    if (this.state === "connected") return Promise.resolve();
    this.#connecting ??= defer();
    const { promise } = this.#connecting;
    this.outbox.reopen();
    if (this.state !== "reconnecting") this.#change("connecting");
    void this.#connector.start();
    return promise;
  }

  close(): Promise<void> {
    const said = this.#connector.close();
    this.#end(new SwitchboardError("closed", "The client was closed."));
    this.#change("closed");
    return said;
  }

  #hello(): Hello {
    const resume = this.#resume;
    if (resume === undefined) return {};
    const rooms = this.#ofRooms(({ position, session }) => session.membership.stage === "out" ? undefined : position);
    const { user, connection } = this.#feeds;
    return { resume, turn: ++this.#turn, positions: { user: user.position, connection: connection.position, rooms } };
  }

  /** By name, also where that is one of what every object has, such as `__proto__`. */
  #ofRooms<Value>(of: (room: Room) => Value | undefined): Record<string, Value | undefined> {
    return Object.fromEntries([...this.rooms].map(([name, room]) => [name, of(room)]));
  }

  #receive(event: ServerEvent): void {
    if (event.type === "welcome") this.#welcome(event);
    else if (!this.#isWelcome) this.#refused(event);
    else this.#handle(event);
  }

  #handle(event: ServerEvent): void {
    switch (event.type) {
      case "message":
        if (event.feed) this.#feeds[event.feed].message(event);
        else this.#joined(event.room)?.feed.message(event);
        return;
      case "lost":
        if (event.feed) this.#feeds[event.feed].dropped(event);
        else this.#joined(event.room)?.feed.dropped(event);
        return;
      case "presence_change":
        this.#joined(event.room)?.presenceChanged(event);
        return;
      case "expiring":
        void this.#refresh(event.room);
        return;
      case "joined":
        this.#entered(event);
        break;
      case "left":
        if (event.id === undefined && event.reason !== undefined) this.rooms.get(event.room)?.session.membership.removed(event.reason);
    }
    if (this.outbox.answered(event) || event.type !== "error") return;
    if (event.id === undefined) this.#events.emit("error", toError(event));
  }

  #joined(name: string | undefined) {
    const session = this.rooms.get(name ?? "")?.session;
    return session?.membership.stage === "joined" ? session : undefined;
  }

  #entered(event: ServerEvent & { type: "joined" }): void {
    const room = this.room(event.room);
    const wasWanted = room.session.membership.isWanted;
    room.session.joined(event);
    if (event.id === undefined && !wasWanted) this.#events.emit("joined", room);
  }

  #welcome(event: WelcomeEvent): void {
    const isFirst = !this.#isWelcome;
    const isNew = event.connection !== this.connection;
    const { positions, heartbeat, limits, resumed } = event;
    const { quiet } = this.#connector.transport!;
    this.#isWelcome = true;
    this.connection = event.connection;
    this.user = event.user;
    this.#resume = event.resume;
    this.#connector.welcomed();
    if (isFirst) {
      this.#heartbeat.start((heartbeat.interval + quiet) * 1000, (heartbeat.timeout + quiet) * 1000);
      this.outbox.opened((commands) => this.#connector.transport?.send(commands), limits);
      this.#change("connected");
    }
    this.#feeds.user.start(positions.user);
    this.#feeds.connection.start(isNew ? { ...positions.connection, reason: "connection_ended" } : positions.connection);
    const rooms = new Map(Object.entries(event.rooms ?? {}));
    for (const name of rooms.keys()) this.room(name);
    for (const [name, room] of this.rooms) {
      const { session } = room;
      const wasWanted = session.membership.isWanted;
      if (resumed) session.resumed(rooms.get(name), isFirst);
      else session.membership.begunAnew();
      if (!wasWanted && session.membership.isWanted) this.#events.emit("joined", room);
    }
    for (const { session } of this.rooms.values()) session.membership.reconcile();
    if (!isFirst) return;
    this.outbox.begin();
    this.#connecting?.resolve();
    this.#connecting = undefined;
  }

  /** Before the welcome only an error tells something: what came of `connect`. */
  #refused(event: ServerEvent): void {
    if (event.type !== "error") return;
    if (event.code.startsWith("resume_")) {
      this.#resume = undefined;
      this.#connector.transport?.connect();
      return;
    }
    const code = event.code === "unauthorized" ? 4503 : event.retry ? 1013 : 4506;
    const { message: text, retryAfter } = event;
    this.#connector.refuse({ code, text, next: afterClose(code), wasOpen: true, retryAfter, error: toError(event) });
  }

  #broke(end: End, retryIn: number): void {
    this.#interrupt();
    if (end.next === "new") this.#resume = undefined;
    this.#change(this.connection === undefined ? "connecting" : "reconnecting", end, retryIn);
  }

  #stopped(end: End, error: SwitchboardError): void {
    this.#end(error);
    this.#change("closed", end);
  }

  #interrupt(): void {
    this.#isWelcome = false;
    this.#heartbeat.stop();
    this.outbox.broke();
    Object.values(this.#feeds).forEach((feed) => feed.interrupt());
    this.rooms.forEach(({ session }) => session.feed.interrupt());
  }

  #end(error: SwitchboardError): void {
    this.#interrupt();
    this.#resume = this.#feeds.connection.position = undefined;
    this.outbox.fail(error);
    this.rooms.forEach(({ session }) => session.fail(error));
    this.#connecting?.reject(error);
    this.#connecting = undefined;
  }

  #change(state: State, end?: End, retryIn?: number): void {
    const previous = this.state;
    if (state === previous && retryIn === undefined) return;
    this.state = state;
    const reason = end && { code: end.code, text: end.text };
    this.#events.emit("stateChanged", { state, previous, reason, retryIn, willRetry: retryIn !== undefined });
  }

  async #refresh(name: string | undefined): Promise<void> {
    try {
      if (name !== undefined) {
        await this.rooms.get(name)?.session.refresh();
      } else if (typeof this.#settings.token === "function") {
        const token = await tokenOf(this.#settings.token);
        await this.outbox.ask({ type: "refresh", token }, { bound: true });
        this.#connector.token = token;
      }
    } catch (error) {
      if (!this.isConnected()) return;
      this.#events.emit("error", passing("token_failed", `No token could be got: ${textOf(error)}`));
    }
  }

  async #ping(): Promise<void> {
    try {
      await this.outbox.ask({ type: "ping" }, { bound: true });
    } catch {
      // The heartbeat sees to what does not answer.
    }
  }

  #feed(feed: OwnFeed): Feed {
    return new Feed({ feed }, {
      page: (after) => this.outbox.ask<HistoryEvent>({ type: "history", feed, after, limit: 100 }, { bound: true }),
      deliver: (message) => this.#events.emit("message", message),
      lost: (lost) => this.#events.emit("lost", lost),
    });
  }
}
