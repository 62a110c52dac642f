//! A walk through the words of a template, which knows at each of them what the dot is and which variables there are.
//!
//! A path is known where it is written down: `.Values.a`, `$x.b`, a `with` or `range` over such. What a function gives
//! is not known, and so is whatever comes of it.

use std::ops::Range;
use std::rc::Rc;

use crate::source::Step;
use crate::template::{Keyword, Word, WordKind, scan};

/// A path from the top-level dot of the outermost chart. `None` where it isn't known.
pub(super) type Known = Option<Vec<Step>>;

/// A variable, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub name: Rc<str>,
    pub path: Known,
    /// Where it is declared; empty for `$`.
    pub at: Range<usize>,
}

/// A field that is read: its name without the point, and what it is a path to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldRead {
    pub name: Range<usize>,
    pub path: Vec<Step>,
}

/// The name of a template in quotes, and whether it is defined there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The text between the quotes.
    pub name: Range<usize>,
    pub is_definition: bool,
    /// What is handed over as dot.
    pub dot: Known,
}

/// What holds at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub dot: Known,
    pub variables: Vec<Variable>,
}

/// Says what is at a path: which step leads into an element of it, for `range`.
pub(super) trait Elements {
    /// The step to the first element.
    fn first(&self, path: &[Step]) -> Option<Step>;
    /// What the dot is in a named template.
    fn dot_of(&self, name: &str) -> Known;
}

/// The walk.
pub(super) struct Walk<'a> {
    text: &'a str,
    words: Vec<Word>,
    elements: &'a dyn Elements,
    frames: Vec<Frame>,
    variables: Vec<Variable>,
    /// Where the charts above it lead to.
    root: Vec<Step>,
    pub fields: Vec<FieldRead>,
    pub named: Vec<Named>,
    /// Keywords that belong together: `if`, `else`, `end`.
    pub blocks: Vec<Vec<Range<usize>>>,
    /// Where variables are declared.
    pub declared: Vec<Range<usize>>,
    /// What holds before each action, by its first byte.
    scopes: Vec<(usize, Scope)>,
}

struct Frame {
    /// The dot outside of it.
    outer: Known,
    dot: Known,
    variables: usize,
    block: usize,
}

/// Deeper nesting isn't followed.
const DEEPEST: usize = 200;

impl<'a> Walk<'a> {
    /// Walks through a text. `root`: the steps to the values of the chart it is in, `Values` included.
    pub(super) fn new(text: &'a str, root: Vec<Step>, elements: &'a dyn Elements) -> Self {
        let words = scan(text.as_bytes());
        let top = Variable { name: "$".into(), path: Some(Vec::new()), at: 0..0 };
        let mut walk = Self {
            text,
            words: Vec::new(),
            elements,
            frames: Vec::new(),
            variables: vec![top],
            root,
            fields: Vec::new(),
            named: Vec::new(),
            blocks: Vec::new(),
            declared: Vec::new(),
            scopes: Vec::new(),
        };
        for action in words.split_inclusive(|word| word.kind == WordKind::Close) {
            for action in action.chunk_by(|_, next| next.kind != WordKind::Open) {
                walk.action(action);
            }
        }
        walk.words = words;
        walk
    }

