// Why a line is there: pinned from the output, the template and the values, by mouse and by keyboard.
import assert from "node:assert/strict";
import { inChromium, setUp, test } from "./browser.js";
import { command, open, problems, rewrite, template, typeAfter, unfoldProblems, values } from "./chartroom.js";

inChromium("why a line is there", (chromium) => {
  let page;
  setUp(async () => {
    page = await chromium.visit();
    await page.locator("[data-document='StatefulSet web']").waitFor();
  });

  const card = () => page.getByRole("region", { name: "Why this line" });
  const line = (words) => page.locator(".output-scroll .line", { hasText: words }).first();
  const headline = async (words) => {
    const shown = () => page.locator(".why-headline").textContent({ timeout: 1000 }).catch(() => null);
    await page.waitForFunction((want) => document.querySelector(".why-headline")?.textContent.startsWith(want), words, { timeout: 5000 }).catch(() => {});
    const text = await shown();
    assert.ok(text?.startsWith(words), `the card says ${JSON.stringify(text)}, not ${JSON.stringify(words)}`);
  };
  // What is marked in the three panes.
  async function marked() {
    await page.waitForFunction(() => document.querySelectorAll(".cm-linked").length > 1, undefined, { timeout: 5000 }).catch(() => {});
    const texts = (selector) => page.locator(selector).allTextContents();
    return [await texts(".linked-pinned"), await texts("[data-pane='template'] .cm-linked"), await texts("[data-pane='values'] .cm-linked")];
  }
  const triple = [["3"], [".Values.replicaCount"], ["replicaCount: 3"]];
  const unpin = async () => {
    await card().getByRole("button", { name: "Close" }).click();
    await card().waitFor({ state: "detached" });
  };

  test("the default chart shows it before anybody asks", async () => {
    await headline("replicas: 3 is .Values.replicaCount, values.yaml:");
  });

  test("another chart has it where the same key is set, and not elsewhere", async () => {
    const chooser = page.getByRole("combobox", { name: "Chart", exact: true });
    // The engine has answered, so that nothing else asks it again.
    await page.getByText("1 warning").first().waitFor();
    await chooser.selectOption("chart-dev");
    await headline("replicas: 1 is .Values.replicaCount, values.yaml:");
    await chooser.selectOption("counter-mysql");
    await card().waitFor({ state: "detached" });
  });

  test("a word pins the same three places from the output, the values and the template", async () => {
    await unpin();
    await line("replicas: 3").getByText("3", { exact: true }).click();
    await headline("replicas: 3 is .Values.replicaCount");
    assert.deepEqual(await marked(), triple);
    await unpin();
    await values(page).locator(".cm-line", { hasText: "replicaCount" }).click();
    await headline("replicas: 3 is .Values.replicaCount");
    assert.deepEqual(await marked(), triple);
    await unpin();
    await open(page, "templates/statefulset.yaml");
    await template(page).locator(".cm-line", { hasText: "replicas: {{" }).getByText(/\.replicaCount/).click();
    await headline("replicas: 3 is .Values.replicaCount");
    assert.deepEqual(await marked(), triple);
  });

  test("by keyboard alone: a line of the output, the places that belong to it, and back", async () => {
    await page.keyboard.press("Escape");
    await card().waitFor({ state: "detached" });
    for (let presses = 0; presses < 12 && !(await page.locator(".output-scroll").evaluate((scroll) => scroll === document.activeElement)); presses += 1) {
      await page.keyboard.press("F6");
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".why-headline", { hasText: "is the template's own text" }).waitFor();
    await page.keyboard.press("Escape");
    await card().waitFor({ state: "detached" });
    await page.keyboard.press("Alt+ArrowLeft");
    await values(page).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+F12");
    await card().waitFor();
  });

  test("follows its value while somebody types", async () => {
    await headline("replicas: 3 is");
    await typeAfter(values(page), "replicaCount", "0");
    await headline("replicas: 30 is .Values.replicaCount");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# one more line\n");
    await headline("replicas: 30 is .Values.replicaCount, values.yaml:3");
  });

  test("a label leads into its helper, and says what included that", async () => {
    await line("app.kubernetes.io/name: web").click();
    await card().getByText(/included here/).first().waitFor();
    await page.getByRole("region", { name: "Template" }).getByRole("textbox", { name: /_helpers\.tpl$/ }).waitFor();
  });

  test("an absent document names its condition, and its branch is marked in the template", async () => {
    const absent = page.getByRole("list", { name: "Not rendered" });
    await absent.getByText("ingress.enabled is false").waitFor();
    assert.match(await absent.textContent(), /Ingress not rendered: ingress\.enabled is false values\.yaml:10/);
    await open(page, "templates/ingress.yaml");
    const branch = template(page).locator(".cm-dimmed").first();
    assert.equal(await branch.getAttribute("title"), "not taken: ingress.enabled is false");
    await rewrite(values(page), (await values(page).locator(".cm-line").allTextContents()).join("\n").replace("enabled: false", "enabled: true"));
    await page.locator("[data-document='Ingress web']").waitFor();
    await absent.waitFor({ state: "detached" });
    assert.equal(await template(page).locator(".cm-dimmed").count(), 0);
  });

  test("all values: who set each, who reads it, and what nobody reads", async () => {
    await typeAfter(values(page), "web.example.com", "\nspare: 1");
    await page.getByRole("tab", { name: "All values" }).click();
    const row = (key) => page.getByRole("row", { name: new RegExp(`^${key}\\b`) });
    assert.match(await row("replicaCount").textContent(), /How many pods the StatefulSet runs3values\.yaml:2statefulset\.yaml/);
    assert.match(await row("ingress.spare").textContent(), /no template$/);
    await page.getByRole("searchbox", { name: "Find a key" }).fill("ingress");
    await page.getByText("3 keys, 1 that no template reads").waitFor();
    await row("ingress.host").getByRole("button", { name: "ingress.host" }).click();
    await headline(".Values.ingress.host is read in a branch that is not taken.");
  });

  test("changes: by field, each with its cause, from the chart as opened or from a baseline", async () => {
    await page.getByRole("tab", { name: "Changes" }).click();
    await page.getByText("Nothing was changed yet").waitFor();
    await rewrite(values(page), (await values(page).locator(".cm-line").allTextContents()).join("\n").replace("replicaCount: 3", "replicaCount: 1").replace("enabled: false", "enabled: true"));
    const change = (name) => page.getByRole("region", { name, exact: true });
    await change("StatefulSet web").waitFor();
    assert.match(await change("StatefulSet web").textContent(), /spec\.replicas 3 \u2192 1 because replicaCount changed values\.yaml:2/);
    assert.match(await change("Ingress web").textContent(), /\+ added because ingress\.enabled changed/);
    await page.keyboard.press("Control+Alt+b");
    await page.getByText("Nothing was changed yet").waitFor();
    await rewrite(values(page), (await values(page).locator(".cm-line").allTextContents()).join("\n").replace("replicaCount: 1", "replicaCount: 2"));
    await change("StatefulSet web").getByRole("button", { name: "spec.replicas" }).click();
    await headline("replicas: 2 is .Values.replicaCount");
  });

  test("changes as text: the two outputs line by line, what is secret masked", async () => {
    await rewrite(template(page), "apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\nstringData:\n  word: {{ .Values.image }}\n");
    await page.locator("[data-document='Secret key']").waitFor();
    await page.keyboard.press("Control+Alt+b");
    await typeAfter(values(page), "image: ", "-slim");
    await page.getByRole("tab", { name: "Changes" }).click();
    await page.getByRole("button", { name: "As text", exact: true }).click();
    const text = page.getByRole("group", { name: "Changes as text" });
    await text.locator("ins", { hasText: "word: \u2022\u2022\u2022\u2022 (after)" }).waitFor();
    assert.match(await text.locator("del").first().textContent(), /^-\s+word: \u2022{4} \(before\)$/);
    assert.doesNotMatch(await text.textContent(), /slim/);
  });

  test("the whitespace view shows spaces, and what trim markers removed, and leaves the text alone", async () => {
    await rewrite(template(page), "kind: A\nspec:\n  {{- if true }}\n  a: 1\n  {{- end }}\n");
    await page.locator("[data-document='A']").waitFor();
    const text = await page.locator("[data-document='A'] .lines").textContent();
    assert.equal(await page.locator(".spaces").count(), 0);
    await page.keyboard.press("Control+Alt+w");
    await page.getByRole("img", { name: "{{- removed 1 newline and 2 spaces" }).first().waitFor();
    assert.equal(await page.locator("[data-document='A'] .ghost").first().getAttribute("data-signs"), "\u21b5\u00b7\u00b7");
    assert.ok((await page.locator("[data-document='A'] .spaces").count()) >= 2);
    assert.equal(await page.locator("[data-document='A'] .lines").textContent(), text);
    await command(page, "hide spaces");
    await page.locator(".spaces").first().waitFor({ state: "detached" });
  });

  test("an error shows in the template and in the output, and is gone after its fix", async () => {
    await rewrite(template(page), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  port: {{ .Values.db.port }}\n");
    await page.locator("[data-errors='1']").waitFor();
    await unfoldProblems(page);
    const problem = problems(page).first();
    assert.match(await problem.locator(".problem-message").textContent(), /\.Values\.db.* is not set, so .*\.port.* can't be read/);
    await problem.getByText("As Helm prints it").waitFor();
    const offers = (await problem.locator(".mend-place").allTextContents()).join("\n");
    assert.match(offers, /^Add db\.port to values\.yaml, values\.yaml:\d+\nWrite \(\.Values\.db\)\.port, \S+\.yaml:6$/);
    await problem.getByRole("button", { name: /^output line \d+$/ }).click();
    await headline("port: \u27e6missing .Values.db.port\u27e7 is printed by");
    await problem.getByRole("button", { name: "Apply fix" }).nth(1).click();
    await page.locator("[data-errors='0']").waitFor();
    await page.keyboard.press("Control+z");
    await page.locator("[data-errors='1']").waitFor();
    await page.keyboard.press("Control+.");
    await page.locator("[data-errors='0']").waitFor();
    assert.match((await values(page).locator(".cm-line").allTextContents()).join("\n"), /\ndb:\n {2}port:/);
  });

  test("by keyboard alone through an output of thousands of lines, word by word", async () => {
    await rewrite(template(page), "kind: A\nspec:\n{{- range until 3200 }}\n  k{{ . }}: v{{ . }}\n{{- end }}\n");
    await page.locator(".lines-block").first().waitFor();
    await page.locator(".output-scroll").focus();
    const cursor = page.locator(".line-cursor");
    const at = async () => Number(await cursor.getAttribute("data-number"));
    await page.keyboard.press("ArrowDown");
    const first = await at();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press("ArrowDown");
    }
    assert.equal(await at(), first + 40);
    assert.ok(await cursor.evaluate((element) => element === document.activeElement));
    const label = await cursor.getAttribute("aria-label");
    assert.match(label, /^\d+ \S/);
    while (!/ k\d+: v\d+$/.test(await cursor.getAttribute("aria-label"))) {
      await page.keyboard.press("ArrowDown");
    }
    const [, word] = /(v\d+)$/.exec(await cursor.getAttribute("aria-label"));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => getSelection().toString()), word);
    await page.locator(".said", { hasText: word }).waitFor({ state: "attached" });
    await page.keyboard.press("Enter");
    await headline(`k${word.slice(1)}: ${word} is`);
    await page.keyboard.press("ArrowUp");
    assert.doesNotMatch(await cursor.getAttribute("aria-label"), new RegExp(` k\\d+: ${word}$`));
  });

  test("by keyboard alone to a word of a line", async () => {
    await page.locator(".output-scroll").focus();
    await page.keyboard.press("ArrowDown");
    while (!(await page.evaluate(() => document.activeElement.textContent.includes("replicas: 3")))) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => getSelection().toString()), "3");
    await page.keyboard.press("Enter");
    await headline("replicas: 3 is .Values.replicaCount");
  });
});
