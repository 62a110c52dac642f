// Finds out which functions of the page's Wasm the first output doesn't need, in a dist/ whose Wasm remembers what ran, and
// prints their keys. .ci/profile makes both.
import { readFileSync } from "node:fs";
import { start } from "./browser.js";
import { link, outputHas, read, samples, template, tiny, typeAfter, values } from "./chartroom.js";

const KEYS_IN_A_LINE = 12;
const keys = JSON.parse(readFileSync(new URL("../../dist/functions.json", import.meta.url), "utf8"));
const ran = new Set();
const chromium = await start();

// The engine has answered.
const rendered = (page) => page.waitForFunction(() => document.querySelector("[data-progress]")?.textContent.includes("ms"));

// What ran on a page and in its workers.
async function note(page, isLast = true) {
  const glue = await page.evaluate(() => {
    ["visibilitychange", "pagehide", "beforeunload"].forEach((name) => dispatchEvent(new Event(name)));
    document.dispatchEvent(new Event("visibilitychange"));
    return document.querySelector("link[rel=modulepreload]").href;
  });
  const seen = async ([address, count]) => {
    const { initSync } = await import(address);
    return [...new Uint8Array(initSync().ran.buffer, 0, count)];
  };
  for (const place of [page, ...page.workers()]) {
    (await place.evaluate(seen, [glue, keys.length])).forEach((didRun, index) => didRun && ran.add(keys[index]));
  }
  console.error(performance.now() | 0, `${ran.size} of ${keys.length} functions`);
  if (isLast) {
    await page.context().close();
  }
}

// The page's own chart, as various people meet it, and a first change.
for (const context of [{}, { colorScheme: "dark" }, { viewport: { width: 380, height: 800 }, hasTouch: true }, { reducedMotion: "reduce" }]) {
  const page = await chromium.visit("", context);
  await rendered(page);
  await page.waitForTimeout(1500);
  await note(page);
}
const page = await chromium.visit();
await rendered(page);
await typeAfter(values(page), "replicaCount: 3", "1");
await outputHas(page, "replicas: 31");
await note(page, false);
await page.keyboard.type("23456789 # fast", { delay: 15 });
await page.waitForTimeout(1500);
// Somebody in a hurry: what waits for the worker then depends on the moment.
for (const pause of [0, 20, 50, 100, 200, 400, 800]) {
  const hurried = await chromium.visit();
  await hurried.waitForTimeout(pause);
  await typeAfter(values(hurried), "replicaCount: 3", "1");
  await outputHas(hurried, "replicas: 31");
  await hurried.waitForTimeout(1000);
  await note(hurried);
}
// A mistake in a template, and its end.
await typeAfter(template(page), "kind: StatefulSet", "{{ nope }}");
await page.getByText("There is no function nope").first().waitFor();
await page.keyboard.press("Control+z");
await page.getByText("There is no function nope").first().waitFor({ state: "detached" });
await page.waitForTimeout(1500);
await note(page);

// The palettes: who calls them types at once, and does not look whether they are there.
const palettes = await chromium.visit();
for (const key of ["F1", "Control+p"]) {
  await palettes.keyboard.press(key);
  await palettes.getByRole("dialog").waitFor();
  await palettes.keyboard.type("pro");
  await palettes.keyboard.press("ArrowDown");
  await palettes.keyboard.press("Escape");
  await palettes.getByRole("dialog").waitFor({ state: "detached" });
}
await note(palettes);

// Charts that come with a link: what `helm create` makes, a small one, one that Helm refuses; in a frame, and before an audience.
const { name, files } = samples.find((sample) => sample.name === "chart-dev");
const created = link(Object.fromEntries(files.map((path) => [path, read(`static/samples/${name}/${path}`)])));
const small = link(tiny("a: {{ .Values.a | quote }}\n", { "values.yaml": "a: b\n" }));
for (const address of [created, small, link(tiny("a: {{ nope }}\n")), `?embed=output,values${small}`, `?present${created}`]) {
  const linked = await chromium.visit(address);
  await linked.waitForTimeout(2500);
  await note(linked);
}

// Somebody comes back to a draft.
const draft = await chromium.visit();
await rendered(draft);
await typeAfter(values(draft), "replicaCount: 3", "1");
await outputHas(draft, "replicas: 31");
await draft.waitForTimeout(2000);
await draft.reload();
await draft.waitForTimeout(2500);
await note(draft);

await chromium.close();
const later = [...new Set(keys)].filter((key) => !ran.has(key)).sort();
for (let at = 0; at < later.length; at += KEYS_IN_A_LINE) {
  console.log(later.slice(at, at + KEYS_IN_A_LINE).join(""));
}
