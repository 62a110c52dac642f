// Commands: the palette, going anywhere, searching, keys, presenting.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { outputHas, template, values } from "./chartroom.js";

inChromium("commands", (chromium) => {
  const dialog = (page) => page.getByRole("dialog");
  const chosen = (page, words) => dialog(page).getByRole("option", { selected: true }).filter({ hasText: words }).waitFor();
  const pane = (page) => page.evaluate(() => document.activeElement.closest("[data-pane]")?.dataset.pane);

  test("the palette finds a command by some letters, and runs it", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await values(page).focus();
    await page.keyboard.press("F1");
    await page.keyboard.type("problems");
    await chosen(page, /Show or hide the problems\s*Ctrl\+Alt\+5/);
    await page.keyboard.press("Enter");
    await dialog(page).waitFor({ state: "detached" });
    await page.getByRole("group", { name: "List of problems" }).waitFor();
    assert.equal(await pane(page), "values", "the focus is back where it was");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("zzz");
    await page.getByText("No command is called so.").waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
  });

  test("the palette runs what editors do", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await values(page).locator(".cm-line", { hasText: "replicaCount" }).click();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("comment");
    await chosen(page, /comment/i);
    await page.keyboard.press("Enter");
    await values(page).locator(".cm-line", { hasText: "# replicaCount: 3" }).waitFor();
  });

  test("Ctrl+P goes to a file or document", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("Control+p");
    await page.keyboard.type("service.y");
    await chosen(page, /service\.yaml/);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "templates/service.yaml" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Control+p");
    await page.keyboard.type("StatefulSet");
    await chosen(page, /StatefulSet web\s*document/);
    await page.keyboard.press("Enter");
    await dialog(page).waitFor({ state: "detached" });
  });

  test("Ctrl+Shift+F searches all files", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("Control+Shift+F");
    await page.keyboard.type("selectorlabels");
    await dialog(page).getByRole("option").first().waitFor();
    const found = await dialog(page).getByRole("option").allTextContents();
    assert.ok(found.some((text) => text.includes("_helpers.tpl:")) && found.some((text) => text.includes("statefulset.yaml:")), found.join("\n"));
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "templates/_helpers.tpl" }).and(page.locator(":focus")).waitFor();
  });

  test("Ctrl+Alt and a number goes to a pane; what AltGr types is left alone", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    for (const [key, name] of [["2", "template"], ["1", "values"], ["3", "output"]]) {
      await page.keyboard.press(`Control+Alt+${key}`);
      await page.waitForFunction((want) => document.activeElement.closest("[data-pane]")?.dataset.pane === want, name);
    }
    const swallowed = await template(page).evaluate((content) => {
      const press = (key) => new KeyboardEvent("keydown", { key, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true });
      return ["1", "2", "3", "5", "p", "=", "-", "{", "}", "|", "@", "\\", "b", "w"].filter((key) => !content.dispatchEvent(press(key)));
    });
    assert.deepEqual(swallowed, []);
  });

  test("every key of the palette is in the table of keys", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("F1");
    const rows = await dialog(page).getByRole("option").evaluateAll((all) =>
      all.map((row) => [row.querySelector("kbd")?.textContent, row.querySelector(".palette-label").textContent]).filter(([keys]) => keys),
    );
    await page.keyboard.type("show the keys");
    await page.locator("[role=option]:only-child").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
    const table = await dialog(page).locator("tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(table, rows);
  });

  test("presenting makes the text large and hides what only the author needs", async () => {
    const page = await chromium.visit("?present");
    await outputHas(page, "replicas: 3");
    const size = () => page.evaluate(() => getComputedStyle(document.querySelector(".cm-content")).fontSize);
    assert.equal(await size(), "22px");
    assert.equal(await page.getByText("Nothing leaves this page").isVisible(), false);
    await page.keyboard.press("Control+Alt+=");
    assert.equal(await size(), "25px");
    await page.keyboard.press("Control+Alt+-");
    await page.keyboard.press("Control+Alt+p");
    assert.equal(await size(), "13px");
    assert.equal(await page.getByText("Nothing leaves this page").isVisible(), true);
  });
});
