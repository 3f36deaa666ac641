import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointsOf } from "../src/endpoints.js";
import { fromFrame, toFrame } from "../src/wire/binary.js";
import { settle } from "./fakes/fakeClock.js";
import { welcome } from "./fakes/httpWorld.js";
import { outcome, World } from "./fakes/world.js";

class FakeSocket {
  static all: FakeSocket[] = [];
  binaryType = "";
  readonly sent: any[] = [];
  closed: number | undefined;
  onopen: any;
  onmessage: any;
  onclose: any;

  constructor(readonly url: string, readonly subprotocol: string) {
    FakeSocket.all.push(this);
  }

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(code: number): void {
    this.closed = code;
  }
}

async function opened() {
  FakeSocket.all = [];
  const world = new World({ url: "https://play.example", user: "ann", token: "secret", transports: ["websocket"], webSocket: FakeSocket });
  const connected = world.client.connect();
  await settle();
  const [socket] = FakeSocket.all;
  socket!.onopen();
  socket!.onmessage({ data: JSON.stringify(welcome) });
  await connected;
  return { world, socket: socket! };
}

test("a socket is opened with the subprotocol, and says hello with the token", async () => {
  const { socket } = await opened();
  assert.deepEqual([socket.url, socket.subprotocol, socket.binaryType], ["wss://play.example/ws?user=ann", "switchboard.v1.json", "arraybuffer"]);
  assert.deepEqual(JSON.parse(socket.sent[0]), { type: "connect", token: "secret" });
});

test("bytes go in binary frames, in both directions", async () => {
  const { world, socket } = await opened();
  void world.client.sendToUser("bob", new Uint8Array([7, 8]));
  const sent = fromFrame(socket.sent[1].buffer) as any;
  assert.deepEqual([sent.type, sent.user, sent.data], ["send", "bob", new Uint8Array([7, 8])]);
  const seen: unknown[] = [];
  world.client.on("message", ({ data }) => seen.push(data));
  socket.onmessage({ data: toFrame('{"type":"message","feed":"user","offset":1,"time":1}', new Uint8Array([9])).buffer });
  assert.deepEqual(seen, [new Uint8Array([9])]);
});

test("closing sends 1000 and resolves when the server has answered", async () => {
  const { world, socket } = await opened();
  const closed = world.client.close();
  assert.deepEqual([socket.closed, await outcome(closed)], [1000, "waits"]);
  socket.onclose({ code: 1000, reason: "" });
  assert.equal(await outcome(closed), "done");
});

test("a dead socket is closed without a goodbye, and not listened to any more", async () => {
  const { world, socket } = await opened();
  await world.clock.pass(40_000);
  assert.deepEqual([socket.closed, socket.onclose, socket.onmessage], [4999, null, null]);
  await world.clock.pass(1000);
  FakeSocket.all[1]!.onopen();
  assert.equal(JSON.parse(FakeSocket.all[1]!.sent[0]).resume, "t-1");
});

test("the server's doors are found from any form of its address", () => {
  for (const address of ["https://play.example", "wss://play.example/", "wss://play.example/ws", "wss://play.example/ws/", "https://play.example/#top"]) {
    assert.deepEqual(endpointsOf(address, undefined), {
      webSocket: "wss://play.example/ws", poll: "https://play.example/fallback/poll",
      stream: "https://play.example/fallback/sse", send: "https://play.example/fallback/send",
    });
  }
  assert.equal(endpointsOf("ws://127.0.0.1:8080/live/", "a&b").poll, "http://127.0.0.1:8080/live/fallback/poll?user=a%26b");
});

test("an address of any other scheme, as one without a scheme has it, is refused", () => {
  for (const address of ["localhost:8080", "file:///home/ann/page.html", "ftp://play.example"]) {
    assert.throws(() => endpointsOf(address, undefined), /must begin with http/);
  }
});

test("a handler that throws is told as uncaught, and disturbs nobody", async () => {
  const { world, socket } = await opened();
  const seen: unknown[] = [];
  world.client.on("message", () => { throw new Error("of the application"); });
  const off = world.client.on("message", ({ data }) => seen.push(data));
  const uncaught = new Promise((resolve) => {
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => {
      listeners.forEach((listener) => process.on("uncaughtException", listener));
      resolve(error.message);
    });
  });
  socket.onmessage({ data: '{"type":"message","feed":"user","offset":1,"time":1,"data":1}' });
  assert.equal(await uncaught, "of the application");
  off();
  assert.deepEqual(seen, [1]);
});
