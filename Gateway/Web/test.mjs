// Runs the unit tests of src/core, of what screens make of records, and of the lint: bundled by esbuild where
// they are TypeScript, run by node's own test runner.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, "../../.build/web-tests");
const tests = readdirSync(join(root, "test")).filter((name) => /\.test\.tsx?$/.test(name));

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
    "--jsx=automatic",
    '--define:process.env.NODE_ENV="production"',
    "--define:isDebugBuild=false",
    "--out-extension:.js=.mjs",
    `--outdir=${out}`,
    "--log-level=warning",
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, NODE_PATH: "/usr/share/nodejs" } },
);
const run = spawnSync(
  process.execPath,
  [
    "--enable-source-maps",
    "--test",
    ...tests.map((name) => join(out, name.replace(/\.tsx?$/, ".mjs"))),
    join(root, "test/lint.test.mjs"),
  ],
  // Tests read what the services say.
  { cwd: root, stdio: "inherit" },
);
process.exitCode = run.status ?? 1;
