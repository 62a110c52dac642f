// Charts with templates of the Jinja dialect: what renders them is fetched when there is one, and not before.
import assert from "node:assert/strict";
import { expectComplaints, inChromium, test } from "./browser.js";
import { link, outputHas, problems, rewrite, template, tiny, unfoldProblems } from "./chartroom.js";

const jinja = (text) => ({ ...tiny("kind: Plain\n", { "values.yaml": "count: 3\n" }), "templates/b.yaml.j2": text });

inChromium("a template of the Jinja dialect", (chromium) => {
  async function opened(files) {
    const page = await chromium.visit("");
    const fetched = [];
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto(page.url().replace(/#.*/, "") + link(files));
    await page.reload();
    return { page, fetched, engine: () => fetched.filter((url) => /\/jinja/.test(url)) };
  }

  test("is rendered beside Helm's", async () => {
    const { page, engine } = await opened(jinja("count: {{ Values.count * 2 }}\nname: {{ Release.Name | upper | quote }}\n"));
    await outputHas(page, "kind: Plain\n");
    await outputHas(page, 'count: 6\nname: "WEB"\n');
    assert.equal(new Set(engine()).size, 2, engine().join());
  });

  test("has a note that Helm knows nothing of it", async () => {
    const { page } = await opened(jinja("a: 1\n"));
    await outputHas(page, "a: 1\n");
    await unfoldProblems(page);
    await problems(page).filter({ hasText: "Helm knows nothing of Jinja" }).waitFor({ timeout: 5000 });
  });

  test("is the only reason to fetch what renders it", async () => {
    const { page, engine } = await opened(tiny("kind: Plain\n"));
    await outputHas(page, "kind: Plain\n");
    await rewrite(template(page), "kind: Other\n");
    await outputHas(page, "kind: Other\n");
    assert.deepEqual(engine(), []);
  });

  const endless = {
    "loops in loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a file that includes itself": '{% include "b.yaml.j2" %}',
    "a text that doubles": "{% set ns = namespace(x='01234567') %}{% for i in range(90) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
  };
  for (const [name, text] of Object.entries(endless)) {
    test(`${name} ends with an error, and the page stays usable`, async () => {
      const { page } = await opened(jinja(text));
      await page.locator("footer[data-errors]:not([data-errors='0'])").waitFor({ timeout: 15000 });
      await rewrite(template(page), "kind: Other\n");
      assert.equal(await template(page).textContent(), "kind: Other");
    });
  }

  test("that nothing can render, because the network is gone, is said, and the page stays usable", async () => {
    const page = await chromium.visit("", { serviceWorkers: "block" });
    expectComplaints(page);
    await page.context().route("**/jinja*", (route) => route.abort());
    await page.goto(page.url().replace(/#.*/, "") + link(jinja("a: 1\n")));
    await page.reload();
    await page.locator("footer[data-errors]:not([data-errors='0'])").waitFor({ timeout: 15000 });
    await unfoldProblems(page);
    await problems(page).filter({ hasText: "could not be fetched" }).waitFor();
    await rewrite(template(page), "kind: Other\n");
    assert.equal(await template(page).textContent(), "kind: Other");
  });

  test("that is wrong is told of with its place", async () => {
    const { page } = await opened(jinja("a: 1\nb: {{ Values.no.where }}\n"));
    await page.locator("footer[data-errors]:not([data-errors='0'])").waitFor({ timeout: 15000 });
    await unfoldProblems(page);
    assert.match(await problems(page).first().textContent(), /undefined value/);
    assert.match(await problems(page).first().textContent(), /b\.yaml\.j2:2/);
  });
});
