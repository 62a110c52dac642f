//! Floor 6. The view-model: what is on the page, as plain data. An [`Experiment`] is a chart's files and the settings
//! it is rendered with; a [`Workspace`] is an experiment with its history; an [`Action`] is something a user did;
//! [`reduce`] makes the next workspace of it; [`analyze`] says what Helm makes of the experiment.
//!
//! Nothing here fails and nothing here knows a browser. Texts are shared by reference, so that a workspace is cheap
//! to copy and two of them are cheap to compare.

mod action;
mod analysis;
mod analyze;
mod anchor;
mod assist;
mod blame;
mod bring_in;
mod card;
mod changes;
mod check;
pub mod cluster;
mod command;
mod content;
mod docs;
mod editor_text;
mod experiment;
mod file_changes;
mod fuzzy;
mod history;
mod job;
mod layer;
mod lint_settings;
mod lint_task;
mod mend;
mod origins;
mod outline;
mod packed;
mod paste;
mod path;
mod pin;
mod question;
mod reduce;
mod reduce_files;
mod reduce_layers;
mod samples;
mod schema_supply;
mod search;
mod shown;
mod study;
mod survey;
mod tree;
mod unzip;
mod values_table;
mod words;

pub use action::{Action, FileDeed, LayerDeed, Setting, Shift};
pub use analysis::{Analysis, Checked, Document, Outcome, Place, Problem, Source, Tint};
pub use analyze::{Outside, analyze};
pub use anchor::moved;
pub use assist::{Help, Helped, Hint, Offer, OfferKind, Offers};
pub use bring_in::{BringError, Brought, Chosen, MOST_ARCHIVE_BYTES, MOST_FILE_BYTES, Skip, bring_in, private_folder};
pub use card::{Card, CardRow};
pub use changes::{DocumentChange, Fate, FieldChange};
pub use command::{COMMANDS, Command, CommandRow, EditorCommand, FileCommand, Go, Held, PageCommand, Press, pressed};
pub use content::Content;
pub use docs::{Doc, documentation};
pub use editor_text::EditorText;
pub use experiment::{Experiment, Files, Origin, Settings};
pub use file_changes::{FileChange, LineChange, file_changes, line_changes};
pub use fuzzy::{fit, fitting};
pub use history::History;
pub use job::{Desk, Job};
pub use layer::{Given, Layer, SetKind, Switch};
pub use lint_task::{LintTask, lint_task};
pub use mend::Mend;
pub use packed::JinjaFinder;
pub use paste::{GivenLayer, HelmCommand, Pasted, pasted};
pub use path::{FilePath, PathError};
pub use pin::{Pin, Spot};
pub use question::{Question, Reply};
pub use reduce::{Workspace, reduce};
pub use samples::{Sample, SampleIndex, default_experiment};
pub use schema_supply::SchemaSupply;
pub use search::{Hit, MOST_HITS, search};
pub use shown::{Counts, Shown};
pub use study::Study;
pub use survey::{Absent, Survey};
pub use tree::{Shows, TreeKind, TreeRow, tree, wants_tree};
pub use values_table::{Pointer, ValueLine};

pub use crate::template::HOLE_MARKS;
