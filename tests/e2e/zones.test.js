// The database of time zones, which the page fetches when a template asks for a zone.
import assert from "node:assert/strict";
import { expectComplaints, inChromium, test } from "./browser.js";
import { link, outputHas, tiny, unfoldProblems } from "./chartroom.js";

// As the real Helm prints it.
const summer = 'a: {{ date_in_zone "15:04 MST" (toDate "2006-01-02" "2024-07-01") "America/New_York" }}\n';
const printed = "a: 20:00 EDT";

inChromium("time zones", (chromium) => {
  test("are fetched when a template asks for one, and the output is Helm's", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    const files = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(files.filter((name) => name.includes("/zones/")), []);
    await outputHas(await chromium.visit(link(tiny(summer))), printed);
  });

  test("that can't be fetched are said to be missing", async () => {
    const page = await chromium.visit("", { serviceWorkers: "block" });
    expectComplaints(page);
    await page.context().route("**/zones/**", (route) => route.fulfill({ status: 404 }));
    await page.goto(chromium.url + link(tiny(summer)));
    await page.reload();
    await outputHas(page, "a: 00:00 UTC");
    await unfoldProblems(page);
    await page.locator("[data-unchecked]", { hasText: "The time zones can't be fetched" }).waitFor();
  });
});
