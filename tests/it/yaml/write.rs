//! `toYaml` and `toYamlPretty` of several hundred values.

use std::fmt::Write;

use chartroom::source::{OriginId, ReadsId};
use chartroom::value::{Traced, json};
use chartroom::yaml;

use super::read::cases;

#[test]
fn values_are_written_as_helm_writes_them() {
    let cases = cases(include_str!("../../corpus/yaml/write.jsonl"));
    let mut wrong = String::new();
    let mut count = 0;
    for (at, case) in cases.iter().enumerate() {
        let value = Traced::from(json::decode(case["json"].as_str().unwrap().as_bytes(), ReadsId::NONE).unwrap());
        let yaml = yaml::encode(&value, &mut |_| OriginId::UNKNOWN).unwrap_or_default().to_string();
        let pretty = yaml::encode_pretty(&value, &mut |_| OriginId::UNKNOWN).unwrap_or_default().to_string();
        for (want, got) in [(&case["yaml"], yaml), (&case["pretty"], pretty)] {
            let got = got.strip_suffix('\n').unwrap_or(&got);
            if want.as_str() != Some(got) {
                count += 1;
                writeln!(wrong, "line {}: {}\n  helm {want}\n  here {got:?}", at + 1, case["json"]).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{count} of {}:\n{wrong}", cases.len());
}
