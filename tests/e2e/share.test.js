// Links: what is shared is what opens, and what can't be opened is told in a sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromium } from "./browser.js";
import { expected, field, link, open, output, outputHas, outputIs, template, tiny, typeAfter, values } from "./chartroom.js";

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
