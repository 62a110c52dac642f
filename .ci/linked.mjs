// What the linker leaves in a Wasm with `--emit-relocs`: which data each function and each piece of data refers to. The format:
// https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md
import { Reader, dataSegments, imports, kind, section, sections } from "./wasm.mjs";

const SYMBOL_TABLE = 8;
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;
const dataSymbol = 1;
const sectionSymbol = 3;
// Relocations that refer to a place in memory, and all that carry an addend.
const toMemory = new Set([3, 4, 5, 11, 14, 15, 16, 17, 21, 23, 25]);
const withAddend = new Set([...toMemory, 8, 9, 22]);

// The pieces of data with their addresses, and what refers to them: `ofFunction` by the function's symbol, `ofPiece` by the piece.
export function references(wasm) {
  const parts = sections(wasm);
  const custom = new Map(parts.filter(({ id }) => id === section.custom).map(({ content }) => named(content)));
  const content = (id) => parts.find((part) => part.id === id).content;
  const segments = dataSegments(content(section.data));
  const { symbols, functions } = symbolTable(custom.get("linking"));
  const pieces = symbols.map((symbol) => symbol && { start: segments[symbol.segment].address + symbol.offset, size: symbol.size, at: segments[symbol.segment].at + symbol.offset });

  const ofFunction = new Map();
  const bodies = places(content(section.code));
  const imported = imports(content(section.imports)).filter((item) => item.kind === kind.function).length;
  relocations(custom.get("reloc.CODE"), (offset, symbol) => {
    const index = imported + lastBefore(bodies, offset);
    for (const name of functions.get(index) ?? []) {
      add(ofFunction, name, symbol);
    }
  });

  const ofPiece = new Map();
  const holding = finder(pieces);
  relocations(custom.get("reloc.DATA"), (offset, symbol) => {
    for (const owner of holding(offset)) {
      add(ofPiece, owner, symbol);
    }
  });
  return { pieces, ofFunction, ofPiece };
}

// All data that somebody in `functions` gets to, as symbols.
export function reached({ ofFunction, ofPiece }, functions) {
  const found = new Set();
  const next = functions.flatMap((name) => [...(ofFunction.get(name) ?? [])]);
  while (next.length > 0) {
    const symbol = next.pop();
    if (!found.has(symbol)) {
      found.add(symbol);
      next.push(...(ofPiece.get(symbol) ?? []));
    }
  }
  return found;
}

function add(map, key, value) {
  if (!map.has(key)) {
    map.set(key, new Set());
  }
  map.get(key).add(value);
}

function named(content) {
  const reader = new Reader(content);
  return [reader.name(), content.subarray(reader.at)];
}

// The symbols of data by their numbers, and the names of functions by their indices.
function symbolTable(linking) {
  const symbols = [];
  const functions = new Map();
  const reader = new Reader(linking);
  reader.number(); // the version
  while (!reader.done) {
    const isTable = reader.byte() === SYMBOL_TABLE;
    const part = new Reader(reader.take(reader.number()));
    if (isTable) {
      part.list(() => symbols.push(symbol(part, functions)));
    }
  }
  return { symbols, functions };
}

function symbol(reader, functions) {
  const type = reader.byte();
  const flags = reader.number();
  const isDefined = (flags & UNDEFINED) === 0;
  if (type === dataSymbol) {
    reader.name();
    return isDefined ? { segment: reader.number(), offset: reader.number(), size: reader.number() } : undefined;
  }
  const index = reader.number();
  if (type !== sectionSymbol && (isDefined || (flags & EXPLICIT_NAME) !== 0)) {
    const name = reader.name();
    if (type === kind.function) {
      add(functions, index, name);
    }
  }
  return undefined;
}

// Where each function's body begins in its section.
function places(code) {
  const reader = new Reader(code);
  return reader.list(() => {
    const start = reader.at;
    reader.take(reader.number());
    return start;
  });
}

function relocations(content, tell) {
  const reader = new Reader(content);
  reader.number(); // the section
  reader.list(() => {
    const type = reader.byte();
    const offset = reader.number();
    const symbol = reader.number();
    if (withAddend.has(type)) {
      reader.pass();
    }
    if (toMemory.has(type)) {
      tell(offset, symbol);
    }
  });
}

// The last of the rising numbers that is not above `limit`, by its place.
function lastBefore(numbers, limit) {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = numbers[middle] <= limit ? [middle, high] : [low, middle];
  }
  return low;
}

// Finds the symbols whose bytes hold a place in the section: pieces that share their bytes have several.
function finder(pieces) {
  const ordered = pieces.map((piece, symbol) => ({ ...piece, symbol })).filter(({ size }) => size > 0);
  ordered.sort((a, b) => a.at - b.at);
  const starts = ordered.map(({ at }) => at);
  const longest = Math.max(...ordered.map(({ size }) => size));
  return (offset) => {
    const found = [];
    for (let place = lastBefore(starts, offset); place >= 0 && starts[place] > offset - longest; place -= 1) {
      if (starts[place] + ordered[place].size > offset) {
        found.push(ordered[place].symbol);
      }
    }
    return found;
  };
}
