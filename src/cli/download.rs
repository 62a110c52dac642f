//! The flags about where a chart comes from, whose it is and which other hosts are asked. Nothing is downloaded and no
//! signature is checked; what Helm refuses before it would do so is refused in its words.

use std::fs;
use std::path::Path;

use super::terminal::Terminal;
use super::values_files::go_error;
use crate::helm::Helm;

/// Whether `getHostByName` looks a name up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// It gives an empty text.
    #[default]
    LeftAlone,
    /// `--enable-dns`
    LookedUp,
}

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct Download {
    /// `--enable-dns`
    pub names: Names,
    /// `--verify`
    pub verify: bool,
    /// `--repo`
    repository: String,
    /// `--keyring`
    keyring: Option<String>,
    /// `--ca-file`
    authorities: String,
    /// `--cert-file`
    certificate: String,
    /// `--key-file`
    key: String,
    /// `--post-renderer`
    post_renderer: String,
}

impl Download {
    /// The flags that are nobody else's.
    pub(super) const NAMES: [&'static str; 5] = ["ca-file", "cert-file", "description", "post-renderer", "repo"];

    /// Takes a flag with its value; nothing where it is no flag of these.
    pub(super) fn take(&mut self, name: &str, written: &str) -> Option<Result<(), String>> {
        let to = match name {
            "ca-file" => &mut self.authorities,
            "cert-file" => &mut self.certificate,
            "key-file" => &mut self.key,
            "keyring" => self.keyring.insert(String::new()),
            "post-renderer" => return self.rendered_by(written),
            "repo" => &mut self.repository,
            _ => return None,
        };
        written.clone_into(to);
        Some(Ok(()))
    }

    fn rendered_by(&mut self, written: &str) -> Option<Result<(), String>> {
        // The first stops Helm 4 already.
        if self.post_renderer.is_empty() {
            written.clone_into(&mut self.post_renderer);
        }
        None
    }

    /// Whether what goes over the output can be had. Helm 4 has plugins for it, and none is here; Helm 3 runs any program.
    pub(super) fn post_renderer(&self, helm: Helm) -> Result<(), String> {
        match self.post_renderer.as_str() {
            "" => Ok(()),
            name if helm.is_three() && !is_found(name) => Err(format!(
                "invalid argument {name:?} for \"--post-renderer\" flag: unable to find binary at {name}: \
                 exec: {name:?}: {}",
                if name.contains('/') {
                    format!("stat {name}: no such file or directory")
                } else {
                    "executable file not found in $PATH".to_owned()
                }
            )),
            _ if helm.is_three() => Err("--post-renderer is not supported: no other program is run".to_owned()),
            name => Err(format!(
                "invalid argument {name:?} for \"--post-renderer\" flag: plugin: {{Name:{name} Type:postrenderer/v1}} not found"
            )),
        }
    }

    /// Helm reads the files of certificates before anything else.
    pub(super) fn certificates(&self, helm: Helm, terminal: &Terminal) -> Result<(), String> {
        let unread = |file: &String| fs::read(terminal.path(file)).err().map(|error| go_error(file, &error));
        let mut faults = Vec::new();
        if !self.certificate.is_empty() && !self.key.is_empty() {
            let files = [("cert", &self.certificate), ("key", &self.key)];
            let fault = files.into_iter().find_map(|(what, file)| Some((what, file, unread(file)?)));
            faults.extend(fault.map(|(what, file, cause)| {
                if helm.is_three() {
                    format!("can't load key pair from cert {} and key {}: {cause}", self.certificate, self.key)
                } else {
                    format!("unable to read {what} file: {file:?}: {cause}")
                }
            }));
        }
        if let Some(cause) = Some(&self.authorities).filter(|file| !file.is_empty()).and_then(unread) {
            let file = &self.authorities;
            faults.push(if helm.is_three() {
                format!("can't read CA file: {file}")
            } else {
                format!("can't read CA file: {file:?}: {cause}")
            });
        }
        if faults.is_empty() && !self.authorities.is_empty() && !self.holds_a_certificate(terminal) {
            faults.push("failed to append certificates from pem block".to_owned());
        }
        // Helm 3 stops at the first.
        faults.truncate(if helm.is_three() { 1 } else { faults.len() });
        match faults.as_slice() {
            [] => Ok(()),
            faults => {
                let faults = faults.join("\n");
                Err(format!("missing registry client: can't create TLS config for client: {faults}"))
            }
        }
    }

    fn holds_a_certificate(&self, terminal: &Terminal) -> bool {
        let text = fs::read(terminal.path(&self.authorities)).unwrap_or_default();
        text.is_empty() || String::from_utf8_lossy(&text).contains("-----BEGIN CERTIFICATE-----")
    }

    /// What comes instead of the chart at a path that is there, or of any chart where it is none.
    pub(super) fn of_path(&self, path: Option<&Path>, helm: Helm) -> Result<(), String> {
        // Helm 3 looks at what is there first.
        if !self.repository.is_empty() && (path.is_none() || !helm.is_three()) {
            return Err(self.repository());
        }
        path.filter(|_| self.verify).map_or(Ok(()), |path| self.verified(path))
    }

    fn repository(&self) -> String {
        match self.repository.split_once(':').map_or("", |(scheme, _)| scheme) {
            "http" | "https" | "oci" => {
                "--repo is not supported: nothing is downloaded; run `helm pull` first".to_owned()
            }
            scheme => format!("could not find protocol handler for: {scheme}"),
        }
    }

    fn verified(&self, path: &Path) -> Result<(), String> {
        if path.is_dir() {
            return Err("unpacked charts cannot be verified".to_owned());
        }
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tgz")) {
            return Err("chart must be a tgz file".to_owned());
        }
        let provenance = format!("{}.prov", std::path::absolute(path).unwrap_or_default().display());
        if !Path::new(&provenance).exists() {
            let cause = "no such file or directory";
            return Err(format!("could not load provenance file {provenance}: stat {provenance}: {cause}"));
        }
        let keyring = self.keyring.clone().unwrap_or_else(|| {
            let home = std::env::var("HOME").unwrap_or_default();
            format!("{home}/.gnupg/pubring.gpg")
        });
        let opened = fs::File::open(&keyring);
        opened.map_err(|error| format!("failed to load keyring: {}", go_error(&keyring, &error)))?;
        Err("--verify is not supported: signatures are not checked".to_owned())
    }
}

/// Whether there is such a program: a path, or a name in one of the usual folders.
fn is_found(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    if program.contains('/') {
        Path::new(program).is_file()
    } else {
        std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
    }
}
