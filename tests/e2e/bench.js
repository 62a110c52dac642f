// How long the page's worker takes to render a chart anew at each keystroke, by its own clock; and the linter after it,
// from the order to the answer.
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
    globalThis.checks = [];
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        this.addEventListener("message", ({ data }) => {
          const { Analysis: [, analysis] = [], Checked: checked } = data ? JSON.parse(data) : {};
          if (analysis) {
            globalThis.micros.push(analysis.micros);
          } else if (checked) {
            globalThis.checks.push((performance.now() - this.asked) * 1000);
          }
        });
      }

      postMessage(message, ...others) {
        if (message === '"Check"') {
          this.asked = performance.now();
        }
        super.postMessage(message, ...others);
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
    const [before, checked] = await page.evaluate(() => [globalThis.micros.length, globalThis.checks.length]);
    await values(page).press(turn === 0 ? "#" : "x");
    await answers(page, before + 1);
    // The linter is asked when nobody types.
    await page.waitForFunction((wanted) => globalThis.checks.length >= wanted, checked + 1, { timeout: 60_000 });
  }
  const [micros, checks] = await page.evaluate(() => [globalThis.micros, globalThis.checks]);
  const name = basename(chart).padEnd(40);
  console.log(`${name} rendering: ${told(micros)}, first ${milliseconds(first)} ms`);
  console.log(`${name} linter:    ${told(checks)}`);
}
await chromium.close();

function answers(page, count) {
  return page.waitForFunction((wanted) => globalThis.micros.length >= wanted, count, { timeout: 60_000 });
}

// Of the second half: before, the browser still optimizes the Wasm.
function told(all) {
  const times = all.slice(-KEYSTROKES / 2).sort((a, b) => a - b);
  const at = (part) => milliseconds(times[Math.floor(times.length * part)]);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`;
}

function milliseconds(micros) {
  return (micros / 1000).toFixed(2);
}
