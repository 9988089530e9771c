// Runs the unit tests of src/core: bundled by esbuild, run by node's own test runner.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, "../../.build/web-tests");
const tests = readdirSync(join(root, "test")).filter((name) => name.endsWith(".test.ts"));

rmSync(out, { recursive: true, force: true });
execFileSync(
  "esbuild",
  [
    ...tests.map((name) => join("test", name)),
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--target=node18",
    "--sourcemap=inline",
    "--out-extension:.js=.mjs",
    `--outdir=${out}`,
    "--log-level=warning",
  ],
  { cwd: root, stdio: "inherit" },
);
const run = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", ...tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")))],
  { stdio: "inherit" },
);
process.exitCode = run.status ?? 1;
