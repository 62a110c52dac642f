// Pictures of the built page, by day and by night, wide and narrow: for looking at, not for comparing.
// usage: screens.js FOLDER [FRAGMENT]
import { join } from "node:path";
import { start } from "./browser.js";

const [folder, fragment = ""] = process.argv.slice(2);
const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 380, height: 800 }];

const chromium = await start();
for (const viewport of sizes) {
  for (const [name, colorScheme] of [["day", "light"], ["night", "dark"]]) {
    const page = await chromium.visit(fragment, { viewport, colorScheme });
    await page.waitForLoadState("networkidle");
    const path = join(folder, `${viewport.width}-${name}.png`);
    await page.screenshot({ path });
    console.log(path);
  }
}
await chromium.close();
