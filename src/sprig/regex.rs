//! Sprig's regular expressions, which its manual has among the
//! [string functions](https://masterminds.github.io/sprig/strings.html).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use regex::bytes::{Captures, Regex, RegexBuilder};

use super::conversion::strings;
use super::regex_syntax::translate;
use super::subject::Subject;
use super::text::{Weaver, charge};
use crate::source::ReadsId;
use crate::template::{CallError, Context, Function, Int, TracedText};
use crate::value::format::{Charset, can_backquote, quote};
use crate::value::{List, ListKind, Text, Traced};

pub(super) fn functions() -> Vec<Function> {
    [finding(), replacing()].into_iter().flatten().collect()
}

fn finding() -> Vec<Function> {
    vec![
        Function::new("regexMatch", regex_match)
            .doc("Whether an expression matches somewhere in a text.")
            .example("{{ regexMatch \"^[a-z]+$\" \"abc\" }}", "true"),
        Function::new("mustRegexMatch", must_match)
            .doc("The same, with an error where the expression is wrong.")
            .example("{{ mustRegexMatch \"b+\" \"abbc\" }}", "true"),
        Function::new("regexFind", find)
            .doc("The first match of an expression in a text.")
            .example("{{ regexFind \"[a-z][1-9]\" \"abcd1234\" }}", "d1"),
        Function::new("mustRegexFind", must_find)
            .doc("The same as `regexFind`.")
            .example("{{ mustRegexFind \"b+\" \"abbc\" }}", "bb"),
        Function::new("regexFindAll", find_all)
            .doc("The first matches of an expression in a text; all of them with -1.")
            .example("{{ regexFindAll \"[2468]\" \"12345678\" -1 }}", "[2 4 6 8]"),
        Function::new("mustRegexFindAll", must_find_all)
            .doc("The same as `regexFindAll`.")
            .example("{{ mustRegexFindAll \"[0-9]\" \"1a2b3\" 2 }}", "[1 2]"),
        Function::new("regexSplit", split)
            .doc("A text cut at the matches of an expression, into at most so many pieces; all with -1.")
            .example("{{ regexSplit \"z+\" \"pizza\" -1 }}", "[pi a]"),
        Function::new("mustRegexSplit", must_split)
            .doc("The same as `regexSplit`.")
            .example("{{ mustRegexSplit \"z\" \"pizza\" 2 }}", "[pi za]"),
    ]
}

fn replacing() -> Vec<Function> {
    vec![
        Function::new("regexReplaceAll", replace_all)
            .doc("Replaces all matches; `${1}` in the replacement is the first group.")
            .example("{{ regexReplaceAll \"a(x*)b\" \"-ab-axxb-\" \"${1}W\" }}", "-W-xxW-"),
        Function::new("mustRegexReplaceAll", must_replace_all)
            .doc("The same as `regexReplaceAll`.")
            .example("{{ mustRegexReplaceAll \"[0-9]\" \"a1b2\" \"#\" }}", "a#b#"),
        Function::new("regexReplaceAllLiteral", replace_literally)
            .doc("Replaces all matches by the replacement as it is.")
            .example("{{ regexReplaceAllLiteral \"a(x*)b\" \"-axxb-\" \"${1}\" }}", "-${1}-"),
        Function::new("mustRegexReplaceAllLiteral", must_replace_literally)
            .doc("The same as `regexReplaceAllLiteral`.")
            .example("{{ mustRegexReplaceAllLiteral \"a\" \"aba\" \"$\" }}", "$b$"),
        Function::new("regexQuoteMeta", quote_meta)
            .doc("A text as an expression that matches just this.")
            .example("{{ regexQuoteMeta \"1.2\" }}", "1\\.2"),
    ]
}

/// A compiled expression.
struct Expression {
    regex: Regex,
    names: Vec<Option<String>>,
    /// Whether it was written as an empty text.
    is_empty: bool,
    size: u64,
}

/// Bytes that a compiled expression may take.
const LARGEST: usize = 4 << 20;
/// How deep the crate lets groups nest; ours nest less deep in the original, but a repetition adds a group.
const DEEPEST: u32 = 1000;

/// Compiled expressions that are remembered: most charts use a few again and again.
const REMEMBERED: usize = 64;

thread_local! {
    static COMPILED: RefCell<BTreeMap<Box<[u8]>, Rc<Expression>>> = const { RefCell::new(BTreeMap::new()) };
}

