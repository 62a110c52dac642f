// Serves dist/ below a path of this machine's own, as a web host would: the page must not mind where it lies.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../dist/", import.meta.url));
const below = "/some/where/";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

// `change` has a file served as another text from then on: as after somebody put a newer site there.
export async function serve() {
  const changes = new Map();
  const server = createServer((request, response) => answer(request, response, changes));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  const change = (name, edit) => changes.set(join(folder, name), edit);
  return { origin, url: origin + below, close, change };
}

async function answer(request, response, changes) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = join(folder, normalize(path.slice(below.length) || "index.html"));
  const found = path.startsWith(below) && file.startsWith(folder) && (await stat(file).catch(() => null))?.isFile();
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain; charset=utf-8" });
  if (changes.has(file)) {
    response.end(changes.get(file)(await readFile(file, "utf8")));
    return;
  }
  createReadStream(file).pipe(response);
}
