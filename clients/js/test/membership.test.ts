import assert from "node:assert/strict";
import { test } from "node:test";
import type { Room } from "../src/room.js";
import { settle } from "./fakes/fakeClock.js";
import { epochs } from "./fakes/fakeWay.js";
import { outcome, World } from "./fakes/world.js";

const start = { epoch: epochs.room, offset: 0 };
const kept = { lobby: { ...start, recovered: true } };

function changes(room: Room): unknown[] {
  const seen: unknown[] = [];
  room.on("joined", ({ recovered, resumed }) => seen.push(["joined", recovered, resumed]));
  room.on("left", ({ reason }) => seen.push(["left", reason]));
  return seen;
}

test("join sends what it was asked with, and resolves when the client is a member", async () => {
  const world = new World();
  await world.connect();
  const room = world.client.room("lobby");
  assert.equal(world.client.room("lobby"), room);
  const seen = changes(room);
  const joined = room.join({ presence: true, state: { a: 1 }, from: { epoch: epochs.room, offset: 4 }, token: () => "for the room" });
  await settle();
  const [command] = world.way.of("join");
  assert.deepEqual({ ...command, id: 0 }, {
    type: "join", id: 0, room: "lobby", presence: true, state: { a: 1 }, position: { epoch: epochs.room, offset: 4 }, token: "for the room",
  });
  assert.deepEqual([await outcome(joined), room.isJoined], ["waits", false]);
  world.way.joins("lobby", { offset: 6, recovered: true });
  assert.deepEqual([await outcome(joined), room.isJoined], ["done", true]);
  assert.deepEqual(room.position, { epoch: epochs.room, offset: 4 });
  assert.deepEqual(seen, [["joined", true, false]]);
  assert.equal(await outcome(room.join()), "done");
  assert.equal(world.way.of("join").length, 1);
});

test("a join that is refused fails, and is not wanted any more", async () => {
  const world = new World();
  await world.connect();
  const joined = world.client.room("lobby").join();
  await settle();
  world.way.refuses(world.way.of("join")[0], "forbidden");
  assert.equal(await outcome(joined), "forbidden");
  await world.again();
  world.way.resumed();
  await settle();
  assert.equal(world.way.of("join").length, 0);
});

test("a join that was under way when the socket broke is done once, whether it had worked or not", async () => {
  for (const had of [true, false]) {
    const world = new World();
    await world.connect();
    const joined = world.client.room("lobby").join();
    await settle();
    await world.again();
    world.way.resumed(had ? { lobby: start } : {});
    await settle();
    assert.equal(world.way.of("join").length, had ? 0 : 1);
    if (!had) world.way.joins("lobby");
    assert.equal(await outcome(joined), "done");
  }
});

test("a join that had worked without telling is left and done again, as only that tells the position", async () => {
  const world = new World();
  await world.connect();
  const joined = world.client.room("lobby").join();
  await settle();
  world.way.refuses(world.way.of("join")[0], "unavailable", { retry: true });
  await world.clock.pass(1000);
  world.way.refuses(world.way.of("join")[1], "already_joined");
  await settle();
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  await settle();
  world.way.joins("lobby");
  assert.equal(await outcome(joined), "done");
  assert.deepEqual(world.way.sent.map(({ type }) => type), ["join", "join", "leave", "join"]);
});

test("leave resolves when the room is left, and nothing of it is told from then on", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const seen = changes(room);
  room.on("message", () => seen.push("message"));
  const left = room.leave();
  world.way.message("lobby", 1);
  assert.equal(await outcome(left), "waits");
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  assert.deepEqual([await outcome(left), seen, room.isJoined], ["done", [], false]);
});

test("what was left while offline is left after the resume, and not joined on a new connection", async () => {
  for (const isNew of [false, true]) {
    const world = new World();
    await world.connect();
    const room = await world.join("lobby");
    world.way.ends();
    const left = room.leave();
    await world.clock.pass(125);
    if (isNew) world.way.welcome({ connection: "c-2" });
    else world.way.resumed(kept);
    await settle();
    assert.deepEqual(world.way.sent.map(({ type }) => type), isNew ? [] : ["leave"]);
    if (!isNew) world.way.refuses(world.way.of("leave")[0], "not_joined");
    assert.equal(await outcome(left), "done");
  }
});

test("what was left and joined again while offline is left and joined again", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends();
  void room.leave();
  const joined = room.join({ presence: true });
  await world.clock.pass(125);
  world.way.resumed(kept);
  await settle();
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  await settle();
  assert.equal(world.way.joins("lobby").presence, true);
  assert.equal(await outcome(joined), "done");
});

