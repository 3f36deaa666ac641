import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { outcome, World } from "./fakes/world.js";

test("connect resolves at the first welcome, and the state is told", async () => {
  const world = new World();
  const connected = world.client.connect();
  await settle();
  assert.equal(await outcome(connected), "waits");
  world.way.welcome();

  assert.equal(await outcome(connected), "done");
  assert.deepEqual(world.states.map(({ state, previous }) => [previous, state]), [["disconnected", "connecting"], ["connecting", "connected"]]);
  assert.equal(world.client.connectionId, "c-1");
  assert.equal(world.client.user, "ann");
  assert.deepEqual(world.way.hellos, [{ token: undefined }]);
});

test("attempts are put off by a random time that grows up to the maximum", async () => {
  const world = new World();
  world.random = 0.5;
  void world.client.connect();
  await settle();
  const waits: (number | undefined)[] = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    world.way.ends();
    waits.push(world.states.at(-1)!.retryIn);
    await world.clock.pass(waits.at(-1)! - 1);
    assert.equal(world.ways.length, attempt + 1);
    await world.clock.pass(1);
    assert.equal(world.ways.length, attempt + 2);
  }
  assert.deepEqual(waits, [125, 250, 500, 1000, 2000, 4000, 8000, 10000, 10000]);
});

test("a Retry-After that is longer than the back-off is waited for", async () => {
  const world = new World();
  void world.client.connect();
  await settle();
  world.way.ends(1006, { retryAfter: 7000 });
  assert.deepEqual([world.states.at(-1)!.retryIn, world.states.at(-1)!.willRetry], [7000, true]);
});

test("the back-off begins anew after thirty good seconds, and not before", async () => {
  const world = new World();
  await world.connect();
  await world.again();
  world.way.resumed();
  await world.clock.pass(29_000);
  world.way.message("none", 1);
  world.way.context.heard();
  world.way.ends();
  assert.equal(world.states.at(-1)!.retryIn, 250);
  await world.clock.pass(250);
  world.way.resumed();
  await world.clock.pass(14_000);
  world.way.context.heard();
  await world.clock.pass(14_000);
  world.way.context.heard();
  await world.clock.pass(2000);
  world.way.ends();
  assert.equal(world.states.at(-1)!.retryIn, 125);
});

test("close codes of broken rules, and from 4500 on, are the end", async () => {
  for (const code of [1002, 1003, 1007, 1008, 1009, 4500, 4501, 4502, 4504, 4505, 4506, 4999]) {
    const world = new World();
    await world.connect();
    world.way.ends(code, { text: "because" });
    await world.clock.pass(60_000);
    assert.equal(world.client.state, "closed");
    assert.deepEqual(world.states.at(-1), {
      state: "closed", previous: "connected", reason: { code, text: "because" }, retryIn: undefined, willRetry: false,
    });
    assert.equal(world.ways.length, 1);
    assert.equal(world.clock.pending, 0);
  }
});

test("after other close codes up to 4399 the connection is resumed", async () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 3000, 4000, 4001, 4002, 4399]) {
    const world = new World();
    await world.connect();
    const way = await world.again(code);
    assert.equal(way.hello.resume, "t-1");
    assert.equal(world.client.state, "reconnecting");
  }
});

test("after close codes 1000 and 4400 to 4499 there is a new connection", async () => {
  for (const code of [1000, 4400, 4499]) {
    const world = new World();
    await world.connect();
    const way = await world.again(code);
    assert.deepEqual(way.hello, { token: undefined });
  }
});

test("after 4503 it comes back with a fresh token", async () => {
  let tokens = 0;
  const world = new World({ token: async () => `token ${++tokens}` });
  await world.connect();
  assert.equal(world.way.hello.token, "token 1");
  const way = await world.again(4503);
  assert.deepEqual([way.hello.token, way.hello.resume], ["token 2", "t-1"]);
});

test("a fresh token that is refused as well is the end", async () => {
  const world = new World({ token: () => "bad" });
  const connected = world.client.connect();
  await settle();
  world.way.says({ type: "error", code: "unauthorized", message: "The token has expired." });
  assert.equal(world.way.isAbandoned, true);
  await world.clock.pass(1000);
  assert.equal(world.ways.length, 2);
  world.way.says({ type: "error", code: "unauthorized", message: "The token has expired." });
  assert.equal(await outcome(connected), "unauthorized");
  assert.equal(world.client.state, "closed");
});

test("a token that can't be renewed is the end when it is refused", async () => {
  const world = new World({ token: "old" });
  const connected = world.client.connect();
  await settle();
  world.way.ends(4503, { text: "unauthorized" });
  assert.equal(await outcome(connected), "unauthorized");
});

test("a token that could not be got is asked for again", async () => {
  let calls = 0;
  const world = new World({ token: () => calls++ === 0 ? Promise.reject(new Error("offline")) : "fine" });
  void world.client.connect();
  await settle();
  assert.match(world.states.at(-1)!.reason!.text, /offline/);
  await world.clock.pass(1000);
  assert.equal(world.way.hello.token, "fine");
});

test("a token that ends soon is refreshed", async () => {
  let tokens = 0;
  const world = new World({ token: () => `token ${++tokens}` });
  await world.connect();
  world.way.says({ type: "expiring", in: 60 });
  await settle();
  const [refresh] = world.way.of("refresh");
  assert.equal(refresh.token, "token 2");
  world.way.answers(refresh, { type: "ok" });
  await settle();
  assert.equal(world.way.context.hello().token, "token 2");
});

