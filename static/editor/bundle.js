// Bundles the editor and the style sheet for Trunk: dist/editor.js, dist/page.css and the fonts that it names.
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(here("dist"), { recursive: true, force: true });
mkdirSync(here("dist"));

const release = process.env.TRUNK_PROFILE !== "debug";

await build({
  entryPoints: { editor: here("editor.js"), page: here("../styles/main.css") },
  outdir: here("dist"),
  bundle: true,
  minify: release,
  format: "iife",
  target: ["chrome111", "firefox111", "safari16.4"],
  // Fonts keep their names and stand beside the style sheet, where .ci/finish.mjs puts them too.
  loader: { ".woff2": "file", ".svg": "file" },
  assetNames: "[name]-[hash]",
  nodePaths: [here("node_modules")],
  legalComments: "none",
  logLevel: "warning",
});
