// Makes two Wasm modules of one: the first has all that the first output needs, the later one the rest.
//
// Every function keeps its index in both, so no instruction is touched. Where a function's body is in the other module, a few
// instructions stand for it, which call it through the table that both share; and where nobody on this side calls it, none. The
// later module writes its functions into the table when it is instantiated, and its data into the memory. The first that is
// called before that asks static/later.js to fetch it.
import { Reader, assembled, dataSegments, imports, kind, leb, limits, list, mentions, section, sections, sized, text } from "./wasm.mjs";

const op = { unreachable: 0x00, if: 0x04, end: 0x0b, call: 0x10, callIndirect: 0x11, localGet: 0x20, tableGet: 0x25, i32: 0x41, isNull: 0xd1, empty: 0x40 };
const nothing = Buffer.from([0, op.unreachable, op.end]);

// `isLater` tells it of a function by its index, `ranges` are the addresses of the data that only they need. Gives back both, and
// the slot of the table that wants a function that fetches the later one.
export function taken(wasm, isLater, ranges) {
  const whole = read(wasm);
  const slots = slotsOf(whole, isLater);
  const data = dividedData(whole, ranges);
  return { first: firstPart(whole, isLater, slots, data.first), later: laterPart(whole, isLater, slots, data.later), slot: slots.loader };
}

function read(wasm) {
  const parts = sections(wasm).filter(({ id }) => id !== section.custom);
  const content = (id) => parts.find((part) => part.id === id).content;
  const reader = (id) => new Reader(content(id));
  const types = reader(section.type);
  const imported = imports(content(section.imports)).filter((item) => item.kind === kind.function);
  const functions = reader(section.functions);
  const bodies = reader(section.code);
  return {
    parts,
    content,
    types: types.list(() => ({ bytes: types.raw(() => signature(types)) })),
    imported,
    typeOf: [...imported.map(({ type }) => type), ...functions.list(() => functions.number())],
    bodies: bodies.list(() => bodies.take(bodies.number())),
    table: tables(reader(section.table)),
    globals: globals(reader(section.global)),
    elements: elements(reader(section.elements)),
    exports: exported(reader(section.exports)),
  };
}

function signature(reader) {
  reader.byte();
  reader.list(() => reader.byte());
  reader.list(() => reader.byte());
}

const tables = (reader) => reader.list(() => ({ type: reader.byte(), ...limits(reader) }));

const globals = (reader) =>
  reader.list(() => {
    const type = reader.take(2);
    const start = reader.raw(() => constant(reader));
    return { type, start };
  });

function constant(reader) {
  const opcode = reader.byte();
  if (opcode === op.i32 || opcode === 0x42 || opcode === 0xd0 || opcode === 0x23) {
    reader.pass();
  } else {
    throw new Error(`a constant that begins with 0x${opcode.toString(16)}`);
  }
  reader.byte(); // its end
}

// What lies in the first table, by slots.
function elements(reader) {
  const at = new Map();
  reader.list(() => {
    if (reader.number() !== 0 || reader.byte() !== op.i32) {
      throw new Error("elements that do not lie at a fixed place of the first table");
    }
    const start = reader.number();
    reader.byte();
    reader.list(() => reader.number()).forEach((index, place) => at.set(start + place, index));
  });
  return at;
}

const exported = (reader) => reader.list(() => ({ name: reader.name(), kind: reader.byte(), index: reader.number() }));

// A slot of the table for each function that the other module calls. Those whose addresses are taken have one.
function slotsOf(whole, isLater) {
  const crossing = { first: new Set(), later: new Set() };
  whole.bodies.forEach((body, place) => {
    const caller = isLater(place + whole.imported.length);
    mentions(body, (index) => {
      if (index >= whole.imported.length && isLater(index) !== caller) {
        crossing[caller ? "first" : "later"].add(index);
      }
    });
  });
  whole.exports.filter((item) => item.kind === kind.function && isLater(item.index)).forEach(({ index }) => crossing.later.add(index));
  const of = new Map([...whole.elements].map(([slot, index]) => [index, slot]));
  whole.elements.forEach((index) => isLater(index) && crossing.later.add(index));
  const loader = whole.table[0].least;
  // The first of them is empty until the later module is there.
  const mark = loader + 1;
  let next = mark + 1;
  const fresh = (indices) => [...indices].filter((index) => !of.has(index)).sort((a, b) => a - b);
  const place = (indices) => indices.forEach((index) => of.set(index, next++));
  const first = fresh(crossing.first);
  place(first);
  const later = fresh(crossing.later);
  place(later);
  return { of, crossing, loader, mark, first, later, end: next };
}

// The data with holes where the later part's is: zeros, which compress to nothing.
function dividedData(whole, ranges) {
  const segments = dataSegments(whole.content(section.data)).map(({ address, bytes }) => ({ address, bytes: Buffer.from(bytes) }));
  const later = segments.flatMap((segment) => ranges.flatMap((range) => piecesOut(segment, range)));
  const written = (pieces) => list(pieces.map(({ address, bytes }) => Buffer.concat([active(address), sized(bytes)])));
  return { first: written(segments), later: written(later) };
}

// What lies of a range in a segment, which has zeros there from now on.
function piecesOut({ address, bytes }, [start, end]) {
  const from = Math.max(start, address);
  const to = Math.min(end, address + bytes.length);
  if (from >= to) {
    return [];
  }
  const piece = bytes.subarray(from - address, to - address);
  const kept = Buffer.from(piece);
  piece.fill(0);
  return [{ address: from, bytes: kept }];
}

