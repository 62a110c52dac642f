//! Links: what goes in comes out, also after years; what was damaged on its way is told.

use std::rc::Rc;

use chartroom::chart::Operation;
use chartroom::cli::{self, Status, Terminal};
use chartroom::helm::Helm;
use chartroom::share::{self, LinkError, Shared, View};
use chartroom::workspace::{
    BringError, Content, Experiment, FilePath, Files, Given, Layer, Origin, SampleIndex, SetKind, Settings, Switch,
    bring_in,
};

use super::dice::Dice;

fn path(text: &str) -> FilePath {
    FilePath::parse(text).expect("a path")
}

fn corpus(name: &str) -> String {
    let file = format!("{}/tests/corpus/share/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// All sample charts, as the page opens them.
pub fn samples() -> Vec<Experiment> {
    let folder = format!("{}/static/samples", env!("CARGO_MANIFEST_DIR"));
    let index = std::fs::read_to_string(format!("{folder}/index.json")).expect("the list of samples");
    let index = SampleIndex::parse(&index).expect("a list of samples");
    let opened = index.samples.iter().map(|sample| {
        let file = |path: &FilePath| std::fs::read(format!("{folder}/{}/{path}", sample.name)).expect("a file");
        sample.experiment(sample.files.iter().map(file))
    });
    opened.collect()
}

fn sample(name: &str) -> Experiment {
    samples().into_iter().find(|sample| sample.origin.sample().is_some_and(|id| &**id == name)).expect("a sample")
}

fn text(experiment: &Experiment, name: &str) -> String {
    experiment.file(&path(name)).and_then(Content::text).expect("a text").to_string()
}

fn with(experiment: &Experiment, name: &str, text: &str) -> Experiment {
    let mut files = (*experiment.files).clone();
    files.insert(path(name), Content::Text(text.into()));
    Experiment { files: Rc::new(files), ..experiment.clone() }
}

fn delta(experiment: &Experiment, sample: &Experiment) -> String {
    share::write(&experiment.clone().into(), Some(sample)).expect("a link")
}

fn opened(link: &str, sample: Option<&Experiment>) -> Result<Shared, LinkError> {
    share::read(link)?.expect("a link").open(sample)
}

/// What comes out of a link to an experiment.
fn as_opened(experiment: &Experiment) -> Experiment {
    Experiment { origin: Origin::Link(experiment.origin.sample().cloned()), ..experiment.clone() }
}

#[test]
fn every_sample_comes_back_from_its_links() {
    for sample in samples() {
        let name = sample.origin.sample().cloned().unwrap_or_default();
        let whole = share::write(&sample.clone().into(), None).expect("a link");
        assert!(whole.starts_with("1.f."), "{name}");
        assert_eq!(opened(&whole, None).map(|shared| shared.experiment), Ok(as_opened(&sample)), "{name}");
        let changes = delta(&sample, &sample);
        assert!(changes.starts_with("1.d."), "{name}");
        assert_eq!(opened(&changes, Some(&sample)).map(|shared| shared.experiment), Ok(as_opened(&sample)), "{name}");
    }
}

#[test]
fn thousands_of_experiments_come_back_from_their_links() {
    let mut dice = Dice::new(1);
    let samples = samples();
    for round in 0..3000 {
        let sample = samples.get(dice.below(samples.len())).expect("a sample");
        let (experiment, base) = match round % 3 {
            0 => (dice.experiment(), None),
            _ => (dice.edited(sample), Some(sample)),
        };
        let baseline = (round % 5 == 0).then(|| dice.edited(sample));
        let shared = Shared { experiment, baseline, view: dice.view() };
        let link = share::write(&shared, base).expect("a link");
        assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{link}");
        let baseline = shared.baseline.as_ref().map(as_opened);
        let want = Shared { experiment: as_opened(&shared.experiment), baseline, view: shared.view.clone() };
        assert_eq!(opened(&link, base), Ok(want), "round {round}");
    }
}

#[test]
fn links_fit_into_a_chat() {
    let payload = |link: &str| link.len() - "1.d.".len();
    for sample in samples() {
        let values = text(&sample, "values.yaml");
        let digit = values.rfind(|c: char| c.is_ascii_digit()).expect("a number");
        let changed = [values.get(..digit), Some("7"), values.get(digit + 1..)].map(Option::unwrap_or_default).concat();
        let link = delta(&with(&sample, "values.yaml", &changed), &sample);
        assert!(payload(&link) < 100, "{:?}: {}", sample.origin, payload(&link));
    }
    let web = sample("web");
    let template = corpus("statefulset.txt");
    assert_eq!(template.lines().count(), 50);
    let link = delta(&with(&web, "templates/database.yaml", &template), &web);
    assert!(payload(&link) < 1_000, "{}", payload(&link));
    // `helm create` made this sample; `mychart` is the name that most people give.
    let chart = sample("chart-dev");
    let renamed = chart.files.iter().filter(|(path, _)| path.as_str() != "README.md");
    let renamed = renamed.map(|(path, content)| {
        let text = content.text().expect("a text").replace("chart-dev", "mychart");
        (path.clone(), Content::Text(text.into()))
    });
    let mine = Experiment::new(Origin::Brought, renamed.collect(), Settings::default());
    let link = share::write(&mine.into(), None).expect("a link");
    assert!(link.starts_with("1.f.") && payload(&link) < 3_000, "{}", payload(&link));
}

#[test]
fn the_first_links_open_forever() {
    let files: Files = [
        ("Chart.yaml", Content::Text("apiVersion: v2\nname: é\nversion: 0.1.0\n".into())),
        ("files/x.bin", Content::from_bytes(&[0, 255])),
        ("templates/a.yaml", Content::Text("a: {{ .Release.Name }}\r\n".into())),
        ("values.yaml", Content::Text("".into())),
    ]
    .map(|(name, content)| (path(name), content))
    .into();
    let (release, namespace, kube_version) = ("rel".into(), "prod".into(), "1.30".into());
    let settings = Settings { release, namespace, kube_version, ..Settings::default() };
    let want = Experiment::new(Origin::Link(Some("web".into())), files, settings);
    for (name, view) in [("version-1.txt", View::default()), ("version-1-dictionary-1.txt", view())] {
        let want = Shared { experiment: want.clone(), baseline: None, view };
        assert_eq!(opened(corpus(name).trim(), None), Ok(want), "{name}");
    }
    let settings = Settings { helm: Helm::Three, ..want.settings.clone() };
    let three = opened(corpus("version-1-helm-3.txt").trim(), None).map(|shared| shared.experiment);
    assert_eq!(three, Ok(Experiment { settings, ..want }));
}

#[test]
fn the_first_links_with_layers_open_forever() {
    let files: Files = [("../prod.yaml", "a: 2\n"), ("Chart.yaml", "name: x\n"), ("ci/test.yaml", "a: 3\n")]
        .map(|(path, text)| (FilePath::read(path).expect("a path"), Content::Text(text.into())))
        .into();
    let file = |path: &str| Given::File(FilePath::read(path).expect("a path"));
    let layers = [
        Layer::new(file("../prod.yaml")),
        Layer { given: file("ci/test.yaml"), switch: Switch::Off },
        Layer::new(Given::Set(SetKind::Json, "b={\"c\":1}".into())),
        Layer::new(Given::Set(SetKind::Typed, "d=1".into())),
    ];
    let settings = Settings {
        release: "rel".into(),
        namespace: "prod".into(),
        kube_version: "1.30".into(),
        helm: Helm::Four,
        api_versions: "x.io/v1,y.io/v2".into(),
        revision: 4,
        operation: Operation::Upgrade,
        layers: layers.into(),
    };
    let want = Experiment::new(Origin::Link(None), files, settings);
    let read = opened(corpus("version-1-layers.txt").trim(), None).map(|shared| shared.experiment);
    assert_eq!(read, Ok(want));
}

#[test]
fn the_first_links_with_a_baseline_open_forever() {
    let file = |text: &str| [(path("values.yaml"), Content::Text(text.into()))].into();
    let experiment = |text| Experiment::new(Origin::Link(None), file(text), Settings::default());
    let mut baseline = experiment("a: 1\nb: 2\n");
    baseline.settings.namespace = "prod".into();
    let want = Shared { experiment: experiment("a: 3\nb: 2\n"), baseline: Some(baseline), view: View::default() };
    assert_eq!(opened(corpus("version-1-baseline.txt").trim(), None), Ok(want));
}

fn view() -> View {
    View { tab: Some("values".to_owned()), pin: Some((path("templates/a.yaml"), 3)) }
}

/// A line per sample: its name, and a link to it with some changes.
const SAMPLES: &str = "version-1-samples.txt";

/// Links stand on the samples as they are. Whoever changes a sample breaks links that are out there, and this test: the
/// old one has to stay, under its name, and the new one gets another.
#[test]
fn links_that_stand_on_samples_open_forever() {
    let frozen = corpus(SAMPLES);
    let frozen: Vec<(&str, &str)> = frozen.lines().filter_map(|line| line.split_once(' ')).collect();
    let samples = samples();
    assert_eq!(frozen.len(), samples.len(), "each sample has a frozen link: {}", missing(&frozen, &samples));
    for (name, link) in frozen {
        let sample = sample(name);
        let want = Shared { view: View { tab: view().tab, pin: None }, ..as_opened(&changed(&sample)).into() };
        assert_eq!(opened(link, Some(&sample)), Ok(want), "{name}");
    }
}

fn changed(sample: &Experiment) -> Experiment {
    let values = text(sample, "values.yaml").replacen(' ', " # é\n ", 1);
    let mut changed = with(&with(sample, "values.yaml", &values), "templates/new.yaml", "a: {{ .Values.a }}\n");
    let mut files = (*changed.files).clone();
    files.remove(&path("README.md"));
    changed.files = Rc::new(files);
    changed.settings.namespace = "prod".into();
    changed.open = Some(path("templates/new.yaml"));
    changed
}

/// Links for the samples that have none, to be frozen.
fn missing(frozen: &[(&str, &str)], samples: &[Experiment]) -> String {
    let name = |sample: &Experiment| sample.origin.sample().map(ToString::to_string).unwrap_or_default();
    let missing = samples.iter().filter(|sample| !frozen.iter().any(|(frozen, _)| *frozen == name(sample)));
    let link = |sample: &Experiment| {
        let view = View { tab: view().tab, pin: None };
        share::write(&Shared { view, ..changed(sample).into() }, Some(sample)).expect("a link")
    };
    missing.flat_map(|sample| ["\n".to_owned(), name(sample), " ".to_owned(), link(sample)]).collect()
}

#[test]
fn a_link_to_another_state_of_a_sample_is_told() {
    let web = sample("web");
    let link = delta(&with(&web, "values.yaml", "a: 1\n"), &web);
    let older = with(&web, "README.md", "older\n");
    let error = LinkError::OtherSample("web".to_owned());
    assert_eq!(opened(&link, Some(&older)), Err(error.clone()));
    assert_eq!(opened(&link, None), Err(error));
}

/// Some links of each kind, with the sample that they need.
fn some_links() -> Vec<(String, Experiment)> {
    let web = sample("web");
    let tiny = Experiment::new(
        Origin::Brought,
        [(path("Chart.yaml"), Content::Text("a: 1\n".into()))].into(),
        web.settings.clone(),
    );
    let edited = with(&web, "values.yaml", "a: 1\n");
    let links = [
        corpus("version-1.txt").trim().to_owned(),
        corpus("version-1-dictionary-1.txt").trim().to_owned(),
        delta(&edited, &web),
        delta(&web, &web),
        share::write(&tiny.into(), None).expect("a link"),
    ];
    links.into_iter().map(|link| (link, web.clone())).collect()
}

/// The sentence about a damaged link.
fn complaint(link: &str, sample: &Experiment) -> Option<String> {
    let opened = match share::read(link) {
        Ok(Some(link)) => link.open(Some(sample)).map(|_| ()),
        Ok(None) => return None,
        Err(error) => Err(error),
    };
    opened.err().map(|error| error.to_string())
}

#[test]
fn every_truncated_link_says_what_is_missing() {
    for (link, sample) in some_links() {
        for length in 1..link.len() {
            let said = complaint(&link[..length], &sample).unwrap_or_else(|| panic!("{}", &link[..length]));
            assert!(said.starts_with("This link is cut off"), "{said}");
            if length >= 16 {
                let want = format!("(expected {} characters, got {length})", link.len());
                assert!(said.ends_with(&want), "{said}");
            }
        }
    }
}

#[test]
fn every_flipped_bit_of_a_link_is_found_out() {
    for (link, sample) in some_links() {
        for at in 0..link.len() {
            // Seven bits: browsers write anything beyond as `%..`.
            for bit in 0..7 {
                let mut bytes = link.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let flipped = String::from_utf8(bytes).expect("a letter");
                assert!(complaint(&flipped, &sample).is_some(), "{flipped}");
            }
        }
    }
}

fn run(args: &[&str], folder: &str) -> (Status, String, String) {
    let mut terminal = Terminal::new(folder);
    let status = cli::run(args.iter().map(Into::into).collect(), &mut terminal);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (status, text(terminal.stdout), text(terminal.stderr))
}

/// A folder that isn't there yet.
fn scratch(name: &str) -> String {
    let folder = std::env::temp_dir().join(format!("chartroom-share-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder.to_string_lossy().into_owned()
}

#[test]
fn the_command_line_shares_and_opens_every_sample() {
    let root = env!("CARGO_MANIFEST_DIR");
    for sample in samples() {
        let name = sample.origin.sample().cloned().unwrap_or_default();
        let folder = format!("static/samples/{name}");
        let (status, link, _) = run(&["share", &folder, "--page", "https://example.org/chartroom/#top"], root);
        assert_eq!(status, Status::Success, "{name}");
        assert!(link.starts_with("https://example.org/chartroom/#1.d."), "{name}: {link}");
        let to = scratch(&name);
        let (status, said, complaint) = run(&["open", link.trim(), "-o", &to], root);
        assert_eq!((status, complaint.as_str()), (Status::Success, ""), "{name}");
        let command = format!("chartroom template {} {to} -n default", sample.settings.release);
        assert_eq!(said, format!("{} files in {to}\n{command}\n", sample.files.len()), "{name}");
        for (path, content) in &*sample.files {
            assert_eq!(std::fs::read(format!("{to}/{path}")).expect("a file"), content.bytes(), "{name}/{path}");
        }
        let (_, again, complaint) = run(&["open", link.trim(), "-o", &to], root);
        assert_eq!((again.as_str(), complaint), ("", format!("Error: {to}: the folder is not empty\n")));
        std::fs::remove_dir_all(&to).expect("the folder goes");
    }
}

#[test]
fn the_command_line_shares_values_over_the_charts_own() {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = scratch("layers") + ".yaml";
    std::fs::write(&file, "a: 1\n").expect("a file");
    let args =
        ["share", "mine", "static/samples/web", "--set", "replicaCount=5", "-f", &file, "--kube-version", "1.30"];
    let (status, link, said) = run(&args, root);
    assert_eq!((status, said.as_str()), (Status::Success, ""));
    let web = sample("web");
    let shared = opened(link.trim().trim_start_matches('#'), Some(&web)).expect("a chart").experiment;
    let written: Vec<String> = shared.settings.layers.iter().map(Layer::written).collect();
    let name = file.rsplit('/').next().expect("a name");
    assert_eq!(written, [format!("-f ../{name}"), "--set replicaCount=5".to_owned()]);
    assert_eq!(&*shared.settings.release, "mine");
    let to = scratch("layers");
    let (_, said, _) = run(&["open", link.trim(), "-o", &to], root);
    let want = format!("chartroom template mine {to} -n default --kube-version 1.30 -f {to}/{name} --set");
    assert!(said.lines().nth(1).is_some_and(|line| line.starts_with(&want)), "{said}");
    std::fs::remove_dir_all(&to).expect("the folder goes");
    std::fs::remove_file(&file).expect("the file goes");
}

#[test]
fn the_command_line_says_what_is_wrong_with_a_link() {
    for (link, want) in [
        ("https://example.org/#top", "this is no link to a chart: what follows the # begins with 1.f. or 1.d."),
        ("#1.f.AAAA", "This link is cut off (only 8 characters arrived)"),
        ("#3.f.AAAA", "This link is of version 3, which this page does not know yet; reload the page"),
    ] {
        let (status, out, said) = run(&["open", link, "-o", &scratch("bad")], ".");
        assert_eq!((status, out.as_str(), said), (Status::Failure, "", format!("Error: {want}\n")), "{link}");
    }
    let (status, _, said) = run(&["open", "#1.f.AAAA"], ".");
    let want = "Error: `chartroom open` takes a link and a folder: chartroom open LINK -o FOLDER\n";
    assert_eq!((status, said.as_str()), (Status::Failure, want));
    assert_eq!(
        run(&["share", "./nowhere"], ".").2,
        "Error: path \"/nowhere\" not found\n".replace("/nowhere", "././nowhere")
    );
}

/// What is on the page after a file was chosen there.
fn chosen(name: &str, bytes: &[u8]) -> Result<Rc<Files>, BringError> {
    let chosen = vec![(name.to_owned(), bytes.to_vec())];
    bring_in(chosen, Vec::new(), &Settings::default()).map(|brought| brought.experiment.files)
}

#[test]
fn charts_come_back_from_archives() {
    let mut dice = Dice::new(2);
    let samples = samples();
    let chart = "apiVersion: v2\nname: any\nversion: 1.2.3\n";
    let generated = (0..600).map(|_| {
        let mut experiment = with(&dice.experiment(), "Chart.yaml", chart);
        // What lies beside a chart is no part of it.
        experiment.files = Rc::new(experiment.chart_files().map(|(path, file)| (path.clone(), file.clone())).collect());
        experiment
    });
    let generated = generated.collect::<Vec<_>>();
    for experiment in samples.iter().chain(&generated) {
        for archive in [share::pack(experiment), share::zip(experiment)] {
            let archive = archive.expect("an archive");
            // A mark at the beginning of a text is Helm's to take away; the dice make none.
            assert_eq!(chosen(&archive.name, &archive.bytes), Ok(Rc::clone(&experiment.files)), "{}", archive.name);
        }
    }
}

#[test]
fn every_truncated_zip_is_refused_and_no_flipped_bit_goes_by() {
    let chart = "apiVersion: v2\nname: any\nversion: 1.2.3\n";
    let experiment = with(&Experiment::default(), "Chart.yaml", chart);
    let bytes = share::zip(&experiment).expect("an archive").bytes;
    for length in 0..bytes.len() {
        assert!(chosen("any.zip", &bytes[..length]).is_err(), "{length}");
    }
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        if let Ok(files) = chosen("any.zip", &flipped) {
            let texts: Vec<_> = files.values().collect();
            assert_eq!(
                texts,
                experiment.files.values().collect::<Vec<_>>(),
                "{at} {:?}",
                String::from_utf8_lossy(&flipped)
            );
        }
    }
}

/// A zip of `web/Chart.yaml` and one more file, with some bytes of that file's entry in the directory exchanged.
fn hostile_zip(name: &str, content: &[u8], patches: &[(usize, &[u8])]) -> Vec<u8> {
    let chart = Content::Text("apiVersion: v2\nname: web\nversion: 1.2.3\n".into());
    let stand_in = format!("x{}", "y".repeat(name.len() - "web/x".len()));
    let files: Files = [(path("Chart.yaml"), chart), (path(&stand_in), Content::from_bytes(content))].into();
    let experiment = Experiment::new(Origin::Brought, files, Settings::default());
    let mut bytes = share::zip(&experiment).expect("an archive").bytes;
    let stand_in = format!("web/{stand_in}");
    let at = bytes.windows(stand_in.len()).rposition(|part| part == stand_in.as_bytes()).expect("the entry");
    bytes.splice(at..at + name.len(), name.bytes());
    let own = bytes.windows(stand_in.len()).position(|part| part == stand_in.as_bytes()).expect("its header");
    bytes.splice(own..own + name.len(), name.bytes());
    for (offset, patch) in patches {
        let at = at - 46 + offset;
        bytes.splice(at..at + patch.len(), patch.iter().copied());
    }
    bytes
}

#[test]
fn hostile_zips_are_refused_with_the_reason() {
    let bomb = vec![0; 4 << 20];
    let link = (0o120_777_u32 << 16).to_le_bytes();
    for (zip, want) in [
        (hostile_zip("../../etc/passwd", b"x", &[]), "\"../../etc/passwd\" leads out of the chart"),
        (hostile_zip("/etc/passwd", b"x", &[]), "\"/etc/passwd\" leads out of the chart"),
        (hostile_zip("web\\..\\passwd", b"x", &[]), "\"web\\\\..\\\\passwd\" leads out of the chart"),
        (hostile_zip("c:/windows", b"x", &[]), "\"c:/windows\" leads out of the chart"),
        (hostile_zip("web/link", b"/etc/passwd", &[(38, &link)]), "\"web/link\" is a link or a device, not a file"),
        (hostile_zip("web/lock", b"x", &[(8, &[1, 8])]), "it is locked with a password"),
        (hostile_zip("web/bomb", &bomb, &[(24, &[0, 0, 0, 3])]), "it unpacks to more than 32 MB"),
        (hostile_zip("web/bomb", &bomb, &[(24, &[9, 0, 0, 0])]), "\"web/bomb\" is larger than it says"),
        (hostile_zip("web/other", b"x", &[(10, &[12, 0])]), "\"web/other\" is packed in a way that is not known here"),
    ] {
        let refused = chosen("web.zip", &zip).map_err(|error| error.to_string());
        assert_eq!(refused, Err(format!("The archive can't be opened: {want}")));
    }
    let mut many = hostile_zip("web/other", b"x", &[]);
    let end = many.len() - 22;
    many.splice(end + 8..end + 12, [60_000_u16.to_le_bytes(), 60_000_u16.to_le_bytes()].concat());
    let refused = chosen("web.zip", &many).map_err(|error| error.to_string());
    let want = "The archive can't be opened: it has too many entries: 60000, at most 10000";
    assert_eq!(refused, Err(want.to_owned()));
}

/// Tar, gzipped, out of pieces: headers with their content.
fn tgz(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let stream: Vec<u8> = members.iter().flat_map(|(name, flag, data)| member(name, *flag, data)).collect();
    gzipped(&stream, 1)
}

/// A header and the content behind it.
fn member(name: &str, flag: u8, data: &[u8]) -> Vec<u8> {
    let mut block = header(name, flag, data.len());
    block.extend_from_slice(data);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

fn header(name: &str, flag: u8, size: usize) -> Vec<u8> {
    let mut header = vec![0; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, b"0000644");
    put(124, format!("{size:011o}").as_bytes());
    put(148, b"        ");
    put(156, &[flag]);
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// A stream and as many times a megabyte of zeros, gzipped: none of it has to be there for that. The sum is wrong, which
/// nobody who stops in time gets to see.
fn gzipped(stream: &[u8], megabytes: usize) -> Vec<u8> {
    use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};
    let mut pieces = [stream.to_vec(), vec![0; 1 << 20]].map(|piece| {
        let (mut out, mut state) = (Vec::new(), CompressorOxide::new(0x1ff));
        compress_to_output(&mut state, &piece, TDEFLFlush::Full, |some| {
            out.extend_from_slice(some);
            true
        });
        out
    });
    let mut out = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    out.append(&mut pieces[0]);
    for _ in 0..megabytes {
        out.extend_from_slice(&pieces[1]);
    }
    // An empty last block, and a sum.
    out.extend([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    out
}

#[test]
fn hostile_archives_are_refused_in_time_with_the_reason() {
    let chart = ("web/Chart.yaml", b'0', b"apiVersion: v2\nname: web\nversion: 1.2.3\n".as_slice());
    let entries: Vec<u8> = (0..100_000).flat_map(|n| member(&format!("web/files/{n}"), b'0', b"")).collect();
    let ten_gigabytes =
        gzipped(&[member(chart.0, chart.1, chart.2), header("web/files/a", b'0', 10 << 30)].concat(), 10 << 10);
    assert!(ten_gigabytes.len() < 20 << 20, "{}", ten_gigabytes.len());
    let in_pieces =
        gzipped(&(0..4000).flat_map(|n| member(&format!("web/{n}"), b'0', &vec![0; 20_000])).collect::<Vec<_>>(), 0);
    for (archive, want) in [
        (gzipped(&entries, 0), "it has too many entries: more than 10000"),
        (ten_gigabytes, "it unpacks to more than 32 MB"),
        (in_pieces, "it unpacks to more than 32 MB"),
        (
            tgz(&[chart, ("web/../../etc/passwd", b'0', b"x")]),
            "chart illegally references parent directory: \"web/../../etc/passwd\"",
        ),
        (
            tgz(&[chart, ("web//etc/passwd", b'0', b"x")]),
            "chart illegally contains absolute paths: \"web//etc/passwd\"",
        ),
        (tgz(&[chart, ("web/c:/windows", b'0', b"x")]), "chart contains illegally named files: \"web/c:/windows\""),
        (tgz(&[chart, ("web/link", b'2', b"")]), "\"web/link\" is a link or a device, not a file"),
        (tgz(&[chart, ("web/hard", b'1', b"")]), "\"web/hard\" is a link or a device, not a file"),
        (tgz(&[chart, ("web/disk", b'4', b"")]), "\"web/disk\" is a link or a device, not a file"),
        (gzipped(b"", 0), "there is no file in it"),
        (tgz(&[chart])[..60].to_vec(), "unexpected EOF"),
    ] {
        let start = std::time::Instant::now();
        let refused = chosen("web.tgz", &archive).map_err(|error| error.to_string());
        assert_eq!(refused.map(|files| files.len()), Err(format!("The archive can't be opened: {want}")));
        // A page may not stand still for longer; where the tests are built without optimization this takes ten times as long.
        assert!(start.elapsed().as_secs() < 20, "{want}: {:?}", start.elapsed());
    }
}

#[test]
fn what_helm_would_not_see_is_left_out_and_told() {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = vec![
        file("web/.helmignore", "ci/\n*.bak\n.*.yaml\n"),
        file("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.2.3\n"),
        file("web/.chartroom.yaml", "disabled: []\n"),
        file("web/ci/values.yaml", "a: 1\n"),
        file("web/values.yaml.bak", "a: 1\n"),
        file("web/templates/a.yaml", "a: 1\n"),
        file("web/templates/.hidden", "a: 1\n"),
    ];
    let brought = bring_in(files, Vec::new(), &Settings::default()).expect("a chart");
    let came: Vec<_> = brought.experiment.files.keys().map(FilePath::as_str).collect();
    assert_eq!(came, [".chartroom.yaml", ".helmignore", "Chart.yaml", "templates/a.yaml"]);
    let left: Vec<_> = brought.skipped.iter().map(|(path, why)| format!("{path}: {why}")).collect();
    let named =
        ["ci/values.yaml", "values.yaml.bak", "templates/.hidden"].map(|path| format!("{path}: named by .helmignore"));
    assert_eq!(left, named);
}
