// Measures the built page: what its first load weighs, when its engine is ready, how long a key takes to show in the
// output, and whether memory grows. usage: budgets.js [CHART.tgz]
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { start } from "./browser.js";
import { link, read, samples, values } from "./chartroom.js";

const KEYS = 60;
const EDITS = 1000;
// After a key Chromium holds back what a worker says until the letter is drawn.
const AT_ONCE = "--disable-features=DeferRendererTasksAfterInput";
const chromium = await start();
const rows = [];
const row = (what, got, most, unit) => rows.push({ what, got: `${got.toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}`, most: `${most} ${unit}`, over: got > most });

// Everything that is fetched until the first chart stands there, as a server with brotli sends it.
async function firstLoad() {
  const page = await chromium.visit();
  await rendered(page);
  const fetched = await page.evaluate(() => [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)]);
  const files = [...new Set(fetched.map((address) => address.split("#")[0]))].filter((address) => address.startsWith(chromium.url));
  const sizes = files.map((address) => size(address.slice(chromium.url.length) || "index.html"));
  row("first load, brotli", sum(sizes.map(([, bytes]) => bytes)) / 1000, 700, "KB");
  row("of which Wasm", sum(sizes.filter(([name]) => name.endsWith(".wasm")).map(([, bytes]) => bytes)) / 1000, 450, "KB");
  row("of which HTML and CSS", sum(sizes.filter(([name]) => /\.(html|css)$/.test(name)).map(([, bytes]) => bytes)) / 1000, 60, "KB");
}

function size(name) {
  const bytes = readFileSync(new URL(`../../dist/${name}`, import.meta.url));
  const packed = /\.woff2$/.test(name) ? bytes : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return [name, packed.length];
}

// From the navigation to the first output of the worker.
async function ready() {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const page = await chromium.visit();
    await rendered(page);
    times.push(await page.evaluate(() => performance.now()));
    await page.context().close();
  }
  row("engine ready, median of 5", median(times), 700, "ms");
}

// What it takes longer to open the link to a whole chart that `helm create` made than to open the page. In turns, for
// the machine has its moods.
async function shared() {
  const { name, files } = samples.find((sample) => sample.name === "chart-dev");
  const whole = link(Object.fromEntries(files.map((path) => [path, read(`static/samples/${name}/${path}`)])));
  const times = { own: [], link: [] };
  for (let round = 0; round < 15; round += 1) {
    for (const [kind, fragment] of [["own", ""], ["link", whole]]) {
      const page = await chromium.visit(fragment);
      await rendered(page);
      times[kind].push(await page.evaluate(() => performance.now()));
      await page.context().close();
    }
  }
  row("a shared `helm create` chart over the page's own start, medians of 15", median(times.link) - median(times.own), 30, "ms");
}

// Presses a key as long as a finger does, and waits until the output is another; over and over.
async function keystrokes(name, place, line, most, { visit } = chromium) {
  const page = await visit(place.startsWith("#") ? place : "");
  if (place.endsWith(".tgz")) {
    await page.getByLabel("Chart archive or YAML files").setInputFiles(place);
    await page.getByText(/^Opened /).first().waitFor();
  }
  await page.waitForFunction(() => document.querySelector("[data-progress]")?.textContent.includes("ms"), null, { timeout: 30000 });
  await page.evaluate(watch);
  const editor = values(page);
  if (line) {
    await editor.locator(".cm-line", { hasText: line }).first().click();
    await page.keyboard.press("End");
  } else {
    await editor.focus();
    await page.keyboard.press("Control+Home");
  }
  for (let key = 0; key < KEYS; key += 1) {
    const before = await page.evaluate(() => times.length);
    await page.keyboard.press(key % 2 === 0 ? "1" : "Backspace", { delay: 50 });
    await page.waitForFunction((count) => times.length > count, before, { timeout: 10000 });
    await page.waitForTimeout(30);
  }
  const times = await page.evaluate(() => globalThis.times);
  row(`keystroke to output, p95 of ${KEYS}: ${name}`, quantile(times, 0.95), most, "ms");
  await page.context().close();
}