test("a refusal of connect is the end, and connect fails with its code", async () => {
  const world = new World();
  const connected = world.client.connect();
  await settle();
  world.way.says({ type: "error", code: "banned", message: "banned until tomorrow" });
  assert.equal(await outcome(connected), "banned");
  assert.equal(world.client.state, "closed");
});

test("a connect that may be tried again is", async () => {
  const world = new World();
  const connected = world.client.connect();
  await settle();
  world.way.says({ type: "error", code: "unavailable", message: "later", retry: true });
  await world.clock.pass(1000);
  world.way.welcome();
  assert.equal(await outcome(connected), "done");
});

test("after so many failed attempts it gives up", async () => {
  const world = new World({ reconnect: { maxAttempts: 2 } });
  const connected = world.client.connect();
  connected.catch(() => {});
  await settle();
  for (let i = 0; i < 3; i++) {
    world.way.ends();
    await world.clock.pass(5000);
  }
  assert.equal(await outcome(connected), "unreachable");
  assert.equal(world.ways.length, 3);
  assert.equal(world.clock.pending, 0);
});

test("a server that does not say welcome in time is given up", async () => {
  const world = new World();
  void world.client.connect();
  await world.clock.pass(10_000);
  assert.equal(world.ways[0]!.isAbandoned, true);
  await world.clock.pass(1000);
  assert.equal(world.ways.length, 2);
});

test("connect while it waits for the next attempt tries at once", async () => {
  const world = new World();
  await world.connect();
  world.way.ends();
  const connected = world.client.connect();
  await settle();
  world.way.resumed();
  assert.equal(await outcome(connected), "done");
  assert.equal(world.ways.length, 2);
});

test("close says goodbye, fails what waits, and leaves no timer", async () => {
  const world = new World();
  const way = await world.connect();
  const room = await world.join("lobby");
  const published = room.publish("never answered");
  const other = world.client.room("other").join();
  await world.client.close();

  assert.equal(way.isClosed, true);
  assert.equal(world.client.state, "closed");
  assert.deepEqual([await outcome(published), await outcome(other)], ["closed", "closed"]);
  assert.equal(await outcome(room.publish("late")), "closed");
  assert.equal(world.clock.pending, 0);
});

test("close ends an attempt, and the wait for one", async () => {
  for (const passes of [0, 100]) {
    const world = new World();
    const connected = world.client.connect();
    await settle();
    if (passes) world.way.ends();
    await world.client.close();
    assert.equal(await outcome(connected), "closed");
    await world.clock.pass(60_000);
    assert.deepEqual([world.ways.length, world.clock.pending], [1, 0]);
  }
});

test("connect after close begins a new connection, in the rooms of the old one", async () => {
  const world = new World();
  await world.connect();
  await world.join("lobby");
  await world.client.close();
  const connected = world.client.connect();
  await settle();
  assert.equal(world.way.hello.resume, undefined);
  world.way.welcome({ connection: "c-2" });
  await connected;
  assert.deepEqual(world.way.of("join")[0].position, { epoch: "000000000000000a", offset: 0 });
});

test("what an abandoned way says is not listened to", async () => {
  const world = new World();
  const old = await world.connect();
  const room = await world.join("lobby");
  const messages: unknown[] = [];
  room.on("message", ({ data }) => messages.push(data));
  await world.again();
  world.way.resumed({ lobby: { epoch: "000000000000000a", offset: 0, recovered: true } });
  old.message("lobby", 1);
  old.ends(4500);
  assert.deepEqual([messages, world.client.state], [[], "connected"]);
});

test("connect after close begins with the first attempt", async () => {
  const world = new World({ token: () => "fine", reconnect: { maxAttempts: 2 } });
  void world.client.connect().catch(() => {});
  await settle();
  for (let i = 0; i < 2; i++) {
    world.way.ends();
    await world.clock.pass(1000);
  }
  await world.client.close();
  const connected = world.client.connect();
  await settle();
  world.way.ends();
  assert.deepEqual([world.states.at(-1)!.retryIn, await outcome(connected)], [125, "waits"]);
});

test("a token that is not got in time for a client that was closed is no error", async () => {
  let tokens = 0;
  let fail!: (error: Error) => void;
  const world = new World({ token: () => ++tokens === 1 ? "first" : new Promise((_, no) => { fail = no; }) });
  const errors: string[] = [];
  world.client.on("error", ({ code }) => errors.push(code));
  await world.connect();
  world.way.says({ type: "expiring", in: 60 });
  await world.client.close();
  fail(new Error("offline"));
  await settle();
  assert.deepEqual(errors, []);
});

test("a handler that was taken away is not called, also by one that is called before it", async () => {
  const world = new World();
  await world.connect();
  const seen: string[] = [];
  world.client.on("error", () => off());
  const off = world.client.on("error", () => seen.push("called"));
  world.way.says({ type: "error", code: "forbidden", message: "no" });
  assert.deepEqual(seen, []);
});

test("options that are undefined are as good as absent", async () => {
  const world = new World({ reconnect: { maxDelay: undefined }, outbox: { maxMessages: undefined } } as never);
  void world.client.connect();
  await settle();
  world.way.ends();
  assert.equal(world.states.at(-1)!.retryIn, 125);
});
