// Archives as `helm package` makes them: tar, gzipped, all files in one folder.
import { gzipSync } from "node:zlib";

const BLOCK = 512;

export function tgz(folder, files) {
  const members = Object.entries(files).map(([path, content]) => member(`${folder}/${path}`, Buffer.from(content)));
  return gzipSync(Buffer.concat([...members, Buffer.alloc(2 * BLOCK)]));
}

function member(path, content) {
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header(path, content.length), content, padding]);
}

// What stands before so many bytes of a file.
export function header(path, size) {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, 100);
  block.write("0000644\0", 100);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
