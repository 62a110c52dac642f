//! Bringing in a chart of one's own: what was chosen or dropped becomes an experiment. Files are a stranger's: what is
//! too large or no file of a chart is left out, and told.

use std::fmt;

use super::{Content, Experiment, FilePath, Files, Origin, Settings, unzip};
use crate::chart::{self, Bounds, Ignored};
use crate::lint;

/// A file as the browser hands it over: the path below what was chosen, and its bytes.
pub type Chosen = (String, Vec<u8>);

/// Bytes that a chart may have. Helm allows more; each keystroke renders all of it.
pub const MOST_BYTES: usize = 32 << 20;
/// Bytes of one file, as in Helm.
pub const MOST_FILE_BYTES: u32 = 5 << 20;
/// Files that a chart may have.
pub const MOST_FILES: usize = 2_000;
/// Entries of an archive, folders included.
pub const MOST_ENTRIES: usize = 10_000;
/// Bytes of an archive, as it is packed.
pub const MOST_ARCHIVE_BYTES: u32 = 20 << 20;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The chart.
    pub experiment: Experiment,
    /// Files that were left out, with the reason.
    pub skipped: Vec<(String, Skip)>,
}

/// Why a file was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Larger than [`MOST_FILE_BYTES`].
    TooLarge,
    /// Beside the chart, not in it.
    Outside,
    /// Its path can't be that of a file in a chart.
    UnfitPath,
    /// In a folder of a version control system.
    Private,
    /// `.helmignore` names it: Helm would not see it.
    Ignored,
}

/// Why there is no chart. `Display` is the sentence shown, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BringError {
    /// Nothing was chosen.
    Nothing,
    /// No `Chart.yaml`, and no manifests.
    NoChart,
    /// The archive can't be unpacked; why, in Helm's words.
    Archive(String),
    /// The archive has more than [`MOST_ARCHIVE_BYTES`].
    ArchiveTooLarge,
    /// More than [`MOST_BYTES`].
    TooLarge(usize),
    /// More than [`MOST_FILES`].
    TooManyFiles(usize),
}

/// Makes an experiment of what was chosen: an archive that `helm package` made, a zip archive, a chart's folder, or
/// manifests without a chart. The settings stay, apart from the layers of values, which belong to the chart before.
///
/// `skipped`: what was left out already, because it is too large to be read.
pub fn bring_in(
    chosen: Vec<Chosen>,
    mut skipped: Vec<(String, Skip)>,
    settings: &Settings,
) -> Result<Brought, BringError> {
    let entries = match chosen.as_slice() {
        [] if skipped.is_empty() => return Err(BringError::Nothing),
        [(_, bytes)] if unzip::is_zip(bytes) => {
            in_chart(unzip::unzip(bytes, MOST_BYTES).map_err(BringError::Archive)?, &mut skipped)?
        }
        [(name, bytes)] if is_archive(name, bytes) => unpacked(name, bytes, &mut skipped)?,
        _ => in_chart(chosen, &mut skipped)?,
    };
    let mut files = Files::new();
    for (path, bytes) in entries {
        match fit(&path, &bytes) {
            Ok(path) => drop(files.insert(path, Content::from_bytes(&bytes))),
            Err(why) => skipped.push((path, why)),
        }
    }
    let bytes = files.values().map(Content::len).sum();
    if bytes > MOST_BYTES {
        return Err(BringError::TooLarge(bytes));
    }
    if files.len() > MOST_FILES {
        return Err(BringError::TooManyFiles(files.len()));
    }
    Ok(Brought { experiment: Experiment::new(Origin::Brought, files, settings.of_another_chart()), skipped })
}

fn is_archive(name: &str, bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP) || [".tgz", ".tar.gz"].iter().any(|ending| name.ends_with(ending))
}

/// What is in an archive that `helm package` made: no `.helmignore` holds there, for what it named is out already.
fn unpacked(name: &str, bytes: &[u8], skipped: &mut Vec<(String, Skip)>) -> Result<Vec<Chosen>, BringError> {
    if !bytes.starts_with(&GZIP) {
        let error = chart::unpack_archive(name, bytes).err().map(|error| error.to_string());
        return Err(BringError::Archive(error.unwrap_or_default()));
    }
    let bounds = Bounds { bytes: MOST_BYTES, entries: MOST_ENTRIES };
    let entries = chart::unpack_within(bytes, bounds).map_err(BringError::Archive)?;
    let entries = entries.into_iter().map(|entry| (entry.path, entry.data.to_vec())).collect::<Vec<_>>();
    if entries.iter().any(|(path, _)| path == MANIFEST) {
        return Ok(entries);
    }
    // Packed by another tool: the chart's folder stands deeper.
    let is_deeper = entries.iter().any(|(path, _)| folder(path).is_some());
    if is_deeper { in_chart(entries, skipped) } else { Err(BringError::NoChart) }
}

