// Starts the page: fetches and compiles the Wasm that index.html preloads, and says so in words where that fails.
//
// Until then the HTML's own page stands there, which can be read but not used. Whoever comes with a link waits for its chart.
const glue = document.querySelector("link[rel=modulepreload]").href;
const wasm = document.querySelector("link[rel=preload][type='application/wasm']").href;
const later = document.querySelector("meta[name=later-part]")?.content;
const first = document.querySelector("[data-first]");

if (first !== null) {
  // All but the editors, which keep what is typed until the engine is there.
  globalThis.ChartroomEditor?.begin();
  sleep(first);
  first.hidden = /^#\d+\./.test(location.hash);
  first.classList.toggle("presented", new URLSearchParams(location.search).has("present"));
}

// What static/later.js could not fetch, at a moment when it was needed.
addEventListener("error", ({ error }) => error?.name === "IncompleteError" && tell(error.message));

try {
  const [{ default: init }] = await Promise.all([import(glue), fetchKept()]);
  await init({ module_or_path: wasm });
} catch (error) {
  tell(`Chartroom could not start its engine, because this browser refused its WebAssembly: ${error.message ?? error}`);
  first?.querySelectorAll("[inert]").forEach((element) => {
    element.inert = false;
  });
  throw error;
}

// Who comes back has the page's files at hand, those that come later too, and maybe no network. What can't wait on the page
// asks the network, not the service worker, so nothing of it may be missing then.
async function fetchKept() {
  if (later && navigator.serviceWorker?.controller) {
    globalThis.keptLaterPart = await WebAssembly.compileStreaming(fetch(later)).catch(() => undefined);
  }
}

function tell(words) {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.className = "failed";
  message.textContent = words;
  document.querySelector("p.failed")?.remove();
  document.body.prepend(message);
}

function sleep(element) {
  const isAwake = element.matches(".code-editor:has(.cm-editor)");
  const holdsOne = element.querySelector(".code-editor .cm-editor") !== null;
  if (!isAwake && holdsOne) {
    [...element.children].forEach(sleep);
  } else {
    element.inert = !isAwake;
  }
}