fn compile(cx: &mut dyn Context, expression: &Text) -> Result<Rc<Expression>, CallError> {
    charge(cx, expression.len())?;
    if let Some(known) = COMPILED.with_borrow(|known| known.get(expression.as_bytes()).cloned()) {
        charge_compiling(cx, known.size)?;
        return Ok(known);
    }
    let compiled = Rc::new(compile_anew(cx, expression)?);
    COMPILED.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(expression.as_bytes().into(), Rc::clone(&compiled));
    });
    Ok(compiled)
}

/// Compiling costs far more than a step of a template. Whoever remembers is charged the same, so that where the limit
/// lies doesn't depend on what was rendered before.
fn charge_compiling(cx: &mut dyn Context, size: u64) -> Result<(), CallError> {
    cx.charge_steps(size.saturating_mul(20).saturating_add(1000))
}

fn compile_anew(cx: &mut dyn Context, expression: &Text) -> Result<Expression, CallError> {
    let translated = translate(expression.as_bytes())?;
    charge_compiling(cx, translated.size)?;
    let mut builder = RegexBuilder::new(&translated.pattern);
    let regex = builder.size_limit(LARGEST).nest_limit(DEEPEST).build();
    let regex = regex.map_err(|_| format!("error parsing regexp: expression too large: `{expression}`"))?;
    Ok(Expression { regex, names: translated.names, is_empty: expression.is_empty(), size: translated.size })
}

/// Whether an expression matches somewhere in a text; nothing where it is wrong or too large.
pub fn regex_matches(expression: &str, text: &str) -> Option<bool> {
    let translated = translate(expression.as_bytes()).ok()?;
    let mut builder = RegexBuilder::new(&translated.pattern);
    let regex = builder.size_limit(LARGEST).nest_limit(DEEPEST).build().ok()?;
    Some(regex.is_match(text.as_bytes()))
}

/// Whether Go takes an expression; the error is Go's.
pub fn regex_verdict(expression: &str) -> Result<(), String> {
    match translate(expression.as_bytes()) {
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What Go's `regexp.MustCompile` panics with, where `Compile` has an error.
fn must_compile(cx: &mut dyn Context, expression: &Text) -> Result<Rc<Expression>, CallError> {
    compile(cx, expression).map_err(|error| match error {
        CallError::Message(error) => {
            let bytes = expression.as_bytes();
            let quoted = if can_backquote(bytes) { format!("`{expression}`") } else { quote(bytes, Charset::Unicode) };
            CallError::Panic(format!("regexp: Compile({quoted}): {error}"))
        }
        other => other,
    })
}

impl Expression {
    /// Counts the work of one pass over a text.
    fn charge(&self, cx: &mut dyn Context, text: &Text) -> Result<(), CallError> {
        charge(cx, text.len())?;
        cx.charge_steps(self.size.saturating_mul(text.len() as u64) / 64)
    }

    /// Go's `FindAll`: an empty match right after another doesn't count.
    fn matches(&self, cx: &mut dyn Context, text: &Text, limit: i64) -> Result<Vec<(usize, usize)>, CallError> {
        self.charge(cx, text)?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let subject = Subject::new(text.as_bytes());
        let bytes = subject.bytes();
        let mut found = Vec::new();
        let mut position = 0;
        let mut before = None;
        while found.len() < most && position <= bytes.len() {
            let Some(one) = self.regex.find_at(bytes, position) else { break };
            cx.charge_steps(8)?;
            let is_rejected = one.end() == position && before == Some(one.start());
            position = if one.end() == position { position + width(bytes, position) } else { one.end() };
            before = Some(one.end());
            if !is_rejected {
                found.push((subject.original(one.start()), subject.original(one.end())));
            }
        }
        Ok(found)
    }

    /// Go's `ReplaceAll`.
    fn replaced(
        &self,
        cx: &mut dyn Context,
        source: &TracedText,
        replacement: &Replacement,
    ) -> Result<Text, CallError> {
        self.charge(cx, &source.text)?;
        let subject = Subject::new(source.text.as_bytes());
        let bytes = subject.bytes();
        let mut weaver = Weaver::new([&source.text, &replacement.template.text]);
        let (mut last_end, mut position) = (0, 0);
        while position <= bytes.len() {
            let Some(captures) = self.regex.captures_at(bytes, position) else { break };
            let Some(whole) = captures.get(0) else { break };
            cx.charge_steps(8)?;
            weaver.slice(cx, &source.text, subject.original(last_end)..subject.original(whole.start()), source.reads);
            if whole.end() > last_end || whole.start() == 0 {
                let before = weaver.len();
                let group = |name: &str| {
                    let (start, end) = self.group(name, &captures)?;
                    Some(subject.original(start)..subject.original(end))
                };
                replacement.push(cx, &mut weaver, source, &group)?;
                charge(cx, weaver.len() - before)?;
            }
            last_end = whole.end();
            position = whole.end().max(position + width(bytes, position));
        }
        weaver.slice(cx, &source.text, subject.original(last_end)..source.text.len(), source.reads);
        Ok(weaver.finish())
    }

    /// The group of a name or number.
    fn group(&self, name: &str, captures: &Captures<'_>) -> Option<(usize, usize)> {
        let has_leading_zero = name.len() > 1 && name.starts_with('0');
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit()) && !has_leading_zero;
        let group = if is_number {
            captures.get(name.parse().ok()?)
        } else {
            let is_named = |candidate: &Option<String>| candidate.as_deref() == Some(name);
            let mut numbers = self.names.iter().enumerate().filter(|(_, candidate)| is_named(candidate));
            numbers.find_map(|(index, _)| captures.get(index + 1))
        };
        group.map(|group| (group.start(), group.end()))
    }
}

/// Bytes of the character at a position; one at the end, so that a search goes on beyond it.
fn width(bytes: &[u8], position: usize) -> usize {
    let is_continuation = |byte: &&u8| (0x80..0xc0).contains(*byte);
    1 + bytes.get(position + 1..).unwrap_or_default().iter().take_while(is_continuation).count()
}

/// How a replacement is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dollars {
    /// `$1`, `${1}`, `$name`, `${name}` are groups, `$$` is a dollar.
    Expanded,
    Literal,
}