const GZIP: [u8; 2] = [0x1f, 0x8b];

const MANIFEST: &str = "Chart.yaml";

/// The files below the outermost `Chart.yaml`, by their paths from there.
fn in_chart(chosen: Vec<Chosen>, skipped: &mut Vec<(String, Skip)>) -> Result<Vec<Chosen>, BringError> {
    let roots = chosen.iter().filter_map(|(path, _)| folder(path).map(str::to_owned));
    let Some(root) = roots.min_by_key(|root| (root.matches('/').count(), root.clone())) else {
        return manifests(chosen);
    };
    let own = format!("{root}.helmignore");
    let ignored = Ignored::by(chosen.iter().find(|(path, _)| *path == own).map(|(_, bytes)| bytes.as_slice()));
    let mut inside = Vec::new();
    for (path, bytes) in chosen {
        match path.strip_prefix(&root).map(str::to_owned) {
            Some(below) if is_left_out(&below, &ignored) => skipped.push((below, Skip::Ignored)),
            Some(below) => inside.push((below, bytes)),
            None => skipped.push((path, Skip::Outside)),
        }
    }
    Ok(inside)
}

/// Whether Helm would not see a file that nobody else here looks at, either.
fn is_left_out(path: &str, ignored: &Ignored) -> bool {
    let is_ours = path == ".helmignore" || path == MANIFEST || lint::SETTINGS_FILES.contains(&path);
    !is_ours && ignored.names(path)
}

/// The folder of a chart's manifest.
fn folder(path: &str) -> Option<&str> {
    path.strip_suffix(MANIFEST).filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// Manifests without a chart become the templates of one.
fn manifests(chosen: Vec<Chosen>) -> Result<Vec<Chosen>, BringError> {
    const CHART: &str =
        "apiVersion: v2\nname: manifests\ndescription: Made by Chartroom around single files\nversion: 0.1.0\n";
    if !chosen.iter().all(|(path, _)| [".yaml", ".yml", ".json", ".tpl"].iter().any(|ending| path.ends_with(ending))) {
        return Err(BringError::NoChart);
    }
    let template = |(path, bytes): Chosen| match path.as_str() {
        "values.yaml" => (path, bytes),
        _ => (format!("templates/{path}"), bytes),
    };
    let own = (MANIFEST.to_owned(), CHART.as_bytes().to_vec());
    Ok(std::iter::once(own).chain(chosen.into_iter().map(template)).collect())
}

/// The folder of a version control system in which a file is, with what stands before it. Nobody needs to read it.
pub fn private_folder(path: &str) -> Option<&str> {
    let is_private = |folder: &&str| [".git", ".svn", ".hg"].contains(&folder.rsplit('/').next().unwrap_or_default());
    path.match_indices('/').filter_map(|(end, _)| path.get(..end)).find(is_private)
}

fn fit(path: &str, bytes: &[u8]) -> Result<FilePath, Skip> {
    if private_folder(path).is_some() {
        return Err(Skip::Private);
    }
    if bytes.len() > MOST_FILE_BYTES as usize {
        return Err(Skip::TooLarge);
    }
    FilePath::parse(path).map_err(|_| Skip::UnfitPath)
}

impl Brought {
    /// One sentence about what came. What did not is in [`skipped`](Self::skipped).
    pub fn summary(&self) -> String {
        let files = &self.experiment.files;
        let (name, _) = self.experiment.chart_title();
        let came = format!("Opened {name}: {}", counted(files.len(), "file"));
        match files.values().filter(|content| content.text().is_none()).count() {
            0 => format!("{came}. Nothing was sent anywhere."),
            binary => format!("{came}, {binary} of them binary and kept as they are. Nothing was sent anywhere."),
        }
    }

    /// `2 files left out`; nothing where all came.
    pub fn left_out(&self) -> Option<String> {
        let count = self.skipped.len();
        (count > 0).then(|| format!("{} left out", counted(count, "file")))
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "larger than {} MB", MOST_FILE_BYTES >> 20),
            Self::Outside => f.write_str("beside the chart"),
            Self::UnfitPath => f.write_str("its name can't be in a chart"),
            Self::Private => f.write_str("version control"),
            Self::Ignored => f.write_str("named by .helmignore"),
        }
    }
}

