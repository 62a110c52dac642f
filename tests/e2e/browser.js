// A real Chromium that opens the built page, and watches it: every request, every error, everything the policy refused.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test as once } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./site.js";

const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// The browser of the tests in this file.
const started = {};
let kept = 0;

// A group of tests that share one browser. They get what `start` gives.
export function inChromium(name, tests) {
  describe(name, () => {
    before(async () => Object.assign(started, await start()));
    after(() => started.close());
    tests(started);
    // What a test opened goes with it; what `before` opened stays for all of them.
    beforeEach(() => {
      kept = started.visits.length;
    });
    afterEach(closeVisits);
  });
}

const closeVisits = () => Promise.all(started.visits.slice(kept).map(({ page }) => page.context().close()));

let prepare = async () => {};

// What is done before each test of this file.
export const setUp = (preparing) => {
  prepare = preparing;
};

// A test in a browser. On a busy machine a browser may do in five seconds what it does in one elsewhere, so what fails is
// tried once more, and the summary names it as unsteady. What fails twice has failed.
export function test(name, run) {
  return once(name, async (context) => {
    try {
      await prepare();
      await run(context);
    } catch (error) {
      context.diagnostic(`unsteady: ${name}: ${error.message?.split("\n")[0]}`);
      await closeVisits();
      started.visits.splice(kept);
      await prepare();
      await run(context);
    }
  });
}

// Starts a site and a browser, with `more` flags. `visit` opens the page in a fresh context, as another person on another machine would.
export async function start(more = []) {
  const site = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false, args: [...flags, ...more] });
  const visits = [];

  async function visit(fragment = "", context = {}) {
    const opened = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...context });
    const visited = await watch(opened, site.origin);
    visits.push(visited);
    await visited.page.goto(site.url + fragment);
    if (context.javaScriptEnabled !== false) {
      // The HTML's own page has gone: the engine has drawn its own.
      await visited.page.waitForFunction(() => document.querySelector("[data-first]") === null);
    }
    return visited.page;
  }

  // Closes what is open, and says what the page did that no test asked for.
  async function close() {
    const complaints = visits.flatMap((visited) => visited.complaints);
    await browser.close();
    await site.close();
    assert.deepEqual(complaints, []);
  }

  return { url: site.url, browser, visits, visit, close, change: site.change };
}

async function watch(context, origin) {
  const complaints = [];
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  // Everything that leaves the origin is refused, and told.
  await context.route(
    (url) => url.origin !== origin && url.protocol !== "data:" && url.protocol !== "blob:",
    (route) => {
      complaints.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.on("pageerror", (error) => expected.has(page) || complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.has(page)) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  return { page, complaints };
}

const expected = new WeakSet();

// For a test that provokes what the console complains of.
export const expectComplaints = (page) => expected.add(page);
