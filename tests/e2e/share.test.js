// Links: what is shared is what opens, and what can't be opened is told in a sentence.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { inChromium, test } from "./browser.js";
import { expected, field, link, open, output, outputHas, outputIs, read, template, tiny, typeAfter, values } from "./chartroom.js";
import { scanned } from "./scan.js";
import { tgz } from "./tgz.js";

inChromium("sharing", (chromium) => {
  // Shares what a page shows, and gives the fragment that went into the clipboard.
  async function share(page) {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByText("Link copied", { exact: false }).first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, page.url());
    assert.ok(copied.startsWith(chromium.url));
    return copied.slice(chromium.url.length);
  }

  test("a link holds every file and setting, and opens for somebody else", async () => {
    const page = await chromium.visit();
    await typeAfter(values(page), "replicaCount", "7");
    await open(page, "templates/service.yaml");
    await typeAfter(template(page), "Headless", " – ünïcode 🚀");
    await field(page, "Release name").fill("shared");
    await outputHas(page, "replicas: 37\n");
    await outputHas(page, "name: shared\n");
    const fragment = await share(page);
    const other = await chromium.visit(fragment);
    await outputIs(other, await output(page).textContent());
    assert.match(await template(other).textContent(), /ünïcode 🚀/);
    assert.equal(await field(other, "Release name").inputValue(), "shared");
  });

  test("a link is cleared from the address when the page goes on from it", async () => {
    const page = await chromium.visit();
    await share(page);
    await typeAfter(values(page), "replicaCount", "1");
    await page.waitForFunction(() => location.hash === "");
  });

  test("a link pasted into the address of an open page is opened", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3");
    await page.goto(chromium.url + link(tiny("a: 1\n")));
    await outputHas(page, "a: 1\n");
  });

  test("a carriage return, a tab and a binary file survive", async () => {
    const files = tiny("a: 1\r\nb: \"\t\"\r\n", { "files/blob": { base64: "AP8B/g==" } });
    const page = await chromium.visit(link(files));
    await outputHas(page, "b:");
    const again = await chromium.visit(await share(page));
    await outputIs(again, await output(page).textContent());
  });

  const whole = link(tiny("a: 1\n"));
  const large = link(tiny("a: 1\n", { "big.txt": "x".repeat(6 << 20) }));
  const broken = {
    "cut off": [whole.slice(0, -20), /This link is cut off \(expected \d+ characters, got \d+\)/],
    "cut off in its head": ["#1.f", /This link is cut off/],
    "altered": [`${whole.slice(0, 30)}${whole[30] === "A" ? "B" : "A"}${whole.slice(31)}`, /altered/],
    "too large": [large, /too large/],
    "of a version to come": ["#9.f.AAAA", /version 9/],
    "of an unknown kind": ["#1.z.AAAA", /kind/],
    "leading out of the chart": [link(tiny("a: 1\n", { "../../etc/passwd": "x" })), /can't be in a chart/],
  };
  for (const [name, [fragment, sentence]] of Object.entries(broken)) {
    test(`a link that is ${name} gives a sentence, and the default chart`, async () => {
      const page = await chromium.visit(fragment);
      await page.getByText(sentence).first().waitFor();
      await outputIs(page, expected("web"));
    });
  }

  test("a fragment that is no link is left alone", async () => {
    const page = await chromium.visit("#top");
    await outputIs(page, expected("web"));
    assert.equal(await page.getByText("This link").count(), 0);
  });
});

