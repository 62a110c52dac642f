// What everyone can use: axe on each state, by day and by night; no scrolling two ways at 320 pixels.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inChromium, test } from "./browser.js";
import { outputHas, settled, values } from "./chartroom.js";
import { states } from "./states.js";

const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

inChromium("access", (chromium) => {
  for (const [name, [fragment, reach]] of Object.entries(states)) {
    test(`axe finds nothing: ${name}`, async () => {
      for (const colorScheme of ["light", "dark"]) {
        // What fades in would be looked at while it is pale.
        const page = await chromium.visit(fragment, { colorScheme, reducedMotion: "reduce" });
        await values(page).waitFor();
        await reach(page);
        await settled(page);
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
