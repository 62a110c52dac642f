// What everyone can use: axe on each state, by day and by night; no scrolling two ways at 320 pixels.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { inChromium } from "./browser.js";
import { link, open, outputHas, rewrite, template, tiny, unfoldProblems, values } from "./chartroom.js";

const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

// Each state: where one goes, and what one does there.
const states = {
  "the default chart": ["", (page) => outputHas(page, "replicas: 3")],
  "the problems unfolded": ["", (page) => unfoldProblems(page)],
  "an error": ["", async (page) => {
    await rewrite(template(page), "a: {{ .Values.nope.x }}\n");
    await page.locator("[data-errors='1']").waitFor();
    await unfoldProblems(page);
  }],
  "layers, one of them wrong": ["", async (page) => {
    await page.getByLabel("Add a layer of values").selectOption("new");
    await page.getByLabel("Add a layer of values").selectOption("--set");
    await page.locator(".layer-text").fill("replicaCount");
    await page.locator(".layer-problem").waitFor();
  }],
  "a chart with a file rail": ["", async (page) => {
    await page.getByLabel("Chart", { exact: true }).selectOption("chart-dev");
    await page.getByRole("tree").waitFor();
  }],
  "more settings": ["", (page) => page.locator(".bar-more summary").click()],
  "the palette": ["", async (page) => {
    await page.keyboard.press("F1");
    await page.getByRole("listbox").waitFor();
  }],
  "the keys": ["", async (page) => {
    await page.keyboard.press("F1");
    await page.keyboard.type("show the keys");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
  }],
  "a name is asked for": ["", async (page) => {
    await page.getByLabel("File", { exact: true }).selectOption("New");
    await page.getByRole("dialog").getByRole("textbox").fill("values.yaml");
  }],
  "completion": ["", async (page) => {
    await open(page, "templates/service.yaml");
    await template(page).press("Control+End");
    await page.keyboard.type("# {{ .Values.");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
  }],
  "presenting": ["?present", (page) => outputHas(page, "replicas: 3")],
  "a link that is cut off": ["#1.f.AAAA", (page) => page.getByRole("complementary", { name: "Message" }).waitFor()],
  "an empty output": [link(tiny("{{ if false }}{{ end }}")), (page) => page.getByText("Helm prints nothing").waitFor()],
};

inChromium("access", (chromium) => {
  for (const [name, [fragment, reach]] of Object.entries(states)) {
    test(`axe finds nothing: ${name}`, async () => {
      for (const colorScheme of ["light", "dark"]) {
        const page = await chromium.visit(fragment, { colorScheme });
        await values(page).waitFor();
        await reach(page);
        // What fades in is looked at when it is there.
        await page.waitForTimeout(200);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
          return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map(({ html }) => `  ${html.slice(0, 200)}`).join("\n")}`);
        });
        assert.deepEqual(found, [], colorScheme);
      }
    });
  }

  for (const name of ["the default chart", "layers, one of them wrong", "a chart with a file rail", "the palette", "the problems unfolded"]) {
    test(`nothing scrolls sideways at 320 pixels but code: ${name}`, async () => {
      const page = await chromium.visit("", { viewport: { width: 320, height: 640 }, hasTouch: true });
      await values(page).waitFor();
      await states[name][1](page);
      const wide = await page.evaluate(() => {
        const scrolls = (element) => element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX);
        const isCode = (element) => element.closest(".cm-editor, .output-scroll, .tabs, pre") !== null;
        const all = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() && scrolls(element) && !isCode(element));
        return [document.documentElement.scrollWidth, ...all.map((element) => `${element.tagName}.${element.className}`)];
      });
      assert.deepEqual(wide, [320]);
    });
  }

  test("the HTML itself carries the default chart and its output, and the engine renders the same", async () => {
    const still = await chromium.visit("", { javaScriptEnabled: false });
    const first = await still.locator("[data-output]").textContent();
    assert.match(await still.locator("[data-file='values.yaml']").textContent(), /replicaCount: 3/);
    assert.ok(await still.locator(".line", { hasText: "replicas: 3" }).isVisible());
    const page = await chromium.visit();
    await page.locator(".cm-content").first().waitFor();
    await page.waitForFunction(() => document.querySelector("[data-progress]")?.textContent.includes("ms"));
    assert.equal(await page.locator("[data-output]").textContent(), first);
  });

  test("nothing shifts while the page loads", async () => {
    const page = await chromium.visit("", {});
    await outputHas(page, "replicas: 3");
    await page.reload();
    await outputHas(page, "replicas: 3");
    await page.waitForTimeout(500);
    const shift = await page.evaluate(() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; })).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 100);
    }));
    assert.ok(shift < 0.01, `layout shift ${shift}`);
  });
});