/// What takes the place of a match.
struct Replacement {
    template: TracedText,
    dollars: Dollars,
}

impl Replacement {
    fn push(
        &self,
        cx: &mut dyn Context,
        weaver: &mut Weaver,
        source: &TracedText,
        group: &dyn Fn(&str) -> Option<Range<usize>>,
    ) -> Result<(), CallError> {
        let TracedText { text: template, reads } = &self.template;
        if self.dollars == Dollars::Literal {
            weaver.text(cx, template, *reads);
            return Ok(());
        }
        let subject = Subject::new(template.as_bytes());
        let text = subject.text();
        let piece = |weaver: &mut Weaver, cx: &mut dyn Context, range: Range<usize>| {
            weaver.slice(cx, template, subject.original(range.start)..subject.original(range.end), *reads);
        };
        let mut at = 0;
        while let Some(dollar) = text.get(at..).and_then(|rest| rest.find('$')) {
            cx.charge_steps(1)?;
            piece(weaver, cx, at..at + dollar);
            at += dollar + 1;
            let rest = text.get(at..).unwrap_or_default();
            if rest.starts_with('$') {
                piece(weaver, cx, at..at + 1);
                at += 1;
            } else if let Some((name, len)) = group_name(rest) {
                at += len;
                if let Some(range) = group(name) {
                    weaver.slice(cx, &source.text, range, source.reads);
                }
            } else {
                piece(weaver, cx, at - 1..at);
            }
        }
        piece(weaver, cx, at..text.len());
        Ok(())
    }
}

/// The name that follows a dollar, and how many bytes it takes with its braces.
fn group_name(text: &str) -> Option<(&str, usize)> {
    let bare = text.strip_prefix('{');
    let after = bare.unwrap_or(text);
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
    let name = after.get(..end).filter(|name| !name.is_empty())?;
    match bare {
        None => Some((name, end)),
        Some(_) => after.get(end..)?.starts_with('}').then_some((name, end + 2)),
    }
}

fn is_match(cx: &mut dyn Context, expression: &Expression, text: TracedText) -> Result<bool, CallError> {
    expression.charge(cx, &text.text)?;
    Ok(expression.regex.is_match(Subject::new(text.text.as_bytes()).bytes()))
}

/// A wrong expression matches nothing.
fn regex_match(cx: &mut dyn Context, expression: Text, text: TracedText) -> Result<bool, CallError> {
    match compile(cx, &expression) {
        Err(CallError::Message(_)) => Ok(false),
        compiled => {
            let expression = compiled?;
            is_match(cx, &expression, text)
        }
    }
}

fn must_match(cx: &mut dyn Context, expression: Text, text: TracedText) -> Result<bool, CallError> {
    let expression = compile(cx, &expression)?;
    is_match(cx, &expression, text)
}

