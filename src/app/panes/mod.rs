//! Panes: the regions of the page. They read the contexts and hand props to components.

mod all_values;
mod bar;
mod changes;
mod not_there;
mod notes;
mod output;
mod problems;
mod remarks;
mod strip;
mod switch;
mod template;
mod values;
mod why;

pub use bar::Bar;
pub use output::Output;
pub use problems::Problems;
pub use strip::Strip;
pub use switch::Switch;
pub use template::Template;
pub use values::Values;
