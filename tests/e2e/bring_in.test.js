// Charts of one's own: archives, folders and single files, from the dialog or dropped.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { after } from "node:test";
import { inChromium, test } from "./browser.js";
import { expected, link, output, outputHas, outputIs, outputLacks, read, rewrite, samples, tiny, typeAfter, values } from "./chartroom.js";
import { header, tgz } from "./tgz.js";

const web = samples[0];
const webFiles = () => Object.fromEntries(web.files.map((path) => [path, read(`static/samples/${web.name}/${path}`)]));
const scratch = mkdtempSync(join(tmpdir(), "chartroom-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

// A folder on disk.
function folder(name, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(scratch, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(scratch, name);
}

inChromium("a chart of one's own", (chromium) => {
  // Another chart is on the page first, so that the one brought in can be told from it.
  async function visit() {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    return page;
  }

  async function choose(page, what, files) {
    const [dialog] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: what })]);
    await dialog.setFiles(files);
  }

  const back = (page) => page.getByRole("button", { name: "Back to what I had" }).click();

  // Files dropped one by one, as a file manager hands them over.
  async function drop(page, files) {
    await page.evaluate((dropped) => {
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      }
      const at = (type) => document.querySelector(".cm-content").dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      at("dragover");
      if (!getComputedStyle(document.body, "::after").content.includes("Drop a chart")) {
        throw new Error("nothing says that files can be dropped here");
      }
      at("drop");
    }, files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") })));
  }

  const renamed = () => ({ ...webFiles(), "values.yaml": webFiles()["values.yaml"].replace("replicaCount: 3", "replicaCount: 5") });

  test("a packed chart opens from the dialog, and is rendered", async () => {
    const page = await visit();
    await choose(page, "Open a .tgz, a .zip or YAML files …", { name: "web-0.1.0.tgz", mimeType: "application/gzip", buffer: tgz("web", renamed()) });
    await outputHas(page, "replicas: 5\n");
    await page.getByText(`Opened web: ${web.files.length} files. Nothing was sent anywhere.`).first().waitFor();
  });

  test("a packed chart opens when it is dropped on an editor; a button brings back what was there", async () => {
    const page = await visit();
    await drop(page, [{ name: "web-0.1.0.tgz", bytes: tgz("web", renamed()) }]);
    await outputHas(page, "replicas: 5\n");
    assert.equal(await page.evaluate(() => document.body.hasAttribute("data-dropping")), false);
    await back(page);
    await outputIs(page, expected("web"));
  });

  test("a folder opens, from the Chart.yaml on; what is left out is told", async () => {
    const page = await visit();
    const inside = Object.fromEntries(Object.entries(renamed()).map(([path, text]) => [`charts-of-mine/web/${path}`, text]));
    await choose(page, "Open a chart's folder …", folder("repository", { ...inside, "notes.md": "not of the chart" }));
    await outputHas(page, "replicas: 5\n");
    await page.getByText("1 file left out").click();
    await page.getByText("notes.md: beside the chart").waitFor();
  });

  test("a folder that is dropped opens, with subcharts as folders and as archives; what Helm would not see is told", async () => {
    const page = await visit();
    const part = (name) => ({ "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`, "templates/a.yaml": `from: ${name}\n` });
    const files = {
      ...Object.fromEntries(Object.entries(renamed()).map(([path, text]) => [`web/${path}`, text])),
      ...Object.fromEntries(Object.entries(part("loose")).map(([path, text]) => [`web/charts/loose/${path}`, text])),
      "web/charts/packed-0.1.0.tgz": tgz("packed", part("packed")),
      "web/.helmignore": "*.bak\n",
      "web/values.yaml.bak": "a: 1\n",
      "web/.git/config": "secret",
      "notes.md": "not of the chart",
    };
    const root = folder("dropped", files);
    const { x, y } = await values(page).boundingBox();
    const session = await page.context().newCDPSession(page);
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data: { items: [], files: [root], dragOperationsMask: 1 } });
    }
    await outputHas(page, "replicas: 5\n");
    await outputHas(page, "from: loose\n");
    await outputHas(page, "from: packed\n");
    await page.getByText("3 files left out").click();
    const left = page.getByRole("list", { name: "What was left out" });
    for (const line of ["dropped/notes.md: beside the chart", "values.yaml.bak: named by .helmignore", "dropped/web/.git: version control"]) {
      await left.getByText(line).waitFor();
    }
  });

  // Pastes as a reader does: through the clipboard, with nothing in particular focused.
  async function paste(page, text) {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("Control+v");
  }

  test("a manifest that is pasted opens", async () => {
    const page = await visit();
    await paste(page, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: pasted\nspec:\n  replicas: 1\n");
    await outputHas(page, "name: pasted\n");
    await page.getByText("Opened manifests: 2 files").first().waitFor();
    await back(page);
    await outputIs(page, expected("web"));
  });

  test("a command line that is pasted sets what it says; -f and --set become layers", async () => {
    const page = await visit();
    await paste(page, "$ helm upgrade --install shop ./chart \\\n  -f conf/prod.yaml --set replicaCount=5 --set-string image=httpd:2 -n prod --kube-version 1.30 --wait\n");
    await outputHas(page, "replicas: 5\n");
    await outputHas(page, "image: httpd:2\n");
    await outputHas(page, "name: shop\n");
    const settings = page.getByRole("group", { name: "Settings" });
    assert.equal(await settings.getByLabel("Release name").inputValue(), "shop");
    assert.equal(await settings.getByLabel("Namespace").inputValue(), "prod");
    await page.getByText("The settings are now those of the command line, but for: --install, --wait. Still to be written: prod.yaml.").waitFor();
    const layers = await page.locator(".layer-text").evaluateAll((inputs) => inputs.map(({ value }) => value));
    assert.deepEqual(layers, ["replicaCount=5", "image=httpd:2"]);
    await page.getByRole("heading", { name: "prod.yaml" }).waitFor();
    await rewrite(page.getByRole("textbox", { name: "prod.yaml" }), "service:\n  port: 8080\n");
    await outputHas(page, "port: 8080\n");
  });

  test("a chart is saved as Helm packs it, edits included, and opens again", async () => {
    const page = await visit();
    await typeAfter(values(page), "replicaCount", "1");
    await outputHas(page, "replicas: 31\n");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Save this chart as a .tgz" })]);
    assert.equal(download.suggestedFilename(), "web-0.1.0.tgz");
    const saved = join(scratch, "web-0.1.0.tgz");
    await download.saveAs(saved);
    const other = await visit();
    await choose(other, "Open a .tgz, a .zip or YAML files …", saved);
    await outputIs(other, await output(page).textContent());
  });

  test("a chart that Helm would not take is not saved, and says why", async () => {
    const page = await chromium.visit(link(tiny("a: 1\n", { "Chart.yaml": "apiVersion: v2\nname: tiny\nversion: none\n" })));
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Save this chart as a .tgz" });
    await page.getByText('Helm would not take this chart: validation: chart.metadata.version "none" is invalid.').first().waitFor();
  });

  test("the same file can be opened twice", async () => {
    const page = await visit();
    const pack = { name: "web-0.1.0.tgz", mimeType: "application/gzip", buffer: tgz("web", renamed()) };
    await choose(page, "Open a .tgz, a .zip or YAML files …", pack);
    await outputHas(page, "replicas: 5\n");
    await back(page);
    await outputHas(page, "replicas: 3\n");
    await choose(page, "Open a .tgz, a .zip or YAML files …", pack);
    await outputHas(page, "replicas: 5\n");
  });

  test("manifests without a chart are shown and checked like one", async () => {
    const page = await visit();
    const set = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: alone\nspec:\n  replicas: 1\n";
    await drop(page, [{ name: "set.yaml", bytes: set }]);
    await outputHas(page, "name: alone\n");
    await page.getByText("StatefulSet alone").first().waitFor();
  });

  const hostile = {
    "no archive": [[{ name: "web.tgz", bytes: "just words" }], /The archive can't be opened: .*gzip/],
    "an archive that leads out of its folder": [[{ name: "web.tgz", bytes: tgz("web", { "../../../etc/passwd": "x" }) }], /The archive can't be opened/],
    "an archive that unpacks to hundreds of megabytes": [[{ name: "bomb.tgz", bytes: tgz("web", { "Chart.yaml": "name: a\n", "files/a": Buffer.alloc(120 << 20) }) }], /The archive can't be opened/],
    "no chart": [[{ name: "photo.png", bytes: "\u0089PNG" }], /There is no Chart.yaml in it/],
  };
  for (const [name, [files, sentence]] of Object.entries(hostile)) {
    test(`${name} gives a sentence, and the chart stays`, async () => {
      const page = await visit();
      await drop(page, files);
      await page.getByText(sentence).first().waitFor();
      await outputIs(page, expected("web"));
    });
  }

  const megabyte = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  // Gzipped, and behind it ten gigabytes of zeros: what comes after need not be right, for nobody gets there.
  const bomb = () => Buffer.concat([
    Buffer.from("1f8b08000000000000ff", "hex"),
    deflateRawSync(header("web/files/a", 10 * 2 ** 30), { finishFlush: constants.Z_FULL_FLUSH }),
    ...Array.from({ length: 10 << 10 }, () => megabyte),
  ]);
  const many = () => gzipSync(Buffer.concat(Array.from({ length: 100_000 }, (_, at) => header(`web/files/${at}`, 0))), { level: 1 });
  for (const [name, make, sentence] of [
    ["a hundred thousand entries", many, /it has too many entries: more than 10000/],
    ["ten gigabytes, unpacked", bomb, /it unpacks to more than 32 MB/],
  ]) {
    test(`an archive of ${name} is refused in time`, async () => {
      const page = await visit();
      const buffer = make();
      assert.ok(buffer.length < 20 << 20);
      const start = Date.now();
      await choose(page, "Open a .tgz, a .zip or YAML files …", { name: "web.tgz", mimeType: "application/gzip", buffer });
      await page.getByText(sentence).first().waitFor();
      assert.ok(Date.now() - start < 8000, `${Date.now() - start} ms`);
      await outputIs(page, expected("web"));
    });
  }

  test("text that is dragged is none of the page's business", async () => {
    const page = await visit();
    const refused = await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", "a: 1");
      return !document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    assert.equal(refused, false);
    await outputLacks(page, "a: 1\n");
  });
});
