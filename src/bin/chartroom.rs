//! The command line.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use mimalloc::MiMalloc;

use chartroom::cli::{self, Status, Terminal};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    let mut terminal = Terminal::new(std::env::current_dir().unwrap_or_default());
    // Somebody reads standard input only where it was asked for.
    let names_it =
        |arg: &OsString| arg.to_str().is_some_and(|arg| arg == "-" || arg.ends_with("=-") || arg.contains(",-"));
    if args.iter().any(names_it) {
        let _ = io::stdin().read_to_end(&mut terminal.input);
    }
    let status = cli::run(args, &mut terminal);
    let printed = io::stderr().write_all(&terminal.stderr).and_then(|()| io::stdout().write_all(&terminal.stdout));
    match (status, printed) {
        (Status::Success, Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
