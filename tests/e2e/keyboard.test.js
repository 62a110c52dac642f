// The page without a mouse.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { outputHas, values } from "./chartroom.js";

inChromium("the keyboard", (chromium) => {
  const pane = (page) => page.evaluate(() => document.activeElement.closest("[data-pane]")?.dataset.pane);

  test("F6 walks the panes, both ways round", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    const walked = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("F6");
      walked.push(await pane(page));
    }
    assert.deepEqual(walked, ["bar", "values", "template", "output", "problems", "bar"]);
    await page.keyboard.press("Shift+F6");
    assert.equal(await pane(page), "problems");
  });

  test("a value is changed, a problem visited and a link made without a mouse", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("F6");
    await page.keyboard.press("F6");
    assert.equal(await values(page).evaluate((content) => content.contains(document.activeElement)), true);
    await page.keyboard.press("Control+End");
    await page.keyboard.type("replicaCount: 5\n");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+Shift+k");
    await outputHas(page, "replicas: 5\n");
    await page.keyboard.press("F8");
    await page.locator("[data-pane=template] :focus").waitFor();
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => location.hash.startsWith("#1."));
  });

  test("Tab leaves an editor after Escape, and every stop has a name and is seen", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    const stops = new Set();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) {
          return null;
        }
        const box = element.getBoundingClientRect();
        return {
          name: element.ariaLabel || element.labels?.[0]?.textContent || element.textContent.trim(),
          seen: box.width > 0 && box.height > 0,
          key: `${element.tagName} ${element.className} ${element.ariaLabel ?? element.textContent}`.slice(0, 80),
        };
      });
      if (stop === null) {
        continue;
      }
      assert.ok(stop.name && stop.seen, JSON.stringify(stop));
      if (stops.has(stop.key) && stops.size > 5) {
        break;
      }
      stops.add(stop.key);
    }
    assert.ok(stops.size >= 8, [...stops].join("\n"));
  });
});
