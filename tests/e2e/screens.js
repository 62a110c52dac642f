// Pictures of the built page, by day and by night, wide and narrow: for looking at, not for comparing.
// usage: screens.js FOLDER [FRAGMENT]; without a fragment, every state of the page.
import { join } from "node:path";
import { start } from "./browser.js";
import { states } from "./states.js";

const [folder, fragment] = process.argv.slice(2);
const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 380, height: 800 }];
const wanted = fragment === undefined ? Object.entries(states) : [["", [fragment, async () => {}]]];

const chromium = await start();
for (const [state, [place, reach]] of wanted) {
  for (const viewport of sizes) {
    for (const [name, colorScheme] of [["day", "light"], ["night", "dark"]]) {
      const page = await chromium.visit(place, { viewport, colorScheme });
      await page.waitForLoadState("networkidle");
      // On a small screen some states can't be reached so.
      await reach(page).catch((error) => console.log(`${state}, ${viewport.width}: ${error.message.split("\n")[0]}`));
      const path = join(folder, [state.replace(/\W+/g, "-"), viewport.width, `${name}.png`].filter(Boolean).join("-"));
      await page.screenshot({ path });
      console.log(path);
      await page.context().close();
    }
  }
}
await chromium.close();
