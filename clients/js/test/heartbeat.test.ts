import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./fakes/world.js";

test("a quiet socket is asked, and kept while it answers", async () => {
  const world = new World();
  const way = await world.connect();
  for (let i = 1; i <= 4; i++) {
    await world.clock.pass(15_000);
    assert.equal(way.of("ping").length, i);
    way.context.heard();
    way.answers(way.of("ping").at(-1), { type: "pong", time: 1 });
  }
  assert.equal(world.client.state, "connected");
});

test("a socket that is silently dead is given up after the server's time-out, and resumed", async () => {
  const world = new World({ commandTimeout: 60_000 });
  const way = await world.connect();
  await world.clock.pass(39_999);
  assert.equal(world.client.state, "connected");
  await world.clock.pass(1);
  assert.equal(way.isAbandoned, true);
  assert.equal(world.client.state, "reconnecting");
  await world.clock.pass(1000);
  assert.equal(world.way.hello.resume, "t-1");
});

test("a socket that was not asked yet is not given up, however late a timer comes", async () => {
  const world = new World();
  const way = await world.connect();
  const now = world.clock.now.bind(world.clock);
  let slept = 0;
  world.clock.now = () => now() + slept;
  slept = 3_600_000;
  await world.clock.pass(15_000);
  assert.equal(way.isAbandoned, false);
  assert.equal(way.of("ping").length, 1);
  await world.clock.pass(25_000);
  assert.equal(way.isAbandoned, true);
});

test("what comes is a sign of life, so that a busy socket is never asked", async () => {
  const world = new World();
  const way = await world.connect();
  for (let i = 0; i < 20; i++) {
    await world.clock.pass(10_000);
    way.context.heard();
  }
  assert.equal(way.of("ping").length, 0);
});

test("a question to a socket that broke is forgotten with it", async () => {
  const world = new World();
  await world.connect();
  await world.clock.pass(15_000);
  const way = await world.again();
  const { pending } = world.clock;
  way.context.heard();
  assert.equal(world.clock.pending, pending);
});
