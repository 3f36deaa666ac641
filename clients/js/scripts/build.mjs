import { mkdir, writeFile } from "node:fs/promises";
import { bundle } from "./bundle.mjs";
import { report } from "./size.mjs";

const dist = new URL("../dist/", import.meta.url);
await mkdir(dist, { recursive: true });
const bytes = await bundle();
await writeFile(new URL("switchboard.js", dist), bytes);
report(bytes);
