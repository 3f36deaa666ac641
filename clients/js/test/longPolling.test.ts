import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { problem } from "./fakes/fakeFetch.js";
import { epochs } from "./fakes/fakeWay.js";
import { httpWorld, resumed, welcome } from "./fakes/httpWorld.js";
import { outcome } from "./fakes/world.js";

async function polling() {
  const { http, world } = httpWorld("long-polling");
  const connected = world.client.connect();
  await settle();
  assert.deepEqual(http.to("poll")[0]!.body, { presence: {}, seq: 1, wait: 0, commands: [] });
  await http.to("poll")[0]!.answer(200, [welcome]);
  await connected;
  return { http, world, poll: () => http.to("poll").at(-1)! };
}

const message = (offset: number) => ({ type: "message", room: "lobby", offset, time: 1, data: offset });

test("a poll waits when there is nothing to say, and each has the last positions", async () => {
  const { http, world, poll } = await polling();
  assert.deepEqual([poll().body.wait, poll().body.resume], [25, "t-1"]);
  const messages: unknown[] = [];
  world.client.on("message", ({ data }) => messages.push(data));
  await poll().answer(200, [resumed, { type: "message", feed: "user", offset: 1, time: 1, data: "one" }]);
  assert.deepEqual(poll().body.positions.user, { epoch: epochs.user, offset: 1 });
  await poll().answer(200, [resumed, { type: "message", feed: "user", offset: 1, time: 1, data: "one" }]);
  assert.deepEqual([messages, http.to("poll").length], [["one"], 4]);
  assert.equal(world.states.length, 2);
});

test("each poll has a higher number than the one before, so that one that arrives late does not win", async () => {
  const { http, poll } = await polling();
  for (let i = 0; i < 3; i++) await poll().answer(200, [resumed]);
  const turns = http.to("poll").slice(1).map(({ body }) => body.turn);
  assert.equal(turns.length, 4);
  assert.ok(turns.every((turn, i) => turn > (turns[i - 1] ?? 0)), `${turns}`);
});

test("commands go up beside a poll that waits, and with the next one if they were not answered", async () => {
  const { http, world, poll } = await polling();
  const sent = world.client.sendToUser("bob", "hello", { key: "k" });
  const hint = world.client.sendToUser("bob", "hint", { delivery: "volatile" });
  assert.equal(http.to("send")[0]!.body.seq, 1);
  await http.to("send")[0]!.answer(202);
  assert.deepEqual(http.to("send")[1]!.body.commands.map(({ data }: any) => data), ["hint"]);
  await http.to("send")[1]!.answer(202);
  await poll().answer(200, [resumed]);
  const { commands, seq, wait } = poll().body;
  assert.deepEqual([commands.map(({ data, key }: any) => [data, key]), seq, wait], [[["hello", "k"]], 3, 0]);
  await poll().answer(200, [resumed, { type: "sent", id: commands[0].id, epoch: "e", offset: 1 }]);
  assert.deepEqual([await outcome(sent), await outcome(hint)], [{ epoch: "e", offset: 1 }, "done"]);
  assert.deepEqual([poll().body.commands, poll().body.wait], [[], 25]);
});

test("rooms and their presence are kept over polls", async () => {
  const { world, poll } = await polling();
  const room = world.client.room("lobby");
  const seen: unknown[] = [];
  room.on("joined", ({ resumed: was }) => seen.push(["joined", was]));
  room.on("left", ({ reason }) => seen.push(["left", reason]));
  room.on("message", ({ data }) => seen.push(data));
  const joined = room.join({ presence: true });
  await settle();
  await poll().answer(200, [resumed]);
  const [{ id }] = poll().body.commands;
  const start = { epoch: epochs.room, offset: 0 };
  await poll().answer(200, [resumed, { type: "joined", id, room: "lobby", ...start, presence: { mode: "full", version: 3, count: 0, members: [] } }, message(1)]);
  assert.equal(await outcome(joined), "done");
  assert.deepEqual([poll().body.presence, poll().body.positions.rooms], [{ lobby: 3 }, { lobby: { epoch: epochs.room, offset: 1 } }]);
  await poll().answer(200, [{ ...resumed, rooms: { lobby: { epoch: epochs.room, offset: 2, recovered: true } } }, message(2)]);
  await poll().answer(200, [resumed]);
  assert.deepEqual(seen, [["joined", false], 1, 2, ["left", "removed"]]);
});

test("a poll that broke, or that another one replaced, does what the end says", async () => {
  const { http, world, poll } = await polling();
  await poll().fail();
  assert.equal(world.client.state, "reconnecting");
  await world.clock.pass(125);
  assert.deepEqual([poll().body.resume, poll().body.wait], ["t-1", 0]);
  await poll().answer(200, [resumed]);
  assert.equal(world.client.state, "connected");
  await poll().answer(200, [resumed, { type: "closed", code: 4500, reason: "replaced" }]);
  assert.deepEqual([world.client.state, http.to("poll").length, world.clock.pending], ["closed", 4, 0]);
});

