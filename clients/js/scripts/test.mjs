// Runs all tests in one process. With --json each result is a line of JSON.
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const files = (await readdir(`${folder}/test`, { recursive: true })).filter((file) => file.endsWith(".test.ts")).sort();
await build({
  absWorkingDir: folder,
  stdin: { contents: files.map((file) => `import "./test/${file}";`).join("\n"), resolveDir: folder },
  bundle: true,
  format: "esm",
  ignoreAnnotations: true, // of sideEffects, which tests have
  platform: "node",
  target: "node18",
  packages: "external",
  sourcemap: true,
  outfile: "build/tests.mjs",
});
const reporter = process.argv.includes("--json") ? ["--test-reporter=./scripts/jsonReporter.mjs"] : [];
const tests = spawn(process.execPath, ["--enable-source-maps", ...reporter, "build/tests.mjs"], { cwd: folder, stdio: "inherit" });
tests.on("exit", (code) => { process.exitCode = code ?? 1; });