test("a room left while its join is under way is left once it is joined", async () => {
  const world = new World();
  await world.connect();
  const room = world.client.room("lobby");
  const seen = changes(room);
  const joined = room.join();
  joined.catch(() => {});
  await settle();
  const left = room.leave();
  world.way.joins("lobby");
  await settle();
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  assert.deepEqual([await outcome(joined), await outcome(left), seen], ["left", "done", []]);
});

test("a state that is set while offline, or was not answered, is set after the resume; the last one wins", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { state: { a: 1 } });
  const all = [room.setState({ a: 2 })];
  world.way.ends();
  all.push(room.setState({ a: 3 }), room.setState(null));
  await world.clock.pass(125);
  world.way.resumed(kept);
  await settle();
  const states = world.way.of("state");
  assert.deepEqual(states.map(({ state }) => state), [null]);
  world.way.answers(states[0], { type: "ok" });
  assert.deepEqual(await Promise.all(all.map(outcome)), ["done", "done", "done"]);
});

test("the state that is wanted goes with a join on a new connection", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { state: { a: 1 } });
  world.way.ends(4400);
  const set = room.setState({ a: 2 });
  await world.clock.pass(125);
  world.way.welcome({ connection: "c-2" });
  await settle();
  assert.deepEqual(world.way.joins("lobby").state, { a: 2 });
  assert.equal(await outcome(set), "done");
  assert.equal(world.way.of("state").length, 0);
});

test("a state that is refused fails, also without a membership", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const set = room.setState({ big: true });
  world.way.refuses(world.way.of("state")[0], "state_too_large");
  assert.equal(await outcome(set), "state_too_large");
  assert.equal(await outcome(world.client.room("other").setState(null)), "not_joined");
});

test("a membership that the server ends is told, and not begun again", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const seen = changes(room);
  world.way.says({ type: "left", room: "lobby", reason: "removed" });
  await world.again();
  world.way.resumed();
  await settle();
  assert.deepEqual([seen, world.way.sent], [[["left", "removed"]], []]);
});

test("a room that a resume does not have any more is told as left", async () => {
  const world = new World();
  await world.connect();
  const seen = changes(await world.join("lobby"));
  await world.again();
  world.way.resumed();
  await settle();
  assert.deepEqual([seen, world.way.sent], [[["left", "removed"]], []]);
});

test("a room that a token lets in is joined again after a resume, which leaves it", async () => {
  let tokens = 0;
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { token: () => `token ${++tokens}` });
  const seen = changes(room);
  await world.again();
  world.way.resumed();
  await settle();
  assert.equal(world.way.joins("lobby").token, "token 2");
  assert.deepEqual(seen, [["joined", undefined, false]]);
});

test("a room's token that ends soon is refreshed", async () => {
  let tokens = 0;
  const world = new World();
  await world.connect();
  await world.join("lobby", { token: () => `token ${++tokens}` });
  world.way.says({ type: "expiring", room: "lobby", in: 30 });
  await settle();
  const [refresh] = world.way.of("refresh");
  assert.deepEqual([refresh.room, refresh.token], ["lobby", "token 2"]);
});

test("a room that the server puts the client into is told, and kept", async () => {
  const world = new World();
  await world.connect();
  const rooms: string[] = [];
  world.client.on("joined", ({ name }) => rooms.push(name));
  world.way.says({ type: "joined", room: "given", ...start });
  await world.again();
  world.way.resumed({ given: { ...start, recovered: true }, found: start });
  assert.deepEqual([rooms, world.client.room("found").isJoined], [["given", "found"], true]);
  await world.again(4400);
  world.way.welcome({ connection: "c-2" });
  await settle();
  assert.deepEqual(world.way.of("join").map(({ room }) => room), ["given", "found"]);
});

test("rooms are joined again from their last position on a new connection", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { presence: true, state: { a: 1 } });
  const seen = changes(room);
  world.way.message("lobby", 3);
  await world.again(4400);
  world.way.welcome({ connection: "c-2" });
  await settle();
  const command = world.way.joins("lobby", { offset: 5, recovered: true });
  assert.deepEqual([command.presence, command.state, command.position], [true, { a: 1 }, { epoch: epochs.room, offset: 3 }]);
  assert.deepEqual([seen, room.position!.offset], [[["joined", true, false]], 3]);
});