test("a poll that is not answered with events is broken", async () => {
  const { world, poll } = await polling();
  await poll().answer(200, { not: "events" });
  assert.equal(world.client.state, "reconnecting");
});

test("a poll that nothing is heard of is given up later than a socket, as it may wait", async () => {
  const { world, poll } = await polling();
  const { signal } = poll();
  await world.clock.pass(40_000);
  assert.equal(signal!.aborted, false);
  await world.clock.pass(25_000);
  assert.equal(signal!.aborted, true);
});

test("closing says goodbye with a poll of its own", async () => {
  const { http, world, poll } = await polling();
  const waiting = poll();
  const closed = world.client.close();
  assert.equal(waiting.signal!.aborted, true);
  await poll().answer(200, []);
  assert.equal(await outcome(closed), "done");
  await world.clock.pass(100_000);
  assert.equal(http.to("poll").length, 3);
});

test("a send that the poll is not there for goes with the next one", async () => {
  const { http, world, poll } = await polling();
  void world.client.sendToUser("bob", "hello");
  await http.to("send")[0]!.answer(409, problem("no_session"));
  await poll().answer(200, [resumed]);
  await world.clock.pass(5000);
  assert.deepEqual([http.to("send").length, poll().body.commands[0].data], [1, "hello"]);
});

test("what does not fit into a poll is not overtaken by what comes later", async () => {
  const { http, world } = httpWorld("long-polling", { outbox: { window: 1000 } });
  const poll = () => http.to("poll").at(-1)!;
  const room = world.client.room("lobby");
  void room.join();
  for (let i = 0; i < 150; i++) void room.publish(i);
  void world.client.connect();
  await settle();
  await poll().answer(200, [welcome]);
  const start = { room: "lobby", epoch: epochs.room, offset: 0 };
  await poll().answer(200, [resumed, { type: "joined", id: poll().body.commands[0].id, ...start }]);
  const first = poll().body.commands;
  void room.publish(150);
  await settle();
  assert.equal(http.to("send").length, 0);
  await poll().answer(200, [
    { ...resumed, rooms: { lobby: { ...start, recovered: true } } },
    ...first.map(({ id }: any, index: number) => ({ type: "published", id, ...start, offset: index + 1 })),
  ]);
  const all = [...first, ...poll().body.commands].map(({ data }) => data);
  assert.deepEqual(all, Array.from({ length: 151 }, (_, i) => i));
});

test("a later poll that is not welcome is not polled again and again: what the server said is done, after a pause", async () => {
  const { http, world, poll } = await polling();
  const errors: string[] = [];
  world.client.on("error", ({ code }) => errors.push(code));
  await poll().answer(200, [{ type: "error", code: "unavailable", message: "later", retry: true }]);
  assert.deepEqual([http.to("poll").length, world.client.state], [2, "reconnecting"]);
  await world.clock.pass(1000);
  await poll().answer(200, [{ type: "error", code: "resume_expired", message: "gone" }]);
  assert.equal(poll().body.resume, undefined);
  await poll().answer(200, [{ ...welcome, connection: "c-2" }]);
  assert.deepEqual([world.client.state, world.client.connectionId, errors], ["connected", "c-2", []]);
});

test("a room left while a poll has its join under way is left once it is joined", async () => {
  const { http, world, poll } = await polling();
  const room = world.client.room("lobby");
  const joined = room.join();
  joined.catch(() => {});
  await settle();
  await poll().answer(200, [resumed]);
  const [{ id }] = poll().body.commands;
  const left = room.leave();
  const start = { epoch: epochs.room, offset: 0 };
  await poll().answer(200, [resumed, { type: "joined", id, room: "lobby", ...start }]);
  assert.equal(await outcome(left), "waits");
  const [leave] = http.to("send")[1]!.body.commands;
  assert.equal(leave.type, "leave");
  await poll().answer(200, [{ ...resumed, rooms: { lobby: start } }, { type: "left", id: leave.id, room: "lobby" }]);
  assert.deepEqual([await outcome(left), await outcome(joined), room.isJoined], ["done", "left", false]);
});

test("a room whose join was not answered, and which the next poll has, is told as joined", async () => {
  const { world, poll } = await polling();
  const room = world.client.room("lobby");
  const seen: unknown[] = [];
  room.on("joined", ({ position }) => seen.push(position.offset));
  const joined = room.join();
  await settle();
  await poll().answer(200, [resumed]);
  const [{ id }] = poll().body.commands;
  const lobby = { epoch: epochs.room, offset: 7 };
  await poll().answer(200, [{ ...resumed, rooms: { lobby } }, { type: "error", id, code: "already_joined", message: "is in" }]);
  await poll().answer(200, [{ ...resumed, rooms: { lobby: { ...lobby, recovered: true } } }]);
  assert.deepEqual([await outcome(joined), seen, room.isJoined], ["done", [7], true]);
});
