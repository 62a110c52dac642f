// Takes the page's Wasm apart: what the first output needs stays, the rest becomes a Wasm of its own, which static/later.js fetches
// when the first output stands there, or when somebody calls it before. .ci/later.txt tells which functions are of the rest, and
// .ci/profile finds them out. Trunk knows nothing of this, and has put the whole into the site.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reached, references } from "./linked.mjs";
import { taken } from "./parts.mjs";
import { watched } from "./watched.mjs";
import { Reader, functionNames, imports, kind, mentions, nameless, section, sections } from "./wasm.mjs";

const target = "wasm32-unknown-unknown";
// The keys of their names.
const list = ".ci/later.txt";
// In bytes.
const TRIFLE = 48;
// What the page and its worker say to each other hangs on the moment, and so nobody sees all of it: src/app/worker, but for what
// answers there, and who asks first.
const ALWAYS_FIRST = /3app(6worker(?!7insight)|7effects7pinning)/;
// For .ci/profile: a page in one part, which remembers what ran.
const isWatched = process.env.CHARTROOM_WATCHED !== undefined;

// Puts the parts into the site, in place of the whole. Gives back the name of the loader, which the page's glue imports, and
// of the part that is fetched later.
export function split(site) {
  const whole = join(process.env.CARGO_TARGET_DIR ?? "target", target, "wasm", "page.wasm");
  const { glue, bound } = bind(whole);
  const parts = isWatched ? { first: watched(bound), later: Buffer.alloc(0) } : partsOf(readFileSync(whole), bound);
  const later = written(site, "later", ".wasm", parts.later);
  const loader = written(site, "later", ".js", readFileSync("static/later.js"));
  replace(site, /^page-[0-9a-f]+_bg\.wasm$/, parts.first, "_bg.wasm");
  replace(site, /^page-[0-9a-f]+\.js$/, isWatched ? patient(glue) : attached(glue, loader, later, parts.slot), ".js");
  if (isWatched) {
    writeFileSync(join(site, "functions.json"), JSON.stringify(definedKeys(bound)));
  }
  return { loader, later };
}

// Takes from the Wasm of a quick build what only this module needs.
export function lighten(site) {
  const name = fileOf(site, /^page-[0-9a-f]+_bg\.wasm$/);
  replace(site, /^page-[0-9a-f]+_bg\.wasm$/, nameless(readFileSync(join(site, name))), "_bg.wasm");
}

const fileOf = (site, pattern) => readdirSync(site).find((name) => pattern.test(name));

