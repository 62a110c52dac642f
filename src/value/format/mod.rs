//! Go's `fmt` and `strconv`: how values print.
//!
//! Three things differ on purpose. A map that contains itself ends Go's process; here it prints down to a depth.
//! What one call prints is bounded. Go prints a struct's fields in turn under a verb that isn't for text (`%d`), here
//! an [`Object`](crate::value::Object) counts as the text it displays. `%p` knows no addresses and prints a fixed one.

mod directive;
mod float;
mod parse;
mod primitive;
mod printer;
mod quote;

pub use float::{FloatForm, format_float};
pub use parse::{NumError, NumErrorKind, Parsed, atoi, parse_bool, parse_float, parse_int, parse_uint};
pub use printer::Piece;
pub use quote::{Charset, can_backquote, is_printable, quote, quote_char, quoted};

use super::Value;
use printer::Printer;

/// `fmt.Sprint`: spaces between operands where neither is a string.
pub fn sprint(args: &[Value]) -> Vec<u8> {
    joined(sprint_pieces(args))
}

/// `fmt.Sprint`, with who printed what.
pub fn sprint_pieces(args: &[Value]) -> Vec<Piece> {
    let mut printer = Printer::new();
    let mut after_string = true;
    for (index, arg) in args.iter().enumerate() {
        let is_string = matches!(arg, Value::String(_));
        if index > 0 && !is_string && !after_string {
            printer.text(b" ");
        }
        printer.arg(index, arg, 'v');
        after_string = is_string;
    }
    printer.finish()
}

/// `fmt.Sprintln`: spaces between all operands, and a newline.
pub fn sprintln(args: &[Value]) -> Vec<u8> {
    joined(sprintln_pieces(args))
}

/// `fmt.Sprintln`, with who printed what.
pub fn sprintln_pieces(args: &[Value]) -> Vec<Piece> {
    let mut printer = Printer::new();
    for (index, arg) in args.iter().enumerate() {
        if index > 0 {
            printer.text(b" ");
        }
        printer.arg(index, arg, 'v');
    }
    printer.text(b"\n");
    printer.finish()
}

/// `fmt.Sprintf`, with who printed what.
pub fn sprintf(format: &[u8], args: &[Value]) -> Vec<Piece> {
    directive::sprintf(format, args)
}

/// `%v` of one value.
pub fn display(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.as_bytes().to_vec(),
        _ => sprint(std::slice::from_ref(value)),
    }
}

/// `%T` of a value: its type, or `<nil>`.
pub fn type_name(value: &Value) -> String {
    value.ty().map_or_else(|| "<nil>".to_owned(), |ty| ty.to_string())
}

fn joined(pieces: Vec<Piece>) -> Vec<u8> {
    let mut pieces = pieces.into_iter();
    let mut bytes = pieces.next().map(|piece| piece.bytes).unwrap_or_default();
    bytes.extend(pieces.flat_map(|piece| piece.bytes));
    bytes
}

#[cfg(test)]
mod tests;
