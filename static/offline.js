// After one visit the page works without a network: a service worker keeps its files. An update is fetched beside them,
// waits, and asks.
if (navigator.serviceWorker && !new URLSearchParams(location.search).has("embed")) {
  const reloads = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => reloads && location.reload());
  addEventListener("load", () => setTimeout(register, 1000));
  if (document.readyState === "complete") {
    setTimeout(register, 1000);
  }
}

let registered = false;
async function register() {
  if (registered) {
    return;
  }
  registered = true;
  // Where the browser refuses, the page works as it does without.
  const registration = await navigator.serviceWorker.register("service-worker.js").catch(() => null);
  if (!registration) {
    return;
  }
  const ask = () => registration.waiting && navigator.serviceWorker.controller && offer(registration.waiting);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", ask));
  ask();
}

function offer(waiting) {
  if (document.querySelector(".update")) {
    return;
  }
  const note = document.createElement("aside");
  note.className = "update";
  note.setAttribute("role", "status");
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = "Reload with it";
  button.onclick = () => waiting.postMessage("take over");
  note.append("A newer Chartroom is ready.", button);
  document.body.append(note);
}
