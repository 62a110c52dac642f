// What the page knows beyond the output is a Wasm of its own, which comes after the first output.
import assert from "node:assert/strict";
import { expectComplaints, inChromium, test } from "./browser.js";
import { outputHas, tiny, link, typeAfter, unfoldProblems, values } from "./chartroom.js";

const badPort = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 99999}]}\nsize: {{ .Values.size }}\n";

inChromium("what comes after the first output", (chromium) => {
  async function opened(handle) {
    const page = await chromium.visit("", { serviceWorkers: "block" });
    expectComplaints(page);
    await page.context().route("**/insight-*.wasm", handle);
    await page.goto(chromium.url + link(tiny(badPort, { "values.yaml": "size: 1\n" })));
    await page.reload();
    await outputHas(page, "size: 1");
    return page;
  }

  test("delays no rendering while it is fetched, and then there is all of it", async () => {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    const page = await opened(async (route) => {
      await released;
      await route.continue();
    });
    await typeAfter(values(page), "size: 1", "2");
    await outputHas(page, "size: 12");
    await typeAfter(values(page), "size: 12", "3");
    await outputHas(page, "size: 123");
    assert.equal(await page.locator("[data-problem]").count(), 0);
    release();
    await unfoldProblems(page);
    await page.locator("[data-problem]").first().waitFor();
  });

  test("is said to be missing where it can't be fetched, and tried again at the next change", async () => {
    let isBroken = true;
    const page = await opened((route) => (isBroken ? route.abort() : route.continue()));
    await unfoldProblems(page);
    await page.locator("[data-unchecked]", { hasText: "The linter could not be fetched" }).waitFor();
    isBroken = false;
    await typeAfter(values(page), "size: 1", "2");
    await outputHas(page, "size: 12");
    await page.locator("[data-problem]").first().waitFor();
    await page.locator("[data-unchecked]", { hasText: "The linter could not be fetched" }).waitFor({ state: "detached" });
  });
});
