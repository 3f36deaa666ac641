import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { bundle } from "./bundle.mjs";

/** The most bytes that the bundle may have, gzipped. */
export const most = 10_240;

export function sizeOf(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

export function report(bytes) {
  const size = sizeOf(bytes);
  console.log(`dist/switchboard.js: ${bytes.length} bytes, ${size} gzipped, of at most ${most}`);
  if (size > most) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) report(await bundle());
