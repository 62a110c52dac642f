//! The flags of `helm lint`: fewer than those of `helm template`, and three of its own.

use std::ffi::OsString;

/// What was asked for besides what `chartroom template` takes.
#[derive(Clone, Debug, Default)]
pub(super) struct Flags {
    /// `--strict`
    pub strict: bool,
    /// `--with-subcharts`
    pub with_subcharts: bool,
    /// `--quiet`
    pub quiet: bool,
}

/// Those that `helm template` has, too. `--helm` is ours.
const SHARED: [&str; 25] = [
    "burst-limit",
    "color",
    "colour",
    "content-cache",
    "debug",
    "helm",
    "help",
    "kube-apiserver",
    "kube-as-group",
    "kube-as-user",
    "kube-ca-file",
    "kube-context",
    "kube-insecure-skip-tls-verify",
    "kube-tls-server-name",
    "kube-token",
    "kube-version",
    "kubeconfig",
    "namespace",
    "qps",
    "registry-config",
    "repository-cache",
    "repository-config",
    "skip-schema-validation",
    "values",
    // Others begin like it.
    "set",
];

impl Flags {
    /// Takes the flags that only `helm lint` has out of the arguments. The error is Helm's, at a flag that it hasn't.
    pub(super) fn take(args: Vec<OsString>) -> Result<(Self, Vec<OsString>), String> {
        let (mut flags, mut rest) = (Self::default(), Vec::new());
        for arg in args {
            let written = arg.to_str().unwrap_or_default();
            let (name, value) = written.split_once('=').unwrap_or((written, "true"));
            let flag = match name {
                "--strict" => &mut flags.strict,
                "--with-subcharts" => &mut flags.with_subcharts,
                "--quiet" => &mut flags.quiet,
                _ => {
                    is_known(written)?;
                    rest.push(arg);
                    continue;
                }
            };
            *flag = switch(name, value)?;
        }
        Ok((flags, rest))
    }
}

/// Go's `strconv.ParseBool`.
fn switch(name: &str, value: &str) -> Result<bool, String> {
    match value {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        other => Err(format!(
            "invalid argument {other:?} for {name:?} flag: strconv.ParseBool: parsing {other:?}: invalid syntax"
        )),
    }
}

fn is_known(arg: &str) -> Result<(), String> {
    if let Some(flag) = arg.strip_prefix("--").filter(|flag| !flag.is_empty()) {
        let name = flag.split('=').next().unwrap_or(flag);
        let is_setting = name.strip_prefix("set-").is_some_and(|what| !what.is_empty());
        let is_shared = is_setting || SHARED.contains(&name);
        return if is_shared { Ok(()) } else { Err(format!("unknown flag: --{name}")) };
    }
    let short = arg.strip_prefix('-').and_then(|rest| rest.chars().next());
    match short.filter(|short| short.is_ascii_alphabetic() && !matches!(short, 'f' | 'h' | 'n')) {
        Some(short) => Err(format!("unknown shorthand flag: {short:?} in {arg}")),
        None => Ok(()),
    }
}
