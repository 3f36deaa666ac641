import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { epochs } from "./fakes/fakeWay.js";
import { World } from "./fakes/world.js";

const other = "00000000000000ff";

async function joined(offset = 0) {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", {}, { offset });
  const seen: unknown[] = [];
  room.on("message", ({ data }) => seen.push(data));
  room.on("lost", ({ from, to, reason }) => seen.push([from?.offset, to.offset, reason]));
  const page = (offsets: number[], more: boolean, epoch = epochs.room) => {
    const command = world.way.of("history").at(-1);
    const messages = offsets.map((one) => ({ offset: one, time: 1, data: one }));
    world.way.answers(command, { type: "history", room: "lobby", epoch, offset: 99, messages, more });
  };
  return { world, room, seen, page };
}

test("messages carry what the server said of them", async () => {
  const { world, room } = await joined();
  const messages: unknown[] = [];
  room.on("message", (message) => messages.push(message));
  world.way.says({ type: "message", room: "lobby", offset: 1, time: 5, class: "latest", slot: "s", from: { user: "bob", connection: "c" }, data: [1] });
  world.way.says({ type: "message", room: "lobby", time: 6, class: "volatile", data: null });
  assert.deepEqual(messages, [
    { room: "lobby", feed: undefined, data: [1], from: { user: "bob", connection: "c" }, time: 5, position: { epoch: epochs.room, offset: 1 }, delivery: "latest", slot: "s" },
    { room: "lobby", feed: undefined, data: null, from: undefined, time: 6, position: undefined, delivery: "volatile", slot: undefined },
  ]);
});

test("a message that was seen is dropped, and skipped offsets are no losses", async () => {
  const { world, room, seen } = await joined(3);
  for (const offset of [3, 4, 4, 2, 9, 5, 10]) world.way.message("lobby", offset);
  world.way.message("lobby", undefined, "volatile");
  assert.deepEqual(seen, [4, 9, 10, "volatile"]);
  assert.equal(room.position!.offset, 10);
});

test("a resume goes on behind what was seen", async () => {
  const { world, seen } = await joined();
  world.way.message("lobby", 1);
  await world.again();
  assert.deepEqual(world.way.hello.positions!.rooms, { lobby: { epoch: epochs.room, offset: 1 } });
  world.way.resumed({ lobby: { epoch: epochs.room, offset: 3, recovered: true } });
  world.way.message("lobby", 2);
  world.way.message("lobby", 3);
  assert.deepEqual(seen, [1, 2, 3]);
});

test("what was dropped is read from the history, while live messages wait", async () => {
  const { world, seen, page } = await joined();
  world.way.message("lobby", 1);
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 5 });
  world.way.message("lobby", 6);
  world.way.message("lobby", undefined, "volatile");
  assert.deepEqual(world.way.of("history")[0].after, { epoch: epochs.room, offset: 1 });
  page([2, 3], true);
  await settle();
  assert.deepEqual(world.way.of("history")[1].after, { epoch: epochs.room, offset: 3 });
  page([4, 5], true);
  await settle();
  assert.deepEqual(seen, [1, "volatile", 2, 3, 4, 5, 6]);
});

test("what can't be read any more is told as lost", async () => {
  const { world, room, seen } = await joined();
  world.way.message("lobby", 1);
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 5 });
  world.way.message("lobby", 6);
  world.way.refuses(world.way.of("history")[0], "position_unknown");
  await settle();
  assert.deepEqual(seen, [1, [1, 5, "dropped"], 6]);
  assert.equal(room.position!.offset, 6);
});

test("a gap that may not be read is told with the reason", async () => {
  const { world, seen } = await joined();
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 5 });
  world.way.refuses(world.way.of("history")[0], "forbidden");
  await settle();
  assert.deepEqual(seen, [[0, 5, "forbidden"]]);
});

test("a gap that is too wide is told as lost in the end", async () => {
  const { world, seen, page } = await joined();
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 5000 });
  for (let i = 1; i <= 10; i++) {
    page([i], true);
    await settle();
  }
  assert.equal(world.way.of("history").length, 10);
  assert.deepEqual(seen.at(-1), [10, 5000, "dropped"]);
});

test("a feed that began anew is told as lost, and goes on", async () => {
  const { world, room, seen } = await joined();
  world.way.message("lobby", 1);
  world.way.says({ type: "lost", room: "lobby", epoch: other, offset: 0 });
  world.way.message("lobby", 1, "anew");
  assert.deepEqual(seen, [1, [1, 0, "epoch_changed"], "anew"]);
  assert.deepEqual(room.position, { epoch: other, offset: 1 });
});

