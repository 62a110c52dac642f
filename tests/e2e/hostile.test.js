// Charts that are broken, endless or huge. The page says what is wrong, keeps the last good output, and stays usable.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { expected, field, link, outputHas, outputIs, problems, rewrite, template, tiny, unfoldProblems, values } from "./chartroom.js";

inChromium("a bad chart", (chromium) => {
  // A page with a good chart on it, whose template is open.
  async function good() {
    const page = await chromium.visit(link(tiny("count: {{ .Values.count }}\n", { "values.yaml": "count: 1\n" })));
    await outputHas(page, "count: 1\n");
    return page;
  }
  const errors = (page) => page.locator(`footer[data-errors="1"]`);
  const old = (page) => page.locator("[data-old]");

  async function showsError(page, words, place) {
    await errors(page).waitFor({ timeout: 5000 });
    await unfoldProblems(page);
    const row = problems(page).first();
    assert.match(await row.textContent(), words);
    if (place) {
      assert.match(await row.textContent(), place);
    }
  }

  const endless = {
    "a loop without end": "{{ range until 100000000 }}x{{ end }}",
    "loops in loops": "{{ range until 100000 }}{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}{{ end }}",
    "a helper that calls itself": '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    "two templates that call each other": '{{ define "a" }}{{ template "b" . }}{{ end }}{{ define "b" }}{{ template "a" . }}{{ end }}{{ template "a" . }}',
    "a text that doubles": '{{ $x := "xxxxxxxx" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}{{ $x }}',
    "a text that feeds itself to tpl": '{{ $x := "{{ tpl .x . }}" }}{{ tpl $x (dict "x" $x "Template" .Template) }}',
    "a deep nest": `{{ ${"(".repeat(20000)}1${")".repeat(20000)} }}`,
  };
  for (const [name, text] of Object.entries(endless)) {
    test(`${name} leaves the page usable: a message within three seconds, and typing works at once`, async () => {
      const page = await good();
      const start = Date.now();
      await rewrite(template(page), `${text}\n`);
      await field(page, "Release name").fill("typed-meanwhile", { timeout: 500 });
      await errors(page).waitFor({ timeout: 3000 - (Date.now() - start) });
      await rewrite(template(page), "count: {{ .Values.count }}{{ .Release.Name }}\n");
      await outputHas(page, "count: 1typed-meanwhile\n");
    });
  }

  test("values that are no YAML: Helm's words, the line, and the output from before", async () => {
    const page = await good();
    await rewrite(values(page), "count: 1\nmore: [\n");
    await showsError(page, /yaml/, /values\.yaml:\d+/);
    await old(page).waitFor();
    await outputHas(page, "count: 1\n");
    await rewrite(values(page), "count: 2\n");
    await outputHas(page, "count: 2\n");
    assert.equal(await old(page).count(), 0);
  });

  test("a template that does not parse", async () => {
    const page = await good();
    await rewrite(template(page), "count: 1\nmore: {{ if }}\n");
    await showsError(page, /missing value for if/, /a\.yaml:2/);
    await page.getByText("as it was before the error in its template").waitFor();
    await outputHas(page, "\u27e6this template can't be read: line 2\u27e7");
    await problems(page).first().getByRole("button", { name: "output line 3" }).click();
    await page.locator(".why-headline", { hasText: "is printed by a.yaml:2" }).waitFor();
    await outputHas(page, "count: 1\n");
  });

  test("a template that fails", async () => {
    const page = await good();
    await rewrite(template(page), "count: 1\nmore: {{ fail \"no port\" }}\n");
    await showsError(page, /no port/, /a\.yaml:2/);
    await page.getByText("Helm stops here").waitFor();
    await outputHas(page, "count: 1\nmore: \u27e6error at fail no port\u27e7");
    assert.equal(await page.getByRole("button", { name: "Copy", exact: true }).isDisabled(), true);
  });

  test("other documents stay live beside a broken one", async () => {
    const files = { "templates/b.yaml": "kind: ConfigMap\ncount: {{ .Values.count }}\n", "values.yaml": "count: 1\n" };
    const page = await chromium.visit(link(tiny("kind: Secret\na: 1\n", files)));
    await outputHas(page, "count: 1\n");
    await rewrite(template(page), "kind: Secret\na: {{ nosuch }}\n");
    await page.getByText("as it was before the error in its template").waitFor();
    await rewrite(values(page), "count: 7\n");
    await outputHas(page, "count: 7\n");
    await outputHas(page, "kind: Secret\na: 1\n");
  });

  test("an output that is no YAML", async () => {
    const page = await good();
    await rewrite(template(page), "count: 1\n  more: 2\n");
    await showsError(page, /mapping values are not allowed/, /a\.yaml/);
  });

  test("a chart without Chart.yaml", async () => {
    const { "Chart.yaml": _, ...files } = tiny("a: 1\n");
    const page = await chromium.visit(link(files));
    await showsError(page, /Chart\.yaml file is missing/);
  });

  test("a chart of nothing", async () => {
    const page = await chromium.visit(link({}));
    await showsError(page, /Chart\.yaml file is missing/);
  });

  test("a binary file beside the templates", async () => {
    const page = await chromium.visit(link(tiny("a: 1\n", { "files/x": { base64: "AP8=" } })));
    await page.getByRole("tablist", { name: "Files" }).getByTitle("files/x", { exact: true }).click();
    await page.getByText("binary file").waitFor();
    await outputHas(page, "a: 1\n");
  });

  test("five megabytes of values", async () => {
    const page = await good();
    await rewrite(values(page), `count: 3\nlist:\n${"  - item: some text of some length\n".repeat(150_000)}`);
    await page.waitForFunction(() => document.querySelector("[data-output]").textContent === "---\n# Source: tiny/templates/a.yaml\ncount: 3\n"
      || document.querySelector("footer").dataset.errors === "1", null, { timeout: 15_000 });
    await rewrite(values(page), "count: 4\n");
    await outputHas(page, "count: 4\n");
  });

  test("ten thousand documents", async () => {
    const page = await good();
    await rewrite(template(page), "{{ range until 10000 }}\n---\ncount: {{ . }}\n{{ end }}");
    await page.waitForFunction(() => document.querySelector("[data-output]").textContent.includes("count: 9999\n")
      || document.querySelector("footer").dataset.errors === "1", null, { timeout: 15_000 });
    await rewrite(template(page), "count: 5\n");
    await outputHas(page, "count: 5\n");
  });

  test("words that look like markup stay words", async () => {
    const page = await chromium.visit(link(tiny('a: "<img src=x onerror=alert(1)><script>alert(2)</script>"\n')));
    await outputIs(page, '---\n# Source: tiny/templates/a.yaml\na: "<img src=x onerror=alert(1)><script>alert(2)</script>"\n');
    assert.equal(await page.locator("main img, main script").count(), 0);
  });

  test("another sample is as good as ever afterwards", async () => {
    const page = await good();
    await rewrite(template(page), endless["a loop without end"]);
    await errors(page).waitFor();
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("web");
    await outputIs(page, expected("web"));
  });
});
