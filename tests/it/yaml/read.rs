//! `fromYaml` and `fromYamlArray` of several hundred texts, errors included.

use std::fmt::Write;

use chartroom::value::{Map, Value, json};
use chartroom::yaml;
use serde_json::Value as Json;

/// The text of a case.
pub fn text_of(case: &Json) -> Vec<u8> {
    if let Some(text) = case["yaml"].as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(parts) = case["parts"].as_array() {
        let repeated =
            |part: &Json| part[0].as_str().unwrap().repeat(usize::try_from(part[1].as_u64().unwrap()).unwrap());
        return parts.iter().map(repeated).collect::<String>().into_bytes();
    }
    decode_base64(case["base64"].as_str().unwrap())
}

/// The bytes of a case that isn't text; go-yaml's own `!!binary` reads them.
fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets: Vec<usize> =
        text.bytes().filter_map(|symbol| ALPHABET.iter().position(|&letter| letter == symbol)).collect();
    let bits = |at: usize| sextets[at / 6] >> (5 - at % 6) & 1;
    (0..sextets.len() * 6 / 8)
        .map(|byte| (0..8).fold(0, |all, bit| all << 1 | u8::try_from(bits(byte * 8 + bit)).unwrap()))
        .collect()
}

pub fn cases(text: &str) -> Vec<Json> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn as_map(text: &[u8]) -> String {
    let map = yaml::decode(text).and_then(yaml::expect_map).unwrap_or_else(|error| {
        let map = Map::new();
        map.set("Error", error.to_string());
        map
    });
    json::encode(&Value::Map(map)).unwrap()
}

fn as_list(text: &[u8]) -> String {
    let list = yaml::decode(text)
        .and_then(yaml::expect_list)
        .unwrap_or_else(|error| [Value::from(error.to_string())].into_iter().collect());
    json::encode(&Value::List(list)).unwrap()
}

#[test]
fn texts_are_read_as_helm_reads_them() {
    let cases = cases(include_str!("../../corpus/yaml/read.jsonl"));
    let mut wrong = String::new();
    let mut count = 0;
    for (at, case) in cases.iter().enumerate() {
        let text = text_of(case);
        for (want, got) in [(&case["map"], as_map(&text)), (&case["list"], as_list(&text))] {
            let Some(want) = want.as_str().filter(|want| **want != got) else { continue };
            count += 1;
            let shown: String = String::from_utf8_lossy(&text).chars().take(300).collect();
            let cut = |text: &str| text.chars().take(300).collect::<String>();
            writeln!(wrong, "line {}: {shown:?}\n  helm {}\n  here {}", at + 1, cut(want), cut(&got)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{count} of {}:\n{wrong}", cases.len());
}
