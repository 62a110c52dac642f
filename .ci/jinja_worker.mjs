// The worker that has minijinja in it: a second Wasm, which the page fetches only when a chart has templates ending in .j2.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nameless } from "./wasm.mjs";

const target = "wasm32-unknown-unknown";

// Builds it into the site. Gives back the names of its glue and its Wasm, in which their contents' hashes stand.
export function jinjaWorker(site, profile) {
  const flags = ["--locked", "--offline", "--target", target, "--profile", profile, "--features", "jinja"];
  run("cargo", ["build", ...flags, "--bin", "jinja_worker"]);
  const built = join(process.env.CARGO_TARGET_DIR ?? "target", target, profile, "jinja_worker.wasm");
  const folder = mkdtempSync(join(tmpdir(), "jinja-worker-"));
  run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", folder, "--out-name", "jinja", built]);
  const names = [keep("jinja", ".js"), keep("jinja_bg", ".wasm")];
  rmSync(folder, { recursive: true });
  return names;

  function keep(name, extension) {
    const bound = readFileSync(join(folder, name + extension));
    const content = extension === ".wasm" ? nameless(bound) : bound;
    const hashed = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}${extension}`;
    writeFileSync(join(site, hashed), content);
    return hashed;
  }
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}
