// A real Chromium that opens the built page, and watches it: every request, every error, everything the policy refused.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./site.js";

const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// A group of tests that share one browser. They get what `start` gives.
export function inChromium(name, tests) {
  describe(name, () => {
    const started = {};
    let kept = 0;
    before(async () => Object.assign(started, await start()));
    after(() => started.close());
    tests(started);
    // What a test opened goes with it; what `before` opened stays for all of them.
    beforeEach(() => {
      kept = started.visits.length;
    });
    afterEach(() => Promise.all(started.visits.slice(kept).map(({ page }) => page.context().close())));
  });
}

// Starts a site and a browser. `visit` opens the page in a fresh context, as another person on another machine would.
export async function start() {
  const site = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false, args: flags });
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

  return { url: site.url, browser, visits, visit, close };
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
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
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
