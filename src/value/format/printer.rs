//! How `fmt` walks a value and chooses how each part of it prints.

use std::ops::Range;

use super::primitive::{Case, Flags, Integer, characters};
use super::type_name;
use crate::value::{List, ListKind, Map, MapKind, Object, Value};

/// A piece of what was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What was printed.
    pub bytes: Vec<u8>,
    /// The argument that printed it; `None` where it is the format's text.
    pub arg: Option<usize>,
    /// Where the bytes are these of the argument's own text, unchanged.
    pub slice: Option<Range<usize>>,
}

/// Containers inside each other: far deeper than any chart, and shallow enough for the stack.
const DEEPEST: usize = 500;
/// Values that one call may print. A few maps that contain each other twice could print forever.
const MOST_VALUES: usize = 1 << 20;
/// Bytes that one call may print: a width may be ten million, again and again.
const MOST_BYTES: usize = 64 << 20;
/// Stands for an address; ours would mean nothing and change each time.
const ADDRESS: u64 = 0x00c0_0000_0000;

pub(super) struct Printer {
    pub flags: Flags,
    pieces: Vec<Piece>,
    out: Vec<u8>,
    bytes: usize,
    values: usize,
}

impl Printer {
    pub fn new() -> Self {
        Self { flags: Flags::default(), pieces: Vec::new(), out: Vec::new(), bytes: 0, values: 0 }
    }

    pub fn finish(self) -> Vec<Piece> {
        self.pieces
    }

    /// Prints text that belongs to no argument.
    pub fn text(&mut self, bytes: &[u8]) {
        self.write(bytes);
        self.close(None, None);
    }

    /// Prints an argument.
    pub fn arg(&mut self, index: usize, arg: &Value, verb: char) {
        let plain = matches!(verb, 'v' | 's') && !self.flags.sharp_v;
        if let Some(text) = arg.as_text().filter(|_| plain) {
            let shown = self.flags.truncated(text.as_bytes());
            let (before, after) = self.flags.padding(characters(shown));
            self.write(&before);
            self.close(Some(index), None);
            self.write(shown);
            self.close(Some(index), Some(0..shown.len()));
            self.write(&after);
        } else {
            self.print(arg, verb);
        }
        self.close(Some(index), None);
    }

    /// Prints `type=value`, as in the complaint about an argument too many.
    pub fn extra(&mut self, index: usize, arg: &Value) {
        if arg.is_nil() {
            self.write(b"<nil>");
        } else {
            self.write(type_name(arg).as_bytes());
            self.write(b"=");
            self.print(arg, 'v');
        }
        self.close(Some(index), None);
    }

    fn close(&mut self, arg: Option<usize>, slice: Option<Range<usize>>) {
        if !self.out.is_empty() {
            let bytes = std::mem::take(&mut self.out);
            let slice = slice.filter(|slice| slice.len() == bytes.len());
            self.pieces.push(Piece { bytes, arg, slice });
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.bytes);
        let bytes = bytes.get(..room).unwrap_or(bytes);
        self.bytes += bytes.len();
        self.out.extend_from_slice(bytes);
    }

    fn print(&mut self, arg: &Value, verb: char) {
        match (arg, verb) {
            (_, 'T') => {
                let name = type_name(arg);
                self.string(name.as_bytes(), 's', arg);
            }
            (Value::Nil, 'v') => {
                let padded = self.flags.pad(b"<nil>");
                self.write(&padded);
            }
            (Value::List(_) | Value::Map(_), 'p') => {
                // The flag takes the prefix away here.
                self.flags.sharp = !self.flags.sharp;
                self.integer(arg, ADDRESS.into(), 'x');
            }
            (Value::Nil, _) | (_, 'p' | 'w') => self.bad_verb(arg, verb),
            _ => self.value(arg, verb, 0),
        }
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        self.values += 1;
        if depth > DEEPEST || self.values > MOST_VALUES {
            return self.write("…".as_bytes());
        }
        match value {
            Value::Nil if self.flags.sharp_v => self.write(b"interface {}(nil)"),
            Value::Nil => self.write(b"<nil>"),
            Value::Bool(b) => self.bool(value, *b, verb),
            Value::Int(n, _) => self.integer(value, (*n).into(), verb),
            Value::Uint(n, _) => self.integer(value, (*n).into(), verb),
            Value::Float(n) => self.float(value, *n, verb),
            Value::Complex(re, im) => self.complex(value, *re, *im, verb),
            Value::String(text) => self.string(text.as_bytes(), verb, value),
            Value::List(list) => self.list(value, list, verb, depth),
            Value::Map(map) => self.map(map, verb, depth),
            Value::Object(object) => self.object(value, &**object, verb, depth),
        }
    }

    /// What has no method for the verb is walked: the fields of a struct, the elements of a map or list.
    fn object(&mut self, value: &Value, object: &dyn Object, verb: char, depth: usize) {
        let go_syntax = self.flags.sharp_v;
        let speaks = matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') && !go_syntax;
        if let Some(text) = object.go_string().filter(|_| go_syntax) {
            return self.write(text.as_bytes());
        }
        match (object.struct_fields(), object.underlying()) {
            _ if speaks && object.is_stringer() => self.string(object.display().as_bytes(), verb, value),
            (Some(fields), _) => self.fields(object.type_name(), &fields, verb, depth),
            (None, Some(underlying)) if go_syntax || verb != 'v' => self.value(&underlying, verb, depth),
            _ if go_syntax => self.write(object.display().as_bytes()),
            _ => self.string(object.display().as_bytes(), verb, value),
        }
    }