inChromium("the dialog about sharing", (chromium) => {
  async function opened(fragment = "") {
    const page = await chromium.visit(fragment);
    await outputHas(page, ":");
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Share it, or save parts of it …" });
    const dialog = page.getByRole("dialog", { name: "Share and take out" });
    await dialog.getByText("characters").first().waitFor();
    return { page, dialog };
  }

  const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

  const again = (page) => page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Share it, or save parts of it …" });
  const address = (dialog) => dialog.getByRole("textbox", { name: "Link to this chart" }).inputValue();
  // Until the link in the dialog is another one.
  async function another(dialog, before) {
    for (let turn = 0; turn < 100 && (await address(dialog)) === before; turn += 1) {
      await dialog.page().waitForTimeout(50);
    }
    assert.notEqual(await address(dialog), before);
    return address(dialog);
  }

  test("copies a link, a Markdown link, the code and a frame", async () => {
    const { page, dialog } = await opened();
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is in the clipboard").first().waitFor();
    assert.match(await clipboard(page), /^http.*#1\.d\.[\w-]+$/);
    await again(page);
    await dialog.getByRole("button", { name: "Copy Markdown link" }).click();
    await page.getByText("The Markdown link is in the clipboard").first().waitFor();
    const copied = await clipboard(page);
    assert.match(copied, /^\[web 0\.1\.0 in Chartroom\]\(http.*#1\.d\.[\w-]+\)$/);
    const other = await chromium.visit(copied.slice(copied.indexOf("#"), -1));
    await outputIs(other, expected("web"));
    await again(page);
    await dialog.getByRole("button", { name: "Copy Markdown with code" }).click();
    await page.getByText("The Markdown with code is in the clipboard").first().waitFor();
    assert.match(await clipboard(page), /```yaml\n[^]*replicaCount: 3[^]*What Helm makes of it:/);
    await again(page);
    await dialog.getByRole("button", { name: "Copy embed code" }).click();
    await page.getByText("The embed code is in the clipboard").first().waitFor();
    assert.match(await clipboard(page), /^<iframe src="[^"]*\?embed=output,values#1\.[df]\./);
  });

  test("lets one choose what goes along: settings, layers, the baseline, the linter's settings, the pin and the tab", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    await field(page, "Namespace").fill("prod");
    await typeAfter(values(page), "replicaCount", "1");
    await page.getByLabel("Add a layer of values").selectOption("--set");
    await page.locator(".layer-text").fill("replicaCount=5");
    await outputHas(page, "replicas: 5\n");
    await page.getByLabel("File", { exact: true }).selectOption("New");
    await page.getByRole("dialog").getByRole("textbox").fill(".chartroom.yaml");
    await page.getByRole("dialog").getByRole("button", { name: "Make" }).click();
    await page.getByRole("textbox", { name: ".chartroom.yaml" }).pressSequentially("disabled: [no-resources]\n");
    await page.getByRole("tab", { name: "All values" }).click();
    await again(page);
    const dialog = page.getByRole("dialog", { name: "Share and take out" });
    await dialog.getByText("characters").waitFor();
    const choices = ["Only what differs", "Release, namespace", "Layers of values", "baseline", "linter's settings", "pinned line", "open tab"];
    for (const name of choices) {
      assert.equal(await dialog.getByRole("checkbox", { name }).isEnabled(), true, name);
    }
    let link = await address(dialog);
    for (const name of ["baseline", "pinned line", "open tab"]) {
      await dialog.getByRole("checkbox", { name }).check();
      link = await another(dialog, link);
    }
    const whole = await chromium.visit(link.slice(link.indexOf("#")));
    await whole.getByRole("tab", { name: "All values", selected: true }).waitFor();
    assert.equal(await field(whole, "Namespace").inputValue(), "prod");
    assert.equal(await whole.locator(".layer-text").inputValue(), "replicaCount=5");
    await whole.getByRole("tab", { name: "Changes" }).click();
    await whole.getByText("spec.replicas").first().waitFor();
    await whole.getByRole("region", { name: "Why this line" }).waitFor();
    for (const name of ["Release, namespace", "Layers of values", "linter's settings"]) {
      await dialog.getByRole("checkbox", { name }).uncheck();
      link = await another(dialog, link);
    }
    const less = await chromium.visit(link.slice(link.indexOf("#")));
    await less.getByRole("tab", { name: "Rendered" }).click();
    await outputHas(less, "replicas: 31\n");
    assert.equal(await field(less, "Namespace").inputValue(), "default");
    assert.equal(await less.getByRole("tablist", { name: "Files" }).getByTitle(".chartroom.yaml").count(), 0);
  });

  test("draws a QR code that is the link, and says where a link is too long for one", async () => {
    const { page, dialog } = await opened();
    await dialog.getByRole("button", { name: "Show a QR code" }).click();
    const code = dialog.getByRole("img", { name: "The link as a QR code" });
    await code.waitFor();
    assert.equal(scanned(await code.screenshot({ scale: "css" })), await address(dialog));
    const night = await chromium.visit("", { colorScheme: "dark" });
    await again(night);
    await night.getByRole("button", { name: "Show a QR code" }).click();
    const dark = night.getByRole("img", { name: "The link as a QR code" });
    assert.match(scanned(await dark.screenshot({ scale: "css" })), /#1\.d\./);
    const noise = randomBytes(1200).toString("base64");
    const long = await opened(link(tiny("a: 1\n", { "files/noise": noise })));
    await long.dialog.getByText(/No QR code: phones read links of up to 1200 characters, and this one has \d+\./).waitFor();
    assert.equal(await long.dialog.getByRole("button", { name: "Show a QR code" }).count(), 0);
    await page.close();
  });

  test("saves the chart as a zip that opens again, the manifests, the values and the problems", async () => {
    const { page, dialog } = await opened();
    const save = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name, exact: true }).click()]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const manifests = await save("Manifests in one file");
    assert.equal(manifests.name, "web-manifests.yaml");
    assert.equal(manifests.bytes.toString(), expected("web"));
    assert.equal((await save("values.yaml")).bytes.toString(), read("static/samples/web/values.yaml"));
    assert.match((await save("Problems as Markdown")).bytes.toString(), /^# Problems of web 0\.1\.0\n\n- /);
    assert.match((await save("Lint report as Text")).bytes.toString(), /^web\/templates\/[^]*warning\[.*\n[^]* rules checked\n$/);
    const json = await save("Lint report as JSON");
    assert.equal(json.name, "web-lint.json");
    assert.ok(JSON.parse(json.bytes).some(({ object }) => object.kind === "StatefulSet"));
    const sarif = JSON.parse((await save("Lint report as SARIF")).bytes);
    assert.equal(sarif.version, "2.1.0");
    assert.equal(sarif.runs[0].results.length, JSON.parse(json.bytes).length);
    assert.equal((await save("Manifests, one file each (.zip)")).name, "web-manifests.zip");
    const zip = await save("Chart as .zip");
    const other = await chromium.visit(link(tiny("a: 1\n")));
    await outputHas(other, "a: 1\n");
    const [chooser] = await Promise.all([
      other.waitForEvent("filechooser"),
      other.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Open a .tgz, a .zip or YAML files …" }),
    ]);
    await chooser.setFiles({ name: zip.name, mimeType: "application/zip", buffer: zip.bytes });
    await outputIs(other, expected("web"));
  });

  test("says what would not install, and that a chart is too large for a link", async () => {
    const { dialog } = await opened(link(tiny('a: 1\nb: {{ fail "no way" }}\n')));
    await dialog.getByText(/Helm stops: .*no way/).waitFor();
    const page = await chromium.visit(link(tiny("a: 1\n")));
    await outputHas(page, "a: 1\n");
    const big = { "Chart.yaml": "apiVersion: v2\nname: big\nversion: 0.1.0\n", "files/a": "x".repeat(3 << 20), "files/b": "y".repeat(3 << 20) };
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Open a .tgz, a .zip or YAML files …" }),
    ]);
    await chooser.setFiles({ name: "big.tgz", mimeType: "application/gzip", buffer: tgz("big", big) });
    await page.getByText("Opened big").first().waitFor();
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Share it, or save parts of it …" });
    await page.getByText("Send it as a file instead").waitFor();
  });
});