// The head of a segment of data or elements that lies at a fixed place.
const active = (place) => Buffer.concat([Buffer.from([0, op.i32]), leb(place, true), Buffer.from([op.end])]);

function firstPart(whole, isLater, slots, data) {
  const types = whole.types.map(({ bytes }) => bytes);
  const plain = Buffer.from([0x60, 0, 0]);
  const procedure = types.findIndex((bytes) => bytes.equals(plain));
  if (procedure < 0) {
    throw new Error("no function of the page has neither parameters nor results");
  }
  const awaiting = whole.typeOf.length;
  const isCalled = (index) => slots.crossing.later.has(index);
  const bodies = whole.bodies.map((body, place) => {
    const index = place + whole.imported.length;
    return !isLater(index) ? body : isCalled(index) ? standIn(whole, slots, index, awaiting) : nothing;
  });
  const declared = whole.typeOf.slice(whole.imported.length).map((type, place) => leb(isLater(place + whole.imported.length) && !isCalled(place + whole.imported.length) ? procedure : type));
  const shared = [
    ...whole.table.map((_, index) => ["table", kind.table, index]),
    ["memory", kind.memory, 0],
    ...whole.globals.map((_, index) => ["global", kind.global, index]),
  ];
  const exports = [
    ...whole.exports.map(({ name, kind: of, index }) => Buffer.concat([text(name), Buffer.from([of]), leb(index)])),
    ...shared.map(([name, of, index]) => Buffer.concat([text(`later:${name}${index}`), Buffer.from([of]), leb(index)])),
  ];
  const table = whole.table.map((one, index) => (index === 0 ? { ...one, least: slots.end, most: one.most && Math.max(one.most, slots.end) } : one));
  const old = whole.content(section.elements);
  const count = new Reader(old);
  const segments = count.number();
  const elements = Buffer.concat([leb(segments + 1), old.subarray(count.at), active(slots.mark + 1), list(slots.first.map((index) => leb(index)))]);
  const replaced = new Map([
    [section.functions, list([...declared, leb(procedure)])],
    [section.table, list(table.map(writtenTable))],
    [section.exports, list(exports)],
    [section.elements, elements],
    [section.code, list([...bodies, wait(slots, procedure)].map(sized))],
    [section.data, data],
  ]);
  return assembled(whole.parts.map(({ id, content }) => ({ id, content: replaced.get(id) ?? content })));
}

const writtenTable = ({ type, flags, least, most }) => Buffer.concat([Buffer.from([type, flags]), leb(least), most === undefined ? Buffer.alloc(0) : leb(most)]);

// Calls the loader where the later module is not there yet.
const wait = ({ mark, loader }, procedure) =>
  Buffer.concat([Buffer.from([0, op.i32]), leb(mark, true), Buffer.from([op.tableGet, 0, op.isNull, op.if, op.empty, op.i32]), leb(loader, true), Buffer.from([op.callIndirect]), leb(procedure), Buffer.from([0, op.end, op.end])]);

// The body of a function that is in the other module.
function standIn(whole, slots, index, awaiting) {
  const type = whole.typeOf[index];
  const reader = new Reader(whole.types[type].bytes, 1);
  const parameters = reader.list(() => reader.byte());
  return Buffer.concat([
    Buffer.from([0]),
    ...(awaiting === undefined ? [] : [Buffer.from([op.call]), leb(awaiting)]),
    ...parameters.map((_, place) => Buffer.concat([Buffer.from([op.localGet]), leb(place)])),
    Buffer.from([op.i32]),
    leb(slots.of.get(index), true),
    Buffer.from([op.callIndirect]),
    leb(type),
    Buffer.from([0, op.end]),
  ]);
}

function laterPart(whole, isLater, slots, data) {
  const own = (name, of, description) => Buffer.concat([text("first"), text(`later:${name}`), Buffer.from([of]), description]);
  const table = whole.table.map((one, index) => own(`table${index}`, kind.table, writtenTable({ ...one, flags: 0, least: index === 0 ? slots.end : one.least, most: undefined })));
  const imported = [
    ...whole.imported.map(({ bytes }) => bytes),
    ...table,
    own("memory0", kind.memory, Buffer.from([0, 0])),
    ...whole.globals.map(({ type }, index) => own(`global${index}`, kind.global, type)),
  ];
  const bodies = whole.bodies.map((body, place) => {
    const index = place + whole.imported.length;
    return isLater(index) ? body : slots.crossing.first.has(index) ? standIn(whole, slots, index) : nothing;
  });
  const anyLater = whole.typeOf.findIndex((_, index) => isLater(index));
  const taken = [...whole.elements].filter(([, index]) => isLater(index));
  const slotsAndFunctions = [[slots.mark, anyLater], ...slots.later.map((index) => [slots.of.get(index), index]), ...taken];
  return assembled([
    { id: section.type, content: whole.content(section.type) },
    { id: section.imports, content: list(imported) },
    { id: section.functions, content: whole.content(section.functions) },
    { id: section.elements, content: list(runs(slotsAndFunctions).map(({ start, items }) => Buffer.concat([active(start), list(items.map((index) => leb(index)))]))) },
    { id: section.code, content: list(bodies.map(sized)) },
    { id: section.data, content: data },
  ]);
}

// Pairs of slots and functions, those side by side together.
function runs(pairs) {
  const found = [];
  for (const [slot, index] of [...pairs].sort(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last.start + last.items.length === slot) {
      last.items.push(index);
    } else {
      found.push({ start: slot, items: [index] });
    }
  }
  return found;
}
