// The schemas of Kubernetes, which the page fetches once a chart shows.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { link, outputHas, template, tiny, typeAfter, unfoldProblems } from "./chartroom.js";

const map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndta:\n  a: b\n";

inChromium("the schemas", (chromium) => {
  test("are fetched after the first output, and find a field that Kubernetes doesn't know", async () => {
    const asked = [];
    // The service worker keeps them, too.
    const page = await chromium.visit(link(tiny(map)), { serviceWorkers: "block" });
    page.context().on("request", (request) => asked.push(request.url()));
    await outputHas(page, "kind: ConfigMap");
    await unfoldProblems(page);
    const row = page.locator('[data-problem="schema-unknown-field"]');
    await row.waitFor();
    assert.match(await row.textContent(), /did you mean data\?/);
    assert.match(await row.getByRole("button").first().textContent(), /^a\.yaml:5$/);
    // Once is enough, whatever is typed.
    await typeAfter(template(page), "name: a", "\nlabels: {a: 1}");
    await page.locator('[data-problem="non-string-metadata-value"]').waitFor();
    assert.equal(await page.locator("#problems-list > ul > li").count(), 2);
    assert.ok(asked.filter((url) => url.includes("/schemas/")).length <= 1, asked.join("\n"));
  });

  test("that can't be fetched are said to be missing", async () => {
    const page = await chromium.visit("#", { serviceWorkers: "block" });
    await page.context().route("**/schemas/**", (route) => route.fulfill({ status: 200, body: "nothing of the kind" }));
    await page.reload();
    await outputHas(page, "kind: StatefulSet");
    await unfoldProblems(page);
    await page.locator("[data-unchecked]").waitFor();
    assert.match(await page.locator("[data-unchecked]").textContent(), /schemas can't be fetched/);
  });
});
