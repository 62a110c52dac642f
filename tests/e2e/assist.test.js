// Help while one writes: completion, hints, definitions, uses, renaming, matching ends.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { eventually, open, outputHas, template, typeAfter, values } from "./chartroom.js";

inChromium("help for those who write", (chromium) => {
  const offers = (page) => page.locator(".cm-tooltip-autocomplete li");
  const offer = (page, name) => offers(page).filter({ hasText: name });
  const line = (page, words) => template(page).locator(".cm-line", { hasText: words }).first();

  // Puts the cursor behind some words of a line.
  async function behind(page, words) {
    const at = line(page, words);
    await at.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let left = element.textContent.indexOf(wanted) + wanted.length;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) {
          getSelection().collapse(node, left);
          return;
        }
        left -= node.length;
      }
    }, words);
    await template(page).focus();
  }

  // What is asked is answered by the worker, which has answered once when the absent documents are told.
  const workerAnswers = (page) => page.getByRole("list", { name: "Not rendered" }).waitFor();

  test("values are offered with what they are, and functions with what they do", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await typeAfter(template(page), "kind: StatefulSet", "\n# {{ .Values.");
    await offer(page, "replicaCount").waitFor();
    assert.match(await offer(page, "replicaCount").textContent(), /replicaCount\s*3/);
    await page.keyboard.type("rep");
    await page.locator(".cm-completionInfo", { hasText: "How many pods the StatefulSet runs" }).waitFor();
    // What has just come up isn't taken at once: somebody may mean a new line.
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.keyboard.type(" | quo");
    await offer(page, /^quote\b/).waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.keyboard.type(" }}");
    await outputHas(page, '# "3"');
    await page.keyboard.type('\n# {{ include "web.');
    await offer(page, "web.selectorLabels").waitFor();
  });

  test("a hint says what a value is, who set it, and what is said about it", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await line(page, ".Values.replicaCount").getByText(".Values.replicaCount").hover({ position: { x: 80, y: 8 } });
    const tip = page.locator(".cm-hint");
    await tip.waitFor();
    const text = await tip.innerText();
    for (const words of [".Values.replicaCount", "is 3", "set by values.yaml:2", "How many pods"]) {
      assert.ok(text.includes(words), text);
    }
  });

  test("F12 goes to the definition, Shift+F12 shows all uses", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await behind(page, ".Values.replicaCount");
    await page.keyboard.press("F12");
    await values(page).and(page.locator(":focus")).waitFor();
    assert.equal(await page.evaluate(() => getSelection().toString()), "replicaCount: 3");
    await behind(page, "web.selectorLabels");
    await page.keyboard.press("Shift+F12");
    await page.getByRole("dialog").getByRole("option").first().waitFor();
    const uses = await page.getByRole("dialog").getByRole("option").allTextContents();
    assert.ok(uses.length > 2 && uses.some((text) => text.includes("service.yaml:")), uses.join("\n"));
    await page.keyboard.press("Escape");
    await behind(page, "web.selectorLabels");
    await page.keyboard.press("F12");
    await page.getByRole("textbox", { name: "templates/_helpers.tpl" }).waitFor();
  });

  test("F2 renames a value in all files, and one undo takes it back", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await behind(page, ".Values.replicaCount");
    await page.keyboard.press("F2");
    const name = page.getByRole("dialog").getByRole("textbox", { name: "New name" });
    await name.fill("podCount");
    await name.press("Enter");
    await values(page).locator(".cm-line", { hasText: "podCount: 3" }).waitFor();
    await line(page, "{{ .Values.podCount }}").waitFor();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await template(page).press("Control+z");
    await values(page).locator(".cm-line", { hasText: "replicaCount: 3" }).waitFor();
    await line(page, "{{ .Values.replicaCount }}").waitFor();
  });

  test("a keyword shows where its block ends", async () => {
    const page = await chromium.visit();
    await open(page, "templates/ingress.yaml");
    await template(page).locator(".cm-line", { hasText: "if" }).first().getByText("if", { exact: true }).click();
    await template(page).locator(".cm-matchingBracket", { hasText: "end" }).waitFor();
  });

  test("Enter behind what opens a block brings its end along, which undo takes back by itself", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    await typeAfter(template(page), "kind: StatefulSet", "\n{{- if .Values.replicaCount");
    // The braces were closed while they were typed.
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await line(page, "{{- end }}").waitFor();
    await page.keyboard.type("# inside");
    await outputHas(page, "kind: StatefulSet\n# inside");
    const lines = () => template(page).evaluate((content) => [...content.querySelectorAll(".cm-line")].slice(1, 5).map((each) => each.textContent));
    assert.deepEqual(await lines(), ["kind: StatefulSet", "{{- if .Values.replicaCount}}", "# inside", "{{- end }}"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await eventually(page, () => ![...document.querySelectorAll(".cm-line")].some((each) => each.textContent === "{{- end }}"));
    assert.deepEqual((await lines()).slice(0, 2), ["kind: StatefulSet", "{{- if .Values.replicaCount}}"]);
  });

  test("keys are offered in values, with what is said about them", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await workerAnswers(page);
    const key = values(page).locator(".cm-line", { hasText: "replicaCount: 3" });
    await key.click();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("Delete");
    await page.keyboard.type("repl");
    await offer(page, "replicaCount").waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    await page.keyboard.type("4");
    await outputHas(page, "replicas: 4");
  });
});
