//! What a command has instead of the process: a folder to stand in, input, and two outputs.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::watch::Watch;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0
    Success,
    /// 1
    Failure,
}

/// The surroundings of a command.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// Standard input, for `-f -`.
    pub input: Vec<u8>,
    /// Standard output so far.
    pub stdout: Vec<u8>,
    /// Standard error so far.
    pub stderr: Vec<u8>,
    /// Who looks that the process takes not too much.
    pub watch: Option<Watch>,
}

impl Terminal {
    /// A terminal in a folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), ..Self::default() }
    }

    /// A path as seen from the folder.
    pub fn path(&self, written: impl AsRef<Path>) -> PathBuf {
        self.folder.join(written)
    }

    /// Prints to standard output.
    pub fn out(&mut self, text: impl AsRef<[u8]>) {
        self.stdout.extend_from_slice(text.as_ref());
    }

    /// Prints much to standard output: the first of it isn't copied.
    pub fn out_all(&mut self, text: Vec<u8>) {
        if self.stdout.is_empty() {
            self.stdout = text;
        } else {
            self.out(text);
        }
    }

    /// Prints a line to standard error.
    pub fn note(&mut self, line: &impl Display) {
        self.stderr.extend_from_slice(format!("{line}\n").as_bytes());
    }

    /// Prints an error as Helm does.
    pub fn error(&mut self, message: &impl Display) -> Status {
        self.note(&format!("Error: {message}"));
        Status::Failure
    }
}
