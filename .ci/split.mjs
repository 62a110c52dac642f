// Takes the page's Wasm apart: what the first output needs stays, what src/app/worker/insight/apart.rs marks becomes a Wasm of
// its own, which the worker fetches when the page first asks. Trunk knows nothing of this, and has put the whole into the site.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const target = "wasm32-unknown-unknown";

// Puts the parts into the site, in place of the whole. Gives back the name of the loader, which the page's glue imports, and
// of the part that is fetched later.
export function split(site, profile) {
  const folder = mkdtempSync(join(tmpdir(), "split-"));
  const whole = join(process.env.CARGO_TARGET_DIR ?? "target", target, profile, "page.wasm");
  run("wasm-split-cli", ["--target", "web", "--out-name", "page", whole, folder]);
  run("wasm-bindgen", ["--target", "web", "--no-typescript", "--remove-name-section", "--remove-producers-section", "--keep-lld-exports", "--out-dir", folder, "--out-name", "page", join(folder, "page.wasm")]);
  const [glue, main] = [/^page-[0-9a-f]+\.js$/, /^page-[0-9a-f]+_bg\.wasm$/].map((pattern) => readdirSync(site).find((name) => pattern.test(name)));
  const later = hashed("insight", ".wasm", nameless(readFileSync(join(folder, "split_insight.wasm"))));
  const loader = hashed("split", ".js", replaced("__wasm_split.js", [["./page.js", `./${glue}`], ["./split_insight.wasm", `./${later}`]]));
  writeFileSync(join(site, glue), replaced("page.js", [['from "./__wasm_split.js"', `from "./${loader}"`]]));
  writeFileSync(join(site, main), readFileSync(join(folder, "page_bg.wasm")));
  rmSync(folder, { recursive: true });
  [glue, main].forEach((name) => sealAnew(site, name));
  return { loader, later };

  function hashed(name, extension, content) {
    const file = `${name}-${createHash("sha256").update(content).digest("hex").slice(0, 16)}${extension}`;
    writeFileSync(join(site, file), content);
    return file;
  }

  function replaced(name, pairs) {
    return pairs.reduce((text, [before, after]) => {
      if (!text.includes(before)) {
        throw new Error(`${name} does not name ${before}`);
      }
      return text.replaceAll(before, after);
    }, readFileSync(join(folder, name), "utf8"));
  }
}

// The page says by a hash what it expects of a file.
function sealAnew(site, name) {
  const html = join(site, "index.html");
  const seal = `sha384-${createHash("sha384").update(readFileSync(join(site, name))).digest("base64")}`;
  const tag = new RegExp(`<[^>]*"\\./${name.replaceAll(".", "\\.")}"[^>]*>`, "g");
  const sealed = readFileSync(html, "utf8").replace(tag, (element) => element.replace(/integrity="[^"]*"/, `integrity="${seal}"`));
  writeFileSync(html, sealed);
}

// A Wasm without its custom sections: names, and what takes it apart.
export function nameless(wasm) {
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length;) {
    const [size, start] = length(wasm, at + 1);
    if (wasm[at] !== 0) {
      kept.push(wasm.subarray(at, start + size));
    }
    at = start + size;
  }
  return Buffer.concat(kept);
}

// A number in LEB128, and where it ends.
function length(bytes, at) {
  for (let value = 0, factor = 1; ; at += 1, factor *= 128) {
    value += (bytes[at] & 127) * factor;
    if (bytes[at] < 128) {
      return [value, at + 1];
    }
  }
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}
