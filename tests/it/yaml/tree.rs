//! Nodes, their places and comments; who is the origin of what is written; the choices of decoding.

use chartroom::source::{FileId, FrameId, Origin, OriginId, OriginKind, PathId, ReadsId, Span, Step, Trace};
use chartroom::value::{List, Map, Traced, Value, json};
use chartroom::yaml::{self, Duplicates, Numbers, Part};

const VALUES: &str = "\
# The image.
# -- Where it comes from.
image: &image
  repository: nginx # a name
  tag: \"1.2\\n3\"

other: # nothing yet

list:
  # The first.
  - one
  - {two: 2, on: yes}
more:
  <<: *image
  tag: v2
";

fn path(steps: &[&str]) -> Vec<Step> {
    steps.iter().map(|step| step.parse().map_or_else(|_| Step::Key((*step).into()), Step::Index)).collect()
}

#[test]
fn a_path_leads_to_the_bytes_of_its_node() {
    let documents = yaml::parse(VALUES.as_bytes()).unwrap();
    let document = &documents[0];
    let bytes = |steps: &[&str]| document.at(&path(steps)).map(|node| &VALUES[node.span.clone()]);
    assert_eq!(bytes(&["image", "repository"]), Some("nginx"));
    assert_eq!(bytes(&["image", "tag"]), Some("\"1.2\\n3\""));
    assert_eq!(bytes(&["list", "1"]), Some("{two: 2, on: yes}"));
    assert_eq!(bytes(&["list", "1", "true"]), Some("yes"));
    assert_eq!(bytes(&["list"]), Some("- one\n  - {two: 2, on: yes}"));
    assert_eq!(bytes(&["more", "repository"]), Some("nginx"));
    assert_eq!(bytes(&["more", "tag"]), Some("v2"));
    assert_eq!(bytes(&["other"]), Some(""));
    assert_eq!(bytes(&["other", "x"]), None);
    assert_eq!(bytes(&["list", "2"]), None);
    let place = document.place(&path(&["more", "tag"])).unwrap();
    assert_eq!(place.key.map(|key| document.text(key)), Some("tag"));
    assert_eq!(document.text(document.at(&path(&["image", "tag"])).unwrap()), "1.2\n3");
}

#[test]
fn comments_stand_above_and_to_the_right() {
    let documents = yaml::parse(VALUES.as_bytes()).unwrap();
    let document = &documents[0];
    let comments = |steps: &[&str]| {
        let place = document.place(&path(steps)).unwrap();
        let node = place.key.unwrap_or(place.value);
        let all = document.comments_above(node).iter().chain(document.comment_right(node));
        all.map(|comment| document.comment_text(comment)).collect::<Vec<_>>()
    };
    assert_eq!(comments(&["image"]), ["# The image.", "# -- Where it comes from."]);
    assert_eq!(comments(&["image", "repository"]), ["# a name"]);
    assert_eq!(comments(&["other"]), ["# nothing yet"]);
    assert_eq!(comments(&["list"]), [""; 0]);
    assert_eq!(comments(&["list", "0"]), ["# The first."]);
}

#[test]
fn what_could_be_read_before_an_error_is_there() {
    let (documents, error) = yaml::parse_partly(b"a: 1\n---\nb: [2\n---\nc: 3\n");
    assert_eq!(documents.len(), 1);
    let error = error.unwrap();
    assert_eq!(error.to_string(), "yaml: line 3: did not find expected ',' or ']'");
    assert_eq!((error.span, error.construct), (15..18, Some(12)));
}

#[test]
fn a_slot_is_asked_for_its_reads() {
    let text = b"a: 1\nb: [x, yy]\n";
    let mut asked = Vec::new();
    let mut slot = |bytes: std::ops::Range<usize>| {
        asked.push(String::from_utf8_lossy(&text[bytes]).into_owned());
        ReadsId::NONE
    };
    yaml::decode_with(text, Duplicates::Allowed, Numbers::Float, &mut slot).unwrap();
    asked.sort();
    assert_eq!(asked, ["1", "[x, yy]", "a: 1\nb: [x, yy]", "x", "yy"]);
}

