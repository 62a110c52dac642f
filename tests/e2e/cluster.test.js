// The simulated cluster: the strip of pods, time in the reader's hands, failures, upgrades, strategies.
import assert from "node:assert/strict";
import { inChromium, setUp, test } from "./browser.js";
import { link, outputHas, read, rewrite, tiny, typeAfter, values } from "./chartroom.js";

inChromium("the simulated cluster", (chromium) => {
  let page;
  setUp(async () => {
    page = await chromium.visit();
    await page.locator("[data-document='StatefulSet web']").waitFor();
  });

  const cluster = () => page.getByRole("group", { name: "Simulated cluster" });
  const button = (name) => cluster().getByRole("button", { name, exact: true });
  const berths = () => page.locator(".berth").allTextContents();
  const openTab = async () => {
    await page.getByRole("tab", { name: "Cluster" }).click();
    await cluster().waitFor();
  };
  // What a table holds, a row a line.
  const table = async (kind) => {
    const rows = await page.locator(`table[data-kind="${kind}"] tr`).all();
    return Promise.all(rows.map(async (row) => (await row.locator("th, td").allTextContents()).join("  ")));
  };
  const until = (check, argument) => page.waitForFunction(check, argument, { timeout: 8000 });
  const settled = () => until(() => document.querySelector(".cluster-now")?.textContent.includes("Nothing more happens"));
  const install = async () => {
    await openTab();
    await button("Install").click();
    await button("Run").click();
    await settled();
  };

  test("the strip says which pods there would be, in which order, and follows the values", async () => {
    await until(() => document.querySelectorAll(".berth").length === 3);
    assert.deepEqual(await berths(), ["web-0 1st", "web-1 2nd", "web-2 3rd"]);
    await typeAfter(values(page), "replicaCount", "0");
    await outputHas(page, "replicas: 30");
    await until(() => document.querySelectorAll(".berth").length === 30);
  });

  test("installed, step by step: one event at a time, and back", async () => {
    await openTab();
    await button("Install").click();
    await page.locator(".cluster-events li").first().waitFor();
    const first = await page.locator(".cluster-events ol li").count();
    await button("Step").click();
    await until((count) => document.querySelectorAll(".cluster-events ol li").length > count, first);
    await button("Run").click();
    await settled();
    assert.match(await page.locator(".cluster-events ol").textContent(), /web-1 is made: web-0 is Running and Ready \(OrderedReady\)/);
    assert.deepEqual((await table("po")).map((row) => row.replace(/\d+s$/, "AGE")), [
      "NAME  READY  STATUS  RESTARTS  AGE",
      "web-0  1/1  Running  0  AGE",
      "web-1  1/1  Running  0  AGE",
      "web-2  1/1  Running  0  AGE",
    ]);
    assert.equal((await table("pvc")).length, 4);
    await button("Back").click();
    await button("Back").click();
    await until((count) => document.querySelectorAll(".cluster-events ol li").length === count, first);
  });

  test("an event leads to the line that decides", async () => {
    await install();
    await page.getByTitle("Show spec.template.spec.containers[0].readinessProbe of StatefulSet web in the output").first().click();
    await page.locator(".output-scroll .line-linked", { hasText: "readinessProbe" }).first().waitFor();
  });

  test("a pod looked at closely, broken and mended", async () => {
    await install();
    await page.locator(".cluster-pod-name", { hasText: "web-1" }).click();
    const pod = page.getByRole("region", { name: "Pod web-1" });
    await pod.waitFor();
    const told = await pod.textContent();
    for (const words of ["web-1 has no DNS name: no serviceName or subdomain is set", "data-web-1", "/tmp/hostpath-provisioner/default/data-web-1", "Service web"]) {
      assert.ok(told.includes(words), `${words} in ${told}`);
    }
    await pod.getByRole("combobox", { name: "What is wrong" }).selectOption("crash");
    await button("Run").click();
    await until(() => /web-1.*(CrashLoopBackOff|Error)/.test(document.querySelector('table[data-kind="po"]')?.textContent ?? ""));
    await pod.getByRole("combobox", { name: "What is wrong" }).selectOption("");
    // The kubelet tries again when its pause is over.
    await button("Wait 1 min").click();
    await until(() => /web-11\/1Running/.test(document.querySelector('table[data-kind="po"]')?.textContent ?? ""));
  });

  test("before an upgrade it is told what restarts, and what the API server refuses", async () => {
    await install();
    await rewrite(values(page), read("static/samples/web/values.yaml").replace("nginx:1.27", "nginx:1.28"));
    const told = page.getByRole("region", { name: "Before the upgrade" });
    await told.getByText("web-2, web-1, web-0 of StatefulSet web start again").waitFor();
    await button("Upgrade to the chart as it is now").click();
    await button("Run").click();
    await settled();
    await page.locator(".cluster-now", { hasText: "revision 2" }).waitFor();
    assert.equal(await told.count(), 0);
    await button("Roll back").click();
    await page.locator(".cluster-now", { hasText: "revision 3" }).waitFor();
  });

  test("scaled down the claims stay", async () => {
    await install();
    await page.getByRole("button", { name: "\u2212" }).click();
    await button("Run").click();
    await until(() => document.querySelectorAll('table[data-kind="po"] tbody tr').length === 2);
    assert.equal((await table("pvc")).length, 4);
  });

  test("strategies beside each other, as pictures with words and as tables", async () => {
    await openTab();
    await cluster().getByText("Compare update strategies").click();
    const pictures = cluster().getByRole("img");
    await pictures.first().waitFor();
    assert.equal(await pictures.count(), 10);
    // Each bar says its version, so that nobody needs its colour.
    const fills = await cluster().locator(".compare-legend li").first().evaluate((item) =>
      [...item.querySelectorAll("rect, text")].map((part) => getComputedStyle(part).fill));
    assert.notEqual(fills[0], fills[1]);
    assert.match(await pictures.nth(7).getAttribute("aria-label"), /^Deployment, Recreate: done after \d+ s; never fewer than 0 pods serve/);
  });

  test("whoever wants no motion gets a list at once", async () => {
    page = await chromium.visit("", { reducedMotion: "reduce" });
    await openTab();
    await button("Install").click();
    await button("Play").click();
    await settled();
  });

  test("a hundred pods are stepped through, and a thousand stay usable", async () => {
    const deployment = (count) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: ${count}\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: nginx}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n`;
    const isSettled = async () => (await page.locator(".cluster-now").textContent()).includes("Nothing more happens");
    const measure = async (count) => {
      page = await chromium.visit(link(tiny(deployment(count))));
      await openTab();
      await button("Install").click();
      await page.locator(".cluster-now").waitFor();
      const steps = [];
      // A step is an event; where all that happens at once is behind, there is none left.
      for (let step = 2; step < 14 && !(await isSettled()); step += 1) {
        await button("Step").click();
        await until((position) => document.querySelector(".cluster")?.dataset.position === String(position), step);
        await page.waitForTimeout(150);
        steps.push(Number(await cluster().getAttribute("data-micros")));
      }
      return steps;
    };
    const hundred = await measure(100);
    console.log(`a step: 100 pods ${hundred.join(", ")} microseconds`);
    assert.ok(hundred.length > 1);
    const thousand = await measure(1000);
    console.log(`a step: 1000 pods ${thousand.join(", ")} microseconds`);
    if (!(await isSettled())) {
      await button("Run").click();
    }
    await settled();
    assert.equal(await page.locator('table[data-kind="po"] tbody tr').count(), 1000);
  });
});
