// The licences of what the page is made of, as their authors ask: the crates in the Wasm, the packages in the bundle.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

// One text; a licence that several share stands there once.
export function licences() {
  const bearers = new Map();
  const parts = [...crates(), ...packages()];
  for (const { name, version, folder } of parts) {
    for (const file of readdirSync(folder).filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))) {
      const text = readFileSync(join(folder, file), "utf8").trim();
      bearers.set(text, [...(bearers.get(text) ?? []), `${name} ${version}`]);
    }
  }
  const list = parts.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join("\n");
  const texts = [...bearers].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  return `${[`Chartroom is under the licence Apache-2.0. It contains:\n\n${list}`, ...texts].join(rule)}\n`;
}

// The crates that are linked in, not those that only build them.
function crates() {
  const args = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "wasm32-unknown-unknown"];
  const { packages: all, resolve } = JSON.parse(execFileSync("cargo", args, { encoding: "utf8", maxBuffer: 1 << 28 }));
  const crate = new Map(all.map((entry) => [entry.id, entry]));
  const node = new Map(resolve.nodes.map((entry) => [entry.id, entry]));
  const isLinked = (id) => !crate.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
  const found = new Set();
  const walk = (id) => {
    for (const { pkg, dep_kinds: kinds } of node.get(id).deps) {
      if (!found.has(pkg) && isLinked(pkg) && kinds.some(({ kind }) => kind === null)) {
        found.add(pkg);
        walk(pkg);
      }
    }
  };
  walk(resolve.root);
  return [...found].map((id) => {
    const { name, version, license: licence, manifest_path: manifest } = crate.get(id);
    return { name, version, licence, folder: dirname(manifest) };
  });
}

function packages() {
  const editor = "static/editor";
  const lock = JSON.parse(readFileSync(join(editor, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional }]) => path !== "" && !dev && !optional)
    .map(([path, { version, license: licence }]) => ({ name: path.replace(/^.*node_modules\//, ""), version, licence, folder: join(editor, path) }));
}
