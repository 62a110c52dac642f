// What is typed before the engine is there: kept, with the cursor and the focus, however long the engine takes.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { eventually, link, outputHas, template, tiny, values } from "./chartroom.js";

inChromium("typing before the engine is there", (chromium) => {
  // Opens the page, and keeps its Wasm back until `go` is called.
  async function opened(fragment = "") {
    const context = await chromium.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    let go;
    const released = new Promise((release) => {
      go = release;
    });
    await page.route("**/*_bg*.wasm", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(chromium.url + fragment, { waitUntil: "domcontentloaded" });
    const start = async () => {
      go();
      await page.waitForFunction(() => document.querySelector("[data-first]") === null);
    };
    return { page, start, close: () => context.close() };
  }

  const text = (editor) => editor.evaluate((content) => [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));

  test("the text, the cursor and the focus go over to the engine's editors", async () => {
    const { page, start, close } = await opened();
    await values(page).locator(".cm-line", { hasText: "replicaCount: 3" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("5");
    await start();
    await outputHas(page, "replicas: 5");
    await eventually(page, () => document.activeElement.getAttribute("aria-label") === "values.yaml");
    await page.keyboard.type(" # five");
    await eventually(page, () => [...document.querySelectorAll(".cm-line")].some((line) => line.textContent === "replicaCount: 5 # five"));
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await outputHas(page, "replicas: 3");
    await close();
  });

  test("a template that was written in is kept, too, and what is beside the editors sleeps", async () => {
    const { page, start, close } = await opened();
    await template(page).locator(".cm-line", { hasText: "kind: StatefulSet" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("# typed early");
    assert.equal(await page.locator("[data-first] [inert]").count() > 0, true);
    await start();
    await outputHas(page, "# typed early");
    assert.match(await text(template(page)), /kind: StatefulSet\n# typed early/);
    await close();
  });

  test("who comes with a link gets its chart, and nothing to type in before", async () => {
    const { page, start, close } = await opened(link(tiny("a: 1\n")));
    assert.equal(await page.locator(".cm-editor").count(), 0);
    await start();
    await outputHas(page, "a: 1");
    await close();
  });
});
