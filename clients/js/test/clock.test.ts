import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../src/clock.js";

test("what is never to happen does not happen at once", async () => {
  let ran = false;
  const cancel = systemClock.after(Infinity, () => { ran = true; });
  await new Promise<void>((resolve) => systemClock.after(20, resolve));
  cancel();
  assert.equal(ran, false);
});
