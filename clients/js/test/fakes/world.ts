import { SwitchboardClient } from "../../src/client.js";
import type { StateChanged } from "../../src/events.js";
import type { ClientOptions } from "../../src/options.js";
import type { Room } from "../../src/room.js";
import { FakeClock, settle } from "./fakeClock.js";
import { FakeWay } from "./fakeWay.js";

/** A client with the test as its server, clock and chance. */
export class World {
  readonly clock = new FakeClock();
  readonly ways: FakeWay[] = [];
  readonly states: StateChanged[] = [];
  readonly client: SwitchboardClient;
  random = 0.5;

  constructor(options: ClientOptions = {}) {
    this.client = new SwitchboardClient({
      url: "https://play.example/",
      transports: [(context) => this.open(context)],
      clock: this.clock,
      random: () => this.random,
      ...options,
    });
    this.client.on("stateChanged", (change) => this.states.push(change));
  }

  /** The newest way. */
  get way(): FakeWay {
    return this.ways.at(-1)!;
  }

  open(context: ConstructorParameters<typeof FakeWay>[0]): FakeWay {
    const way = new FakeWay(context);
    this.ways.push(way);
    return way;
  }

  /** Connects to a server that says welcome. */
  async connect(fields: object = {}): Promise<FakeWay> {
    const connected = this.client.connect();
    await settle();
    this.way.welcome(fields);
    await connected;
    return this.way;
  }

  /** Joins a room. */
  async join(name: string, options: Parameters<Room["join"]>[0] = {}, fields: object = {}): Promise<Room> {
    const room = this.client.room(name);
    const joined = room.join(options);
    await settle();
    this.way.joins(name, fields);
    await joined;
    await settle();
    return room;
  }

  /** The way breaks, and the next one is there. */
  async again(code = 1006, fields: object = {}): Promise<FakeWay> {
    const { length } = this.ways;
    this.way.ends(code, fields);
    await this.clock.pass(this.states.at(-1)!.retryIn ?? 0);
    if (this.ways.length !== length + 1) throw new Error(`there are ${this.ways.length} ways`);
    return this.way;
  }
}

/** What a promise came to: its value, or the code of its error, or that it waits. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  const waits = settle().then(settle).then(() => "waits");
  return Promise.race([promise.then((value) => value ?? "done", (error) => error.code ?? error.message), waits]);
}
