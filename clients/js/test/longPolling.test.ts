import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./fakes/fakeClock.js";
import { FakeServer } from "./fakes/fakeServer.js";
import { epochs, welcome } from "./fakes/fakeWay.js";
import { World } from "./fakes/world.js";

test("what does not fit into a poll is not overtaken by what comes later", async () => {
  const server = new FakeServer();
  const world = new World({ transports: ["long-polling"], fetch: server.fetch, outbox: { window: 1000 } });
  const room = world.client.room("lobby");
  void room.join();
  for (let i = 0; i < 150; i++) void room.publish(i);
  void world.client.connect();
  await settle();
  await server.answers([welcome()]);
  const [join] = server.request.body.commands;
  await server.answers([{ type: "joined", id: join.id, room: "lobby", epoch: epochs.room, offset: 0 }]);

  const first = server.request.body.commands;
  void room.publish(150);
  await settle();
  assert.equal(server.requests.filter(({ url }) => url.includes("/send")).length, 0);
  await server.answers(first.map(({ id }: { id: number }, index: number) =>
    ({ type: "published", id, room: "lobby", epoch: epochs.room, offset: index + 1 })));

  const published = [...first, ...server.request.body.commands].map(({ data }) => data);
  assert.deepEqual(published, Array.from({ length: 151 }, (_, i) => i));
});
