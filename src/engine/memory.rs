//! What a rendering leaves for the next one of much the same chart. Whoever types changes one file: all others are
//! parsed already, and most of what they print was printed before.
//!
//! Nothing of it shows in what is rendered. A template's tree follows from its text, its number in the table of files and
//! the functions there are; the documents in a text, and what Helm reads of them, follow from the text.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::document::Output;
use super::functions::function_table;
use super::heads::{Pieces, Read, pieces};
use super::scope::Renderable;
use crate::helm::Helm;
use crate::template::{FunctionTable, ParseError, Parsed, Source, TemplateSet};
use crate::value::Text;

/// What the rendering before left.
#[derive(Default)]
pub struct Memory {
    functions: Option<Rc<FunctionTable>>,
    /// By their names.
    templates: BTreeMap<String, Parsed>,
    /// What templates printed, by their names, and the documents in it.
    printed: BTreeMap<String, (Text, Pieces)>,
}

impl Memory {
    /// A set without templates. Where another Helm is followed than before, all is forgotten.
    pub(super) fn set(&mut self, helm: Helm) -> TemplateSet {
        let known = self.functions.take().filter(|functions| functions.helm() == helm);
        let functions = known.unwrap_or_else(|| {
            *self = Self::default();
            function_table(helm)
        });
        self.functions = Some(Rc::clone(&functions));
        TemplateSet::new("gotpl", functions)
    }

    /// Adds a template, and all that it defines, to a set.
    pub(super) fn parse(&mut self, set: &mut TemplateSet, name: &str, template: &Renderable) -> Result<(), ParseError> {
        let (source, text) = (Source::File(template.file.id), template.text());
        if let Some(known) = self.templates.get(name).filter(|known| known.is_of(source, &text)) {
            set.add(known);
            return Ok(());
        }
        let parsed = set.parsed(name, source, &text)?;
        set.add(&parsed);
        self.templates.insert(name.to_owned(), parsed);
        Ok(())
    }

    /// Reads the documents in what templates printed, and forgets those that aren't there any more.
    pub(super) fn read(&mut self, outputs: &BTreeMap<String, Output>, helm: Helm) -> Read {
        let mut before = std::mem::take(&mut self.printed);
        let mut read = Read::new();
        for (name, Output { text, .. }) in outputs {
            let known = before.remove(name).filter(|(known, _)| known == text);
            let (_, pieces) = known.unwrap_or_else(|| (Text::default(), pieces(text.as_bytes(), helm)));
            read.insert(name.clone(), pieces.clone());
            self.printed.insert(name.clone(), (Text::new(Rc::clone(text.shared())), pieces));
        }
        read
    }

    /// Forgets the templates that aren't there any more.
    pub(super) fn keep(&mut self, renderables: &BTreeMap<String, Renderable>) {
        self.templates.retain(|name, _| renderables.contains_key(name));
    }
}
