import assert from "node:assert/strict";
import { test } from "node:test";
import { EventParser } from "../src/transports/eventParser.js";
import { settle } from "./fakes/fakeClock.js";
import { problem } from "./fakes/fakeFetch.js";
import { httpWorld, resumed, welcome } from "./fakes/httpWorld.js";
import { outcome } from "./fakes/world.js";

const said = (...events: object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");

async function streaming() {
  const { http, world } = httpWorld("sse");
  const connected = world.client.connect();
  await settle();
  const write = await http.to("sse")[0]!.stream();
  await write(`retry: 1000\n:\n\n${said(welcome)}`);
  await connected;
  return { http, world, write };
}

test("a stream of events is read whole, however it is cut", () => {
  const stream = "retry: 1000\r\n:\r\n\r\ndata: {\"a\":1}\r\n\r\n: quiet\ndata:two\ndata: lines\n\nevent: x\n\ndata: 3\r\rdata: ü\n\n";
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      const seen: string[] = [];
      const parser = new EventParser((data) => seen.push(data));
      for (const piece of [stream.slice(0, first), stream.slice(first, second), stream.slice(second)]) parser.push(piece);
      assert.deepEqual(seen, ['{"a":1}', "two\nlines", "3", "ü"]);
    }
  }
});

test("a stream is opened with the token in a header, and commands are sent one request after another", async () => {
  const { http, world } = await streaming();
  const [open] = http.to("sse");
  assert.equal(open!.url.href, "https://play.example/live/fallback/sse?user=ann");
  assert.deepEqual([open!.headers.authorization, open!.body], ["Bearer secret", { seq: 1 }]);
  void world.client.sendToUser("bob", 1);
  void world.client.sendToUser("bob", 2);
  void world.client.sendToUser("bob", new Uint8Array([1, 2]));
  const requests = () => http.to("send").map(({ body }) => [body.resume, body.seq, body.commands.map(({ data, base64 }: any) => data ?? base64)]);
  assert.deepEqual(requests(), [["t-1", 1, [1]]]);
  await http.to("send")[0]!.answer(202);
  assert.deepEqual(requests(), [["t-1", 1, [1]], ["t-1", 2, [2, "AQI="]]]);
});

test("a server that can't be reached is told of as that", async () => {
  const { http, world } = httpWorld("sse");
  const told: unknown[] = [];
  world.client.on("stateChanged", ({ reason }) => told.push(reason?.text));
  void world.client.connect();
  await settle();
  await http.to("sse")[0]!.fail();
  assert.deepEqual(told, [undefined, "The server can't be reached."]);
});

test("a request that was not answered, or may not be taken yet, is sent again with its number", async () => {
  const { http, world } = await streaming();
  void world.client.sendToUser("bob", 1);
  await http.to("send")[0]!.fail();
  await world.clock.pass(100);
  await http.to("send")[1]!.answer(409, problem("no_session"), { "retry-after": "1" });
  await world.clock.pass(200);
  await http.to("send")[2]!.answer(503, problem("unavailable"), { "retry-after": "2" });
  await world.clock.pass(1999);
  assert.equal(http.to("send").length, 3);
  await world.clock.pass(1);
  assert.deepEqual(http.to("send").map(({ body }) => body.seq), [1, 1, 1, 1]);
});

test("a stream that ends is resumed with a new count", async () => {
  const { http, world, write } = await streaming();
  const sent = world.client.sendToUser("bob", 1);
  await http.to("send")[0]!.answer(202);
  await write(said({ type: "closed", code: 4000, reason: "slow_consumer" }));
  assert.deepEqual(world.states.at(-1)!.reason, { code: 4000, text: "slow_consumer" });
  await world.clock.pass(125);
  const { body } = http.to("sse")[1]!;
  assert.deepEqual([body.resume, body.seq, body.positions.user.offset], ["t-1", 1, 0]);
  const again = await http.to("sse")[1]!.stream();
  await again(said(resumed));
  const [, repeated] = http.to("send");
  assert.deepEqual([repeated!.body.seq, repeated!.body.commands[0].data], [1, 1]);
  await again(said({ type: "sent", id: repeated!.body.commands[0].id, epoch: "e", offset: 1 }));
  assert.deepEqual(await outcome(sent), { epoch: "e", offset: 1 });
});

test("a resume that is not known opens a new connection", async () => {
  const { http, world, write } = await streaming();
  await write(said({ type: "closed", code: 1001, reason: "going_away" }));
  await world.clock.pass(125);
  const refused = await http.to("sse")[1]!.stream();
  await refused(said({ type: "error", code: "resume_expired", message: "gone" }));
  assert.equal(http.to("sse")[2]!.body.resume, undefined);
  const anew = await http.to("sse")[2]!.stream();
  await anew(said({ ...welcome, connection: "c-2" }));
  assert.deepEqual([world.client.state, world.client.connectionId], ["connected", "c-2"]);
});

test("a refusal is what it says", async () => {
  for (const [status, code, retryAfter, expected] of [
    [401, "unauthorized", undefined, "unauthorized"],
    [403, "forbidden", undefined, "forbidden"],
    [404, undefined, undefined, "http_404"],
    [503, "unavailable", "9", 9000],
    [429, "too_many_requests", "3", 3000],
  ] as const) {
    const { http, world } = httpWorld("sse");
    const connected = world.client.connect();
    connected.catch(() => {});
    await settle();
    await http.to("sse")[0]!.answer(status, code ? problem(code) : "<html>", retryAfter ? { "retry-after": retryAfter } : {});
    assert.equal(typeof expected === "string" ? await outcome(connected) : world.states.at(-1)!.retryIn, expected);
  }
});

test("closing says goodbye, and ends the stream", async () => {
  const { http, world } = await streaming();
  const closed = world.client.close();
  assert.equal(http.to("sse")[0]!.signal!.aborted, true);
  const [goodbye] = http.to("poll");
  assert.deepEqual(goodbye!.body, { resume: "t-1", close: true });
  await goodbye!.answer(200, []);
  assert.equal(await outcome(closed), "done");
  assert.equal(world.clock.pending, 0);
});

test("a request that fails after closing is not tried again", async () => {
  const { http, world } = await streaming();
  world.client.sendToUser("bob", 1).catch(() => {});
  void world.client.close();
  await http.to("send")[0]!.answer(503, problem("unavailable"), { "retry-after": "60" });
  assert.equal(world.clock.pending, 0);
});