    /// The words of the text.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// A word as it is written.
    pub(super) fn written(&self, word: &Word) -> &'a str {
        self.text.get(word.range.clone()).unwrap_or_default()
    }

    /// What holds at a byte.
    pub(super) fn scope(&self, at: usize) -> Scope {
        let before = self.scopes.partition_point(|(start, _)| *start <= at);
        let last = before.checked_sub(1).and_then(|at| self.scopes.get(at));
        last.map_or_else(
            || Scope { dot: Some(Vec::new()), variables: self.variables.clone() },
            |(_, scope)| scope.clone(),
        )
    }

    fn dot(&self) -> Known {
        self.frames.last().map_or_else(|| Some(Vec::new()), |frame| frame.dot.clone())
    }

    fn action(&mut self, words: &[Word]) {
        let start = words.first().map_or(0, |word| word.range.start);
        self.scopes.push((start, Scope { dot: self.dot(), variables: self.variables.clone() }));
        let words: Vec<&Word> =
            words.iter().filter(|word| !matches!(word.kind, WordKind::Open | WordKind::Close)).collect();
        let Some((first, rest)) = words.split_first() else { return };
        match first.kind {
            WordKind::Keyword(Keyword::End) => self.end(first),
            WordKind::Keyword(Keyword::Else) => self.other(first, rest),
            WordKind::Keyword(keyword @ (Keyword::If | Keyword::With | Keyword::Range)) => {
                self.branch(keyword, first, rest);
            }
            WordKind::Keyword(Keyword::Define | Keyword::Block) => self.define(first, rest),
            _ => {
                let path = self.pipeline(&words);
                self.declare(&words, path);
            }
        }
    }

    fn end(&mut self, word: &Word) {
        let Some(frame) = self.frames.pop() else { return };
        self.variables.truncate(frame.variables);
        if let Some(block) = self.blocks.get_mut(frame.block) {
            block.push(word.range.clone());
        }
    }

    fn other(&mut self, word: &Word, rest: &[&Word]) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.dot = frame.outer.clone();
        let (block, outer, kept) = (frame.block, frame.outer.clone(), frame.variables);
        self.variables.truncate(kept);
        if let Some(block) = self.blocks.get_mut(block) {
            block.push(word.range.clone());
        }
        if let Some((keyword, pipe)) = rest.split_first() {
            let path = self.pipeline(pipe);
            if keyword.kind == WordKind::Keyword(Keyword::With)
                && let Some(frame) = self.frames.last_mut()
            {
                (frame.dot, frame.outer) = (path.clone(), outer);
            }
            self.declare(pipe, path);
        }
    }

    fn branch(&mut self, keyword: Keyword, word: &Word, pipe: &[&Word]) {
        let path = self.pipeline(pipe);
        let outer = self.dot();
        let dot = match keyword {
            Keyword::With => path.clone(),
            Keyword::Range => path.as_ref().and_then(|path| self.element(path)),
            _ => outer.clone(),
        };
        self.open(word, outer, dot.clone());
        match keyword {
            Keyword::Range => self.declare(pipe, dot),
            _ => self.declare(pipe, path),
        }
    }

    fn element(&self, path: &[Step]) -> Known {
        let first = self.elements.first(path)?;
        Some(path.iter().cloned().chain([first]).collect())
    }

    fn define(&mut self, word: &Word, rest: &[&Word]) {
        let outer = self.dot();
        let name = rest.first().filter(|word| word.kind == WordKind::Text);
        let inside = name.map(|word| inside(word));
        let handed = if rest.len() > 1 { self.pipeline(rest.get(1..).unwrap_or_default()) } else { None };
        let dot = match &inside {
            Some(name) if rest.len() == 1 => self.elements.dot_of(self.text.get(name.clone()).unwrap_or_default()),
            _ => handed,
        };
        if let Some(name) = inside {
            self.named.push(Named { name, is_definition: true, dot: None });
        }
        self.open(word, outer, dot);
        // In a template of its own `$` is what it was called with.
        let dot = self.dot();
        self.variables.push(Variable { name: "$".into(), path: dot, at: 0..0 });
    }

    fn open(&mut self, word: &Word, outer: Known, dot: Known) {
        if self.frames.len() < DEEPEST {
            self.blocks.push(vec![word.range.clone()]);
            let block = self.blocks.len() - 1;
            self.frames.push(Frame { outer, dot, variables: self.variables.len(), block });
        }
    }

    /// The variables that stand before `:=`, the last of which holds the value.
    fn declare(&mut self, words: &[&Word], path: Known) {
        let Some(sign) = words.iter().position(|word| word.kind == WordKind::Declare) else { return };
        let names: Vec<&&Word> = words.iter().take(sign).filter(|word| word.kind == WordKind::Variable).collect();
        for (at, word) in names.iter().enumerate() {
            let path = path.clone().filter(|_| at + 1 == names.len());
            self.declared.push(word.range.clone());
            self.variables.push(Variable { name: self.written(word).into(), path, at: word.range.clone() });
        }
    }

    /// Reads the operands of a pipeline, and gives its path where it is a single one.
    fn pipeline(&mut self, words: &[&Word]) -> Known {
        let from = words.iter().position(|word| matches!(word.kind, WordKind::Declare | WordKind::Assign));
        let words = words.get(from.map_or(0, |at| at + 1)..).unwrap_or_default();
        let mut at = 0;
        let mut operands = Vec::new();
        while at < words.len() {
            let (end, path) = self.operand(words, at);
            operands.push(path);
            at = end.max(at + 1);
        }
        self.names(words);
        match operands.as_slice() {
            [path] => path.clone(),
            _ => None,
        }
    }

    /// One operand with the fields behind it: where it ends, and its path.
    fn operand(&mut self, words: &[&Word], at: usize) -> (usize, Known) {
        let Some(word) = words.get(at) else { return (at + 1, None) };
        let (mut end, mut path) = match word.kind {
            WordKind::Keyword(Keyword::Dot) => (at + 1, self.dot()),
            WordKind::Variable => (at + 1, self.variable(self.written(word))),
            WordKind::Field => (at, self.dot()),
            WordKind::LeftParen => self.parenthesis(words, at),
            _ => return (at + 1, None),
        };
        while let Some(field) = words.get(end).filter(|field| field.kind == WordKind::Field) {
            let is_first = end == at;
            let before = end.checked_sub(1).and_then(|before| words.get(before));
            if !is_first && before.is_none_or(|before| before.range.end != field.range.start) {
                break;
            }
            let name = field.range.start + 1..field.range.end;
            path = path.map(|path| self.step(path, self.text.get(name.clone()).unwrap_or_default()));
            if let Some(path) = &path {
                self.fields.push(FieldRead { name, path: path.clone() });
            }
            end += 1;
        }
        (end, path)
    }

    fn parenthesis(&mut self, words: &[&Word], at: usize) -> (usize, Known) {
        let mut depth = 0_usize;
        let mut end = words.len();
        for (index, word) in words.iter().enumerate().skip(at) {
            match word.kind {
                WordKind::LeftParen => depth += 1,
                WordKind::RightParen if depth <= 1 => {
                    end = index;
                    break;
                }
                WordKind::RightParen => depth -= 1,
                _ => {}
            }
        }
        if at >= DEEPEST {
            return (end + 1, None);
        }
        let path = self.pipeline(words.get(at + 1..end).unwrap_or_default());
        (end + 1, path)
    }

    fn variable(&self, name: &str) -> Known {
        self.variables.iter().rev().find(|variable| &*variable.name == name).and_then(|variable| variable.path.clone())
    }

    /// `Values` of the top-level dot is that of the chart the file is in.
    fn step(&self, path: Vec<Step>, name: &str) -> Vec<Step> {
        if path.is_empty() && name == "Values" {
            return self.root.clone();
        }
        path.into_iter().chain([Step::Key(name.into())]).collect()
    }

    /// Names of templates behind `include` and `template`, each with the operand that follows.
    fn names(&mut self, words: &[&Word]) {
        for (at, pair) in words.windows(2).enumerate() {
            let [function, name] = pair else { continue };
            let calls = function.kind == WordKind::Keyword(Keyword::Template)
                || (function.kind == WordKind::Function && self.written(function) == "include");
            if calls && name.kind == WordKind::Text {
                let known = self.fields.len();
                let (_, dot) = self.operand(words, at + 2);
                // Its fields are counted already.
                self.fields.truncate(known);
                self.named.push(Named { name: inside(name), is_definition: false, dot });
            }
        }
    }
}

