// Starts the page: fetches and compiles the Wasm that index.html preloads, and says so in words where that fails.
const glue = document.querySelector("link[rel=modulepreload]").href;
const wasm = document.querySelector("link[rel=preload][type='application/wasm']").href;

try {
  const { default: init } = await import(glue);
  await init({ module_or_path: wasm });
} catch (error) {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = `Chartroom could not start its engine, because this browser refused its WebAssembly: ${error.message ?? error}`;
  document.body.prepend(message);
  throw error;
}
