// Links: what is shared is what opens, and what can't be opened is told in a sentence.
import assert from "node:assert/strict";
import { inChromium, test } from "./browser.js";
import { expected, field, link, open, output, outputHas, outputIs, read, template, tiny, typeAfter, values } from "./chartroom.js";
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
    await dialog.getByText("characters").waitFor();
    return { page, dialog };
  }

  const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

  test("copies a link with the open tab, a Markdown link, the code and a frame", async () => {
    const { page, dialog } = await opened();
    await dialog.getByLabel("The open tab and the pinned line").check();
    await dialog.getByRole("button", { name: "Copy Markdown link" }).click();
    await page.getByText("The Markdown link is in the clipboard").first().waitFor();
    const copied = await clipboard(page);
    assert.match(copied, /^\[web 0\.1\.0 in Chartroom\]\(http.*#1\.d\.[\w-]+\)$/);
    const other = await chromium.visit(copied.slice(copied.indexOf("#"), -1));
    await outputIs(other, expected("web"));
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Share it, or save parts of it …" });
    await dialog.getByRole("button", { name: "Copy Markdown with code" }).click();
    await page.getByText("The Markdown with code is in the clipboard").first().waitFor();
    assert.match(await clipboard(page), /```yaml\n[^]*replicaCount: 3[^]*What Helm makes of it:/);
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Share it, or save parts of it …" });
    await dialog.getByRole("button", { name: "Copy embed code" }).click();
    await page.getByText("The embed code is in the clipboard").first().waitFor();
    assert.match(await clipboard(page), /^<iframe src="[^"]*\?embed=output,values#1\.[df]\./);
  });

  test("saves the chart as a zip that opens again, the manifests, the values and the problems", async () => {
    const { page, dialog } = await opened();
    const save = async (label) => {
      const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: label }).click()]);
      const { readFile } = await import("node:fs/promises");
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const manifests = await save("Manifests in one file");
    assert.equal(manifests.name, "web-manifests.yaml");
    assert.equal(manifests.bytes.toString(), expected("web"));
    assert.equal((await save("values.yaml")).bytes.toString(), read("static/samples/web/values.yaml"));
    assert.match((await save("List of problems")).bytes.toString(), /^# Problems of web 0\.1\.0\n\n- /);
    assert.equal((await save("Manifests, one file each")).name, "web-manifests.zip");
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
