// What the first output does not need is a Wasm of its own, which comes after it.
import assert from "node:assert/strict";
import { expectComplaints, inChromium, test } from "./browser.js";
import { eventually, link, outputHas, read, samples, template, tiny, typeAfter, unfoldProblems, values } from "./chartroom.js";

const badPort = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 99999}]}\nsize: {{ .Values.size }}\n";

inChromium("what comes after the first output", (chromium) => {
  async function opened(handle) {
    const page = await chromium.visit("", { serviceWorkers: "block" });
    expectComplaints(page);
    await page.goto("about:blank");
    await page.context().route("**/later-*.wasm", handle);
    await page.goto(chromium.url + link(tiny(badPort, { "values.yaml": "size: 1\n" })));
    await outputHas(page, "size: 1");
    return page;
  }

  test("delays no rendering while it is fetched, and then there is all of it", async () => {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    const page = await opened(async (route) => {
      await released;
      await route.continue();
    });
    await typeAfter(values(page), "size: 1", "2");
    await outputHas(page, "size: 12");
    await typeAfter(values(page), "size: 12", "3");
    await outputHas(page, "size: 123");
    assert.equal(await page.locator("[data-problem]").count(), 0);
    release();
    await unfoldProblems(page);
    await page.locator("[data-problem]").first().waitFor();
  });

  test("is said to be missing where it can't be fetched, and tried again at the next change", async () => {
    let isBroken = true;
    const page = await opened((route) => (isBroken ? route.abort() : route.continue()));
    await unfoldProblems(page);
    await page.locator("[data-unchecked]", { hasText: "The linter could not be fetched" }).waitFor();
    isBroken = false;
    await typeAfter(values(page), "size: 1", "2");
    await outputHas(page, "size: 12");
    await page.locator("[data-problem]").first().waitFor();
    await page.locator("[data-unchecked]", { hasText: "The linter could not be fetched" }).waitFor({ state: "detached" });
  });
});

inChromium("the part of the Wasm that comes later", (chromium) => {
  // Opens it where that part does not come by itself, or only to the page. `urgent` are the requests of those who can't wait.
  async function opened(fragment = "", { isBroken = false, comesToPage = false } = {}) {
    const context = await chromium.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
    const page = await context.newPage();
    const urgent = [];
    if (comesToPage) {
      await page.addInitScript(() => {
        const real = globalThis.fetch;
        globalThis.fetch = (address, ...rest) => real(/\/later-[0-9a-f]+\.wasm$/.test(address) ? `${address}?page` : address, ...rest);
      });
    }
    await page.route(/\/later-[0-9a-f]+\.wasm/, async (route) => {
      const { search } = new URL(route.request().url());
      if (search === "?now") {
        urgent.push(route.request().url());
        await (isBroken ? route.abort() : route.continue());
      } else if (search === "?page") {
        await route.continue();
      }
    });
    await page.goto(chromium.url + fragment);
    await page.waitForFunction(() => document.querySelector("[data-first]") === null);
    return { page, urgent, close: () => context.close() };
  }

  const create = samples.find(({ name }) => name === "chart-dev");
  const whole = link(Object.fromEntries(create.files.map((path) => [path, read(`static/samples/${create.name}/${path}`)])));

  test("is not needed for the first output", async () => {
    const { page, urgent, close } = await opened();
    await eventually(page, () => document.querySelector("[data-progress]")?.textContent.includes("ms"));
    assert.deepEqual(urgent, []);
    await close();
  });

  test("is not needed for a chart that comes with a link", async () => {
    const { page, urgent, close } = await opened(whole);
    await outputHas(page, "kind: Deployment");
    assert.deepEqual(urgent, []);
    await close();
  });

  test("is fetched at once by who needs it before it is there, on the page and in the worker", async () => {
    const { page, urgent, close } = await opened(link(tiny("sum: {{ .Values.a | sha256sum }}\n", { "values.yaml": "a: b\n" })));
    await outputHas(page, "sum: 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d");
    await page.keyboard.press("Control+Alt+5");
    await page.getByRole("group", { name: "List of problems" }).waitFor();
    assert.equal(urgent.length, 2);
    await close();
  });

  test("is said to be missing where the page can't have it", async () => {
    const { page, close } = await opened("", { isBroken: true });
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("Control+Alt+5");
    await page.getByRole("alert").filter({ hasText: "Reload the page when the network is back" }).waitFor();
    await close();
  });

  test("is said to be missing where the worker can't have it, and a fresh worker goes on", async () => {
    const { page, close } = await opened("", { isBroken: true, comesToPage: true });
    await eventually(page, () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm?page")));
    await typeAfter(template(page), "kind: StatefulSet", "{{ uuidv4 }}");
    await page.getByText("A part of the engine that this chart needs could not be fetched").first().waitFor();
    await page.keyboard.press("Control+z");
    await outputHas(page, "kind: StatefulSet\n");
    await close();
  });
});