impl fmt::Display for BringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("No file was chosen"),
            Self::NoChart => f.write_str(
                "There is no Chart.yaml in it. Choose a chart's folder, an archive that `helm package` made, a .zip, or YAML files",
            ),
            Self::Archive(why) => write!(f, "The archive can't be opened: {why}"),
            Self::ArchiveTooLarge => {
                write!(f, "The archive is too large: more than {} MB", MOST_ARCHIVE_BYTES >> 20)
            }
            Self::TooLarge(bytes) => {
                write!(f, "The chart is too large: {} MB, at most {}", bytes.div_ceil(1 << 20), MOST_BYTES >> 20)
            }
            Self::TooManyFiles(count) => write!(f, "The chart has too many files: {count}, at most {MOST_FILES}"),
        }
    }
}

impl std::error::Error for BringError {}

#[cfg(test)]
mod tests {
    use super::super::{Given, Layer, SetKind};
    use super::*;

    fn chosen(files: &[(&str, &str)]) -> Vec<Chosen> {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn brought(files: &[(&str, &str)]) -> Brought {
        bring_in(chosen(files), Vec::new(), &Settings::default()).expect("a chart")
    }

    fn paths(brought: &Brought) -> Vec<&str> {
        brought.experiment.files.keys().map(FilePath::as_str).collect()
    }

    #[test]
    fn the_outermost_chart_of_a_folder_is_opened() {
        let found = brought(&[
            ("repo/README.md", "x"),
            ("repo/web/.git/config", "x"),
            ("repo/web/Chart.yaml", "name: web\n"),
            ("repo/web/charts/lib/Chart.yaml", "name: lib\n"),
            ("repo/web/templates/a.yaml", "a: 1\n"),
        ]);
        assert_eq!(paths(&found), ["Chart.yaml", "charts/lib/Chart.yaml", "templates/a.yaml"]);
        let outside = ("repo/README.md".to_owned(), Skip::Outside);
        assert_eq!(found.skipped, [outside, (".git/config".to_owned(), Skip::Private)]);
        assert_eq!(found.summary(), "Opened web: 3 files. Nothing was sent anywhere.");
        assert_eq!(found.left_out().as_deref(), Some("2 files left out"));
    }

    #[test]
    fn layers_of_values_stay_with_their_chart() {
        let set = Layer::new(Given::Set(SetKind::Typed, "a=1".into()));
        let settings = Settings { release: "mine".into(), layers: [set].into(), ..Settings::default() };
        let found = bring_in(chosen(&[("Chart.yaml", "name: a\n")]), Vec::new(), &settings).unwrap();
        assert_eq!(found.experiment.settings, Settings { release: "mine".into(), ..Settings::default() });
    }

    #[test]
    fn manifests_get_a_chart_around_them() {
        let found = brought(&[("set.yaml", "kind: StatefulSet\n"), ("values.yaml", "a: 1\n")]);
        assert_eq!(paths(&found), ["Chart.yaml", "templates/set.yaml", "values.yaml"]);
        assert_eq!(found.experiment.open.map(|path| path.to_string()), Some("templates/set.yaml".to_owned()));
    }

    #[test]
    fn what_is_no_chart_is_told() {
        let refused = |files: &[(&str, &str)]| bring_in(chosen(files), Vec::new(), &Settings::default()).unwrap_err();
        assert_eq!(refused(&[]), BringError::Nothing);
        assert_eq!(refused(&[("a/readme.txt", "x")]), BringError::NoChart);
        assert!(matches!(refused(&[("web.tgz", "no archive")]), BringError::Archive(_)));
        let many: Vec<Chosen> = (0..3000).map(|n| (format!("templates/{n}.yaml"), Vec::new())).collect();
        let many = many.into_iter().chain(chosen(&[("Chart.yaml", "name: a\n")])).collect();
        assert_eq!(bring_in(many, Vec::new(), &Settings::default()), Err(BringError::TooManyFiles(3001)));
    }

    #[test]
    fn files_that_do_not_fit_are_left_out() {
        let mut files = chosen(&[("Chart.yaml", "name: a\n"), ("../x", ""), ("a/../../y", "")]);
        files.push(("files/big.bin".to_owned(), vec![0; MOST_FILE_BYTES as usize + 1]));
        let found = bring_in(files, Vec::new(), &Settings::default()).unwrap();
        assert_eq!(paths(&found), ["Chart.yaml"]);
        let reasons: Vec<_> = found.skipped.iter().map(|(_, why)| *why).collect();
        assert_eq!(reasons, [Skip::UnfitPath, Skip::UnfitPath, Skip::TooLarge]);
    }
}
