// The code editor by itself, in the built page and under its policy: what `ChartroomEditor.create` promises.
import assert from "node:assert/strict";
import { before } from "node:test";
import { inChromium, setUp, test } from "./browser.js";

inChromium("the editor", (chromium) => {
  let page;
  before(async () => {
    page = await chromium.visit();
  });

  // A fresh editor above everything else; what it reports is kept in `heard`.
  async function create(options) {
    await page.evaluate((given) => {
      document.querySelector("#probe")?.remove();
      const host = document.createElement("div");
      host.id = "probe";
      host.style.cssText = "position: fixed; inset: 0; z-index: 99; background: white";
      document.body.append(host);
      globalThis.heard = [];
      globalThis.probe = ChartroomEditor.create(host, { label: "probe", ...given, onChange: (text) => heard.push(text) });
      probe.focus();
    }, options);
  }
  const probe = (call) => page.evaluate(call);
  // Keys reach the editor when the browser finds the time.
  async function holds(text) {
    await page.waitForFunction((want) => probe.getDoc() === want, text, { timeout: 5000 }).catch(() => {});
    assert.equal(await probe(() => probe.getDoc()), text);
  }
  setUp(() => create({ doc: "replicas: 3\n", language: "yaml" }));

  test("tells what is typed, and not what the page sets", async () => {
    await page.keyboard.press("End");
    await page.keyboard.type("0");
    assert.deepEqual(await probe(() => heard), ["replicas: 30\n"]);
    await probe(() => probe.setDoc("replicas: 5\n"));
    assert.deepEqual(await probe(() => [heard.length, probe.getDoc()]), [1, "replicas: 5\n"]);
  });

  test("keeps the cursor in its place when the page sets the text around it", async () => {
    await page.keyboard.press("End");
    await probe(() => probe.setDoc("# how many\nreplicas: 3\n"));
    await page.keyboard.type("7");
    await holds("# how many\nreplicas: 37\n");
  });

  test("keeps each file's own place", async () => {
    await probe(() => probe.open("a.yaml", "a: 1\n", "yaml"));
    await page.keyboard.type("x");
    await probe(() => probe.open("b.yaml", "b: 1\n", "yaml"));
    assert.equal(await page.locator("#probe").getByRole("textbox").getAttribute("aria-label"), "b.yaml");
    await page.keyboard.type("y");
    await probe(() => probe.open("a.yaml", "xa: 1\n", "yaml"));
    await page.keyboard.type("z");
    await holds("xza: 1\n");
  });

  test("closes an action, and what it closed may be typed all the same", async () => {
    await create({ doc: "", language: "gotmpl" });
    await page.keyboard.type("a: {{");
    await holds("a: {{}}");
    await page.keyboard.type(" .Values.a");
    await holds("a: {{ .Values.a }}");
    await page.keyboard.type(" }}{{- if (eq 1 1) -}} b {{ end }}\n{{/* c */}}");
    await holds("a: {{ .Values.a }}{{- if (eq 1 1) -}} b {{ end }}\n{{/* c */}}");
    await create({ doc: "", language: "gotmpl" });
    await page.keyboard.type("{{");
    await page.keyboard.press("Backspace");
    await holds("{");
    await create({ doc: " .Values.a }}", language: "gotmpl" });
    await page.keyboard.type("{{");
    await holds("{{ .Values.a }}");
    await create({ doc: "", language: "yaml" });
    await page.keyboard.type("{{}}");
    await holds("{{}}");
  });

  test("keeps carriage returns, and offsets with them", async () => {
    await create({ doc: "a: 1\r\nb: 2\r\n", language: "yaml" });
    await page.keyboard.type("x");
    assert.deepEqual(await probe(() => heard), ["xa: 1\r\nb: 2\r\n"]);
    await probe(() => probe.reveal(7, 8));
    assert.equal(await probe(() => getSelection().toString()), "b");
  });

  test("Tab indents; Escape, then Tab leaves", async () => {
    await page.keyboard.press("Tab");
    assert.equal(await probe(() => probe.getDoc()), "  replicas: 3\n");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await probe(() => document.querySelector("#probe").contains(document.activeElement)), false);
  });

  test("a new line stands deeper after a key", async () => {
    await create({ doc: "a:\n  b:", language: "gotmpl" });
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("c: 1");
    await page.keyboard.press("Enter");
    await page.keyboard.type("d: 2");
    assert.equal(await probe(() => probe.getDoc()), "a:\n  b:\n    c: 1\n    d: 2");
  });

  test("Ctrl+/ makes comments of lines, in a template around what is carried out", async () => {
    await page.keyboard.press("Control+/");
    await holds("# replicas: 3\n");
    await page.keyboard.press("Control+/");
    await holds("replicas: 3\n");
    await create({ doc: "a: 1\n  b: {{ .Values.b }}\n", language: "gotmpl" });
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+/");
    await holds("{{/* a: 1 */}}\n  {{/* b: {{ .Values.b }} */}}\n");
    await page.keyboard.press("Control+/");
    await holds("a: 1\n  b: {{ .Values.b }}\n");
  });

  test("finds text with Ctrl+F", async () => {
    await page.keyboard.press("Control+f");
    await page.getByRole("textbox", { name: "Find" }).fill("replicas");
    await page.keyboard.press("Enter");
    assert.equal(await probe(() => document.querySelectorAll("#probe .cm-searchMatch").length), 1);
  });

  test("has a name, and is no prose", async () => {
    const content = page.locator("#probe").getByRole("textbox", { name: "probe" });
    for (const [attribute, value] of [["spellcheck", "false"], ["translate", "no"], ["autocapitalize", "off"], ["aria-multiline", "true"]]) {
      assert.equal(await content.getAttribute(attribute), value, attribute);
    }
  });

  test("a file that is only read can't be typed in", async () => {
    await probe(() => probe.setReadOnly(true));
    await page.keyboard.type("x");
    assert.equal(await probe(() => probe.getDoc()), "replicas: 3\n");
  });

  test("shows what is wrong with a shape, an underline and words, and moves it with the text", async () => {
    await probe(() => probe.setDiagnostics([{ from: 10, to: 11, severity: "warning", message: "three is few" }]));
    const mark = page.locator("#probe .cm-mark-warning");
    assert.equal(await mark.textContent(), "▲");
    const underlined = page.locator("#probe .cm-diagnostic-warning");
    assert.equal(await underlined.textContent(), "3");
    await page.keyboard.type("# x\n");
    assert.equal(await underlined.textContent(), "3");
    await underlined.hover();
    assert.equal(await page.locator(".cm-diagnosticTip").textContent(), "three is few");
    await probe(() => probe.setDiagnostics([{ from: 99, to: 99, severity: "error", message: "after the end" }]));
    assert.equal(await page.locator("#probe .cm-mark-error").count(), 1);
    await probe(() => probe.setDiagnostics([]));
    assert.equal(await page.locator("#probe [class^=cm-mark]").count(), 0);
  });

  test("AltGr types braces and backslashes on a German keyboard under Windows", async () => {
    const visitor = await chromium.visit("");
    await visitor.addInitScript(() => Object.defineProperty(navigator, "platform", { value: "Win32" }));
    await visitor.reload();
    const swallowed = await visitor.evaluate(() => {
      const host = document.body.appendChild(document.createElement("div"));
      ChartroomEditor.create(host, { doc: "", language: "gotmpl" }).focus();
      const content = host.querySelector(".cm-content");
      const press = (key, keyCode) => new KeyboardEvent("keydown", {
        key, keyCode, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true,
      });
      const keys = [["{", 55], ["[", 56], ["]", 57], ["}", 48], ["\\", 219], ["@", 81], ["|", 226], ["~", 187]];
      return keys.filter(([key, code]) => !content.dispatchEvent(press(key, code))).map(([key]) => key);
    });
    assert.deepEqual(swallowed, []);
  });
});
