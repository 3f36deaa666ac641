import type { Hello, Transport, TransportContext } from "../../src/transports/transport.js";
import { afterClose } from "../../src/wire/closeCodes.js";
import type { Outgoing } from "../../src/wire/outgoing.js";

export const limits = {
  message: 65536, rooms: 100, rate: { messages: 0, burst: 200 }, state: 1024, name: 128, key: 64, slot: 64, depth: 56, history: 100,
};

export const epochs = { user: "0000000000000001", connection: "0000000000000002", room: "000000000000000a" };

/** A transport whose server is the test. */
export class FakeWay implements Transport {
  readonly quiet = 0;
  readonly context: TransportContext;
  /** What each hello had. */
  readonly hellos: Hello[] = [];
  /** Every command, as an object, with `bytes` if its payload is bytes. */
  readonly sent: any[] = [];
  isAbandoned = false;
  isClosed = false;

  constructor(context: TransportContext) {
    this.context = context;
  }

  connect(): void {
    this.hellos.push(this.context.hello());
  }

  send(commands: readonly Outgoing[]): void {
    for (const { text, bytes } of commands) this.sent.push({ ...JSON.parse(text), ...bytes && { bytes } });
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  abandon(): void {
    this.isAbandoned = true;
  }

  get hello(): Hello {
    return this.hellos.at(-1)!;
  }

  /** The commands of a type. */
  of(type: string): any[] {
    return this.sent.filter((command) => command.type === type);
  }

  says(...events: object[]): void {
    for (const event of events) this.context.receive(event as never);
  }

  welcome(fields: object = {}): void {
    this.says({
      type: "welcome", connection: "c-1", user: "ann", resume: "t-1", resumed: false,
      positions: { user: { epoch: epochs.user, offset: 0 }, connection: { epoch: epochs.connection, offset: 0 } },
      heartbeat: { interval: 15, timeout: 40 }, grace: 10, limits, ...fields,
    });
  }

  /** A welcome to what was resumed, with nothing missed but what `rooms` say. */
  resumed(rooms: Record<string, object> = {}, fields: object = {}): void {
    const recovered = true;
    this.welcome({
      resumed: true, rooms,
      positions: { user: { epoch: epochs.user, offset: 0, recovered }, connection: { epoch: epochs.connection, offset: 0, recovered } },
      ...fields,
    });
  }

  /** Answers a command. */
  answers(command: any, event: object): void {
    this.says({ id: command.id, ...event });
  }

  refuses(command: any, code: string, fields: object = {}): void {
    this.answers(command, { type: "error", code, message: code, ...fields });
  }

  publishes(command: any, offset: number): void {
    this.answers(command, { type: "published", room: command.room, epoch: epochs.room, offset });
  }

  /** Lets the client into the room that it asks for, and returns the command. */
  joins(room: string, fields: object = {}): any {
    const command = this.of("join").filter((join) => join.room === room).at(-1);
    this.answers(command, { type: "joined", room, epoch: epochs.room, offset: 0, ...fields });
    return command;
  }

  message(room: string, offset: number | undefined, data: unknown = offset): void {
    this.says({ type: "message", room, offset, time: 1, from: { user: "bob", connection: "c-2" }, data });
  }

  /** The way ends, before it was open unless `wasOpen`. */
  ends(code = 1006, fields: object = {}): void {
    this.context.ended({ code, text: "", next: afterClose(code), wasOpen: true, ...fields });
  }
}
