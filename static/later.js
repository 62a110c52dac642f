// Fetches the part of the Wasm that the first output does not need, and puts it into the one that runs: its functions into the
// table that both share, its data into the memory. The page and its worker each do that for themselves.
//
// `.ci/split.mjs` makes both parts, and has the glue call `attach` before anything runs. `slot` is where the first part looks for
// somebody to call when it comes to a function that isn't there yet.
export function attach(first, imports, address, slot) {
  let isThere = false;
  let fetching;
  if (globalThis.keptLaterPart) {
    put(globalThis.keptLaterPart);
  }

  // The table takes functions of a Wasm only. This one has nothing but a function that is imported, and exported again.
  const passOn = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 97, 0, 0, 7, 5, 1, 1, 97, 0, 0);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(passOn), { a: { a: fetchNow } });
  first["later:table0"].set(slot, exports.a);
  globalThis.fetchLaterPart = fetchSoon;

  function put(module) {
    if (!isThere) {
      new WebAssembly.Instance(module, { ...imports, first });
      isThere = true;
    }
  }

  // Once the first output stands there. What failed is tried again by whoever asks next.
  async function fetchSoon() {
    fetching ??= WebAssembly.compileStreaming(fetch(address));
    try {
      put(await fetching);
    } catch (error) {
      fetching = undefined;
      throw error;
    }
  }

  // Wasm can't wait, so this one holds everything up. The query keeps it from waiting for the other one.
  function fetchNow() {
    const request = new XMLHttpRequest();
    request.open("GET", `${address}?now`, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    try {
      request.send();
    } catch {
      throw incomplete();
    }
    if (request.status !== 200) {
      throw incomplete();
    }
    put(new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0))));
  }
}

// The page and its engine know it by its name.
function incomplete() {
  const error = new Error("A part of Chartroom could not be fetched. Reload the page when the network is back: what you typed is kept.");
  error.name = "IncompleteError";
  return error;
}