/// What stands between the quotes.
fn inside(word: &Word) -> Range<usize> {
    word.range.start + 1..word.range.end.saturating_sub(1).max(word.range.start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Lists;

    impl Elements for Lists {
        fn first(&self, _: &[Step]) -> Option<Step> {
            Some(Step::Index(0))
        }

        fn dot_of(&self, name: &str) -> Known {
            (name == "known").then(|| vec![Step::Key("Values".into()), Step::Key("k".into())])
        }
    }

    fn walk(text: &str) -> Walk<'_> {
        Walk::new(text, vec![Step::Key("Values".into())], &Lists)
    }

    fn written(path: &[Step]) -> String {
        crate::engine::written(path)
    }

    fn reads(text: &str) -> Vec<String> {
        walk(text).fields.iter().map(|field| written(&field.path)).collect()
    }

    #[test]
    fn paths_are_followed_through_with_range_and_variables() {
        for (text, want) in [
            ("{{ .Values.a.b }}", "Values Values.a Values.a.b"),
            (
                "{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ else }}{{ .d }}{{ end }}{{ .e }}",
                "Values Values.a Values.a.b Values Values.c d e",
            ),
            (
                "{{ range $i, $x := .Values.l }}{{ .b }}{{ $x.c }}{{ end }}",
                "Values Values.l Values.l[0].b Values.l[0].c",
            ),
            (
                "{{ $v := .Values.a }}{{ if $v.b }}{{ end }}{{ $w := $v | default dict }}{{ $w.c }}",
                "Values Values.a Values.a.b",
            ),
            ("{{ (.Values.a).b | quote }}", "Values Values.a Values.a.b"),
            (
                "{{ define \"known\" }}{{ .x }}{{ $.y }}{{ end }}{{ define \"other\" }}{{ .x }}{{ end }}",
                "Values.k.x Values.k.y",
            ),
            ("{{ include \"a\" .Values.b }}{{ .Values.", "Values Values.b Values"),
            (
                "{{ if .Values.a }}{{ else if .Values.b }}{{ else with .Values.c }}{{ .d }}{{ end }}",
                "Values Values.a Values Values.b Values Values.c Values.c.d",
            ),
        ] {
            assert_eq!(reads(text).join(" "), want, "{text}");
        }
    }

    #[test]
    fn blocks_names_and_scopes_are_known() {
        let text = "{{ if a }}{{ range $x := .Values.l }}{{ end }}{{ else }}{{ end }}{{ template \"t\" . }}{{ define \"t\" }}{{ end }}";
        let found = walk(text);
        let words = |block: &Vec<Range<usize>>| block.iter().map(|at| &text[at.clone()]).collect::<Vec<_>>().join(" ");
        assert_eq!(found.blocks.iter().map(words).collect::<Vec<_>>(), ["if else end", "range end", "define end"]);
        let templates: Vec<_> =
            found.named.iter().map(|named| (&text[named.name.clone()], named.is_definition)).collect();
        assert_eq!(templates, [("t", false), ("t", true)]);
        let inner = found.scope(text.find("{{ end }}").unwrap());
        let names: Vec<_> = inner.variables.iter().map(|variable| &*variable.name).collect();
        assert_eq!((names, inner.dot.map(|dot| written(&dot))), (vec!["$", "$x"], Some("Values.l[0]".to_owned())));
    }
}
