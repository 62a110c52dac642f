//! `chartfile.go`: what `Chart.yaml` says.

use super::{Kind, Linter, Rule, person};
use crate::chart::Metadata;
use crate::helm::Helm;
use crate::semver::{Constraints, Version};
use crate::source::{ReadsId, Severity};
use crate::value::format::{quoted, type_name};
use crate::value::{Map, Value};
use crate::yaml::{self, Duplicates, Numbers};

const FILE: &str = "Chart.yaml";

impl Linter<'_> {
    pub(super) fn chartfile(&mut self) {
        let helm = self.options.helm;
        let is_folder = self.folder.kind(FILE) == Kind::Folder;
        self.error(FILE, when(is_folder, || "should be a file, not a directory".to_owned()));
        let data = self.folder.read(FILE);
        let read = data.clone().and_then(|data| Metadata::read(&data, helm));
        let metadata = match read {
            Ok(metadata) => metadata,
            Err(error) => {
                self.error(FILE, Err(format!("unable to parse YAML\n\t{error}")));
                return;
            }
        };
        let data = data.unwrap_or_else(|_| [].into());
        if helm == Helm::Four {
            let strict = strictly(&data);
            let words = "failed to strictly parse chart metadata file";
            self.warning(FILE, strict.map_err(|error| format!("{words}\n\t{error}")));
        }
        let fields = yaml::decode(&data).ok().and_then(|value| value.as_map().cloned()).unwrap_or_default();
        self.error(FILE, name(&metadata));
        self.error(FILE, api_version(&metadata));
        self.error(FILE, is_text(&fields, "version"));
        self.error(FILE, version(&metadata, helm));
        self.error(FILE, is_text(&fields, "appVersion"));
        self.error(FILE, maintainers(&metadata, helm));
        self.error(FILE, sources(&metadata, helm));
        let without_icon = metadata.icon.is_empty();
        self.rule(Severity::Note, FILE, when(without_icon, || "icon is recommended".to_owned()));
        let icon = &metadata.icon;
        let is_bad = !without_icon && !person::is_request_url(icon, helm);
        self.error(FILE, when(is_bad, || format!("invalid icon URL '{icon}'")));
        self.error(FILE, kind(&metadata));
        self.error(FILE, dependencies(&metadata));
        if helm == Helm::Four {
            let version = &metadata.version;
            let words = || format!("version '{version}' is not a valid SemVerV2");
            self.warning(FILE, when(!is_strict_version(version), words));
        }
    }
}

/// The sentence where it is so.
pub(super) fn when(is_so: bool, sentence: impl FnOnce() -> String) -> Rule {
    if is_so { Err(sentence()) } else { Ok(()) }
}

/// Keys that stand twice, and keys that nobody knows, in the order in which Go comes to them.
fn strictly(data: &[u8]) -> Rule {
    let read = yaml::decode_with(data, Duplicates::Refused, Numbers::Float, &mut |_| ReadsId::NONE);
    let value = read.map_err(|error| error.to_string())?.value;
    let unknown = value.as_map().and_then(|map| unknown(map, &FIELDS));
    let words = "error unmarshaling JSON: while decoding JSON: json: unknown field";
    unknown.map_or(Ok(()), |field| Err(format!("{words} {}", quoted(field.as_bytes()))))
}

const FIELDS: [&str; 17] = [
    "name",
    "home",
    "sources",
    "version",
    "description",
    "keywords",
    "maintainers",
    "icon",
    "apiVersion",
    "condition",
    "tags",
    "appVersion",
    "deprecated",
    "annotations",
    "kubeVersion",
    "dependencies",
    "type",
];
const MAINTAINER: [&str; 3] = ["name", "email", "url"];
const DEPENDENCY: [&str; 8] =
    ["name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"];

fn unknown(map: &Map, fields: &[&str]) -> Option<String> {
    for (key, entry) in map.entries() {
        let Some(field) = fields.iter().find(|field| field.eq_ignore_ascii_case(&key)) else {
            return Some(key.to_string());
        };
        let inner: &[&str] = match *field {
            "maintainers" => &MAINTAINER,
            "dependencies" => &DEPENDENCY,
            _ => continue,
        };
        let items = entry.value.as_list().map(|list| list.values().cloned().collect::<Vec<_>>()).unwrap_or_default();
        if let Some(found) = items.iter().filter_map(Value::as_map).find_map(|item| unknown(item, inner)) {
            return Some(found);
        }
    }
    None
}

