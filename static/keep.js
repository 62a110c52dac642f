// Drafts, kept in this browser's IndexedDB: one per chart, and what it was before. A draft is a text; what is in it is
// none of this file's business.
//
// A draft belongs to one tab at a time. That is a lock of the Web Locks kind: it goes with its tab, also where that
// crashes, and another tab can take it over.
(() => {
  const FEWEST_SECONDS = 30; // between two versions; in between the newest version is written over
  const MOST_VERSIONS = 20;
  const LAST = "chartroom-last-draft";
  const OWN = "chartroom-own-draft";

  // A page inside another one keeps nothing; nor does one that is asked to start clean, for it must not write over the
  // draft that it was asked not to show.
  const asked = new URLSearchParams(location.search);
  const isGuest = asked.has("embed") || asked.has("fresh");

  let database;
  const held = new Map();

  const settled = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  function open() {
    database ??= new Promise((done, failed) => {
      const request = indexedDB.open("chartroom", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "chart" });
        request.result.createObjectStore("versions", { autoIncrement: true }).createIndex("chart", "chart");
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
      request.onblocked = () => failed(new Error("blocked"));
    });
    return database;
  }

  // Which draft was worked on last; null where there is none, or the browser keeps nothing. And which one of those that
  // are not a copy out of a link.
  const last = () => named(LAST);
  const own = () => named(OWN);

  function named(key) {
    try {
      return isGuest ? null : localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // All drafts, the newest first: [chart, saved].
  async function list() {
    const drafts = (await open()).transaction("drafts").objectStore("drafts");
    const all = await settled(drafts.getAll());
    return all.sort((a, b) => b.saved - a.saved).map(({ chart, saved }) => [chart, new Date(saved).toLocaleString()]);
  }

  async function load(chart) {
    const drafts = (await open()).transaction("drafts").objectStore("drafts");
    return (await settled(drafts.get(chart)))?.text ?? null;
  }

  async function save(chart, text, isOwn) {
    if (isGuest) {
      return;
    }
    const transaction = (await open()).transaction(["drafts", "versions"], "readwrite");
    const done = new Promise((fulfil, reject) => {
      transaction.oncomplete = fulfil;
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
    // Where a step before it fails, that is told already.
    done.catch(() => {});
    const saved = Date.now();
    transaction.objectStore("drafts").put({ chart, text, saved });
    const versions = transaction.objectStore("versions");
    const keys = await settled(versions.index("chart").getAllKeys(chart));
    const newest = keys.length ? await settled(versions.get(keys.at(-1))) : null;
    if (newest?.text !== text) {
      const again = newest && saved - newest.begun < FEWEST_SECONDS * 1000;
      versions.put({ chart, text, saved, begun: again ? newest.begun : saved }, ...(again ? [keys.at(-1)] : []));
      keys.slice(0, Math.max(0, keys.length + (again ? 0 : 1) - MOST_VERSIONS)).forEach((key) => versions.delete(key));
    }
    await done;
    localStorage.setItem(LAST, chart);
    if (isOwn) {
      localStorage.setItem(OWN, chart);
    }
  }

  // What the draft was, the newest first: [saved, text].
  async function versions(chart) {
    const store = (await open()).transaction("versions").objectStore("versions");
    const all = await settled(store.index("chart").getAll(chart));
    return all.reverse().map(({ saved, text }) => [new Date(saved).toLocaleString(), text]);
  }

  // Takes the draft for this tab: true where that went well, false where another tab has it. `lost` is called when
  // another tab takes it over.
  function claim(chart, lost, steal) {
    if (isGuest || !navigator.locks || held.has(chart)) {
      return Promise.resolve(true);
    }
    return new Promise((answer) => {
      const options = steal ? { steal: true } : { ifAvailable: true };
      navigator.locks
        .request(`chartroom ${chart}`, options, (lock) => {
          answer(lock !== null);
          if (lock !== null) {
            return new Promise((release) => held.set(chart, release));
          }
        })
        .catch(() => {
          held.delete(chart);
          answer(true);
          lost();
        });
    });
  }

  globalThis.ChartroomDrafts = { last, own, list, load, save, versions, claim };
})();
