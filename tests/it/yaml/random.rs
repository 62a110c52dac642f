//! Texts that nobody wrote: reading ends, and what is written is read back.

use chartroom::source::OriginId;
use chartroom::template::{SeededWorld, World};
use chartroom::value::{Traced, json};
use chartroom::yaml;

use super::read::{cases, text_of};
use crate::mutants::setting;

const PIECES: [&str; 32] = [
    ": ",
    "- ",
    "\n",
    "\n  ",
    " ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "!",
    "|",
    ">\n",
    "'",
    "\"",
    "#",
    "\t",
    "---\n",
    "...\n",
    "<<: ",
    "%YAML 1.1\n",
    "~",
    "\\",
    "\r\n",
    "\u{85}",
    "😀",
    "a: ",
    "\u{1}",
];

/// Errors about what was written: a block that begins with a tab, and a key that is `<<` without its quotes.
const UNREADABLE: [&str; 2] = ["found a tab character where an indentation space", "map merge requires map"];

/// Numbers from a seed.
struct Dice(SeededWorld);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.random(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// A text with some pieces put in and some bytes taken out.
    fn mutate(&mut self, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        for _ in 0..=self.below(5) {
            let at = self.below(text.len() + 1);
            if self.below(3) == 0 {
                let end = (at + self.below(4)).min(text.len());
                text.drain(at..end);
            } else {
                let piece = PIECES[self.below(PIECES.len())];
                text.splice(at..at, piece.bytes());
            }
        }
        text
    }
}

#[test]
fn whatever_is_read_is_written_and_read_again() {
    let texts: Vec<Vec<u8>> = cases(include_str!("../../corpus/yaml/read.jsonl")).iter().map(text_of).collect();
    let texts: Vec<&Vec<u8>> = texts.iter().filter(|text| text.len() < 500).collect();
    let (rounds, seed) = (setting("MUTANTS").unwrap_or(3000), setting("MUTANTS_SEED").unwrap_or(7));
    let mut dice = Dice(SeededWorld::new(0, seed));
    let mut read = 0;
    for _ in 0..rounds {
        let which = dice.below(texts.len());
        let text = dice.mutate(texts[which]);
        let (documents, _) = yaml::parse_partly(&text);
        assert!(documents.iter().all(|document| document.span.end <= text.len().max(4) * 2));
        let Ok(value) = yaml::decode(&text) else { continue };
        read += 1;
        let wanted = json::encode(&value).unwrap();
        let value = Traced::from(value);
        let plain = yaml::encode(&value, &mut |_| OriginId::UNKNOWN);
        let pretty = yaml::encode_pretty(&value, &mut |_| OriginId::UNKNOWN).unwrap();
        for written in plain.into_iter().chain([pretty]) {
            let again = match yaml::decode(written.as_bytes()) {
                // So it is with Go's library, too: it writes what it won't read.
                Err(error) if UNREADABLE.iter().any(|known| error.to_string().contains(known)) => continue,
                again => again.unwrap_or_else(|error| panic!("{error}: {written}")),
            };
            // Next-line characters become spaces on the way through JSON, zero loses its sign, and a key that is `<<` only
            // by its quotes loses them: so it is with Go's library, too.
            let is_told_apart = |piece: &&str| wanted.contains(*piece);
            if !["\u{85}", "-0", "\\u003c\\u003c\""].iter().any(is_told_apart) {
                assert_eq!(json::encode(&again).unwrap(), wanted, "{written}");
            }
        }
    }
    assert!(read * 6 > rounds, "only {read} of {rounds} texts could be read");
}
