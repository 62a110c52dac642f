// Drafts survive; a foreign link harms none; two tabs don't overwrite each other; without storage the work goes on.
import assert from "node:assert/strict";
import { expectComplaints, inChromium, test } from "./browser.js";
import { eventually, expected, link, output, outputHas, outputIs, outputLacks, tiny, typeAfter, values } from "./chartroom.js";

inChromium("a draft", (chromium) => {
  // Until the draft is written: half a second after the last edit.
  const kept = (page) =>
    eventually(page, async () => {
      const key = localStorage.getItem("chartroom-last-draft");
      return key !== null && (await ChartroomDrafts.load(key))?.includes("31");
    });

  async function edited() {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    await typeAfter(values(page), "replicaCount", "1");
    await outputHas(page, "replicas: 31\n");
    return page;
  }

  const another = (page, fragment = "") => page.context().newPage().then(async (tab) => {
    await tab.goto(chromium.url + fragment);
    return tab;
  });

  test("survives a reload", async () => {
    const page = await edited();
    await kept(page);
    await page.reload();
    await outputHas(page, "replicas: 31\n");
  });

  test("is written when the page is hidden, without waiting", async () => {
    const page = await edited();
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await kept(page);
  });

  test("survives the crash of its tab", async () => {
    const page = await edited();
    await kept(page);
    const other = await another(page, "#top");
    await outputHas(other, "replicas: 31\n");
    const session = await page.context().newCDPSession(page);
    await Promise.race([session.send("Page.crash"), new Promise((done) => page.once("crash", done))]).catch(() => {});
    await other.reload();
    await outputHas(other, "replicas: 31\n");
    await typeAfter(values(other), "replicaCount", "5");
    await outputHas(other, "replicas: 315\n");
    await eventually(other, async () => (await ChartroomDrafts.load("sample:web")).includes("315"));
  });

  test("is left alone by a foreign link, which has ways back and into a draft", async () => {
    const page = await edited();
    await kept(page);
    const other = await another(page, link(tiny("foreign: 1\n")));
    await outputHas(other, "foreign: 1\n");
    await other.getByRole("button", { name: "Back to my draft" }).click();
    await outputHas(other, "replicas: 31\n");
    await other.close();
    const third = await another(page, link(tiny("foreign: 1\n")));
    await third.getByRole("button", { name: "Keep as my draft" }).click();
    await third.waitForFunction(() => localStorage.getItem("chartroom-last-draft") === "own:tiny");
    await third.goto(chromium.url);
    await outputHas(third, "foreign: 1\n");
  });

  test("is not asked for by ?fresh, and not written over there", async () => {
    const page = await edited();
    await kept(page);
    await page.goto(`${chromium.url}?fresh`);
    await outputIs(page, expected("web"));
    await typeAfter(values(page), "replicaCount", "9");
    await outputHas(page, "replicas: 39\n");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.waitForTimeout(700);
    await page.goto(chromium.url);
    await outputHas(page, "replicas: 31\n");
  });

  test("is there to go back to, also after a copy from a link was changed and the page came anew", async () => {
    const page = await edited();
    await kept(page);
    const other = await another(page, link(tiny("foreign: {{ .Values.a }}\n", { "values.yaml": "a: 1\n" })));
    await outputHas(other, "foreign: 1\n");
    await typeAfter(values(other), "a: 1", "2");
    await outputHas(other, "foreign: 12\n");
    await eventually(other, async () => (await ChartroomDrafts.load("copy:tiny"))?.includes("a: 12"));
    await other.goto(chromium.url);
    await outputHas(other, "foreign: 12\n");
    await other.getByRole("button", { name: "Back to my draft" }).click();
    await outputHas(other, "replicas: 31\n");
    await other.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Earlier versions of this draft …" });
    await other.getByRole("button", { name: "Open the draft of tiny, from a link" }).click();
    await outputHas(other, "foreign: 12\n");
  });

  test("for which there is no room is said once, and work goes on", async () => {
    const page = await chromium.visit("#top");
    const session = await page.context().newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(chromium.url).origin, quotaSize: 1 });
    await typeAfter(values(page), "replicaCount", "1");
    await page.getByText("This browser keeps no drafts").waitFor();
    await page.locator(".strip").getByRole("button", { name: "Close" }).click();
    await typeAfter(values(page), "replicaCount", "7");
    await outputHas(page, "replicas: 317\n");
    await page.waitForTimeout(900);
    assert.equal(await page.getByText("This browser keeps no drafts").count(), 0);
  });

  test("belongs to one tab; another says so, and can take it over", async () => {
    const page = await edited();
    await kept(page);
    const other = await another(page);
    await outputHas(other, "replicas: 31\n");
    await typeAfter(values(other), "replicaCount", "2");
    await other.getByText("This draft is open in another tab").waitFor();
    assert.equal(await page.evaluate(async () => (await ChartroomDrafts.load("sample:web")).includes("312")), false);
    await other.getByRole("button", { name: "Keep it from here on" }).click();
    await eventually(other, async () => (await ChartroomDrafts.load("sample:web")).includes("312"));
    await page.getByText("This draft is open in another tab").waitFor();
  });

  test("that can't be kept is said once, and work goes on", async () => {
    const page = await chromium.visit("#top");
    expectComplaints(page);
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "indexedDB", { value: { open: () => { throw new DOMException("denied", "SecurityError"); } } });
    });
    await page.reload();
    await outputHas(page, "replicas: 3\n");
    await typeAfter(values(page), "replicaCount", "1");
    await page.getByText("This browser keeps no drafts").waitFor();
    await page.locator(".strip").getByRole("button", { name: "Close" }).click();
    await typeAfter(values(page), "replicaCount", "7");
    await outputHas(page, "replicas: 317\n");
    await page.waitForTimeout(900);
    assert.equal(await page.getByText("This browser keeps no drafts").count(), 0);
  });

  test("has its earlier versions, with what differs, and a way back", async () => {
    const page = await edited();
    await kept(page);
    await page.evaluate(async () => {
      const database = await new Promise((done) => Object.assign(indexedDB.open("chartroom"), { onsuccess: (event) => done(event.target.result) }));
      const store = database.transaction("versions", "readwrite").objectStore("versions");
      const all = await new Promise((done) => Object.assign(store.getAll(), { onsuccess: (event) => done(event.target.result) }));
      const old = { ...all[0], saved: all[0].saved - 60_000, begun: all[0].begun - 60_000 };
      store.clear();
      store.add(old);
      database.close();
    });
    await typeAfter(values(page), "replicaCount", "4");
    await outputHas(page, "replicas: 314\n");
    await eventually(page, async () => (await ChartroomDrafts.versions("sample:web")).length === 2);
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption({ label: "Earlier versions of this draft …" });
    const dialog = page.getByRole("dialog", { name: "Earlier versions" });
    await dialog.getByText("1 file differs").click();
    await dialog.getByText("- replicaCount: 314").waitFor();
    await dialog.getByText("+ replicaCount: 31", { exact: false }).waitFor();
    await dialog.getByRole("button", { name: "Go back to this version" }).click();
    await outputHas(page, "replicas: 31\n");
    await outputLacks(page, "replicas: 314\n");
  });
});

