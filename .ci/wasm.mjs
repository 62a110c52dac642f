// A Wasm module as its sections, to be taken apart and put together again: what https://webassembly.github.io/spec/core/binary/
// says of it, as far as what the Rust compiler and wasm-bindgen write goes.

// The sections by their numbers.
export const section = { custom: 0, type: 1, imports: 2, functions: 3, table: 4, memory: 5, global: 6, exports: 7, start: 8, elements: 9, code: 10, data: 11, dataCount: 12 };

export const kind = { function: 0, table: 1, memory: 2, global: 3 };

// Reads bytes from the front to the back.
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  byte() {
    this.at += 1;
    return this.bytes[this.at - 1];
  }

  // A whole number in LEB128.
  number() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
    }
  }

  // A number in LEB128 that nobody asks for.
  pass() {
    while (this.byte() >= 128);
  }

  take(count) {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  name() {
    return this.take(this.number()).toString();
  }

  list(one) {
    return Array.from({ length: this.number() }, () => one());
  }

  // What `one` reads, as the bytes it is written in.
  raw(one) {
    const start = this.at;
    one();
    return this.bytes.subarray(start, this.at);
  }
}

// A whole number in LEB128. As a signed one, which constants are, it may need a byte more.
export function leb(value, isSigned = false) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    const last = rest < (isSigned ? 64 : 128);
    bytes.push((rest % 128) + (last ? 0 : 128));
    if (last) {
      return Buffer.from(bytes);
    }
  }
}

export const text = (name) => Buffer.concat([leb(Buffer.byteLength(name)), Buffer.from(name)]);
export const list = (items) => Buffer.concat([leb(items.length), ...items]);
export const sized = (bytes) => Buffer.concat([leb(bytes.length), bytes]);

// The sections in their order, each with its number and its content.
export function sections(wasm) {
  const reader = new Reader(wasm, 8);
  const found = [];
  while (!reader.done) {
    found.push({ id: reader.byte(), content: reader.take(reader.number()) });
  }
  return found;
}

export function assembled(parts) {
  const head = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([head, ...parts.filter(({ content }) => content !== undefined).flatMap(({ id, content }) => [Buffer.from([id]), sized(content)])]);
}

// A Wasm without its custom sections: names, and what takes it apart.
export const nameless = (wasm) => assembled(sections(wasm).filter(({ id }) => id !== section.custom));

// Each import: its kind, and the bytes it is written in.
export function imports(content) {
  const reader = new Reader(content);
  return reader.list(() => {
    const item = { kind: undefined, type: undefined };
    item.bytes = reader.raw(() => {
      reader.name();
      reader.name();
      item.kind = reader.byte();
      item.type = importedType(item.kind, reader);
    });
    return item;
  });
}

function importedType(of, reader) {
  if (of === kind.function) {
    return reader.number();
  }
  if (of === kind.global) {
    reader.take(2);
  } else {
    reader.take(of === kind.table ? 1 : 0);
    limits(reader);
  }
  return undefined;
}

export function limits(reader) {
  const flags = reader.byte();
  return { flags, least: reader.number(), most: (flags & 1) === 1 ? reader.number() : undefined };
}

// Where the segments lie in memory, and in their section.
export function dataSegments(content) {
  const reader = new Reader(content);
  return reader.list(() => {
    if (reader.number() !== 0 || reader.byte() !== 0x41) {
      throw new Error("a segment of data that does not lie at a fixed place");
    }
    const address = reader.number();
    reader.byte(); // the end of the constant
    const size = reader.number();
    const at = reader.at;
    return { address, at, bytes: reader.take(size) };
  });
}

// The names of the functions, from the name section; by the function's index.
export function functionNames(wasm) {
  const names = new Map();
  for (const { content } of sections(wasm).filter(({ id }) => id === section.custom)) {
    const reader = new Reader(content);
    if (reader.name() !== "name") {
      continue;
    }
    while (!reader.done) {
      const isFunctions = reader.byte() === 1;
      const part = new Reader(reader.take(reader.number()));
      if (isFunctions) {
        part.list(() => names.set(part.number(), part.name()));
      }
    }
  }
  return names;
}

// A function's body begins with its locals: where its instructions begin.
export function afterLocals(body) {
  const reader = new Reader(body);
  reader.list(() => [reader.pass(), reader.byte()]);
  return reader.at;
}

// Tells of each function that a body calls or takes the address of.
export function mentions(body, tell) {
  const reader = new Reader(body, afterLocals(body));
  while (!reader.done) {
    const opcode = reader.byte();
    if (opcode === 0x10 || opcode === 0x12 || opcode === 0xd2) {
      tell(reader.number()); // call, return_call, ref.func
    } else {
      immediates(opcode, reader);
    }
  }
}

// Passes over what follows an opcode.
function immediates(opcode, reader) {
  if ((opcode >= 0x02 && opcode <= 0x04) || opcode === 0x0c || opcode === 0x0d || (opcode >= 0x20 && opcode <= 0x26) || opcode === 0x41 || opcode === 0x42 || opcode === 0xd0) {
    reader.pass(); // blocks, br, br_if, local.*, global.*, table.*, i32.const, i64.const, ref.null
  } else if (opcode === 0x0e) {
    reader.list(() => reader.pass()); // br_table
    reader.pass();
  } else if (opcode === 0x11 || opcode === 0x13 || (opcode >= 0x28 && opcode <= 0x3e)) {
    reader.pass(); // call_indirect, return_call_indirect, loads and stores
    reader.pass();
  } else if (opcode === 0x3f || opcode === 0x40) {
    reader.pass(); // memory.size, memory.grow
  } else if (opcode === 0x1c) {
    reader.list(() => reader.byte()); // select with types
  } else if (opcode === 0x43) {
    reader.take(4); // f32.const
  } else if (opcode === 0x44) {
    reader.take(8); // f64.const
  } else if (opcode === 0xfc) {
    furtherImmediates(reader.number(), reader);
  } else if (!((opcode >= 0x45 && opcode <= 0xc4) || [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1].includes(opcode))) {
    throw new Error(`.ci/wasm.mjs does not know the instruction 0x${opcode.toString(16)}`);
  }
}

// Behind 0xfc: truncation, memory.*, table.*.
function furtherImmediates(opcode, reader) {
  const count = opcode < 8 ? 0 : [8, 10, 12, 14].includes(opcode) ? 2 : opcode <= 17 ? 1 : undefined;
  if (count === undefined) {
    throw new Error(`.ci/wasm.mjs does not know the instruction 0xfc ${opcode}`);
  }
  Array.from({ length: count }, () => reader.pass());
}