// Writes a file in whose name its content's hash stands, and gives the name back.
function written(site, name, extension, content) {
  const file = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}${extension}`;
  writeFileSync(join(site, file), content);
  return file;
}

// Puts a file in the place of one that the page names and says by a hash what it expects of.
function replace(site, pattern, content, extension) {
  const old = fileOf(site, pattern);
  rmSync(join(site, old));
  const name = written(site, "page", extension, content);
  const seal = `sha384-${createHash("sha384").update(content).digest("base64")}`;
  const tag = new RegExp(`<[^>]*"\\./${old.replaceAll(".", "\\.")}"[^>]*>`, "g");
  const html = join(site, "index.html");
  writeFileSync(html, readFileSync(html, "utf8").replace(tag, (element) => element.replace(/integrity="[^"]*"/, `integrity="${seal}"`)).replaceAll(old, name));
}

// What wasm-bindgen makes of it: its glue, and the Wasm with the functions' names.
function bind(whole) {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  execFileSync("wasm-bindgen", ["--target", "web", "--no-typescript", "--no-demangle", "--out-dir", folder, "--out-name", "page", whole], { stdio: ["ignore", "inherit", "inherit"] });
  const [glue, bound] = [readFileSync(join(folder, "page.js"), "utf8"), readFileSync(join(folder, "page_bg.wasm"))];
  rmSync(folder, { recursive: true });
  return { glue, bound };
}

function partsOf(whole, bound) {
  const known = new Set(readFileSync(list, "utf8").split("\n").flatMap((line) => line.match(/.{8}/g) ?? []));
  const named = functionNames(bound);
  const isKnown = (name) => known.has(key(name)) && !ALWAYS_FIRST.test(name);
  const isLater = withoutTrifles(bound, (index) => isKnown(named.get(index) ?? ""));
  const linked = references(whole);
  const needed = reached(linked, [...named].filter(([index]) => !isLater(index)).map(([, name]) => name));
  return taken(bound, isLater, unneeded(linked.pieces, needed));
}

// What is little longer than the call that would stand for it stays with its callers, ran it or not: so little decides whether
// such a function is called that nobody can have seen it all.
function withoutTrifles(wasm, isLater) {
  const content = (id) => sections(wasm).find((part) => part.id === id).content;
  const imported = imports(content(section.imports)).filter((item) => item.kind === kind.function).length;
  const reader = new Reader(content(section.code));
  const bodies = reader.list(() => reader.take(reader.number()));
  const first = new Set([...bodies.keys()].filter((place) => !isLater(place + imported)));
  for (const place of first) {
    mentions(bodies[place], (index) => {
      if (bodies[index - imported]?.length <= TRIFLE) {
        first.add(index - imported);
      }
    });
  }
  return (index) => index >= imported && !first.has(index - imported);
}

// The keys of the functions that are not imported, in their order.
function definedKeys(wasm) {
  const content = (id) => sections(wasm).find((part) => part.id === id).content;
  const named = functionNames(wasm);
  const imported = imports(content(section.imports)).filter((item) => item.kind === kind.function).length;
  return Array.from({ length: new Reader(content(section.functions)).number() }, (_, place) => key(named.get(imported + place) ?? ""));
}

// A function's name as it is in every build: the crates' hashes tell the compiler's version.
export const key = (name) => createHash("sha256").update(name.replace(/Cs[0-9A-Za-z]*_(?=\d)/g, "C_")).digest("hex").slice(0, 8);

// The addresses of the data that is not needed first, from and to.
function unneeded(pieces, needed) {
  const ends = (symbols) => symbols.map((symbol) => [pieces[symbol].start, pieces[symbol].start + pieces[symbol].size]).sort(([a], [b]) => a - b);
  const all = [...pieces.keys()].filter((symbol) => pieces[symbol]?.size > 0);
  const kept = ends(all.filter((symbol) => needed.has(symbol)));
  const left = ends(all.filter((symbol) => !needed.has(symbol)));
  return without(joined(left), joined(kept));
}

// Ranges that touch or overlap, as one.
function joined(ranges) {
  const found = [];
  for (const [start, end] of ranges) {
    const last = found.at(-1);
    if (last !== undefined && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      found.push([start, end]);
    }
  }
  return found;
}

// What of the ranges no other covers.
function without(ranges, others) {
  const found = [];
  let next = 0;
  for (let [start, end] of ranges) {
    while (next < others.length && others[next][1] <= start) {
      next += 1;
    }
    for (let at = next; at < others.length && others[at][0] < end; at += 1) {
      if (others[at][0] > start) {
        found.push([start, others[at][0]]);
      }
      start = Math.max(start, others[at][1]);
    }
    if (start < end) {
      found.push([start, end]);
    }
  }
  return found;
}

// Without the later part, so that what runs is what runs before it is there.
const patient = (glue) => `globalThis.fetchLaterPart = () => new Promise(() => {});\n${glue}`;

// The glue tells the loader of what it has instantiated, before any of it runs.
function attached(glue, loader, later, slot) {
  const begin = "    wasm.__wbindgen_start();\n";
  if (glue.split(begin).length !== 2) {
    throw new Error("wasm-bindgen's glue does not start the Wasm where .ci/split.mjs looks for it");
  }
  const attach = `    attach(wasm, __wbg_get_imports(), new URL("./${later}", import.meta.url), ${slot});\n`;
  return `import { attach } from "./${loader}";\n${glue.replace(begin, attach + begin)}`;
}