fn first_match(cx: &mut dyn Context, expression: &Expression, text: TracedText) -> Result<Text, CallError> {
    let text = text.text;
    let found = expression.matches(cx, &text, 1)?;
    Ok(found.first().map(|&(start, end)| text.slice(start..end)).unwrap_or_default())
}

fn find(cx: &mut dyn Context, expression: Text, text: TracedText) -> Result<Text, CallError> {
    let expression = must_compile(cx, &expression)?;
    first_match(cx, &expression, text)
}

fn must_find(cx: &mut dyn Context, expression: Text, text: TracedText) -> Result<Text, CallError> {
    let expression = compile(cx, &expression)?;
    first_match(cx, &expression, text)
}

fn pieces(text: &Text, reads: ReadsId, ranges: impl IntoIterator<Item = (usize, usize)>) -> List {
    strings(ranges.into_iter().map(|(start, end)| Traced::new(text.slice(start..end), reads)).collect())
}

fn all_matches(cx: &mut dyn Context, expression: &Expression, text: TracedText, limit: Int) -> Result<List, CallError> {
    let TracedText { text, reads } = text;
    let found = expression.matches(cx, &text, limit.0)?;
    Ok(if found.is_empty() { List::nil(ListKind::String) } else { pieces(&text, reads, found) })
}

fn find_all(cx: &mut dyn Context, expression: Text, text: TracedText, limit: Int) -> Result<List, CallError> {
    let expression = must_compile(cx, &expression)?;
    all_matches(cx, &expression, text, limit)
}

fn must_find_all(cx: &mut dyn Context, expression: Text, text: TracedText, limit: Int) -> Result<List, CallError> {
    let expression = compile(cx, &expression)?;
    all_matches(cx, &expression, text, limit)
}

/// Go's `Split`.
fn cut(cx: &mut dyn Context, expression: &Expression, text: TracedText, limit: Int) -> Result<List, CallError> {
    let TracedText { text, reads } = text;
    if limit.0 == 0 {
        return Ok(List::nil(ListKind::String));
    }
    if !expression.is_empty && text.is_empty() {
        return Ok(pieces(&text, reads, [(0, 0)]));
    }
    let most = usize::try_from(limit.0).unwrap_or(usize::MAX);
    let mut ranges = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for (start, stop) in expression.matches(cx, &text, limit.0)? {
        if ranges.len() + 1 >= most {
            break;
        }
        end = start;
        if stop != 0 {
            ranges.push((begin, end));
        }
        begin = stop;
    }
    if end != text.len() {
        ranges.push((begin, text.len()));
    }
    Ok(pieces(&text, reads, ranges))
}

fn split(cx: &mut dyn Context, expression: Text, text: TracedText, limit: Int) -> Result<List, CallError> {
    let expression = must_compile(cx, &expression)?;
    cut(cx, &expression, text, limit)
}

fn must_split(cx: &mut dyn Context, expression: Text, text: TracedText, limit: Int) -> Result<List, CallError> {
    let expression = compile(cx, &expression)?;
    cut(cx, &expression, text, limit)
}

fn expanding(template: TracedText) -> Replacement {
    Replacement { template, dollars: Dollars::Expanded }
}

fn literal(template: TracedText) -> Replacement {
    Replacement { template, dollars: Dollars::Literal }
}

type Replaced = Result<Text, CallError>;

fn replace_all(cx: &mut dyn Context, expression: Text, text: TracedText, by: TracedText) -> Replaced {
    let expression = must_compile(cx, &expression)?;
    expression.replaced(cx, &text, &expanding(by))
}

fn must_replace_all(cx: &mut dyn Context, expression: Text, text: TracedText, by: TracedText) -> Replaced {
    let expression = compile(cx, &expression)?;
    expression.replaced(cx, &text, &expanding(by))
}

fn replace_literally(cx: &mut dyn Context, expression: Text, text: TracedText, by: TracedText) -> Replaced {
    let expression = must_compile(cx, &expression)?;
    expression.replaced(cx, &text, &literal(by))
}

fn must_replace_literally(cx: &mut dyn Context, expression: Text, text: TracedText, by: TracedText) -> Replaced {
    let expression = compile(cx, &expression)?;
    expression.replaced(cx, &text, &literal(by))
}

fn quote_meta(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len().saturating_mul(2))?;
    let mut out = Vec::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    Ok(out.into())
}
