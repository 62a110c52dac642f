// After Trunk has built the page: takes its Wasm apart, puts the fonts beside the style sheet, the worker that has minijinja
// in it and the licences beside the page, and prints what the first load costs.
import { jinjaWorker } from "./jinja_worker.mjs";
import { lighten, split } from "./split.mjs";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { licences } from "./licences.mjs";

const site = process.env.TRUNK_STAGING_DIR;
const bundle = "static/editor/dist";

const assets = readdirSync(bundle).filter((name) => /\.(woff2|svg)$/.test(name));
assets.forEach((name) => copyFileSync(join(bundle, name), join(site, name)));
preload(assets.filter((name) => name.endsWith(".woff2")));
firstPaint();
// GitHub's pages leave out files that begin with `_`, as `_helpers.tpl` does, unless this one is there.
writeFileSync(join(site, ".nojekyll"), "");

const profile = process.env.TRUNK_PROFILE === "release" ? "wasm" : "page-dev";
const parts = profile === "wasm" ? split(site) : lighten(site);
if (parts !== undefined) {
  addToHead(`<link rel="modulepreload" href="./${parts.loader}"><meta name="later-part" content="./${parts.later}">`);
}

const worker = jinjaWorker(site, profile);
addToHead(`<meta name="jinja-worker" content="${worker.map((name) => `./${name}`).join(" ")}">`);
keepOffline(worker);

if (process.env.TRUNK_PROFILE === "release") {
  writeFileSync(join(site, "licences.txt"), licences());
  report("first load", firstLoad());
  report("further, when the first output stands there", [parts.later, "schemas/kubernetes.txt"]);
  report("further, for charts with Jinja", worker);
}

// Fonts that wait for the style sheet come late, and the text jumps.
function preload(fonts) {
  const links = fonts.map((name) => `<link rel="preload" href="./${name}" as="font" type="font/woff2" crossorigin>`);
  addToHead(links.join(""));
}

function addToHead(markup) {
  const html = join(site, "index.html");
  writeFileSync(html, readFileSync(html, "utf8").replace("</head>", `${markup}</head>`));
}

// The service worker gets the list of the site's files, and their hash as its version. What only charts with Jinja's
// templates need is not fetched for everybody.
function keepOffline(rare) {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(relative(site, entry.parentPath), entry.name)).filter((name) => !name.startsWith(".")).sort();
  const hash = createHash("sha256");
  names.forEach((name) => hash.update(name).update(readFileSync(join(site, name))));
  const kept = ["./", ...names.filter((name) => name !== "index.html" && name !== "licences.txt" && !rare.includes(name))];
  const worker = readFileSync("static/service-worker.js", "utf8")
    .replace('"development"', JSON.stringify(hash.digest("hex").slice(0, 16)))
    .replace("FILES = []", `FILES = ${JSON.stringify(kept)}`);
  writeFileSync(join(site, "service-worker.js"), worker);
}

// The page with its default chart, as text: it stands there before the engine does. `cargo ui` holds it against the components.
function firstPaint() {
  const html = join(site, "index.html");
  const first = readFileSync("static/first_paint.html", "utf8").trim();
  writeFileSync(html, readFileSync(html, "utf8").replace(/<body>\s*/, (body) => `${body}${first}`));
}

// What a browser fetches before the first chart shows: the page, what it names, and the list of samples. The samples
// themselves come when somebody chooses one.
function firstLoad() {
  const html = readFileSync(join(site, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => match[1]);
  return ["index.html", ...named, "samples/index.json"];
}

function report(title, files) {
  const rows = files.map((file) => [file, ...sizes(file)]);
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  rows.push([`${title}, ${files.length} files`, sum(1), sum(2), sum(3)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = (row) => [row[0].padEnd(width), ...row.slice(1).map((cell) => cell.toLocaleString("en").padStart(11))].join("");
  console.log(["", line(["", "bytes", "gzip", "brotli"]), ...rows.map(line), ""].join("\n"));
}

// A woff2 is compressed already, and servers leave it alone.
function sizes(file) {
  const bytes = readFileSync(join(site, file));
  if (file.endsWith(".woff2")) {
    return [bytes.length, bytes.length, bytes.length];
  }
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, brotli).length];
}
