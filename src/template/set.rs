//! Templates that know each other, and the functions they may call.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::builtins;
use super::call::Function;
use super::parse::node::List;
use super::parse::words::Words;
use super::parse::{self, Named, ParseError, Tree};
use crate::helm::Helm;
use crate::source::{FileId, ReadsId};
use crate::value::{Signature, Text};

/// The functions that templates can call, by name.
pub struct FunctionTable {
    /// In order of their names.
    entries: Vec<Entry>,
    values_methods: Vec<ValuesMethod>,
    helm: Helm,
}

/// A method of Helm's `common.Values`.
pub(crate) struct ValuesMethod {
    /// It takes the map first.
    pub(crate) function: Function,
    pub(crate) name: Rc<str>,
    /// What it takes besides.
    pub(crate) signature: Signature,
}

/// The number of a function in a table. Tables of the same functions give the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FunctionId(u16);

/// A function, and what the executor must know about it.
pub(crate) struct Entry {
    pub(crate) function: Function,
    pub(crate) name: Rc<str>,
    pub(crate) special: Special,
}

/// Go's own functions that the executor itself has a hand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    None,
    And,
    Or,
    Call,
    /// It tells a nil from no value.
    Len,
}

impl FunctionTable {
    /// Go's own functions and these; where names are equal, the later one counts.
    pub fn new(functions: impl IntoIterator<Item = Function>) -> Self {
        let own = builtins::functions().into_iter().map(|function| {
            let special = match function.name {
                "and" => Special::And,
                "or" => Special::Or,
                "call" => Special::Call,
                "len" => Special::Len,
                _ => Special::None,
            };
            (function, special)
        });
        let given = functions.into_iter().map(|function| (function, Special::None));
        let mut entries = BTreeMap::new();
        // One by one: `collect` would put them all into a list first.
        for (function, special) in own.chain(given) {
            entries.insert(function.name, Entry { name: function.name.into(), function, special });
        }
        Self { entries: entries.into_values().collect(), values_methods: Vec::new(), helm: Helm::Four }
    }

    /// The same, following another Helm: its Go parses, ranges and compares otherwise.
    #[must_use]
    pub fn following(self, helm: Helm) -> Self {
        Self { helm, ..self }
    }

    /// The Helm that is followed.
    pub fn helm(&self) -> Helm {
        self.helm
    }

    /// The methods of maps of [`MapKind::Values`](crate::value::MapKind), such as `.Values.AsMap`: functions that take
    /// the map first. Go finds them before the entries of the map.
    #[must_use]
    pub fn with_values_methods(self, methods: Vec<Function>) -> Self {
        let method = |function: Function| {
            let params = function.signature.params.iter().skip(1).copied().collect();
            let signature = Signature { params, variadic: function.signature.variadic };
            ValuesMethod { name: function.name.into(), function, signature }
        };
        Self { values_methods: methods.into_iter().map(method).collect(), ..self }
    }

    pub(crate) fn values_method(&self, name: &str) -> Option<&ValuesMethod> {
        self.values_methods.iter().find(|method| &*method.name == name)
    }

    /// A function by name.
    pub fn get(&self, name: &str) -> Option<&Function> {
        self.find(name.as_bytes()).and_then(|id| self.entry(id)).map(|entry| &entry.function)
    }

    /// All of them, in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Function> {
        self.entries.iter().map(|entry| &entry.function)
    }

    pub(crate) fn entry(&self, id: FunctionId) -> Option<&Entry> {
        self.entries.get(usize::from(id.0))
    }

    pub(crate) fn find(&self, name: &[u8]) -> Option<FunctionId> {
        let found = self.entries.binary_search_by(|entry| entry.function.name.as_bytes().cmp(name));
        found.ok().and_then(|index| u16::try_from(index).ok()).map(FunctionId)
    }

    pub(crate) fn name(&self, id: FunctionId) -> &[u8] {
        self.entry(id).map(|entry| entry.function.name.as_bytes()).unwrap_or_default()
    }
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file of the workspace: spans point into it.
    File(FileId),
    /// A text made while executing, as `tpl` gets it, and what it was read from. What it prints belongs to the action
    /// that called it.
    Dynamic(ReadsId),
}