    /// A struct; behind the outermost pointer, too.
    fn fields(&mut self, type_name: &str, fields: &[(&'static str, Value)], verb: char, depth: usize) {
        let go_syntax = self.flags.sharp_v;
        let pointee = type_name.strip_prefix('*');
        if pointee.is_some() && depth > 0 {
            let (open, close) = if go_syntax { (format!("({type_name})("), ")") } else { (String::new(), "") };
            return self.write(format!("{open}{ADDRESS:#x}{close}").as_bytes());
        }
        if pointee.is_some() {
            self.write(b"&");
        }
        if go_syntax {
            self.write(pointee.unwrap_or(type_name).as_bytes());
        }
        self.write(b"{");
        for (index, (name, field)) in fields.iter().enumerate() {
            if index > 0 {
                self.write(if go_syntax { b", " } else { b" " });
            }
            if go_syntax || self.flags.plus_v {
                self.write(name.as_bytes());
                self.write(b":");
            }
            self.value(field, verb, depth + 1);
        }
        self.write(b"}");
    }

    /// `%!d(string=x)`
    fn bad_verb(&mut self, value: &Value, verb: char) {
        self.write(format!("%!{verb}(").as_bytes());
        if value.is_nil() {
            self.write(b"<nil>");
        } else {
            self.write(type_name(value).as_bytes());
            self.write(b"=");
            self.value(value, 'v', 0);
        }
        self.write(b")");
    }

    fn bool(&mut self, value: &Value, b: bool, verb: char) {
        if !matches!(verb, 't' | 'v') {
            return self.bad_verb(value, verb);
        }
        let padded = self.flags.pad(if b { b"true" } else { b"false" });
        self.write(&padded);
    }

    fn integer(&mut self, value: &Value, n: Integer, verb: char) {
        let flags = self.flags;
        // Go reads a negative number as a huge unsigned one where it wants a character.
        let code = if n.negative { n.magnitude.wrapping_neg() } else { n.magnitude };
        let is_unsigned = matches!(value, Value::Uint(..));
        let written = match verb {
            'v' if flags.sharp_v && is_unsigned => Flags { sharp: true, ..flags }.integer(n, 16, verb, Case::Lower),
            'v' | 'd' => flags.integer(n, 10, verb, Case::Lower),
            'b' => flags.integer(n, 2, verb, Case::Lower),
            'o' | 'O' => flags.integer(n, 8, verb, Case::Lower),
            'x' => flags.integer(n, 16, verb, Case::Lower),
            'X' => flags.integer(n, 16, verb, Case::Upper),
            'c' => flags.character(code),
            'q' => flags.quoted_character(code),
            'U' => flags.unicode(code),
            _ => return self.bad_verb(value, verb),
        };
        self.write(&written);
    }

    fn float(&mut self, value: &Value, n: f64, verb: char) {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(value, verb);
        }
        let written = self.flags.float(n, verb);
        self.write(&written);
    }

    fn complex(&mut self, value: &Value, re: f64, im: f64, verb: char) {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(value, verb);
        }
        let flags = self.flags;
        let (re, im) = (flags.float(re, verb), Flags { plus: true, ..flags }.float(im, verb));
        self.write(&[b"(", &*re, &*im, b"i)"].concat());
    }

    fn string(&mut self, bytes: &[u8], verb: char, value: &Value) {
        let flags = self.flags;
        let written = match verb {
            'v' if flags.sharp_v => flags.quoted(bytes),
            'v' | 's' => flags.pad(flags.truncated(bytes)),
            'x' => flags.hexadecimal(bytes, Case::Lower),
            'X' => flags.hexadecimal(bytes, Case::Upper),
            'q' => flags.quoted(bytes),
            _ => return self.bad_verb(value, verb),
        };
        self.write(&written);
    }

    fn list(&mut self, value: &Value, list: &List, verb: char, depth: usize) {
        if let Some(bytes) = list.bytes().filter(|_| matches!(verb, 's' | 'q' | 'x' | 'X')) {
            return self.string(&bytes, verb, value);
        }
        let go_syntax = self.flags.sharp_v;
        let (open, separator, close): (&[u8], &[u8], &[u8]) =
            if go_syntax { (b"{", b", ", b"}") } else { (b"[", b" ", b"]") };
        if go_syntax {
            let is_byte = list.kind() == ListKind::Byte && depth == 0;
            let name = if is_byte { "[]byte".to_owned() } else { list.kind().to_string() };
            self.write(name.as_bytes());
            if list.is_nil() {
                return self.write(b"(nil)");
            }
        }
        self.write(open);
        for (index, item) in list.values().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.value(item, verb, depth + 1);
        }
        self.write(close);
    }

    fn map(&mut self, map: &Map, verb: char, depth: usize) {
        let go_syntax = self.flags.sharp_v;
        let (separator, close): (&[u8], &[u8]) = if go_syntax { (b", ", b"}") } else { (b" ", b"]") };
        self.write(if go_syntax { type_of(map.kind()) } else { "map".to_owned() }.as_bytes());
        if go_syntax && map.is_nil() {
            return self.write(b"(nil)");
        }
        self.write(if go_syntax { b"{" } else { b"[" });
        for (index, (key, entry)) in map.entries().into_iter().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.value(&Value::from(&*key), verb, depth + 1);
            self.write(b":");
            self.value(&entry.value, verb, depth + 1);
        }
        self.write(close);
    }
}

fn type_of(kind: MapKind) -> String {
    kind.to_string()
}
