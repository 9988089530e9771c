// Bundles the web UI into dist/: hashed assets, index.html that names them, and .br and .gz beside
// each. Fails when a first visit would load more than the budget.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

const budgetKiB = 200;
const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const metafile = join(dist, "meta.json");

function bundle() {
  execFileSync(
    "esbuild",
    [
      "src/main.tsx",
      "src/styles/main.css",
      "src/favicon.svg",
      "--bundle",
      "--splitting",
      "--format=esm",
      "--minify",
      "--target=es2022",
      "--jsx=automatic",
      "--main-fields=module,main",
      '--define:process.env.NODE_ENV="production"',
      "--loader:.svg=copy",
      "--legal-comments=none",
      "--entry-names=[name]-[hash]",
      "--chunk-names=[name]-[hash]",
      `--outdir=${join(dist, "assets")}`,
      `--metafile=${metafile}`,
      "--log-level=warning",
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, NODE_PATH: "/usr/share/nodejs", NODE_ENV: "production" },
    },
  );
  const outputs = JSON.parse(readFileSync(metafile, "utf8")).outputs;
  rmSync(metafile);
  return outputs;
}

/** The output made from one source file: its path below dist, and what it loads at once. */
function output(outputs, source) {
  const [path, about] = Object.entries(outputs).find(
    ([path, about]) => about.entryPoint === source || (path.endsWith(".svg") && source in about.inputs),
  );
  const eager = about.imports.filter((each) => each.kind === "import-statement");
  const below = (name) => name.replace(/^dist\//, "");
  return { path: below(path), eager: eager.map((each) => below(each.path)) };
}

function writePage(script, style, icon) {
  const preloads = script.eager.map((path) => `<link rel="modulepreload" href="/${path}">`);
  const page = readFileSync(join(root, "src/index.html"), "utf8")
    .replace("<!-- preloads -->", preloads.join("\n    "))
    .replace("{{script}}", `/${script.path}`)
    .replace("{{style}}", `/${style.path}`)
    .replace("{{icon}}", `/${icon.path}`);
  writeFileSync(join(dist, "index.html"), page);
}

function compress(path) {
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  execFileSync("brotli", ["--best", "--force", "--keep", path]);
}

rmSync(dist, { recursive: true, force: true });
const outputs = bundle();
const script = output(outputs, "src/main.tsx");
const style = output(outputs, "src/styles/main.css");
const icon = output(outputs, "src/favicon.svg");
writePage(script, style, icon);

const assets = readdirSync(join(dist, "assets")).map((name) => join("assets", name));
for (const path of ["index.html", ...assets]) compress(join(dist, path));

// What a browser transfers on its first visit, with the lesser of the two encodings.
const firstVisit = ["index.html", script.path, ...script.eager, style.path, icon.path];
const kib = (suffix) =>
  firstVisit.reduce((sum, path) => sum + statSync(join(dist, path + suffix)).size, 0) / 1024;
console.log(
  `web: a first visit transfers ${kib(".br").toFixed(0)} KiB as brotli, ` +
    `${kib(".gz").toFixed(0)} KiB as gzip (${kib("").toFixed(0)} KiB unpacked); ` +
    `the budget is ${budgetKiB} KiB`,
);
if (kib(".gz") > budgetKiB) process.exitCode = 1;
