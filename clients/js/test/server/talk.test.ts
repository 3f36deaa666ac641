import assert from "node:assert/strict";
import { test } from "node:test";
import type { TransportName } from "../../src/index.js";
import { options, party, unique, until } from "./party.js";

const talk = (transport: TransportName) => party(async (all) => {
  const [annName, bobName] = [unique("ann"), unique("bob")];
  const ann = all.client(annName, { transports: [transport] });
  const bob = all.client(bobName, { transports: [transport] });
  await Promise.all([ann.connect(), bob.connect()]);
  assert.equal(ann.user, annName);
  const name = unique("room");
  const [there, here] = [ann.room(name), bob.room(name)];
  const seen: unknown[] = [];
  here.on("message", ({ data }) => seen.push(data));
  await there.join({ presence: true, state: { status: "here" } });
  await here.join({ presence: true });
  await until((look) => there.on("presenceChanged", look), () => there.members.size === 2);
  assert.deepEqual(here.members.get(ann.connectionId!)?.state, { status: "here" });

  const positions = await Promise.all([1, "grüße 🌍", { three: [3] }, new Uint8Array([0, 255, 7])].map((data) => there.publish(data)));
  await until((look) => here.on("message", look), () => seen.length === 4);
  assert.deepEqual(seen, [1, "grüße 🌍", { three: [3] }, new Uint8Array([0, 255, 7])]);
  if (transport !== "long-polling") { // Between two polls what is volatile is gone.
    await there.publish("typing", { delivery: "volatile" });
    await until((look) => here.on("message", look), () => seen[4] === "typing");
  }
  assert.deepEqual(positions.map((position) => position!.offset), [1, 2, 3, 4]);
  const page = await here.history({ order: "newest", limit: 2 });
  assert.deepEqual(page.messages.map(({ data }) => data), [new Uint8Array([0, 255, 7]), { three: [3] }]);

  await there.setState({ status: "away" });
  await until((look) => here.on("presenceChanged", look), () => here.members.get(ann.connectionId!)?.state?.status === "away");
  const direct: unknown[] = [];
  bob.on("message", ({ feed, data, from }) => direct.push([feed, data, from!.user]));
  await ann.sendToUser(bobName, "to bob");
  await ann.sendToConnection(bob.connectionId!, "to his connection");
  await until((look) => bob.on("message", look), () => direct.length === 2);
  assert.deepEqual(direct.sort(), [["connection", "to his connection", annName], ["user", "to bob", annName]]);

  await there.leave();
  await until((look) => here.on("presenceChanged", look), () => here.members.size === 1);
  await assert.rejects(there.publish("outside"), { code: "not_joined" });
});

test("over a WebSocket two clients of a real server talk", options, talk("websocket"));
test("over event streams two clients of a real server talk", options, talk("sse"));
test("over polls two clients of a real server talk", options, talk("long-polling"));

test("where a WebSocket can't be opened the next transport is used", options, party(async (all) => {
  const blocked = class {
    onclose: any;
    constructor() {
      setImmediate(() => this.onclose({ code: 1006, reason: "" }));
    }
  };
  const ann = all.client(unique("ann"), { webSocket: blocked });
  await ann.connect();
  await ann.room(unique("room")).join();
  assert.equal(ann.state, "connected");
}));

test("a gap that a real server can't recover is told as lost", options, party(async (all) => {
  const ann = all.client(unique("ann"));
  await ann.connect();
  const room = ann.room(unique("room"));
  const lost: unknown[] = [];
  room.on("lost", ({ from, reason }) => lost.push([from, reason]));
  const from = { epoch: "00000000000000ff", offset: 3 };
  await room.join({ from });
  assert.deepEqual(lost, [[from, "epoch_changed"]]);
}));
