//! The command line. Native only; stands on the engine, and says what Helm would say.
//!
//! Each subcommand has a file of its own. None touches the process: arguments, folder, input and outputs are handed in,
//! so that the tests go the same way as `bin/chartroom.rs`.

mod args;
mod commas;
mod download;
mod flags;
mod helm_lint;
mod helm_lint_flags;
mod install;
mod lint;
mod lint_args;
mod lint_config;
mod mend;
mod mend_files;
mod mend_stops;
mod open;
mod output_dir;
mod plain;
mod rule;
mod samples;
mod schemas;
mod share;
mod simulate;
mod template;
mod terminal;
mod values;
mod values_files;
mod watch;
mod why;
mod world;

use std::ffi::OsString;
use std::thread;

pub use schemas::kubernetes_schemas;
pub use terminal::{Status, Terminal};

/// A hundred thousand nested templates need more than a thread usually has. What isn't used costs nothing.
const STACK: usize = 1 << 30;

const USAGE: &str = "\
chartroom reads Helm charts as Helm 4.2 does, without a cluster.

Usage:
  chartroom template [NAME] CHART [flags]   print what `helm template` prints
  chartroom install [NAME] CHART --dry-run=client [flags]
                                            print what `helm install --dry-run=client` prints
  chartroom why [NAME] CHART --at LINE[:COLUMN] [flags]
                                            say why a line of it is there
  chartroom values [NAME] CHART [flags]     list all values, who set them and who reads them
  chartroom lint [NAME] CHART [flags]       say what is wrong with it
  chartroom lint FILE… [flags]              say what is wrong with plain manifests
  chartroom simulate [NAME] CHART [--script FILE] [flags]
                                            say what would happen if it were installed
  chartroom share [NAME] CHART [flags]      print a link that opens it on the page
  chartroom open LINK -o FOLDER             write the chart that a link holds
  chartroom rules                           list the linter's rules
  chartroom rule ID                         explain one of them

CHART is a folder or a .tgz. `template` takes Helm's flags.
";

/// Runs a command line, without the program's name.
pub fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let started = thread::Builder::new().stack_size(STACK);
    let ran = thread::scope(|scope| {
        let thread = started.spawn_scoped(scope, || dispatch(args, terminal));
        thread.map(|running| running.join().unwrap_or(Status::Failure))
    });
    ran.unwrap_or(Status::Failure)
}

fn dispatch(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    let mut args = args.into_iter();
    let command = args.next().map(|name| name.to_string_lossy().into_owned());
    match command.as_deref() {
        Some("install") => install::run(args.collect(), terminal),
        Some("lint") => lint::run(args.collect(), terminal),
        Some("open") => open::run(args.collect(), terminal),
        Some("rule") => rule::run(args.collect(), terminal),
        Some("rules") => rule::list(args.collect(), terminal),
        Some("share") => share::run(args.collect(), terminal),
        Some("simulate") => simulate::run(args.collect(), terminal),
        Some("template") => template::run(args.collect(), terminal),
        Some("values") => values::run(args.collect(), terminal),
        Some("why") => why::run(args.collect(), terminal),
        None | Some("help" | "-h" | "--help") => {
            terminal.out(USAGE);
            Status::Success
        }
        Some("version" | "-V" | "--version") => {
            terminal.out(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"), "\n"));
            Status::Success
        }
        Some(other) => {
            terminal.error(&format!("unknown command \"{other}\" for \"chartroom\"\nRun 'chartroom --help' for usage."))
        }
    }
}
