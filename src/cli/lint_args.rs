//! The flags of `chartroom lint` that `helm template` doesn't have.

use std::ffi::OsString;

use super::args::{self, TemplateArgs};
use crate::report::Format;
use crate::source::Severity;

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct LintArgs {
    /// What is rendered.
    pub template: TemplateArgs,
    /// `--format`
    pub format: Format,
    /// `--fail-on`
    pub fail_on: FailOn,
    /// `--config`
    pub config: Option<String>,
    /// `--show-suppressed`
    pub suppressed: Suppressed,
    /// `--fix`
    pub mend: Mend,
    /// `--baseline`
    pub baseline: Option<String>,
}

/// Whether what was found is mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mend {
    /// It isn't.
    #[default]
    No,
    /// `--fix --dry-run`: what would be written is printed.
    Shown,
    /// `--fix`: it is written.
    Written,
}

/// From which weight on findings end in failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Errors do.
    #[default]
    Error,
    /// Warnings do, too.
    Warning,
    /// None does.
    Never,
}

/// Whether suppressed findings stand in the JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suppressed {
    /// No.
    #[default]
    Left,
    /// Behind the others.
    Shown,
}

impl FailOn {
    /// The least weight that ends in failure.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

/// Takes the linter's own flags out of the arguments; the rest is `template`'s. The error is the sentence to print.
pub fn parse(args: Vec<OsString>) -> Result<LintArgs, String> {
    let (mut parsed, mut rest) = (LintArgs::default(), Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let written = arg.to_str().and_then(|arg| arg.strip_prefix("--")).map(str::to_owned).unwrap_or_default();
        let (name, value) = match written.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (written.as_str(), None),
        };
        if name == "show-suppressed" && value.is_none() {
            parsed.suppressed = Suppressed::Shown;
        } else if name == "fix" && value.is_none() {
            parsed.mend = Mend::Written;
        } else if matches!(name, "format" | "fail-on" | "config" | "baseline") {
            let next = value.or_else(|| args.next().map(|value| value.to_string_lossy().into_owned()));
            parsed.set(name, next.ok_or_else(|| format!("flag needs an argument: --{name}"))?)?;
        } else {
            rest.push(arg);
        }
    }
    let dry_run = rest.iter().position(|arg| arg == "--dry-run").filter(|_| parsed.mend == Mend::Written);
    if let Some(at) = dry_run {
        rest.remove(at);
        parsed.mend = Mend::Shown;
    }
    parsed.template = args::parse(rest)?;
    Ok(parsed)
}

impl LintArgs {
    fn set(&mut self, name: &str, value: String) -> Result<(), String> {
        match name {
            "format" => {
                let names = Format::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                let unknown = || format!("--format is one of {names}, not `{value}`");
                self.format = Format::named(&value).ok_or_else(unknown)?;
            }
            "fail-on" => {
                self.fail_on = match value.as_str() {
                    "error" => FailOn::Error,
                    "warning" => FailOn::Warning,
                    "never" => FailOn::Never,
                    other => return Err(format!("--fail-on is one of error, warning, never, not `{other}`")),
                };
            }
            "baseline" => self.baseline = Some(value),
            _ => self.config = Some(value),
        }
        Ok(())
    }
}
