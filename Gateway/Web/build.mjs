// Bundles the web UI into dist/: hashed assets, index.html that names them, and .br and .gz beside
// each. Prints what each chunk takes to transfer, and fails when a visit would load more than its
// budget. --debug adds the page of all parts, /parts, which a release must not have, and bundles into
// .build/web-debug.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

/** In KiB as brotli: until somebody is signed in, with the first list or Home on screen, and what charts add to it. */
const budgets = { "signed out": 80, "first list": 140, home: 140, charts: 60 };
const isDebug = process.argv.includes("--debug");
const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, isDebug ? "../../.build/web-debug" : "dist");
const metafile = join(dist, "meta.json");

function bundle() {
  execFileSync(
    "esbuild",
    [
      "src/main.tsx",
      "src/styles/main.css",
      "src/styles/later.css",
      "src/favicon.svg",
      ...(isDebug ? ["src/debug/debug.css"] : []),
      "--bundle",
      "--splitting",
      "--format=esm",
      "--minify",
      "--target=es2022",
      "--jsx=automatic",
      "--main-fields=module,main",
      '--define:process.env.NODE_ENV="production"',
      `--define:isDebugBuild=${isDebug}`,
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

/** The path below dist of the output made from one source file; undefined where there is none. */
function output(outputs, source) {
  const found = Object.entries(outputs).find(
    ([path, about]) => about.entryPoint === source || (path.endsWith(".svg") && source in about.inputs),
  );
  return found && below(found[0]);
}

/** What a script loads with it, itself included. */
function withImports(outputs, script) {
  const all = new Set([script]);
  for (const each of all) {
    for (const { path, kind } of outputs[join(relative(root, dist), each)].imports) {
      if (kind === "import-statement") all.add(below(path));
    }
  }
  return [...all];
}

/** The path below dist of an output, which the metafile names from the root. */
function below(path) {
  return relative(dist, join(root, path));
}

function writePage(script, eager, firstList, home, styles, laterStyle, icon) {
  const preloads = eager.map((path) => `<link rel="modulepreload" href="/${path}">`);
  const links = styles.map((path) => `<link rel="stylesheet" href="/${path}">`);
  const page = readFileSync(join(root, "src/index.html"), "utf8")
    .replace("<!-- preloads -->", preloads.join("\n    "))
    .replace("{{first list}}", firstList.map((path) => `/${path}`).join(" "))
    .replace("{{home}}", home.map((path) => `/${path}`).join(" "))
    .replace("{{later style}}", `/${laterStyle}`)
    .replace("{{script}}", `/${script}`)
    .replace('<link rel="stylesheet" href="{{style}}">', links.join("\n    "))
    .replace("{{icon}}", `/${icon}`);
  writeFileSync(join(dist, "index.html"), page);
}

function compress(path) {
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  execFileSync("brotli", ["--best", "--force", "--keep", path]);
}

function kib(paths, suffix = ".br") {
  return paths.reduce((sum, path) => sum + statSync(join(dist, path + suffix)).size, 0) / 1024;
}

rmSync(dist, { recursive: true, force: true });
const outputs = bundle();
const script = output(outputs, "src/main.tsx");
const style = output(outputs, "src/styles/main.css");
const icon = output(outputs, "src/favicon.svg");
const laterStyle = output(outputs, "src/styles/later.css");
const debugStyles = isDebug ? [output(outputs, "src/debug/debug.css")] : [];
const signedOut = withImports(outputs, script);
/** What a screen loads besides, for a signed-in member. */
function screen(source) {
  const sources = ["src/app/SignedIn.tsx", source];
  const paths = new Set(sources.flatMap((each) => withImports(outputs, output(outputs, each))));
  return [...paths].filter((path) => !signedOut.includes(path));
}
// What a screen shows comes on top.
const firstList = screen("src/areas/leads/LeadList.tsx");
const home = screen("src/areas/home/HomeScreen.tsx");
writePage(script, signedOut.slice(1), firstList, home, [style, ...debugStyles], laterStyle, icon);

const assets = readdirSync(join(dist, "assets")).map((name) => join("assets", name));
for (const path of ["index.html", ...assets]) compress(join(dist, path));

const held = { "signed out": ["index.html", ...signedOut, style, icon] };
held["first list"] = [...held["signed out"], ...firstList];
held.home = [...held["signed out"], ...home];
// The library of charts is loaded with the first chart, and counts nowhere else.
held.charts = withImports(outputs, output(outputs, "src/areas/forecast/BarChart.tsx")).filter(
  (path) => !held["first list"].includes(path),
);

console.log("web: KiB as brotli");
for (const path of assets.sort((a, b) => kib([b]) - kib([a]))) {
  console.log(`${kib([path]).toFixed(1).padStart(8)}  ${path.replace(/^assets\//, "")}`);
}
for (const [visit, paths] of Object.entries(held)) {
  const size = kib(paths);
  const budget = budgets[visit];
  console.log(
    `web: ${visit}: ${size.toFixed(1)} KiB as brotli, ${kib(paths, ".gz").toFixed(1)} as gzip; ` +
      `the budget is ${budget}`,
  );
  if (size > budget && !isDebug) {
    console.error(`web: ${visit} is over its budget`);
    process.exitCode = 1;
  }
}
const debugInputs = Object.values(outputs)
  .flatMap((about) => Object.entries(about.inputs))
  .filter(([path, { bytesInOutput }]) => path.startsWith("src/debug/") && bytesInOutput > 0);
if (!isDebug && debugInputs.length > 0) {
  console.error(`web: a release has parts of debug builds: ${debugInputs.map(([path]) => path)}`);
  process.exitCode = 1;
}