// In the page: from each key to the next rendering that is drawn.
function watch() {
  globalThis.times = [];
  let pressed = null;
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  const seen = () => {
    if (pressed !== null) {
      times.push(performance.now() - pressed);
      pressed = null;
    }
  };
  new MutationObserver(seen).observe(document.querySelector("[data-pane=output] [data-output]"), { characterData: true, childList: true, subtree: true });
}

// Memory of the tab's process and of its worker, after some edits and after a thousand more.
async function memory() {
  const page = await chromium.visit();
  await rendered(page);
  const editor = values(page);
  await editor.locator(".cm-line", { hasText: "replicaCount: 3" }).click();
  await page.keyboard.press("End");
  const edit = async (count) => {
    for (let done = 0; done < count; done += 1) {
      await page.keyboard.press(done % 2 === 0 ? "1" : "Backspace");
    }
    await page.waitForTimeout(300);
  };
  await edit(200);
  const before = await used(page);
  const [heap, nodes] = await held(page);
  await edit(EDITS);
  const after = await used(page);
  const [heapAfter, nodesAfter] = await held(page);
  row(`memory after ${EDITS.toLocaleString("en")} edits more, over ${before.toFixed(1)} MB before`, after - before, 5, "MB");
  row("of which the page's JavaScript", heapAfter - heap, 1, "MB");
  row("nodes of the document more", nodesAfter - nodes, 50, "");
}

// What the processes of tabs hold in memory, after their garbage is gone.
async function used(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await page.waitForTimeout(500);
  const system = await chromium.browser.newBrowserCDPSession();
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  const resident = ({ id }) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1000;
  return sum(processInfo.filter(({ type }) => type === "renderer").map(resident));
}

// What the page's JavaScript holds, in MB, and the nodes that there are, garbage aside.
async function held(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes } = await session.send("Memory.getDOMCounters");
  return [usedSize / 1e6, nodes];
}

const rendered = (page) => page.waitForFunction(() => document.querySelector("[data-progress]")?.textContent.includes("ms"));

// A chart given, or one as large as kube-prometheus-stack: eighty templates, five thousand lines of output.
function large() {
  const [given] = process.argv.slice(2);
  if (given) {
    return [given.replace(/^.*\//, ""), given, ""];
  }
  const many = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  const helpers = '{{- define "big.labels" -}}\napp: {{ .Release.Name }}\nchart: {{ .Chart.Name }}-{{ .Chart.Version }}\nteam: {{ .Values.team | quote }}\n{{- end }}\n';
  const template = (at) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-${at}\n  labels:\n    {{- include "big.labels" . | nindent 4 }}\ndata:\n{{- range $key, $value := .Values.parts.part${at} }}\n  {{ $key }}: {{ $value | toString | quote }}\n{{- end }}\n`;
  const part = (at) => `  part${at}:\n${many(50, (key) => `    key${key}: value ${at} ${key}\n`).join("")}`;
  const files = {
    "Chart.yaml": "apiVersion: v2\nname: big\nversion: 0.1.0\n",
    "templates/_helpers.tpl": helpers,
    "values.yaml": `team: 1\nparts:\n${many(80, part).join("")}`,
    ...Object.fromEntries(many(80, (at) => [`templates/part-${at}.yaml`, template(at)])),
  };
  return ["80 templates, 5,000 lines", link(files), "team: 1"];
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.ceil(numbers.length * share) - 1)];
const median = (numbers) => quantile(numbers, 0.5);

await firstLoad();
await ready();
await shared();
await keystrokes("default chart", "", "replicaCount: 3", 16);
const hasty = await start([AT_ONCE]);
await keystrokes("the same, where Chromium draws the letter no sooner than the output", "", "replicaCount: 3", 16, hasty);
await hasty.close();
await keystrokes(...large(), 150);
await memory();

const width = (column) => Math.max(...rows.map((each) => each[column].length));
for (const each of rows) {
  console.log(`${each.what.padEnd(width("what"))}  ${each.got.padStart(width("got"))}  of ${each.most.padStart(width("most"))}${each.over ? "  over" : ""}`);
}
await chromium.close();
