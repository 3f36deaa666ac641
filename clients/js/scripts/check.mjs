// Fails unless dist/switchboard.js is what the sources build to, and small enough.
import { readFile } from "node:fs/promises";
import { bundle } from "./bundle.mjs";
import { report } from "./size.mjs";

const built = await bundle();
const committed = await readFile(new URL("../dist/switchboard.js", import.meta.url));
if (!built.equals(committed)) {
  console.error("dist/switchboard.js is not what the sources build to: run `npm run build` in clients/js and commit it");
  process.exitCode = 1;
}
report(built);
