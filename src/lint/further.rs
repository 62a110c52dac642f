//! What takes longer to find out about a rendering than all rules take: it is found out a piece at a time, and who asks
//! the linter before that hears what all other rules find.

use std::rc::Rc;

use super::background::may_change_by_itself;
use super::installed::Installed;
use super::{Again, Background, Config, rule};
use crate::chart::{Operation, Release};
use crate::engine::{self, Document, DocumentKind, Inputs, Record, Request};
use crate::template::World;

/// Something that takes long to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Further {
    /// Who reads which value.
    Readers,
    /// What later upgrades print.
    Upgrades,
    /// What a release of another name prints.
    OtherRelease,
}

impl Further {
    /// All of it, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Readers, Self::OtherRelease, Self::Upgrades];

    /// The rule that wants to know it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Readers => "unused-value",
            Self::Upgrades => "nondeterministic-output",
            Self::OtherRelease => "hard-coded-name",
        }
    }

    /// Whether that rule is to run.
    pub fn is_wanted(self, config: &Config) -> bool {
        rule(self.rule()).is_some_and(|rule| config.is_on(rule))
    }
}

/// Renders a chart otherwise than it was asked for, one rendering at a time, and keeps what came of it.
#[derive(Clone, Debug, Default)]
pub struct Inquiry {
    first: Answer,
    second: Answer,
    renamed: Answer,
}

/// What came of a rendering: nothing, where it wasn't needed or Helm refused it.
#[derive(Clone, Debug, Default)]
enum Answer {
    #[default]
    Open,
    Known(Option<Rc<[Document]>>),
}

impl Answer {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }

    fn get(&self) -> Option<&Rc<[Document]>> {
        match self {
            Self::Known(Some(known)) => Some(known),
            Self::Known(None) | Self::Open => None,
        }
    }
}

impl Inquiry {
    /// Whether this is found out.
    pub fn knows(&self, further: Further) -> bool {
        match further {
            Further::Readers => true,
            Further::Upgrades => !self.second.is_open(),
            Further::OtherRelease => !self.renamed.is_open(),
        }
    }

    /// Renders once more, where that is needed for this. `documents` are what the request renders to.
    pub fn go_on(
        &mut self,
        further: Further,
        (request, documents): (&Request, &[Document]),
        inputs: &Inputs,
        world: &mut dyn World,
    ) {
        match further {
            Further::Readers => {}
            Further::OtherRelease => self.renamed = Answer::Known(renamed(request, documents, world)),
            Further::Upgrades if self.first.is_open() => {
                self.first = Answer::Known(first(request, documents, inputs, world));
                if self.first.get().is_none() {
                    self.second = Answer::Known(None);
                }
            }
            Further::Upgrades => {
                let second = self.first.get().and_then(|first| upgrade(request, 3, first, world));
                self.second = Answer::Known(second);
            }
        }
    }

    /// Adds what was found out, and that the rest wasn't.
    pub fn tell(&self, background: &mut Background) {
        let again = self.first.get().cloned().zip(self.second.get().cloned());
        background.again = again.map(|(first, second)| Again { first, second });
        background.renamed = self.renamed.get().cloned();
        background.awaited.extend(Further::ALL.into_iter().filter(|further| !self.knows(*further)));
    }
}

/// What the first upgrade prints. `None` where nothing can change by itself, or nothing does.
fn first(request: &Request, documents: &[Document], inputs: &Inputs, world: &mut dyn World) -> Option<Rc<[Document]>> {
    if !may_change_by_itself(inputs, &request.files) {
        return None;
    }
    let is_same = |(a, b): (&Document, &Document)| a.text.as_bytes() == b.text.as_bytes();
    let first = upgrade(request, 2, documents, world)?;
    (first.len() != documents.len() || !first.iter().zip(documents).all(is_same)).then_some(first)
}

/// What an upgrade prints where these documents are installed.
fn upgrade(request: &Request, revision: i64, installed: &[Document], world: &mut dyn World) -> Option<Rc<[Document]>> {
    let objects = installed.iter().filter_map(|document| document.object().ok()).collect();
    let mut later = Installed::after(world, revision, &request.release.namespace, objects);
    let release = Release { revision, operation: Operation::Upgrade, ..request.release.clone() };
    let request = Request { release, record: Record::Nothing, ..request.clone() };
    engine::render(request, &mut later).result.ok().map(|rendered| rendered.documents.into())
}

/// What a release of another name prints. `None` where every name has the release's in it.
fn renamed(request: &Request, documents: &[Document], world: &mut dyn World) -> Option<Rc<[Document]>> {
    let own = &*request.release.name;
    let is_suspect = |document: &Document| {
        let is_installed = !matches!(document.kind, DocumentKind::Crd);
        is_installed && !document.head.name.is_empty() && (own.is_empty() || !document.head.name.contains(own))
    };
    if !documents.iter().any(is_suspect) {
        return None;
    }
    let name = OTHERS.into_iter().find(|other| *other != own)?;
    let release = Release { name: name.into(), ..request.release.clone() };
    let request = Request { release, record: Record::Nothing, ..request.clone() };
    engine::render(request, world).result.ok().map(|rendered| rendered.documents.into())
}

/// Names of releases.
const OTHERS: [&str; 2] = ["other-release", "another-release"];