test("a room that could not be recovered is filled or told as lost", async () => {
  for (const [start, expected] of [
    [{ epoch: epochs.room, offset: 4, recovered: false, reason: "trimmed" }, [1, [1, 4, "trimmed"]]],
    [{ epoch: other, offset: 2, recovered: false, reason: "epoch_changed" }, [1, [1, 2, "epoch_changed"]]],
    [{ epoch: epochs.room, offset: 0, recovered: false, reason: "ahead" }, [1, [1, 0, "ahead"]]],
    [{ epoch: epochs.room, offset: 1, recovered: false, reason: "trimmed" }, [1]],
  ] as const) {
    const { world, seen } = await joined();
    world.way.message("lobby", 1);
    await world.again();
    world.way.resumed({ lobby: start });
    const [history] = world.way.of("history");
    if (history) world.way.refuses(history, "position_unknown");
    await settle();
    assert.deepEqual(seen, expected);
  }
});

test("a gap that is being filled when the connection breaks is filled after the resume, without doubling", async () => {
  const { world, seen, page } = await joined();
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 4 });
  page([1], true);
  await settle();
  world.way.message("lobby", 5);
  await world.again();
  world.way.resumed({ lobby: { epoch: epochs.room, offset: 5, recovered: false, reason: "trimmed" } });
  page([2, 3, 4, 5], false);
  await settle();
  world.way.message("lobby", 6);
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 6]);
});

test("messages to the user and the connection come from the client", async () => {
  const world = new World();
  await world.connect();
  const seen: unknown[] = [];
  world.client.on("message", ({ feed, data, room }) => seen.push([feed, data, room]));
  world.way.says({ type: "message", feed: "user", offset: 1, time: 1, data: "to ann" });
  world.way.says({ type: "message", feed: "connection", offset: 1, time: 1, data: "to c-1" });
  await world.again();
  const { user, connection } = world.way.hello.positions!;
  assert.deepEqual(seen, [["user", "to ann", undefined], ["connection", "to c-1", undefined]]);
  assert.deepEqual([user, connection], [{ epoch: epochs.user, offset: 1 }, { epoch: epochs.connection, offset: 1 }]);
});

test("after a failed resume what was sent to the user is read, and what was sent to the connection told as lost", async () => {
  const world = new World();
  await world.connect();
  const seen: unknown[] = [];
  world.client.on("message", ({ data }) => seen.push(data));
  world.client.on("lost", ({ feed, reason }) => seen.push([feed, reason]));
  await world.again();
  world.way.says({ type: "error", code: "resume_expired", message: "gone" });
  assert.deepEqual(world.way.hellos.map(({ resume }) => resume), ["t-1", undefined]);
  world.way.welcome({
    connection: "c-2", positions: { user: { epoch: epochs.user, offset: 2 }, connection: { epoch: other, offset: 0 } },
  });
  world.way.says({ type: "message", feed: "user", offset: 3, time: 1, data: 3 });
  const [history] = world.way.of("history");
  assert.deepEqual([history.feed, history.after], ["user", { epoch: epochs.user, offset: 0 }]);
  const messages = [1, 2].map((offset) => ({ offset, time: 1, data: offset }));
  world.way.answers(history, { type: "history", feed: "user", epoch: epochs.user, offset: 3, messages, more: true });
  await settle();
  assert.deepEqual(seen, [["connection", "connection_ended"], 1, 2, 3]);
});

test("a room that is left while a gap is filled tells nothing more, and misses nothing when it is joined from there", async () => {
  for (const leave of [true, false]) {
    const { world, room, seen, page } = await joined();
    world.way.message("lobby", 1);
    world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 5 });
    world.way.message("lobby", 6);
    if (leave) void room.leave();
    else world.way.says({ type: "left", room: "lobby", reason: "removed" });
    page([2, 3], true);
    await settle();
    assert.deepEqual([seen, room.position!.offset], [[1], 1]);
  }
});

test("a history that is not answered in time is asked for again, and nothing is told as lost for that", async () => {
  const { world, seen, page } = await joined();
  world.way.says({ type: "lost", room: "lobby", epoch: epochs.room, offset: 2 });
  await world.clock.pass(10_000);
  assert.deepEqual([seen, world.way.of("history").length], [[], 2]);
  page([1, 2], false);
  await settle();
  assert.deepEqual(seen, [1, 2]);
});
