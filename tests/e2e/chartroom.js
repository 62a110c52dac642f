// The page as its user has it: editors by their names, the output, the problems.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deflateRawSync, gzipSync } from "node:zlib";

const repository = new URL("../../", import.meta.url);
export const read = (path) => readFileSync(new URL(path, repository), "utf8");

// What the real Helm prints for a sample.
export const expected = (name) => read(`tests/charts/expected/${name}.yaml`);
export const samples = JSON.parse(read("static/samples/index.json"));

export const values = (page) => page.getByRole("textbox", { name: "values.yaml" });
export const template = (page) => page.getByRole("region", { name: "Template" }).getByRole("textbox");
export const output = (page) => page.locator("[data-output]");
export const field = (page, name) => page.getByRole("group", { name: "Settings" }).getByRole("textbox", { name }).or(page.getByRole("combobox", { name }));
export const problems = (page) => page.getByRole("group", { name: "List of problems" }).getByRole("listitem");

// Opens a file of the chart in the lower editor, by its tab or its row in the rail.
export async function open(page, path) {
  const files = page.getByRole("tablist", { name: "Files" }).or(page.getByRole("tree", { name: "Files" }));
  await files.getByTitle(path, { exact: true }).click();
  await page.getByRole("textbox", { name: path }).waitFor();
}

// With the hints, which are folded by themselves.
export async function unfoldProblems(page) {
  const line = page.locator("[data-problems-line]");
  if ((await line.getAttribute("aria-expanded")) !== "true") {
    await line.click();
  }
  const hints = page.locator("[data-hints]:not([open]) > summary");
  // The linter comes after the output.
  await page.locator("[data-hints]").waitFor({ timeout: 1000 }).catch(() => {});
  if (await hints.count()) {
    await hints.click();
  }
}

// Runs the command of these words.
export async function command(page, words) {
  await page.keyboard.press("F1");
  await page.getByRole("combobox", { name: "Commands" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(words);
  await page.locator("[role=option]:only-child").waitFor();
  await page.keyboard.press("Enter");
}

// Puts a text in place of what an editor holds, as pasting does.
export async function rewrite(editor, text) {
  await editor.focus();
  await editor.press("Control+a");
  await editor.evaluate((content, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

// Types behind the line that holds these words.
export async function typeAfter(editor, words, keys) {
  await editor.locator(".cm-line", { hasText: words }).first().click();
  await editor.press("End");
  await editor.pressSequentially(keys);
}

// Waits until the output holds these words, or doesn't any more.
export const outputHas = (page, words) => waitForOutput(page, words, true);
export const outputLacks = (page, words) => waitForOutput(page, words, false);

async function waitForOutput(page, words, wanted) {
  const holds = ([text, want]) => (document.querySelector("[data-output]")?.textContent.includes(text) ?? false) === want;
  await page.waitForFunction(holds, [words, wanted], { timeout: 5000 }).catch(() => {});
  const text = await output(page).textContent();
  assert.equal(text.includes(words), wanted, `the output ${wanted ? "lacks" : "still has"} ${JSON.stringify(words)}:\n${text}`);
}

// Waits until what the page says in its own time is so: a predicate that answers with a promise.
export async function eventually(page, predicate, argument, timeout = 8000) {
  const end = Date.now() + timeout;
  while (!(await page.evaluate(predicate, argument))) {
    assert.ok(Date.now() < end, `never so: ${predicate}`);
    await page.waitForTimeout(50);
  }
}

// Waits until nothing in the page has changed for a quarter of a second.
export const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const quiet = () => setTimeout(() => (observer.disconnect(), done()), 250);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = quiet();
        });
        let timer = quiet();
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
  );

// Waits until the output is this text, to the byte.
export async function outputIs(page, text) {
  const same = (want) => document.querySelector("[data-output]")?.textContent === want;
  await page.waitForFunction(same, text, { timeout: 5000 }).catch(() => {});
  assert.equal(await output(page).textContent(), text);
}

// A link to a chart, of the first version: the length of the deflated JSON, its checksum, and itself.
export function link(files, settings = {}) {
  const deflated = deflateRawSync(JSON.stringify({ release: "web", namespace: "default", ...settings, files }));
  const header = Buffer.alloc(8);
  header.writeUInt32BE(deflated.length);
  header.writeUInt32BE(checksum(deflated), 4);
  return `#1.f.${Buffer.concat([header, deflated]).toString("base64url")}`;
}

// The CRC-32 that ends a gzip file.
const checksum = (bytes) => gzipSync(bytes).subarray(-8).readUInt32LE();

// A chart of one template.
export const tiny = (text, more = {}) => ({
  "Chart.yaml": "apiVersion: v2\nname: tiny\nversion: 0.1.0\nicon: https://example.com/a.svg\n",
  "templates/a.yaml": text,
  "values.yaml": "",
  ...more,
});
