// Archives as `helm package` makes them: tar, gzipped, all files in one folder.
import { gzipSync } from "node:zlib";

const BLOCK = 512;

export function tgz(folder, files) {
  const members = Object.entries(files).map(([path, content]) => member(`${folder}/${path}`, Buffer.from(content)));
  return gzipSync(Buffer.concat([...members, Buffer.alloc(2 * BLOCK)]));
}

function member(path, content) {
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0, 100);
  header.write("0000644\0", 100);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}
