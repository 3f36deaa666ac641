import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { epochs, limits } from "./fakes/fakeWay.js";
import { outcome, World } from "./fakes/world.js";

const kept = { lobby: { epoch: epochs.room, offset: 0, recovered: true } };

test("a publish resolves with its position, and has a key of its own", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const published = room.publish({ text: "hello" });
  const [command] = world.way.of("publish");
  assert.deepEqual({ ...command, key: undefined }, { type: "publish", id: command.id, room: "lobby", data: { text: "hello" }, key: undefined });
  assert.match(command.key, /^[0-9a-f]{32}$/);
  world.way.publishes(command, 7);
  assert.deepEqual(await outcome(published), { epoch: epochs.room, offset: 7 });
});

test("what was not answered is sent again after a resume, in its order and with its keys", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const all = [room.publish("one"), room.publish("two", { key: "mine" }), room.publish("three")];
  const first = world.way.of("publish");
  world.way.publishes(first[0], 1);
  await world.again();
  world.way.resumed(kept);
  const again = world.way.of("publish");
  assert.deepEqual(again.map(({ data, key }) => [data, key]), [["two", "mine"], ["three", first[2].key]]);
  world.way.answers(again[0], { type: "published", epoch: epochs.room, offset: 2, duplicate: true });
  world.way.publishes(again[1], 3);
  assert.deepEqual(await Promise.all(all), [1, 2, 3].map((offset) => ({ epoch: epochs.room, offset })));
});

test("what was not answered is sent again on another connection, once its room is joined", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  void room.publish("one");
  const [{ key }] = world.way.of("publish");
  await world.again();
  world.way.says({ type: "error", code: "resume_expired", message: "gone" });
  world.way.welcome({ connection: "c-2" });
  assert.equal(world.way.of("publish").length, 0);
  await settle();
  world.way.joins("lobby");
  await settle();
  assert.equal(world.way.of("publish")[0].key, key);
});

test("an error that may pass is tried again with back-off, and later publishes of the room wait behind it", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  void room.publish("one");
  const [one] = world.way.of("publish");
  world.way.refuses(one, "unavailable", { retry: true });
  void room.publish("two", { key: "other" });
  void world.client.sendToUser("bob", "not held");
  assert.deepEqual([world.way.of("publish").length, world.way.of("send").length], [1, 1]);

  await world.clock.pass(125);
  assert.deepEqual(world.way.of("publish").map(({ data, key }) => [data, key === one.key]), [["one", true], ["one", true]]);
  world.way.refuses(one, "unavailable", { retry: true });
  await world.clock.pass(249);
  assert.equal(world.way.of("publish").length, 2);
  await world.clock.pass(1);
  assert.equal(world.way.of("publish").length, 3);
  world.way.publishes(one, 1);
  assert.deepEqual(world.way.of("publish").slice(2).map(({ data, key }) => [data, key === one.key]), [["one", true], ["two", false]]);
});

test("what is tried again leaves once all that was on its way is answered, in its order and ahead of anything new", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  for (const data of ["one", "two", "three"]) void room.publish(data);
  const [one, two, three] = world.way.of("publish");
  const sent = () => world.way.of("publish").slice(3).map(({ data }) => data);
  world.way.refuses(one, "unavailable", { retry: true });
  void room.publish("four");
  await world.clock.pass(1000);
  world.way.refuses(two, "unavailable", { retry: true });
  await world.clock.pass(1000);
  assert.deepEqual(sent(), []);

  world.way.publishes(three, 1);
  assert.deepEqual(sent(), ["one"]);
  world.way.publishes(one, 2);
  assert.deepEqual(sent(), ["one", "two", "four"]);
});

test("publishes that were refused together are sent again in their order", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  void room.publish("one");
  void room.publish("two");
  const [one, two] = world.way.of("publish");
  world.way.refuses(two, "unavailable", { retry: true });
  world.way.refuses(one, "unavailable", { retry: true });
  await world.clock.pass(1000);
  world.way.publishes(one, 1);
  assert.deepEqual(world.way.of("publish").slice(2).map(({ data }) => data), ["one", "two"]);
});

test("with a window of one the order holds, whatever is refused", async () => {
  const world = new World({ outbox: { window: 1 } });
  await world.connect();
  const room = await world.join("lobby");
  void room.publish("one");
  void room.publish("two");
  const sent = () => world.way.of("publish").map(({ data }) => data);
  assert.deepEqual(sent(), ["one"]);
  world.way.refuses(world.way.of("publish")[0], "too_fast", { retry: true, retryAfter: 400, room: "lobby" });
  await world.clock.pass(399);
  assert.deepEqual(sent(), ["one"]);
  await world.clock.pass(1);
  assert.deepEqual(sent(), ["one", "one"]);
  world.way.publishes(world.way.of("publish")[1], 1);
  assert.deepEqual(sent(), ["one", "one", "two"]);
});

