//! Panes: the regions of the page. They read the contexts and hand props to components.

mod all_values;
mod bar;
mod changes;
mod cluster;
mod dialogs;
mod file_dialog;
mod layers;
mod not_there;
mod notes;
mod output;
mod problems;
mod rail;
mod remarks;
mod settings;
mod share_dialog;
mod share_link;
mod sheets;
mod strip;
mod switch;
mod take_out;
mod template;
mod values;
mod versions;
mod why;

pub use bar::Bar;
pub use dialogs::Dialogs;
pub use output::Output;
pub use problems::Problems;
pub use sheets::Sheets;
pub use strip::Strip;
pub use switch::Switch;
pub use template::Template;
pub use values::Values;