inChromium("a page without a network", (chromium) => {
  test("opens after one visit, draft included; samples open, too", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    await eventually(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated", null, 20_000);
    await page.context().setOffline(true);
    await page.reload();
    await outputHas(page, "replicas: 3\n");
    await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("counter-mysql");
    await outputIs(page, expected("counter-mysql"));
    await page.context().setOffline(false);
  });

  test("has all of its parts, the schemas too", async () => {
    const page = await chromium.visit();
    await eventually(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated", null, 20_000);
    await page.context().setOffline(true);
    await page.goto(chromium.url + link(tiny("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {a: b}\n")));
    await page.reload();
    await outputHas(page, "kind: ConfigMap\n");
    await page.keyboard.press("Control+Alt+5");
    await page.locator('[data-problem="schema-unknown-field"]').waitFor();
    await page.context().setOffline(false);
  });

  test("can be installed", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    const session = await page.context().newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
  });
});

inChromium("a newer page", (chromium) => {
  const marked = (page) => page.evaluate(() => document.querySelector("meta[name=newer]") !== null);

  test("is fetched, waits, and asks; the draft stays", async () => {
    const page = await chromium.visit();
    await outputHas(page, "replicas: 3\n");
    await eventually(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated", null, 20_000);
    await typeAfter(values(page), "replicaCount", "1");
    await eventually(page, async () => (await ChartroomDrafts.load("sample:web"))?.includes("31"));
    chromium.change("index.html", (html) => html.replace("</head>", '<meta name="newer"></head>'));
    chromium.change("service-worker.js", (script) => script.replace(/VERSION = "[^"]*"/, 'VERSION = "newer"'));
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    const button = page.getByRole("button", { name: "Reload with it" });
    await button.waitFor({ timeout: 20_000 });
    await page.reload();
    await outputHas(page, "replicas: 31\n");
    assert.equal(await marked(page), false, "it waits");
    await button.waitFor({ timeout: 20_000 });
    await Promise.all([page.waitForEvent("load"), button.click()]);
    await outputHas(page, "replicas: 31\n");
    assert.equal(await marked(page), true, "it is the newer one");
  });
});

inChromium("a page inside another one", (chromium) => {
  // A course page: it holds nothing but the frame. On the same host, for browsers keep public pages from local ones.
  async function host(query, fragment) {
    const page = await chromium.visit("#top");
    await page.goto(`${chromium.url}samples/index.json`);
    await page.evaluate((address) => {
      globalThis.heights = [];
      addEventListener("message", (event) => event.data?.chartroom && heights.push(event.data.chartroom.height));
      const frame = document.createElement("iframe");
      frame.width = 700;
      frame.height = 400;
      frame.src = address;
      document.body.append(frame);
    }, chromium.url + query + fragment);
    return page;
  }

  test("shows what was asked for, links to the whole, tells its height and keeps its address", async () => {
    const fragment = link(tiny("a: {{ .Values.a }}\n", { "values.yaml": "a: 1\n" }));
    const page = await host("?embed=output,values&theme=night", fragment);
    const frame = page.frameLocator("iframe");
    await frame.getByText("a: 1").first().waitFor();
    assert.equal(await frame.getByRole("button", { name: "Share" }).count(), 0);
    assert.equal(await frame.getByRole("region", { name: "Output" }).isVisible(), true);
    assert.equal(await frame.getByRole("region", { name: "Template" }).count(), 0);
    const whole = frame.getByRole("link", { name: "Open in Chartroom" });
    assert.equal(await whole.getAttribute("href"), chromium.url + fragment);
    await page.waitForFunction(() => heights.some((height) => height > 60));
    const inner = page.frames().at(-1);
    assert.equal(await inner.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(15, 21, 27)");
    await typeAfter(frame.getByRole("textbox", { name: "values.yaml" }), "a: 1", "2");
    await frame.getByText("a: 12").last().waitFor();
    assert.equal(inner.url(), chromium.url + "?embed=output,values&theme=night" + fragment);
    assert.equal(await inner.evaluate(() => localStorage.getItem("chartroom-last-draft")), null);
  });
});
