import type { TestContext } from "node:test";
import WebSocket from "ws";
import { SwitchboardClient, type ClientOptions } from "../../src/index.js";
import { Net } from "./net.js";

/** Where the server is that the tests of C# have started; without one the tests are skipped. */
export const server = process.env.SWITCHBOARD_URL;
export const options = { skip: server ? false : "SWITCHBOARD_URL names no server", timeout: 60_000 };

/** The address of another one, with tokens that TOKEN_SECRET signs and a heartbeat of a second. */
export const strictServer = process.env.SWITCHBOARD_STRICT_URL;

/** Clients of a real server, and a network to it. */
export class Party {
  readonly #clients: SwitchboardClient[] = [];
  net!: Net;

  /** A client behind the network. */
  client(user: string, more: ClientOptions = {}): SwitchboardClient {
    const client = new SwitchboardClient({ url: this.net.url, user, webSocket: WebSocket, commandTimeout: 30_000, ...more });
    this.#clients.push(client);
    return client;
  }

  async end(): Promise<void> {
    this.net.up();
    await Promise.all(this.#clients.map((client) => client.close()));
    this.net.close();
  }
}

/** Runs a scenario with what it needs. */
export function party(scenario: (party: Party) => Promise<void>, url = server): (context: TestContext) => Promise<void> {
  return async ({ signal }) => {
    const all = new Party();
    all.net = await Net.before(url!);
    signal.addEventListener("abort", () => void all.end()); // It timed out: nothing may keep Node from its end.
    try {
      await scenario(all);
    } finally {
      await all.end();
    }
  };
}

/** Resolves when the condition holds, which is looked at after each event that `on` tells. */
export function until(subscribe: (look: () => void) => () => void, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      off();
      resolve();
    };
    const off = subscribe(look);
    queueMicrotask(look);
  });
}

/** A name that no other test has. */
export const unique = (name: string) => `${name} ${process.pid} ${Math.random().toString(36).slice(2)}`;
