// The page inside another one: `?embed=output,values&theme=day`. Says which panes are shown, links to the whole page, and
// tells the page around it how high it is. Also `?theme=` alone.
const asked = new URLSearchParams(location.search);
const root = document.documentElement;

const theme = asked.get("theme");
if (theme === "day" || theme === "night") {
  root.style.colorScheme = theme === "day" ? "light" : "dark";
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  rules.filter((rule) => rule.media?.mediaText.includes("prefers-color-scheme")).forEach((rule) => {
    rule.media.mediaText = theme === "day" ? "not all" : "all";
  });
}

if (asked.has("embed")) {
  const known = ["output", "values", "template"];
  const panes = asked.get("embed").split(",").filter((pane) => known.includes(pane));
  root.dataset.embed = (panes.length ? panes : ["output"]).join(" ");
  const link = document.createElement("a");
  link.className = "embed-link";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Open in Chartroom";
  const aim = () => {
    link.href = `${location.origin}${location.pathname}${location.hash}`;
  };
  aim();
  addEventListener("hashchange", aim);
  // The engine draws the page anew once it is there.
  const place = () => link.isConnected || document.body.append(link);
  new MutationObserver(place).observe(document.body, { childList: true });
  place();
  const tell = () => parent.postMessage({ chartroom: { height: Math.ceil(document.body.getBoundingClientRect().height) } }, "*");
  new ResizeObserver(tell).observe(document.body);
}
