// How long the page's worker takes to render a chart anew at each keystroke, by its own clock.
// usage: bench.js CHART…
import { basename } from "node:path";
import { start } from "./browser.js";
import { values } from "./chartroom.js";

const KEYSTROKES = 60;

const chromium = await start();
for (const chart of process.argv.slice(2)) {
  const page = await chromium.visit();
  // Listens beside the page to what its worker answers.
  await page.addInitScript(() => {
    globalThis.micros = [];
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        this.addEventListener("message", ({ data }) => {
          const [, analysis] = (data && JSON.parse(data).Analysis) ?? [];
          if (analysis) {
            globalThis.micros.push(analysis.micros);
          }
        });
      }
    };
  });
  await page.reload();
  await answers(page, 1);
  const [dialog] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Open a chart's folder …" }),
  ]);
  await dialog.setFiles(chart);
  await answers(page, 2);
  // The first renderings are slower: the browser still optimizes the Wasm.
  const first = (await page.evaluate(() => globalThis.micros)).at(-1);
  await values(page).focus();
  await values(page).press("Control+Home");
  for (let turn = 0; turn < KEYSTROKES; turn += 1) {
    const before = await page.evaluate(() => globalThis.micros.length);
    await values(page).press(turn === 0 ? "#" : "x");
    await answers(page, before + 1);
  }
  const times = (await page.evaluate(() => globalThis.micros)).slice(-KEYSTROKES / 2).sort((a, b) => a - b);
  const at = (part) => (times[Math.floor(times.length * part)] / 1000).toFixed(2);
  console.log(`${basename(chart).padEnd(40)} median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, first ${(first / 1000).toFixed(2)} ms`);
}
await chromium.close();

function answers(page, count) {
  return page.waitForFunction((wanted) => globalThis.micros.length >= wanted, count, { timeout: 60_000 });
}
