// Builds the package's types into build/types, and checks a project against the sources or against them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const compile = (...options) => spawnSync(process.execPath, [tsc, ...options], { cwd: folder, stdio: "inherit" }).status;
const project = process.argv[2];
const built = project === "tsconfig.usage.json" ? compile("-p", "tsconfig.build.json", "--outDir", "build/types") : 0;
process.exitCode = built || compile("-p", project);
