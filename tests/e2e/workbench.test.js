// The workbench: layers of values, settings, files, and one history for all of them.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { field, link, open, outputHas, outputLacks, rewrite, template, tiny, typeAfter, values } from "./chartroom.js";

inChromium("the workbench", (chromium) => {
  const add = (page, what) => page.getByLabel("Add a layer of values").selectOption(what);
  const layers = (page) => page.locator("[data-layer]");
  const has = async (locator, text) => {
    await locator.filter({ hasText: text }).waitFor();
  };

  test("a values file goes over the chart's own, --set over both, and each can be switched off", async () => {
    const page = await chromium.visit();
    await add(page, "new");
    const file = page.getByRole("textbox", { name: "../my-values.yaml" });
    await file.focus();
    await page.keyboard.type("replicaCount: 5");
    await outputHas(page, "replicas: 5");
    await add(page, "--set");
    const set = page.getByRole("textbox", { name: "--set" });
    await set.and(page.locator(":focus")).waitFor();
    await page.keyboard.type("replicaCount=7");
    await outputHas(page, "replicas: 7");
    await page.getByRole("checkbox", { name: "Use --set replicaCount=7" }).uncheck();
    await outputHas(page, "replicas: 5");
    await page.getByRole("checkbox", { name: "Use -f ../my-values.yaml" }).uncheck();
    await outputHas(page, "replicas: 3");
    await page.getByRole("button", { name: "values.yaml", exact: true }).click();
    await values(page).waitFor();
  });

  test("layers of one kind change places, and what is wrong with one stands there", async () => {
    const page = await chromium.visit();
    await add(page, "--set");
    await layers(page).first().getByRole("textbox").fill("replicaCount=1");
    await add(page, "--set");
    await layers(page).nth(1).getByRole("textbox").fill("replicaCount=2");
    await outputHas(page, "replicas: 2");
    await page.getByRole("button", { name: "Up --set replicaCount=2" }).click();
    await outputHas(page, "replicas: 1");
    const wrong = layers(page).nth(1).getByRole("textbox");
    await wrong.fill("replicaCount");
    await has(layers(page).nth(1), 'key "replicaCount" has no value');
    assert.equal(await wrong.getAttribute("aria-invalid"), "true");
    await page.getByRole("button", { name: "Remove --set replicaCount", exact: true }).click();
    await outputHas(page, "replicas: 2");
  });

  test("layers and settings travel in a link, and links without them open as before", async () => {
    const page = await chromium.visit();
    await add(page, "new");
    await page.getByRole("textbox", { name: "../my-values.yaml" }).focus();
    await page.keyboard.type("replicaCount: 6");
    await outputHas(page, "replicas: 6");
    await page.locator(".bar-more summary").click();
    await page.getByLabel("Install or upgrade").selectOption("upgrade");
    await field(page, "Revision").fill("4");
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => location.hash.startsWith("#1."));
    const other = await chromium.visit(await page.evaluate(() => location.hash));
    await outputHas(other, "replicas: 6");
    assert.equal(await other.locator(".bar-more summary").textContent(), "upgrade, revision 4");
    const old = await chromium.visit(link(tiny("a: {{ .Release.Revision }} {{ .Release.IsUpgrade }}\n")));
    await outputHas(old, "a: 1 false");
  });

  test("templates see the revision, an upgrade, and further API versions", async () => {
    const chart = tiny('a: {{ .Release.Revision }} {{ .Release.IsUpgrade }} {{ .Capabilities.APIVersions.Has "x.io/v9" }}\n');
    const page = await chromium.visit(link(chart));
    await outputHas(page, "a: 1 false false");
    await page.locator(".bar-more summary").click();
    await page.getByLabel("Install or upgrade").selectOption("upgrade");
    await field(page, "Revision").fill("3");
    await field(page, "Further API versions").fill("x.io/v9");
    await outputHas(page, "a: 3 true true");
  });

  test("undo walks back across files, from whichever editor, and shows where", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await typeAfter(template(page), "kind: StatefulSet", "\n# mine");
    await outputHas(page, "# mine");
    await typeAfter(values(page), "replicaCount", "0");
    await outputHas(page, "replicas: 30");
    await open(page, "templates/service.yaml");
    await template(page).focus();
    await page.keyboard.press("Control+z");
    await outputHas(page, "replicas: 3\n");
    await outputHas(page, "# mine");
    await page.keyboard.press("Control+z");
    await outputLacks(page, "# mine");
    await page.getByRole("textbox", { name: "templates/statefulset.yaml" }).waitFor();
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+y");
    await outputHas(page, "replicas: 30");
    await outputHas(page, "# mine");
  });

  test("typing and undoing at once leaves editor and output of one mind", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await values(page).locator(".cm-line", { hasText: "replicaCount" }).click();
    await page.keyboard.press("End");
    for (let round = 0; round < 6; round += 1) {
      await page.keyboard.type("12");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
    }
    await outputHas(page, "replicas: 3\n");
    assert.equal(await values(page).locator(".cm-line", { hasText: "replicaCount" }).textContent(), "replicaCount: 3");
  });

  test("a file is made, moved, copied and deleted, and all of it undone", async () => {
    const page = await chromium.visit();
    const file = (what) => page.getByLabel("File", { exact: true }).selectOption(what);
    await file("New");
    const name = page.getByRole("dialog").getByRole("textbox");
    await name.fill("templates/service.yaml");
    await page.getByText("Another file is there already.").waitFor();
    await name.fill("templates/extra.yaml");
    await name.press("Enter");
    const editor = page.getByRole("textbox", { name: "templates/extra.yaml" });
    await rewrite(editor, "kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: extra\n");
    await outputHas(page, "name: extra");
    await file("Move");
    await name.fill("templates/sub/other.yaml");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await outputHas(page, "# Source: web/templates/sub/other.yaml");
    await file("Duplicate");
    await outputHas(page, "# Source: web/templates/sub/other-copy.yaml");
    await file("Delete");
    await outputLacks(page, "other-copy.yaml");
    await page.locator("body").press("Control+z");
    await outputHas(page, "other-copy.yaml");
    for (let step = 0; step < 4; step += 1) {
      await page.locator("body").press("Control+z");
    }
    await outputLacks(page, "name: extra");
  });

  test("a larger chart has a rail of its files, which the keyboard walks", async () => {
    const page = await chromium.visit();
    await page.getByLabel("Chart", { exact: true }).selectOption("chart-dev");
    const rail = page.getByRole("tree", { name: "Files" });
    await rail.getByRole("treeitem", { name: "templates" }).waitFor();
    await rail.getByRole("treeitem", { selected: true }).focus();
    await page.keyboard.press("Home");
    assert.equal(await rail.locator(":focus").textContent(), "templates");
    await page.keyboard.press("ArrowLeft");
    await rail.getByRole("treeitem", { name: "service.yaml" }).waitFor({ state: "detached" });
    await page.keyboard.press("ArrowRight");
    await rail.getByRole("treeitem", { name: "service.yaml" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "templates/service.yaml" }).waitFor();
    await page.keyboard.press("Control+b");
    await rail.waitFor({ state: "detached" });
    await page.getByRole("tablist", { name: "Files" }).waitFor();
  });
});