/// A parsed template.
pub struct Template {
    pub(crate) name: Rc<str>,
    pub(crate) text: Rc<TemplateText>,
    pub(crate) root: List,
    pub(crate) is_empty: bool,
}

/// The text that templates were parsed from.
pub(crate) struct TemplateText {
    /// The name it was parsed under.
    pub(crate) name: Rc<str>,
    pub(crate) text: Text,
    pub(crate) source: Source,
    pub(crate) words: Words,
}

impl Template {
    /// Its name.
    pub fn name(&self) -> &Rc<str> {
        &self.name
    }

    /// The name of the text that defines it: the file.
    pub fn defined_in(&self) -> &Rc<str> {
        &self.text.name
    }

    /// Where that text comes from.
    pub fn source(&self) -> Source {
        self.text.source
    }
}

/// A text that was parsed: the templates that it defines.
pub struct Parsed {
    name: Rc<str>,
    source: Source,
    text: Text,
    templates: Vec<Rc<Template>>,
}

impl Parsed {
    fn new(name: &Rc<str>, source: Source, text: &Text, templates: Vec<Template>) -> Self {
        let templates = templates.into_iter().map(Rc::new).collect();
        Self { name: Rc::clone(name), source, text: text.clone(), templates }
    }

    /// Whether to parse this would give the same again.
    pub fn is_of(&self, source: Source, text: &Text) -> bool {
        self.source == source && self.text == *text
    }
}

/// A text that was parsed, apart from the text. Threads hand it to each other.
pub struct Leaves(Tree);

impl Leaves {
    /// Parses a text; nothing where that fails.
    pub fn of(text: &[u8], functions: &FunctionTable) -> Option<Self> {
        parse::read(text, functions).map(Self)
    }

    /// Puts them together with the text that they were made of.
    pub fn bound(self, name: &str, source: Source, text: &Text, helm: Helm) -> Result<Parsed, ParseError> {
        let name = &name.into();
        let templates = self.0.templates(Named { name, source, text, helm })?;
        Ok(Parsed::new(name, source, text, templates))
    }
}

/// The templates that know each other. Cheap to clone; a clone goes its own way.
#[derive(Clone)]
pub struct TemplateSet {
    name: Rc<str>,
    functions: Rc<FunctionTable>,
    templates: Rc<BTreeMap<Rc<str>, Rc<Template>>>,
}

impl TemplateSet {
    /// A set without templates. Its name shows in the error about a missing template.
    pub fn new(name: &str, functions: Rc<FunctionTable>) -> Self {
        Self { name: name.into(), functions, templates: Rc::default() }
    }

    /// The name of the set.
    pub fn name(&self) -> &Rc<str> {
        &self.name
    }

    /// The functions that its templates call.
    pub fn functions(&self) -> &Rc<FunctionTable> {
        &self.functions
    }

    /// Parses a text; adds the template `name` and all that it defines. An empty definition doesn't replace one that
    /// is there, unless the text is dynamic and `name` the template itself, which Helm is about to execute.
    pub fn parse(&mut self, name: &str, source: Source, text: &Text) -> Result<(), ParseError> {
        let parsed = self.parsed(name, source, text)?;
        self.add(&parsed);
        Ok(())
    }

    /// Parses a text, for this set and all that have its functions.
    pub fn parsed(&self, name: &str, source: Source, text: &Text) -> Result<Parsed, ParseError> {
        let name = &name.into();
        let templates = parse::parse(Named { name, source, text, helm: self.functions.helm() }, &self.functions)?;
        Ok(Parsed::new(name, source, text, templates))
    }

    /// Adds what was parsed; see [`Self::parse`].
    pub fn add(&mut self, parsed: &Parsed) {
        let templates = Rc::make_mut(&mut self.templates);
        for template in &parsed.templates {
            let is_executed = matches!(parsed.source, Source::Dynamic(_)) && template.name == parsed.name;
            if template.is_empty && !is_executed && templates.contains_key(&template.name) {
                continue;
            }
            templates.insert(Rc::clone(&template.name), Rc::clone(template));
        }
    }

    /// A template by name.
    pub fn get(&self, name: &str) -> Option<&Rc<Template>> {
        self.templates.get(name)
    }

    /// The names of the templates, in order.
    pub fn names(&self) -> impl Iterator<Item = &Rc<str>> {
        self.templates.keys()
    }
}
