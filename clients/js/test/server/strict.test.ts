import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { options, party, strictServer, unique, until } from "./party.js";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token for everything, good for so many seconds. */
function tokenFor(user: string, seconds: number, secret = process.env.SWITCHBOARD_TOKEN_SECRET!): string {
  const now = Math.floor(Date.now() / 1000);
  const caps = [{ rooms: "*", allow: ["join", "publish", "presence", "history"] }];
  const claims = { sub: user, iss: "https://id.example", aud: "switchboard", iat: now, exp: now + seconds, switchboard: { caps } };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", Buffer.from(secret, "base64")).update(signed).digest("base64url")}`;
}

test("a token that ends is replaced by a fresh one, on the same socket", options, party(async (all) => {
  const user = unique("ann");
  const lives = [20, 600];
  let calls = 0;
  let asked!: () => void;
  const refreshed = new Promise<void>((resolve) => { asked = resolve; });
  const ann = all.client("", {
    token() {
      if (++calls === 2) asked();
      return tokenFor(user, lives[Math.min(calls, 2) - 1]!);
    },
  });
  await ann.connect();
  assert.equal(ann.user, user);
  await refreshed;
  const room = ann.room(unique("room"));
  await room.join();
  assert.equal((await room.publish("still here"))!.offset, 1);
}, strictServer));

test("a token that expired is followed by a resume with a fresh one", options, party(async (all) => {
  const user = unique("ann");
  let calls = 0;
  const ann = all.client("", {
    token: () => ++calls === 2 ? tokenFor(user, 600, "d3JvbmcgYW5kIGxvbmcgZW5vdWdoIHRvIGJlIGEgc2VjcmV0") : tokenFor(user, calls === 1 ? 8 : 600),
  });
  const reasons: (number | undefined)[] = [];
  ann.on("stateChanged", ({ reason }) => reasons.push(reason?.code));
  await ann.connect();
  const first = ann.connectionId;
  const room = ann.room(unique("room"));
  await room.join();
  await until((look) => ann.on("stateChanged", look), () => reasons.includes(4503) && ann.state === "connected");
  await room.publish("back");
  assert.equal(ann.connectionId, first);
}, strictServer));

test("a token that is not accepted fails the connect, on every transport", options, party(async (all) => {
  for (const transport of ["websocket", "sse", "long-polling"] as const) {
    const ann = all.client("", { token: "nonsense", transports: [transport] });
    await assert.rejects(ann.connect(), { code: "unauthorized" });
  }
}, strictServer));

test("a socket that is silently dead is given up and resumed, and nothing is lost or doubled", options, party(async (all) => {
  const user = unique("ann");
  const ann = all.client("", { token: () => tokenFor(user, 600) });
  await ann.connect();
  const first = ann.connectionId;
  const room = ann.room(unique("room"));
  const seen: unknown[] = [];
  room.on("message", ({ data }) => seen.push(data));
  await room.join();
  await room.publish(0);
  all.net.fallSilent();
  await Promise.all([1, 2, 3].map((number) => room.publish(number)));
  await until((look) => room.on("message", look), () => seen.length === 4);
  assert.deepEqual(seen, [0, 1, 2, 3]);
  assert.equal(ann.connectionId, first);
}, strictServer));
