// Reads a QR code off a picture of the screen, by a decoder that is none of ours.
import jsQR from "jsqr";
import { inflateSync } from "node:zlib";

// The text of the code in a PNG.
export function scanned(png) {
  const { width, height, pixels } = decoded(png);
  const code = (jsQR.default ?? jsQR)(pixels, width, height);
  return code?.data;
}

// A PNG as browsers write screenshots: eight bits a channel, not interlaced.
function decoded(png) {
  const [width, height, depth, colour] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  const channels = { 2: 3, 6: 4 }[colour];
  if (depth !== 8 || !channels) {
    throw new Error(`a PNG of ${depth} bits and colour type ${colour}`);
  }
  const rows = inflateSync(Buffer.concat(chunks(png).filter(({ kind }) => kind === "IDAT").map(({ data }) => data)));
  const pixels = new Uint8ClampedArray(width * height * 4);
  const length = width * channels;
  let above = Buffer.alloc(length);
  for (let y = 0; y < height; y += 1) {
    const start = y * (length + 1);
    const row = unfiltered(rows[start], rows.subarray(start + 1, start + 1 + length), above, channels);
    for (let x = 0; x < width; x += 1) {
      const pixel = row.subarray(x * channels, x * channels + channels);
      pixels.set([pixel[0], pixel[1], pixel[2], 255], (y * width + x) * 4);
    }
    above = row;
  }
  return { width, height, pixels };
}

function chunks(png) {
  const found = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    found.push({ kind: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
  }
  return found;
}

// Each row says by which of its neighbours its bytes were foretold.
function unfiltered(filter, row, above, channels) {
  const out = Buffer.alloc(row.length);
  for (let x = 0; x < row.length; x += 1) {
    const left = x < channels ? 0 : out[x - channels];
    const corner = x < channels ? 0 : above[x - channels];
    const foretold = [0, left, above[x], (left + above[x]) >> 1, paeth(left, above[x], corner)][filter];
    out[x] = row[x] + foretold;
  }
  return out;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((each) => Math.abs(guess - each));
  if (a <= b && a <= c) {
    return left;
  }
  return b <= c ? above : corner;
}
