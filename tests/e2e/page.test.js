// What anybody does first: look, type, try another chart, name the release.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { expected, field, link, open, outputHas, outputIs, outputLacks, samples, template, tiny, typeAfter, values } from "./chartroom.js";

inChromium("the page", (chromium) => {
  test("opens on the default chart: values, a template and what Helm makes of them", async () => {
    const page = await chromium.visit();
    await outputIs(page, expected("web"));
    assert.match(await values(page).textContent(), /replicaCount: 3/);
    assert.match(await template(page).textContent(), /\.Values\.replicaCount/);
    await page.getByText("Nothing leaves this page").waitFor();
    assert.equal(await page.title(), "Chartroom: a Helm chart, opened");
  });

  test("shows every document under its kind and name", async () => {
    const page = await chromium.visit();
    const headings = page.getByRole("region", { name: "Output" }).getByRole("heading", { level: 3 });
    await headings.first().waitFor();
    assert.deepEqual(await headings.allTextContents(), ["Service web", "StatefulSet web"]);
  });

  test("renders while one types a value", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    await typeAfter(values(page), "replicaCount", "0");
    await outputHas(page, "replicas: 30\n");
    await values(page).press("Control+z");
    await outputIs(page, expected("web"));
  });

  test("loses no key of a fast typist", async () => {
    const page = await chromium.visit();
    const words = "the quick brown fox jumps over the lazy dog ".repeat(4).trim();
    await typeAfter(values(page), "host:", ` # ${words}`);
    assert.ok((await values(page).textContent()).includes(words));
    await outputIs(page, expected("web"));
  });

  test("renders while one edits any template", async () => {
    const page = await chromium.visit();
    await open(page, "templates/service.yaml");
    await typeAfter(template(page), "targetPort", "\nnodePort: {{ add 30000 .Values.service.port }}");
    await outputHas(page, "nodePort: 30080\n");
  });

  test("a helper that changes, changes every document", async () => {
    const page = await chromium.visit();
    await open(page, "templates/_helpers.tpl");
    await typeAfter(template(page), "managed-by:", "\nteam: blue");
    await outputHas(page, "    team: blue\n");
    await outputHas(page, "        team: blue\n");
  });

  test("opens every file of a chart", async () => {
    const page = await chromium.visit();
    for (const path of samples[0].files.filter((file) => file !== "values.yaml")) {
      await open(page, path);
    }
  });

  test("takes the release's name, the namespace and the version of Kubernetes", async () => {
    const shows = "name: {{ .Release.Name }}\nnamespace: {{ .Release.Namespace }}\nkube: {{ .Capabilities.KubeVersion.Version }}\n";
    const page = await chromium.visit(link(tiny(shows)));
    await outputHas(page, "name: web\nnamespace: default\n");
    await field(page, "Release name").fill("other");
    await outputHas(page, "name: other\n");
    await field(page, "Namespace").fill("prod");
    await outputHas(page, "namespace: prod\n");
    await field(page, "Kubernetes version").fill("1.30.2");
    await outputHas(page, "kube: v1.30.2\n");
    await field(page, "Kubernetes version").fill("");
    await outputLacks(page, "1.30.2");
  });

  for (const { name } of samples) {
    test(`renders the sample ${name} as Helm does, byte for byte`, async () => {
      const page = await chromium.visit();
      const chooser = page.getByRole("combobox", { name: "Chart", exact: true });
      await chooser.locator(`option[value="${name}"]`).waitFor({ state: "attached" });
      await chooser.selectOption(name);
      await outputIs(page, expected(name));
    });
  }

  for (const width of [1440, 1024, 760, 380, 320]) {
    test(`fits a screen ${width} pixels wide`, async () => {
      const page = await chromium.visit("", { viewport: { width, height: 800 } });
      await outputHas(page, "replicas: 3");
      const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0);
    });
  }
});
