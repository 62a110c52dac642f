// How long the page's worker takes to render a chart anew at each keystroke, by its own clock; and the linter after it:
// reading the documents and running the rules, by the worker's clock, its first answer from the order to its arrival, and
// the last one, for which the chart is rendered again; and the card that says why a word is there, from the order to the
// answer.
// usage: bench.js CHART…
import { basename } from "node:path";
import { start } from "./browser.js";
import { values } from "./chartroom.js";

const KEYSTROKES = 60;
const CLICKS = 60;

const chromium = await start();
for (const chart of process.argv.slice(2)) {
  const page = await chromium.visit();
  // Listens beside the page to what its worker answers.
  await page.addInitScript(() => {
    globalThis.micros = [];
    globalThis.rules = [];
    globalThis.checks = [];
    globalThis.whole = [];
    globalThis.pieces = [];
    globalThis.cards = [];
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        this.addEventListener("message", ({ data }) => {
          const { Analysis: [, analysis] = [], Checked: checked } = data ? JSON.parse(data) : {};
          if (data?.includes('"Why"') && this.asksWhy) {
            globalThis.cards.push((performance.now() - this.asksWhy) * 1000);
            this.asksWhy = null;
          }
          if (analysis) {
            globalThis.micros.push(analysis.micros);
          } else if (checked && this.isFirst) {
            globalThis.rules.push(checked.micros);
            globalThis.checks.push((performance.now() - this.asked) * 1000);
            this.isFirst = false;
          } else if (data?.startsWith('{"Further"')) {
            globalThis.pieces.push((performance.now() - this.asked) * 1000);
          }
          if (checked && checked.awaited.length === 0) {
            globalThis.whole.push((performance.now() - this.began) * 1000);
          }
        });
      }

      postMessage(message, ...others) {
        if (message === '"Check"' || message === '"Further"') {
          this.asked = performance.now();
        } else if (typeof message === "string" && message.startsWith('{"Job"')) {
          [this.isFirst, this.began] = [true, performance.now()];
        } else if (typeof message === "string" && message.includes('"Why"')) {
          this.asksWhy = performance.now();
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
    const [before, checked] = await page.evaluate(() => [globalThis.micros.length, globalThis.whole.length]);
    await values(page).press(turn === 0 ? "#" : "x");
    await answers(page, before + 1);
    // The linter is asked when nobody types.
    await page.waitForFunction((wanted) => globalThis.whole.length >= wanted, checked + 1, { timeout: 60_000 });
  }
  const documents = page.locator(".output-scroll .document code");
  const count = await documents.count();
  for (let turn = 0; turn < CLICKS; turn += 1) {
    const before = await page.evaluate(() => globalThis.cards.length);
    await documents.nth(Math.floor((count * turn) / CLICKS)).click({ position: { x: 20, y: 8 } });
    await page.waitForFunction((wanted) => globalThis.cards.length > wanted, before, { timeout: 10_000 });
  }
  const [micros, cards] = await page.evaluate(() => [globalThis.micros, globalThis.cards]);
  const lint = await page.evaluate(() => ["rules", "checks", "pieces", "whole"].map((what) => globalThis[what]));
  const [rules, checks, pieces, whole] = lint;
  const name = basename(chart).padEnd(40);
  console.log(`${name} rendering: ${told(micros)}, first ${milliseconds(first)} ms`);
  console.log(`${name} rules:     ${told(rules)}`);
  console.log(`${name} findings:  ${told(checks)}, from the order to the answer`);
  console.log(`${name} a piece:   ${told(pieces)}, of what takes longer`);
  console.log(`${name} the rest:  ${told(whole)}, from the keystroke to the last finding, with the pause of the typing`);
  console.log(`${name} why card:  ${told(cards)}`);
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