test("a client that is closed is in no room, and says so", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  world.way.ends(4504);
  await settle();
  assert.equal(await outcome(room.join()), "closed_4504");
  assert.equal(await outcome(room.setState({ mood: "lost" })), "closed_4504");
});

test("a join that was not answered in time is left, as it may have worked", async () => {
  const world = new World();
  await world.connect();
  const joined = world.client.room("lobby").join();
  joined.catch(() => {});
  await world.clock.pass(10_000);
  assert.equal(await outcome(joined), "timeout");
  world.way.joins("lobby");
  assert.deepEqual(world.way.sent.map(({ type }) => type), ["join", "leave"]);
});

test("a room that is left while its token is got is not joined, whatever broke meanwhile", async () => {
  for (const breaks of [false, true]) {
    const world = new World();
    await world.connect();
    let got!: (token: string) => void;
    const room = world.client.room("lobby");
    room.join({ token: () => new Promise((resolve) => { got = resolve; }) }).catch(() => {});
    await settle();
    const left = room.leave();
    if (breaks) {
      await world.again();
      world.way.resumed();
    }
    got("late");
    await settle();
    assert.equal(world.way.of("join").length, 0);
    world.way.of("leave").forEach((command) => world.way.refuses(command, "not_joined"));
    assert.equal(await outcome(left), "done");
  }
});

test("a state that was refused does not go with a later join", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { state: { a: 1 } });
  const refused = room.setState({ big: true });
  world.way.refuses(world.way.of("state")[0], "state_too_large");
  assert.equal(await outcome(refused), "state_too_large");
  await world.again(4400);
  world.way.welcome({ connection: "c-2" });
  await settle();
  assert.deepEqual(world.way.joins("lobby").state, { a: 1 });
  await settle();
  const set = room.setState({ a: 2 });
  world.way.answers(world.way.of("state")[0], { type: "ok" });
  assert.equal(await outcome(set), "done");
  void room.setState({ big: true }).catch(() => {});
  world.way.refuses(world.way.of("state")[1], "state_too_large");
  await settle();
  await world.again(4400);
  world.way.welcome({ connection: "c-3" });
  await settle();
  assert.deepEqual(world.way.of("join")[0].state, { a: 2 });
});

test("rooms may have the names of what every object has", async () => {
  const names = ["constructor", "__proto__"];
  const world = new World();
  await world.connect();
  const seen: unknown[] = [];
  for (const name of names) {
    const room = await world.join(name, {}, { offset: 3 });
    room.on("lost", () => seen.push(`lost ${name}`));
    room.on("left", () => seen.push(`left ${name}`));
  }
  await world.again();
  const { rooms } = JSON.parse(JSON.stringify(world.way.hello.positions));
  assert.deepEqual(names.map((name) => Object.getOwnPropertyDescriptor(rooms, name)?.value?.offset), [3, 3]);
  world.way.resumed();
  assert.deepEqual(seen, ["left constructor", "left __proto__"]);
});

test("a room that was left is joined from now on, unless it is said from where", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const left = room.leave();
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  await left;
  await world.join("lobby", {}, { offset: 9 });
  assert.deepEqual([world.way.of("join")[1].position, room.position!.offset], [undefined, 9]);
});

test("nothing is known any more of who is in a room that the server has ended", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby", { presence: true }, {
    presence: { mode: "full", version: 1, count: 1, members: [{ user: "ann", connection: "c-1" }] },
  });
  assert.equal(room.memberCount, 1);
  world.way.says({ type: "left", room: "lobby", reason: "removed" });
  assert.deepEqual([room.members.size, room.memberCount], [0, 0]);
});

test("a leave that was not answered in time is asked for again, and a resume does not bring the room back", async () => {
  const world = new World();
  await world.connect();
  const room = await world.join("lobby");
  const left = room.leave();
  await world.clock.pass(10_000);
  assert.deepEqual([await outcome(left), world.way.of("leave").length], ["waits", 2]);
  await world.again();
  world.way.resumed(kept);
  await settle();
  world.way.answers(world.way.of("leave")[0], { type: "left", room: "lobby" });
  assert.deepEqual([await outcome(left), room.isJoined], ["done", false]);
});

test("a room whose join on a new connection is not answered in time is wanted all the same", async () => {
  const world = new World();
  await world.connect();
  const seen = changes(await world.join("lobby"));
  await world.again(4400);
  world.way.welcome({ connection: "c-2" });
  await world.clock.pass(10_000);
  await world.again();
  world.way.resumed();
  await settle();
  world.way.joins("lobby", { recovered: true });
  assert.deepEqual(seen, [["joined", true, false]]);
});