test("too_fast for the whole connection holds everything for its retryAfter", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  void room.publish("one");
  world.way.refuses(world.way.of("publish")[0], "too_fast", { retry: true, retryAfter: 300 });
  void world.client.sendToUser("bob", "held");
  await world.clock.pass(299);
  assert.equal(world.way.of("send").length, 0);
  await world.clock.pass(1);
  assert.deepEqual([world.way.of("publish").length, world.way.of("send").length], [2, 1]);
});

test("a refusal for good ends a publish with the server's code", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const published = room.publish("secret");
  world.way.refuses(world.way.of("publish")[0], "forbidden", { room: "lobby" });
  await assert.rejects(published, { name: "SwitchboardError", code: "forbidden", retryable: false, room: "lobby" });
});

test("no answer on an open connection is a time-out, and time without one does not count", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const published = room.publish("one");
  published.catch(() => {});
  await world.clock.pass(9000);
  world.way.ends();
  await world.clock.pass(125);
  world.way.resumed(kept);
  await world.clock.pass(9999);
  assert.equal(await outcome(published), "waits");
  await world.clock.pass(1);
  assert.equal(await outcome(published), "timeout");
});

test("a publish ends at its own time-out or signal, also offline, and is not sent any more", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  const abort = new AbortController();
  const late = room.publish("late", { timeout: 50 });
  const aborted = room.publish("aborted", { signal: abort.signal });
  const never = room.publish("never", { signal: AbortSignal.abort() });
  void room.publish("stays");
  for (const ending of [late, aborted, never]) ending.catch(() => {});
  abort.abort();
  await world.clock.pass(50);
  assert.deepEqual(await Promise.all([late, aborted, never].map(outcome)), ["timeout", "aborted", "aborted"]);
  await world.clock.pass(75);
  world.way.resumed(kept);
  assert.deepEqual(world.way.of("publish").map(({ data }) => data), ["stays"]);
});

test("a volatile publish has no key, waits for nothing, and is dropped without a connection or room", async () => {
  const world = new World();
  await world.connect();
  const room = world.client.room("lobby");
  void room.join();
  await settle();
  await room.publish("joining", { delivery: "volatile" });
  world.way.joins("lobby");
  await settle();
  await room.publish("there", { delivery: "volatile", echo: false });
  world.way.ends();
  await room.publish("offline", { delivery: "volatile" });
  await world.clock.pass(125);
  world.way.resumed(kept);
  assert.deepEqual(world.ways.flatMap((way) => way.of("publish")), [{ type: "publish", room: "lobby", data: "there", class: "volatile", echo: false }]);
});

test("what a volatile publish was refused for is told as an error of the client", async () => {
  const world = new World();
  await world.connect();
  const codes: string[] = [];
  world.client.on("error", ({ code }) => codes.push(code));
  world.way.says({ type: "error", code: "forbidden", message: "no", room: "lobby" });
  assert.deepEqual(codes, ["forbidden"]);
});

test("bytes are published as bytes", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  void room.publish(new Uint8Array([1, 2]));
  const [command] = world.way.of("publish");
  assert.deepEqual([command.data, command.bytes], [undefined, new Uint8Array([1, 2])]);
});

test("what is larger than the server takes is refused here, before and after it is known", async () => {
  const world = new World();
  const early = world.client.sendToUser("bob", "x".repeat(limits.message));
  await world.connect();
  assert.equal(await outcome(early), "too_large");
  assert.equal(await outcome(world.client.sendToUser("bob", "ü".repeat(limits.message / 2))), "too_large");
  assert.equal(world.way.of("send").length, 0);
});

test("send names its receiver, and keeps order for each", async () => {
  const world = new World();
  await world.connect();
  const sent = world.client.sendToUser("bob", 1);
  void world.client.sendToConnection("c-7", 2, { delivery: "latest", slot: "s", key: "k" });
  const [user, connection] = world.way.of("send");
  assert.deepEqual([user.user, user.data], ["bob", 1]);
  assert.deepEqual({ ...connection, id: 0 }, { type: "send", id: 0, connection: "c-7", data: 2, class: "latest", slot: "s", key: "k" });
  world.way.answers(user, { type: "sent", epoch: epochs.user, offset: 3 });
  assert.deepEqual(await outcome(sent), { epoch: epochs.user, offset: 3 });
});

test("bytes that are changed after they were published are sent as they were", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  for (const bytes of [new Uint8Array([1, 2]), Buffer.from([1, 2])]) {
    void room.publish(bytes);
    bytes[0] = 9;
  }
  await world.clock.pass(125);
  world.way.resumed(kept);
  assert.deepEqual(world.way.of("publish").map(({ bytes }) => [...bytes]), [[1, 2], [1, 2]]);
});