#[test]
fn duplicate_keys_are_an_error_where_they_are_refused() {
    let strict = |text: &str| {
        yaml::decode_with(text.as_bytes(), Duplicates::Refused, Numbers::Float, &mut |_| ReadsId::NONE)
            .map(|value| json::encode(&value.value).unwrap())
            .map_err(|error| error.to_string())
    };
    let prefix = "error converting YAML to JSON: yaml: unmarshal errors:\n";
    assert_eq!(strict("a: 1\nb: {c: 1}\n"), Ok("{\"a\":1,\"b\":{\"c\":1}}".to_owned()));
    assert_eq!(
        strict("a: 1\nb: 2\na: {x: [3]}\nb: 4\n"),
        Err(format!("{prefix}  line 3: key \"a\" already set in map\n  line 4: key \"b\" already set in map"))
    );
    assert_eq!(strict("1: a\n1: b\n"), Err(format!("{prefix}  line 2: key 1 already set in map")));
}

#[test]
fn numbers_keep_their_types_on_request() {
    let text = b"[1, 18446744073709551615, 1.5, 1e3, 2001-01-01]";
    let value = yaml::decode_with(text, Duplicates::Allowed, Numbers::Typed, &mut |_| ReadsId::NONE).unwrap();
    let wanted = "[int(1), uint64(18446744073709551615), float64(1.5), float64(1000), \"2001-01-01\", ]";
    assert_eq!(format!("{:?}", value.value), wanted);
}

#[test]
fn each_leaf_is_written_by_its_own_origin() {
    let mut trace = Trace::on();
    let mut slot = |name: &str, value: Value| {
        let path = trace.path(PathId::ROOT, Step::Key(name.into()));
        Traced::new(value, trace.read(path))
    };
    let items = vec![slot("x", Value::from("one")), slot("y", Value::from(true))];
    let list = slot("list", Value::List(List::new(items)));
    let map = Map::new();
    map.set("a", slot("a", Value::from("b")));
    map.set("l", list);
    let whole = slot("whole", Value::Map(map));
    let mut origins: Vec<(OriginId, ReadsId)> = Vec::new();
    let mut leaf = |part: Part| {
        let (Part::Key(reads) | Part::Value(reads)) = part;
        if let Some((id, _)) = origins.iter().find(|(_, known)| *known == reads) {
            return *id;
        }
        let span = Span::point(FileId(0), 0);
        let id = trace.push_origin(Origin { kind: OriginKind::Action, span, frame: FrameId::NONE, reads });
        origins.push((id, reads));
        id
    };
    let text = yaml::encode(&whole, &mut leaf).unwrap();
    assert_eq!(text.to_string(), "a: b\nl:\n- one\n- true\n");
    let pieces: Vec<String> = text
        .runs()
        .unwrap()
        .ranges()
        .map(|(range, run)| {
            let reads = trace.origin(run.origin).unwrap().reads;
            let [Step::Key(name)] = trace.steps(trace.sole_path(reads).unwrap())[..] else { panic!("one step") };
            format!("{name} {}", text.slice(range))
        })
        .collect();
    let wanted = [
        "a a",
        "whole : ",
        "a b",
        "whole \n",
        "list l",
        "whole :",
        "list \n- ",
        "x one",
        "list \n- ",
        "y true",
        "list \n",
    ];
    assert_eq!(pieces, wanted);
}

#[test]
fn without_origins_no_runs_are_kept() {
    let text = yaml::encode(&Traced::from(1.5), &mut |_| OriginId::UNKNOWN).unwrap();
    assert_eq!((text.to_string().as_str(), text.runs().is_none()), ("1.5\n", true));
}

#[test]
fn what_has_no_end_ends_with_an_error() {
    let map = Map::new();
    map.set("self", Value::Map(map.clone()));
    let value = Traced::from(Value::Map(map.clone()));
    let error = yaml::encode(&value, &mut |_| OriginId::UNKNOWN).unwrap_err();
    let wanted = "error marshaling into JSON: json: unsupported value: encountered a cycle via map[string]interface {}";
    assert_eq!(error, wanted);
    let error = yaml::encode_pretty(&value, &mut |_| OriginId::UNKNOWN).unwrap_err();
    assert_eq!(error, "yaml: exceeded max depth of 10000");
    map.remove("self");
    let error = yaml::encode(&Traced::from(f64::NAN), &mut |_| OriginId::UNKNOWN).unwrap_err();
    assert_eq!(error, "error marshaling into JSON: json: unsupported value: NaN");
}
