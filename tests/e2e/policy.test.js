// The page's own content security policy, tried from inside: what it must refuse is refused.
import assert from "node:assert/strict";
import { before } from "node:test";
import { expectComplaints, inChromium, test } from "./browser.js";

inChromium("the policy", (chromium) => {
  let page;
  before(async () => {
    page = await chromium.visit();
    expectComplaints(page);
  });

  // From a timer of the page's own, because what a debugger evaluates is exempt.
  test("refuses eval", async () => {
    const outcome = await page.evaluate(
      () => new Promise((tell) => {
        setTimeout(() => {
          try {
            tell(globalThis.eval("'ran'"));
          } catch (error) {
            tell(error.name);
          }
        });
      }),
    );
    assert.equal(outcome, "EvalError");
  });

  test("refuses scripts and handlers in the markup", async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = 'script'";
      document.body.append(script);
      const button = document.createElement("button");
      button.setAttribute("onclick", "globalThis.ran = 'handler'");
      document.body.append(button);
      button.click();
      return globalThis.ran ?? "nothing";
    });
    assert.equal(ran, "nothing");
  });

  test("refuses styles in the markup", async () => {
    const colours = await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "#probe { color: rgb(1, 2, 3) }";
      const probe = document.createElement("p");
      probe.id = "probe";
      probe.setAttribute("style", "background-color: rgb(1, 2, 3)");
      document.body.append(style, probe);
      const { color, backgroundColor } = getComputedStyle(probe);
      return [color, backgroundColor];
    });
    assert.ok(!colours.includes("rgb(1, 2, 3)"), colours.join());
  });

  test("refuses every other origin", async () => {
    const outcomes = await page.evaluate(async () => {
      const other = "https://example.com/x";
      const loads = (element) => new Promise((tell) => {
        element.onload = () => tell("loaded");
        element.onerror = () => tell("refused");
        document.body.append(element);
      });
      const refused = () => "refused";
      return [
        await fetch(other).then(() => "loaded", refused),
        await loads(Object.assign(new Image(), { src: other })),
        await loads(Object.assign(document.createElement("script"), { src: other })),
        await import(other).then(() => "loaded", refused),
      ];
    });
    assert.deepEqual(outcomes, ["refused", "refused", "refused", "refused"]);
  });
});
