import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import type { TransportName } from "../../src/index.js";
import { options, party, server, unique, until } from "./party.js";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Breaks the network under two clients that publish: everything must come once and in the order of its sender. */
const survives = (transport: TransportName) => party(async (all) => {
  const make = (name: string) => all.client(unique(name), { transports: [transport] });
  const [ann, bob] = [make("ann"), make("bob")];
  await Promise.all([ann.connect(), bob.connect()]);
  const connections = [ann.connectionId, bob.connectionId];
  const name = unique("room");
  const seen: number[] = [];
  bob.room(name).on("message", ({ data }) => seen.push(data));
  bob.room(name).on("lost", (lost) => assert.fail(JSON.stringify(lost)));
  await Promise.all([ann.room(name).join(), bob.room(name).join()]);

  const publishing = numbers(20).map((number) => ann.room(name).publish(number));
  const broken = [ann, bob].map((client) => until((look) => client.on("stateChanged", look), () => client.state === "reconnecting"));
  all.net.down();
  publishing.push(...numbers(20).map((number) => ann.room(name).publish(20 + number)));
  await Promise.all(broken);
  all.net.up();
  await Promise.all(publishing);
  await until((look) => bob.room(name).on("message", look), () => seen.length >= 40);
  assert.deepEqual(seen, numbers(40));
  assert.deepEqual([ann.connectionId, bob.connectionId], connections);
});

test("a WebSocket that is cut is resumed, and nothing is lost or doubled", options, survives("websocket"));
test("an event stream that is cut is resumed, and nothing is lost or doubled", options, survives("sse"));
test("a poll that is cut is resumed, and nothing is lost or doubled", options, survives("long-polling"));

test("a connection that has ended is followed by a new one, in the same room and without a loss", options, party(async (all) => {
  const resumes: string[] = [];
  class Sniffed extends (WebSocket as any) {
    constructor(url: string, subprotocol: string) {
      super(url, subprotocol);
      (this as any).addEventListener("message", ({ data }: { data: string }) => {
        const { type, resume } = JSON.parse(data);
        if (type === "welcome") resumes.push(resume);
      });
    }
  }
  const bobName = unique("bob");
  const [ann, bob] = [all.client(unique("ann")), all.client(bobName, { webSocket: Sniffed })];
  await Promise.all([ann.connect(), bob.connect()]);
  const first = bob.connectionId;
  const name = unique("room");
  const seen: number[] = [];
  bob.room(name).on("message", ({ data }) => seen.push(data));
  await Promise.all([ann.room(name).join(), bob.room(name).join()]);
  await ann.room(name).publish(0);
  await until((look) => bob.room(name).on("message", look), () => seen.length === 1);

  const broken = [ann, bob].map((client) => until((look) => client.on("stateChanged", look), () => client.state === "reconnecting"));
  all.net.down();
  await Promise.all(broken);
  const ended = await fetch(`${server}fallback/poll?user=${encodeURIComponent(bobName)}`, {
    method: "POST", body: JSON.stringify({ resume: resumes[0], close: true }),
  });
  assert.equal(ended.status, 200);
  const publishing = [ann.room(name).publish(1), ann.room(name).publish(2)];
  all.net.up();
  await Promise.all(publishing);
  await until((look) => bob.room(name).on("message", look), () => seen.length === 3);
  assert.deepEqual(seen, [0, 1, 2]);
  assert.notEqual(bob.connectionId, first);
}));
