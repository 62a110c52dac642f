// The states of the page: for looking at, and for holding against what everyone can use.
import { link, open, outputHas, rewrite, template, tiny, unfoldProblems } from "./chartroom.js";

// A chart, and a file that its .helmignore names.
const ZIP = "UEsDBBQAAAAIAAAAIQCk1iH1JAAAACgAAAAOAAAAd2ViL0NoYXJ0LnlhbWxLLMgMSy0qzszPs1IoM+LKS8xNtVIoT03iKoOJGugZ6hlwAQBQSwMEFAAAAAgAAAAhAHvT4tcIAAAABgAAAA8AAAB3ZWIvLmhlbG1pZ25vcmXT0ktKzOYCAFBLAwQUAAAACAAAACEAaRkj4wcAAAAFAAAAEwAAAHdlYi92YWx1ZXMueWFtbC5iYWtLtFIw5AIAUEsDBBQAAAAIAAAAIQBpGSPjBwAAAAUAAAAUAAAAd2ViL3RlbXBsYXRlcy9hLnlhbWxLtFIw5AIAUEsBAhQDFAAAAAgAAAAhAKTWIfUkAAAAKAAAAA4AAAAAAAAAAAAAAIABAAAAAHdlYi9DaGFydC55YW1sUEsBAhQDFAAAAAgAAAAhAHvT4tcIAAAABgAAAA8AAAAAAAAAAAAAAIABUAAAAHdlYi8uaGVsbWlnbm9yZVBLAQIUAxQAAAAIAAAAIQBpGSPjBwAAAAUAAAATAAAAAAAAAAAAAACAAYUAAAB3ZWIvdmFsdWVzLnlhbWwuYmFrUEsBAhQDFAAAAAgAAAAhAGkZI+MHAAAABQAAABQAAAAAAAAAAAAAAIABvQAAAHdlYi90ZW1wbGF0ZXMvYS55YW1sUEsFBgAAAAAEAAQA/AAAAPYAAAAAAA==";

// On a small screen, where not all panes have room.
async function turnTo(page, pane) {
  const tab = page.locator(".switch").getByRole("button", { name: pane, exact: true });
  if (await tab.isVisible()) {
    await tab.click();
  }
}

// Each state: where one goes, and what one does there.
export const states = {
  "the default chart": ["", (page) => outputHas(page, "replicas: 3")],
  "the problems unfolded": ["", (page) => unfoldProblems(page)],
  "an error": ["", async (page) => {
    await turnTo(page, "Template");
    await rewrite(template(page), "a: {{ .Values.nope.x }}\n");
    await page.locator("[data-errors='1']").waitFor();
    await unfoldProblems(page);
  }],
  "spaces shown": ["", async (page) => {
    await outputHas(page, "replicas: 3");
    await page.keyboard.press("Control+Alt+w");
    await page.locator(".ghost").first().waitFor();
  }],
  "changes as text": ["", async (page) => {
    await turnTo(page, "Template");
    await rewrite(template(page), "a: 1\n");
    await outputHas(page, "\na: 1\n");
    await turnTo(page, "Rendered");
    await page.getByRole("tab", { name: "Changes" }).click();
    await page.getByRole("button", { name: "As text", exact: true }).click();
    await page.locator(".text-changes ins").first().waitFor();
  }],
  "layers, one of them wrong": ["", async (page) => {
    await page.getByLabel("Add a layer of values").selectOption("new");
    await page.getByLabel("Add a layer of values").selectOption("--set");
    await page.locator(".layer-text").fill("replicaCount");
    await page.locator(".layer-problem").waitFor();
  }],
  "a chart with a file rail": ["", async (page) => {
    await page.getByLabel("Chart", { exact: true }).selectOption("chart-dev");
    await page.locator(".rail").waitFor({ state: "attached" });
  }],
  "more settings": ["", (page) => page.locator(".bar-more summary").click()],
  "the palette": ["", async (page) => {
    await page.keyboard.press("F1");
    await page.getByRole("listbox").waitFor();
  }],
  "the keys": ["", async (page) => {
    await page.keyboard.press("F1");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.type("show the keys");
    await page.locator("[role=option]:only-child").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
  }],
  "a name is asked for": ["", async (page) => {
    await turnTo(page, "Template");
    await page.getByLabel("File", { exact: true }).selectOption("New");
    await page.getByRole("dialog").getByRole("textbox").fill("values.yaml");
  }],
  "completion": ["", async (page) => {
    await turnTo(page, "Template");
    await open(page, "templates/service.yaml");
    await template(page).press("Control+End");
    await page.keyboard.type("# {{ .Values.");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
  }],
  "sharing, with a QR code": ["", async (page) => {
    await page.getByLabel("Chart", { exact: true }).selectOption({ label: "Share it, or save parts of it …" });
    await page.getByRole("button", { name: "Show a QR code" }).click();
    await page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  }],
  "a chart of which something was left out": ["", async (page) => {
    const files = page.getByLabel("Chart archive or YAML files");
    await files.setInputFiles({ name: "web.zip", mimeType: "application/zip", buffer: Buffer.from(ZIP, "base64") });
    await page.getByText("1 file left out").click();
  }],
  "presenting": ["?present", (page) => outputHas(page, "replicas: 3")],
  "a link that is cut off": ["#1.f.AAAA", (page) => page.getByRole("complementary", { name: "Message" }).waitFor()],
  "an empty output": [link(tiny("{{ if false }}{{ end }}")), (page) => page.getByText("Helm prints nothing").waitFor()],
};