fn is_text(fields: &Map, key: &str) -> Rule {
    match fields.value(key) {
        None | Some(Value::String(_)) => Ok(()),
        Some(other) => {
            let found = if other.is_nil() { "<nil>".to_owned() } else { type_name(&other) };
            Err(format!("{key} should be of type string but it's of type {found}"))
        }
    }
}

fn name(metadata: &Metadata) -> Rule {
    let name = metadata.name.as_str();
    if name.is_empty() {
        return Err("name is required".to_owned());
    }
    when(name.contains('/') && name != "/", || format!("chart name {} is invalid", quoted(name.as_bytes())))
}

fn api_version(metadata: &Metadata) -> Rule {
    let values = "The value must be either \"v1\" or \"v2\"";
    match metadata.api_version.as_str() {
        "v1" | "v2" => Ok(()),
        "" => Err(format!("apiVersion is required. {values}")),
        other => Err(format!("apiVersion '{other}' is not valid. {values}")),
    }
}

fn version(metadata: &Metadata, helm: Helm) -> Rule {
    const LEAST: &str = "0.0.0-0";
    let written = &metadata.version;
    if written.is_empty() {
        return Err("version is required".to_owned());
    }
    let Ok(version) = Version::parse(written) else {
        return Err(format!("version '{written}' is not a valid SemVer"));
    };
    let holds = Constraints::parse(&format!(">{LEAST}")).is_ok_and(|constraint| constraint.check(&version, helm));
    when(!holds, || match helm {
        Helm::Three => format!("version {version} is less than or equal to {LEAST}"),
        Helm::Four => format!("version \"{version}\" is less than or equal to \"{LEAST}\""),
    })
}

/// Three numbers without a `v` or leading zeros, and what may follow them.
pub fn is_strict_version(text: &str) -> bool {
    let (rest, metadata) = text.split_once('+').map_or((text, None), |(rest, metadata)| (rest, Some(metadata)));
    let (core, prerelease) = rest.split_once('-').map_or((rest, None), |(core, after)| (core, Some(after)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_clean = |text: &str| text == "0" || !text.starts_with('0');
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let numbers: Vec<&str> = core.split('.').collect();
    let fits = |number: &str| is_number(number) && is_clean(number) && number.parse::<u64>().is_ok();
    numbers.len() == 3
        && numbers.iter().all(|number| fits(number))
        && prerelease
            .is_none_or(|text| text.split('.').all(|word| is_word(word) && (!is_number(word) || is_clean(word))))
        && metadata.is_none_or(|text| text.split('.').all(is_word))
}

fn maintainers(metadata: &Metadata, helm: Helm) -> Rule {
    for maintainer in &metadata.maintainers {
        let Some(maintainer) = maintainer else {
            return Err("a maintainer entry is empty".to_owned());
        };
        let (name, email, url) = (&maintainer.name, &maintainer.email, &maintainer.url);
        if name.is_empty() {
            return Err("each maintainer requires a name".to_owned());
        }
        if !email.is_empty() && !person::is_email(email) {
            return Err(format!("invalid email '{email}' for maintainer '{name}'"));
        }
        if !url.is_empty() && !person::is_url(url, helm) {
            return Err(format!("invalid url '{url}' for maintainer '{name}'"));
        }
    }
    Ok(())
}

fn sources(metadata: &Metadata, helm: Helm) -> Rule {
    let bad = metadata.sources.iter().find(|source| !person::is_request_url(source, helm));
    bad.map_or(Ok(()), |source| Err(format!("invalid source URL '{source}'")))
}

fn kind(metadata: &Metadata) -> Rule {
    let version = &metadata.api_version;
    let is_bad = !metadata.kind.is_empty() && version != "v2";
    when(is_bad, || format!("chart type is not valid in apiVersion '{version}'. It is valid in apiVersion 'v2'"))
}

fn dependencies(metadata: &Metadata) -> Rule {
    let version = &metadata.api_version;
    let is_bad = !metadata.dependencies.is_empty() && version != "v2";
    when(is_bad, || {
        let words = "dependencies are not valid in the Chart file with apiVersion";
        format!("{words} '{version}'. They are valid in apiVersion 'v2'")
    })
}
