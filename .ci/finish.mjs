// After Trunk has built the page: puts the fonts beside the style sheet, and prints what the first load costs.
import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const site = process.env.TRUNK_STAGING_DIR;
const bundle = "static/editor/dist";

for (const file of readdirSync(bundle).filter((name) => /\.(woff2|svg)$/.test(name))) {
  copyFileSync(join(bundle, file), join(site, file));
}

if (process.env.TRUNK_PROFILE === "release") {
  report(firstLoad());
}

// What a browser fetches before the first chart shows: the page, what it names, and the fonts its style sheet names.
// The samples come when somebody chooses one.
function firstLoad() {
  const html = readFileSync(join(site, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.?\/?([^":?#]+\.\w+)"/g)].map((match) => match[1]);
  const files = new Set(["index.html", ...named]);
  for (const sheet of named.filter((name) => name.endsWith(".css"))) {
    const css = readFileSync(join(site, sheet), "utf8");
    for (const match of css.matchAll(/url\(["']?\.?\/?([^"'):]+)["']?\)/g)) {
      files.add(match[1]);
    }
  }
  return [...files];
}

function report(files) {
  const rows = files.map((file) => [file, ...sizes(file)]);
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  rows.push([`first load, ${files.length} files`, sum(1), sum(2), sum(3)]);
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
