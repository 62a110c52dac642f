// A Wasm that remembers which of its functions ran: each begins by writing into a memory of its own, a byte per function.
import { Reader, afterLocals, assembled, kind, leb, list, section, sections, sized, text } from "./wasm.mjs";

const secondMemory = 0x40;

// What reads that memory finds it by this name among the exports.
export const RAN = "ran";

export function watched(wasm) {
  const parts = sections(wasm).filter(({ id }) => id !== section.custom);
  const with_ = new Map([
    [section.memory, (content) => more(content, Buffer.from([0, 1]))],
    [section.exports, (content) => more(content, Buffer.concat([text(RAN), Buffer.from([kind.memory, 1])]))],
    [section.code, (content) => list(bodies(content).map((body, place) => sized(telling(body, place))))],
  ]);
  return assembled(parts.map(({ id, content }) => ({ id, content: with_.get(id)?.(content) ?? content })));
}

function more(content, item) {
  const reader = new Reader(content);
  const count = reader.number();
  return Buffer.concat([leb(count + 1), content.subarray(reader.at), item]);
}

function bodies(content) {
  const reader = new Reader(content);
  return reader.list(() => reader.take(reader.number()));
}

// i32.const place, i32.const 1, i32.store8.
function telling(body, place) {
  const start = afterLocals(body);
  return Buffer.concat([body.subarray(0, start), Buffer.from([0x41]), leb(place, true), Buffer.from([0x41, 1, 0x3a, secondMemory, 1, 0]), body.subarray(start)]);
}
