//! `chartroom why`: why a line of the output is there.

use std::ffi::OsString;

use super::args;
use super::template::Prepared;
use super::terminal::{Status, Terminal};
use crate::engine::{self, Why};

const USAGE: &str = "\
Says why a line of what `chartroom template` prints is there: the values in it and who set them, the template that
printed it and what included that, the conditions it stands under, and the defaults that were used.

Usage:
  chartroom why [NAME] CHART --at LINE[:COLUMN] [flags]

Lines and columns count from 1. Without a column all of the line is explained, with one the word there.
The other flags are those of `chartroom template`: give the same ones.
";

/// A line, and a column of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    line: u32,
    column: Option<u32>,
}

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    explain(args, terminal).unwrap_or_else(|message| terminal.error(&message))
}

fn explain(args: Vec<OsString>, terminal: &mut Terminal) -> Result<Status, String> {
    let (at, rest) = split(args)?;
    let args = args::parse(rest)?;
    if args.help {
        terminal.out(USAGE);
        return Ok(Status::Success);
    }
    let at = at.ok_or("say which line, as --at LINE or --at LINE:COLUMN")?;
    let traced = Prepared::new(&args, terminal)?.render(terminal);
    let documents = traced.rendering.result.as_ref().map(|rendered| &rendered.documents);
    let documents = documents.map_err(ToString::to_string)?;
    let printed = engine::print(documents, &args.print_options()).map_err(|error| error.to_string())?;
    let provenance = traced.provenance(&printed);
    let lines = printed.text.to_str().lines().count();
    let why = Why::of(&provenance, at.line, at.column)
        .ok_or_else(|| format!("there is no line {}: the output has {lines} lines", at.line))?;
    terminal.out(why.to_string());
    Ok(Status::Success)
}

/// Takes `--at` out of the arguments; the rest is `template`'s.
fn split(args: Vec<OsString>) -> Result<(Option<At>, Vec<OsString>), String> {
    let (mut at, mut rest) = (None, Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let written = arg.to_str().unwrap_or_default();
        if written == "--at" {
            let value = args.next().ok_or("flag needs an argument: --at")?;
            at = Some(parse(&value.to_string_lossy())?);
        } else if let Some(value) = written.strip_prefix("--at=") {
            at = Some(parse(value)?);
        } else {
            rest.push(arg);
        }
    }
    Ok((at, rest))
}

fn parse(written: &str) -> Result<At, String> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|n| *n > 0);
    let (line, column) = match written.split_once(':') {
        Some((line, column)) => (number(line), number(column).map(Some)),
        None => (number(written), Some(None)),
    };
    let at = line.zip(column).map(|(line, column)| At { line, column });
    at.ok_or_else(|| format!("--at is LINE or LINE:COLUMN, counted from 1, not `{written}`"))
}
