import type { TransportName } from "../../src/options.js";
import { FakeFetch } from "./fakeFetch.js";
import { epochs, limits } from "./fakeWay.js";
import { World } from "./world.js";

export const welcome = {
  type: "welcome", connection: "c-1", user: "ann", resume: "t-1", resumed: false,
  positions: { user: { epoch: epochs.user, offset: 0 }, connection: { epoch: epochs.connection, offset: 0 } },
  heartbeat: { interval: 15, timeout: 40 }, grace: 10, limits,
};

export const resumed = {
  ...welcome, resumed: true, rooms: {},
  positions: {
    user: { epoch: epochs.user, offset: 0, recovered: true }, connection: { epoch: epochs.connection, offset: 0, recovered: true },
  },
};

/** A client that has one way, with a fetch whose server is the test. */
export function httpWorld(transport: TransportName, options = {}) {
  const http = new FakeFetch();
  const world = new World({ url: "https://play.example/live", user: "ann", token: "secret", transports: [transport], fetch: http.fetch, ...options });
  return { http, world };
}
