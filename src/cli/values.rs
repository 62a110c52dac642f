//! `chartroom values`: all values as a table.

use std::ffi::OsString;
use std::fmt::Write;

use super::args;
use super::template::{Prepared, Traced};
use super::terminal::{Status, Terminal};
use crate::engine::{ValueRow, ValuesTable};
use crate::source::Trace;

const USAGE: &str = "\
Prints all values of a chart as a table: what each key is in the end, who set it, what that overrode, and which
templates read it. Keys that nobody reads stand at the end once more.

Usage:
  chartroom values [NAME] CHART [flags]

The flags are those of `chartroom template`. What only a branch that isn't taken names is \"not reached\" there.
";

/// Longer cells are cut, so that the table stays one.
const WIDEST: usize = 48;

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    list(args, terminal).unwrap_or_else(|message| terminal.error(&message))
}

fn list(args: Vec<OsString>, terminal: &mut Terminal) -> Result<Status, String> {
    let args = args::parse(args)?;
    if args.help {
        terminal.out(USAGE);
        return Ok(Status::Success);
    }
    let Traced { mut rendering, inputs } = Prepared::new(&args, terminal)?.render(terminal);
    let mut trace = std::mem::replace(&mut rendering.trace, Trace::off());
    let table = ValuesTable::of(&inputs, &mut trace, &rendering.files);
    terminal.out(written(&table.rows));
    if let Err(error) = &rendering.result {
        // What comes behind the error reads nothing: who is unread isn't known.
        return Ok(terminal.error(error));
    }
    terminal.out(unread(&table));
    Ok(Status::Success)
}

/// The rows, in columns.
fn written(rows: &[ValueRow]) -> String {
    let heading = ["KEY", "VALUE", "SET BY", "OVERRODE", "READ BY"].map(str::to_owned);
    let lines: Vec<[String; 5]> = std::iter::once(heading).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| {
        let widths = lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count());
        widths.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let mut row = String::new();
        for (at, cell) in line.iter().enumerate() {
            let width = widths.get(at).copied().unwrap_or_default();
            // Writing to a string can't fail.
            let _ = write!(row, "{cell:<width$}  ");
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn cells(row: &ValueRow) -> [String; 5] {
    let set_by = match (&row.set_by, &row.deleted_by) {
        (Some(set_by), _) => set_by.words.clone(),
        (None, Some(deleted_by)) => format!("deleted by {}", deleted_by.words),
        (None, None) => "-".to_owned(),
    };
    let overrode: Vec<String> =
        row.overrode.iter().map(|(value, place)| format!("{value} ({})", place.words)).collect();
    let read_by = match (row.read_by.is_empty(), row.named_by.is_empty()) {
        (false, _) => row.read_by.join(", "),
        (true, false) => format!("not reached in {}", row.named_by.join(", ")),
        (true, true) => "-".to_owned(),
    };
    let value = row.value.clone().unwrap_or_else(|| "-".to_owned());
    [row.key.clone(), cut(value), cut(set_by), cut(overrode.join(", ")), read_by]
}

fn cut(cell: String) -> String {
    if cell.chars().count() <= WIDEST {
        return cell;
    }
    cell.chars().take(WIDEST - 1).chain(['…']).collect()
}

/// The keys that nobody reads, each with its place.
fn unread(table: &ValuesTable) -> String {
    let lines: Vec<String> = table
        .unread()
        .map(|row| format!("  {}  ({})\n", row.key, row.set_by.as_ref().map_or("Helm", |by| &by.words)))
        .collect();
    if lines.is_empty() {
        return "\nEvery value is read.\n".to_owned();
    }
    format!("\nRead by no template ({}):\n{}", lines.len(), lines.concat())
}
