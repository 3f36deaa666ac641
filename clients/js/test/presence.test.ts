import assert from "node:assert/strict";
import { test } from "node:test";
import type { PresenceChanged } from "../src/events.js";
import { settle } from "./fakes/fakeClock.js";
import { epochs } from "./fakes/fakeWay.js";
import { World } from "./fakes/world.js";

const ann = { user: "ann", connection: "c-1", state: { status: "here" } };
const bob = { user: "bob", connection: "c-2" };
const cleo = { user: "cleo", connection: "c-3" };

async function joined() {
  const world = new World();
  await world.connect();
  const room = world.client.room("lobby");
  const seen: PresenceChanged[] = [];
  room.on("presenceChanged", (change) => seen.push(change));
  await world.join("lobby", { presence: true }, { presence: { mode: "full", version: 5, count: 2, members: [ann, bob] } });
  const changes = (change: object) => world.way.says({ type: "presence_change", room: "lobby", ...change });
  const members = () => [...room.members.values()].map(({ user }) => user);
  return { world, room, seen, changes, members };
}

test("the members are there after the join, and kept by what changes", async () => {
  const { room, seen, changes, members } = await joined();
  assert.deepEqual([members(), room.memberCount, seen[0]!.anew], [["ann", "bob"], 2, true]);
  changes({ after: 5, version: 6, count: 2, joined: [cleo], left: ["c-2", "c-9"], updated: [{ ...ann, state: { status: "away" } }] });
  assert.deepEqual([members(), room.memberCount], [["ann", "cleo"], 2]);
  assert.deepEqual(room.members.get("c-1")!.state, { status: "away" });
  assert.deepEqual(seen[1], { count: 2, anew: false, joined: [cleo], left: [bob], updated: [{ ...ann, state: { status: "away" } }] });
});

test("a change that is old is passed over", async () => {
  const { seen, changes, members } = await joined();
  changes({ after: 3, version: 5, count: 1, left: ["c-2"] });
  assert.deepEqual([members(), seen.length], [["ann", "bob"], 1]);
});

test("after a change that misses something all members are asked for", async () => {
  const { world, seen, changes, members } = await joined();
  changes({ after: 6, version: 7, count: 3, joined: [cleo] });
  assert.deepEqual(members(), ["ann", "bob"]);
  world.way.answers(world.way.of("presence")[0], { type: "presence", room: "lobby", mode: "full", version: 7, count: 1, members: [cleo] });
  await settle();
  assert.deepEqual([members(), seen.at(-1)!.anew], [["cleo"], true]);
});

test("the presence of a resume replaces what is known, unless that is the same", async () => {
  const { world, seen, members } = await joined();
  for (const version of [5, 8]) {
    await world.again();
    world.way.resumed({ lobby: { epoch: epochs.room, offset: 0, recovered: true, presence: { mode: "full", version, count: 1, members: [bob] } } });
  }
  assert.deepEqual([members(), seen.length], [["bob"], 2]);
});

test("a room with too many only counts", async () => {
  const { room, changes, members, world } = await joined();
  const asked = room.presence();
  world.way.answers(world.way.of("presence")[0], { type: "presence", room: "lobby", mode: "count", version: 9, count: 5000 });
  assert.equal((await asked).count, 5000);
  changes({ after: 9, version: 10, count: 5001 });
  assert.deepEqual([members(), room.memberCount], [[], 5001]);
});
