import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { epochs, limits } from "./fakes/fakeWay.js";
import { outcome, World } from "./fakes/world.js";

const kept = { lobby: { epoch: epochs.room, offset: 0, recovered: true } };

test("what is asked for before the first connection waits for it", async () => {
  const world = new World();
  const room = world.client.room("lobby");
  void room.join();
  void room.publish("early");
  await world.connect();
  await settle();
  world.way.joins("lobby");
  await settle();
  assert.deepEqual(world.way.of("publish").map(({ data }) => data), ["early"]);
});

test("a full outbox refuses at once, by messages and by bytes", async () => {
  for (const outbox of [{ maxMessages: 2 }, { maxBytes: 400 }]) {
    const world = new World({ outbox });
    await world.connect();
    const room = await world.join("lobby");
    world.way.ends();
    const all = [room.publish("1".repeat(60)), room.publish("2".repeat(60)), room.publish("3".repeat(60))];
    assert.deepEqual(await Promise.all(all.map(outcome)), ["waits", "waits", "outbox_full"]);
    await world.clock.pass(125);
    world.way.resumed(kept);
    world.way.of("publish").forEach((command, index) => world.way.publishes(command, index + 1));
    await settle();
    assert.equal(await outcome(room.publish("4")), "waits");
  }
});

test("of what is the latest of a slot only the newest waits, and the others are done without a position", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const latest = (data: unknown, slot = "a") => room.publish(data, { delivery: "latest", slot });
  const flying = latest(0);
  world.way.ends();
  const all = [flying, latest(1), latest("other", "b"), latest(2)];
  await world.clock.pass(125);
  world.way.resumed(kept);
  const sent = world.way.of("publish");
  assert.deepEqual(sent.map(({ data, slot }) => [slot, data]), [["b", "other"], ["a", 2]]);
  sent.forEach((command, index) => world.way.publishes(command, index + 1));
  assert.deepEqual((await Promise.all(all)).map((position) => position?.offset), [undefined, undefined, 1, 2]);
});

test("a full outbox leaves at the rate that the server allows", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  for (let i = 0; i < 500; i++) void room.publish(i);
  await world.clock.pass(125);
  world.way.resumed(kept, { limits: { ...limits, rate: { messages: 100, burst: 200 } } });
  const answered = new Set();
  const answer = () => {
    for (const command of world.way.of("publish")) {
      if (answered.size < answered.add(command.id).size) world.way.publishes(command, command.data + 1);
    }
  };
  let last = 0;
  for (let second = 0; second < 5; second++) {
    for (let sent = -1; sent !== world.way.of("publish").length;) {
      sent = world.way.of("publish").length;
      answer();
    }
    const { length } = world.way.of("publish");
    assert.ok(length <= 150 + 100 * second, `${length} after ${second} seconds`);
    assert.ok(second === 0 || length > last);
    last = length;
    for (let step = 0; step < 100; step++) {
      await world.clock.pass(10);
      answer();
    }
  }
  assert.equal(world.way.of("publish").length, 500);
  assert.deepEqual(world.way.of("publish").map(({ data }) => data), Array.from({ length: 500 }, (_, i) => i));
});

test("a history that is asked for offline is read later", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  const page = room.history({ order: "newest", limit: 2 });
  await world.clock.pass(125);
  world.way.resumed(kept);
  const [command] = world.way.of("history");
  assert.deepEqual({ ...command, id: 0 }, { type: "history", id: 0, room: "lobby", order: "newest", limit: 2 });
  world.way.answers(command, {
    type: "history", room: "lobby", epoch: epochs.room, offset: 9, more: true, messages: [{ offset: 9, time: 5, base64: "AQI=" }],
  });
  const { messages, position, more } = await page;
  assert.deepEqual([position, more], [{ epoch: epochs.room, offset: 9 }, true]);
  assert.deepEqual([messages[0]!.data, messages[0]!.position, messages[0]!.delivery], [new Uint8Array([1, 2]), position, "reliable"]);
});

test("a newer one that does not fit does not replace the one that waits", async () => {
  const world = new World({ outbox: { maxBytes: 400 } });
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  const latest = (data: string) => room.publish(data, { delivery: "latest", slot: "a" });
  const all = [latest("small"), latest("x".repeat(400))];
  assert.deepEqual(await Promise.all(all.map(outcome)), ["waits", "outbox_full"]);
  await world.clock.pass(125);
  world.way.resumed(kept);
  assert.deepEqual(world.way.of("publish").map(({ data }) => data), ["small"]);
});

test("what was replaced waits no longer, and ends nothing by its own time-out", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  const { pending } = world.clock;
  const latest = (data: unknown, timeout?: number) => room.publish(data, { delivery: "latest", slot: "a", timeout });
  const all = [latest(1, 50), latest(2)];
  assert.deepEqual([await Promise.all(all.map(outcome)), world.clock.pending], [["done", "waits"], pending]);
  await world.clock.pass(125);
  world.way.resumed(kept);
  assert.deepEqual(world.way.of("publish").map(({ data }) => data), [2]);
});
