//! `html`, `js`, `urlquery`.

use std::fmt::Write;

use crate::template::call::{Function, Rest};
use crate::value::format::is_printable;
use crate::value::{Text, Value, format};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("html", html)
            .doc("Its arguments as text that HTML shows as it is.")
            .example(r#"{{ html "<a & b>" }}"#, "&lt;a &amp; b&gt;"),
        Function::new("js", js)
            .doc("Its arguments as the inside of a JavaScript string.")
            .example(r#"{{ js "it's" }}"#, r"it\'s"),
        Function::new("urlquery", urlquery)
            .doc("Its arguments as a value in a URL's query.")
            .example(r#"{{ urlquery "a b&c" }}"#, "a+b%26c"),
    ]
}

/// The arguments as they print. No value is `<no value>` here, too.
fn printed(args: Rest<Value>) -> Vec<u8> {
    // Pointers are followed first.
    let shown = |value: Value| match value {
        Value::Nil => Value::from("<no value>"),
        Value::Object(object) if object.type_name().starts_with('*') => Value::from(object.printed()),
        value => value,
    };
    let mut out = Vec::new();
    let mut before_is_text = true;
    for value in args.0 {
        let is_text = matches!(value, Value::Nil | Value::String(_));
        if !is_text && !before_is_text {
            out.push(b' ');
        }
        before_is_text = is_text;
        out.extend_from_slice(&format::display(&shown(value)));
    }
    out
}

fn html(args: Rest<Value>) -> Text {
    let mut out = Vec::new();
    for byte in printed(args) {
        match byte {
            b'\0' => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            byte => out.push(byte),
        }
    }
    out.into()
}

fn js(args: Rest<Value>) -> Text {
    let mut out = Vec::new();
    for chunk in printed(args).utf8_chunks() {
        let mut valid = String::new();
        for c in chunk.valid().chars() {
            push_js(&mut valid, c);
        }
        out.extend_from_slice(valid.as_bytes());
        out.extend_from_slice(chunk.invalid());
    }
    out.into()
}

fn push_js(out: &mut String, c: char) {
    match c {
        '\\' | '\'' | '"' => {
            out.push('\\');
            out.push(c);
        }
        '\x7f' => out.push(c),
        '<' | '>' | '&' | '=' | '\0'..' ' => push_code(out, c),
        c if c.is_ascii() || is_printable(c) => out.push(c),
        c => push_code(out, c),
    }
}

fn push_code(out: &mut String, c: char) {
    // Writing to a string can't fail.
    let _ = write!(out, "\\u{:04X}", u32::from(c));
}

fn urlquery(args: Rest<Value>) -> Text {
    let mut out = String::new();
    for byte in printed(args) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out.into()
}
