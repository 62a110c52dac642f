// Keeps the page's files. VERSION and FILES are put in when the site is built (.ci/finish.mjs): a new site is a new
// version, all of whose files are fetched before any of them is used.
const VERSION = "development";
const FILES = [];

const own = `chartroom ${VERSION}`;

addEventListener("install", (event) => {
  event.waitUntil(keep());
});

// A sample that a host doesn't serve takes nothing else with it.
async function keep() {
  const cache = await caches.open(own);
  const isSample = (name) => name.startsWith("samples/");
  await cache.addAll(FILES.filter((name) => !isSample(name)));
  await Promise.allSettled(FILES.filter(isSample).map((name) => cache.add(name)));
}

addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith("chartroom ") && name !== own).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => clients.claim()));
});

addEventListener("message", (event) => event.data === "take over" && skipWaiting());

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) {
    return;
  }
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(own);
  const isPage = request.mode === "navigate";
  // A query tells the page's own parts what to do, and caches apart what has changed; this cache holds one version of all.
  const kept = await cache.match(isPage ? "./" : request, { ignoreSearch: true });
  return kept ?? fetch(request);
}
