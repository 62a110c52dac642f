// What belongs together: letters beside lines, the course between the panes, what is shown to whoever only points; and
// words that came a long way.
import assert from "node:assert/strict";
import { inChromium, setUp, test } from "./browser.js";
import { command, eventually, link, outputHas, tiny, values } from "./chartroom.js";

inChromium("what belongs together", (chromium) => {
  let page;
  setUp(async () => {
    page = await chromium.visit();
    await page.locator("[data-document='StatefulSet web']").waitFor();
  });

  const line = (words) => page.locator(".output-scroll .line", { hasText: words }).first();
  const texts = (selector) => page.locator(selector).allTextContents();
  const unpin = async () => {
    await page.getByRole("region", { name: "Why this line" }).getByRole("button", { name: "Close" }).click();
    await page.getByRole("region", { name: "Why this line" }).waitFor({ state: "detached" });
  };
  const course = () => page.locator(".course-line").getAttribute("d");
  const settled = (wanted) => eventually(page, (want) => (document.querySelector(".course-line")?.getAttribute("d") ?? "").includes("V") === want, wanted);

  test("lines of values, template and output that belong together bear the same letter, in order of the values", async () => {
    await page.locator("[data-pane='values'] .badge").first().waitFor();
    const letters = (selector) => page.locator(selector).evaluateAll((badges) => badges.map((badge) => badge.dataset.letter));
    assert.deepEqual((await letters("[data-pane='values'] .badge")).slice(0, 3), ["a", "b", "c"]);
    const badge = (words) => line(words).locator(".badge").getAttribute("data-letter");
    assert.equal(await badge("replicas: 3"), "a");
    assert.equal(await badge("app.kubernetes.io/name: web"), "h");
    assert.equal(await line("kind: Service").locator(".badge").count(), 0);
    assert.ok((await letters("[data-pane='template'] .badge")).includes("a"));
    // A key that comes first while somebody types takes no letter from others, until the typing rests.
    await values(page).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("spare: 1\n");
    await outputHas(page, "replicas: 3\n");
    assert.equal(await badge("replicas: 3"), "a");
  });

  test("the course goes from the value over the template to the output, follows scrolling, and is never over text", async () => {
    await settled(true);
    const box = await page.locator(".course").boundingBox();
    const channel = await page.getByRole("separator").boundingBox();
    assert.deepEqual([box.x, box.width], [channel.x, channel.width]);
    const before = await course();
    assert.equal(before.match(/M/g).length, 2);
    await page.getByRole("separator").focus();
    await page.locator(".output-scroll").evaluate((scroll) => scroll.scrollBy(0, 40));
    await eventually(page, (old) => document.querySelector(".course-line").getAttribute("d") !== old, before);
    await unpin();
    await settled(false);
  });

  test("pointing at a word shows what belongs to it, pins nothing, scrolls nothing, and goes with the pointer", async () => {
    await unpin();
    await line("image: nginx").getByText("nginx:1.27").hover();
    await page.locator(".hovered-own").waitFor();
    assert.deepEqual(await texts(".hovered-own"), ["nginx:1.27"]);
    assert.deepEqual(await texts("[data-pane='values'] .cm-hovered"), ["image: nginx:1.27"]);
    await settled(true);
    assert.equal(await page.locator(".why-headline").count(), 0);
    await page.mouse.move(5, 5);
    await page.locator(".hovered-own").waitFor({ state: "detached" });
    await settled(false);
    await values(page).locator(".cm-line", { hasText: "replicaCount" }).hover();
    await page.locator(".hovered-own", { hasText: "3" }).waitFor();
  });

  test("by keyboard the line and the word that are walked to are pointed at", async () => {
    await unpin();
    await page.locator(".output-scroll").focus();
    await page.keyboard.press("ArrowDown");
    while (!(await page.evaluate(() => document.activeElement.textContent.includes("replicas: 3")))) {
      await page.keyboard.press("ArrowDown");
    }
    await page.locator(".hovered-own", { hasText: "3" }).waitFor();
    assert.deepEqual(await texts("[data-pane='values'] .cm-hovered"), ["replicaCount: 3"]);
    await values(page).focus();
    await page.locator(".hovered-own").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.locator(".hovered-own", { hasText: "3" }).waitFor();
  });

  test("by touch a word pins the same three places", async () => {
    page = await chromium.visit("", { hasTouch: true });
    await page.locator("[data-document='StatefulSet web']").waitFor();
    await unpin();
    await line("replicas: 3").getByText("3", { exact: true }).tap();
    await page.locator(".linked-pinned", { hasText: "3" }).waitFor();
    await page.locator("[data-pane='values'] .cm-linked", { hasText: "replicaCount: 3" }).waitFor();
    await page.locator("[data-pane='template'] .cm-linked", { hasText: ".Values.replicaCount" }).waitFor();
  });

  test("all lines have the colours of their letters where somebody asks for it, and not before", async () => {
    await line("replicas: 3").locator(".badge").waitFor();
    const colour = (words) => line(words).evaluate((element) => getComputedStyle(element).backgroundColor);
    const quiet = await colour("app.kubernetes.io/name: web");
    const button = page.getByRole("button", { name: "Colours" });
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await button.click();
    assert.notEqual(await colour("app.kubernetes.io/name: web"), quiet);
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await command(page, "colour all lines");
    await eventually(page, () => document.querySelector("[data-colours]") === null);
    assert.equal(await colour("app.kubernetes.io/name: web"), quiet);
  });

  test("through include, nindent, toYaml, tpl and range each word leads to its own value", async () => {
    const files = {
      "values.yaml": 'team: blue\nresources: {limits: {cpu: 100m}}\nwho: world\ngreeting: "hello {{ .Values.who }}"\nports: [{name: web, port: 80}, {name: admin, port: 81}]\n',
      "templates/_helpers.tpl": '{{- define "labels" -}}\nteam: {{ .Values.team }}\n{{- end }}\n',
    };
    const template = [
      "kind: A", "labels:", '  {{- include "labels" . | nindent 2 }}', "said: {{ tpl .Values.greeting . }}", "ports:", "{{- range .Values.ports }}", "- {{ .name }}: {{ .port }}", "{{- end }}",
      "spec:", "  {{- toYaml .Values.resources | nindent 2 }}", "",
    ].join("\n");
    page = await chromium.visit(link(tiny(template, files)));
    await outputHas(page, "- admin: 81\n");
    // Where a word is on the screen, be it a piece of its own or not.
    const spot = (word) => page.evaluate((wanted) => {
      const texts = document.createTreeWalker(document.querySelector(".output-scroll"), NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const at = texts.currentNode.data.indexOf(wanted);
        if (at >= 0) {
          const range = document.createRange();
          range.setStart(texts.currentNode, at);
          range.setEnd(texts.currentNode, at + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }
      }
      throw new Error(`${wanted} is not in the output`);
    }, word);
    const pinned = async (text, headline) => {
      await page.mouse.click(...(await spot(text)));
      const starts = (want) => document.querySelector(".why-headline")?.textContent.includes(want) ?? false;
      await eventually(page, starts, headline).catch(async (error) => {
        throw new Error(`${text}: ${await page.locator(".why-headline").textContent()} (${error.message})`);
      });
    };
    await pinned("blue", "team: blue is .Values.team, values.yaml:1, printed by _helpers.tpl:2");
    await pinned("100m", "cpu: 100m is .Values.resources.limits.cpu, values.yaml:2, printed by a.yaml:10");
    await pinned("81", "- admin: 81 is .Values.ports[1].port, values.yaml:5, printed by a.yaml:7");
    await pinned("world", "said: hello world is made of .Values.greeting and one more value, printed by a.yaml:4");
  });
});
