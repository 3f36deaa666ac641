import assert from "node:assert/strict";
import { test } from "node:test";
import type { TransportFactory } from "../src/transports/transport.js";
import { settle } from "./fakes/fakeClock.js";
import { outcome, World } from "./fakes/world.js";

/** A client with three ways, and the names of those it tried. */
function threeWays(options = {}) {
  const tried: string[] = [];
  let world: World;
  const way = (name: string): TransportFactory => (context) => {
    tried.push(name);
    return world.open(context);
  };
  world = new World({ transports: [way("a"), way("b"), way("c")], ...options });
  return { world, tried };
}

const unopened = { wasOpen: false };

test("the next transport is tried at once when one can't be opened, and all again after the back-off", async () => {
  const { world, tried } = threeWays();
  void world.client.connect();
  for (let i = 0; i < 3; i++) {
    await settle();
    world.way.ends(1006, unopened);
  }
  assert.deepEqual(tried, ["a", "b", "c"]);
  await world.clock.pass(125);
  assert.deepEqual(tried, ["a", "b", "c", "a"]);
});

test("a transport that was open keeps its place", async () => {
  const { world, tried } = threeWays();
  void world.client.connect();
  await settle();
  world.way.ends(1011);
  await world.clock.pass(125);
  assert.deepEqual(tried, ["a", "a"]);
});

test("a transport that brings no welcome in time is as good as none", async () => {
  const { world, tried } = threeWays();
  void world.client.connect();
  await world.clock.pass(10_000);
  assert.deepEqual(tried, ["a", "b"]);
});

test("after a session the transport that worked is tried, and no other", async () => {
  const { world, tried } = threeWays();
  void world.client.connect();
  await settle();
  world.way.ends(1006, unopened);
  await settle();
  world.way.welcome();
  for (let i = 0; i < 3; i++) await world.again(1006, unopened);
  assert.deepEqual(tried, ["a", "b", "b", "b", "b"]);
});

test("a refusal on the last transport is the end; on another the next one is asked", async () => {
  const { world, tried } = threeWays();
  const connected = world.client.connect();
  connected.catch(() => {});
  for (let i = 0; i < 3; i++) {
    await settle();
    world.way.ends(1006, { ...unopened, next: "stop", text: "forbidden" });
  }
  assert.deepEqual([tried, await outcome(connected)], [["a", "b", "c"], "forbidden"]);
});

test("an implementation that throws is a transport that can't be opened", async () => {
  const world: World = new World({ transports: [() => { throw new Error("mixed content"); }, (context) => world.open(context)] });
  await world.connect();
  assert.equal(world.client.state, "connected");
});

test("without WebSocket the others are used, and none left is told at once", () => {
  const { WebSocket } = globalThis;
  Reflect.deleteProperty(globalThis, "WebSocket");
  try {
    assert.throws(() => new World({ transports: ["websocket"] }), /webSocket/);
    assert.doesNotThrow(() => new World({ transports: ["websocket", "sse"] }));
  } finally {
    if (WebSocket) globalThis.WebSocket = WebSocket;
  }
});
