//! The examples of every function, executed.

use std::collections::BTreeSet;

use chartroom::sprig;

use super::sprig::render;

#[test]
fn every_function_has_words_and_examples_that_are_true() {
    let mut complaints = Vec::new();
    for function in sprig::functions() {
        if function.doc.is_empty() || function.examples.is_empty() {
            complaints.push(format!("{}: no words or no example", function.name));
        }
        for example in &function.examples {
            let got = render(example.template);
            if got.as_deref() != Ok(example.prints) {
                complaints.push(format!("{}\n    want {:?}\n    got  {got:?}", example.template, example.prints));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn no_function_is_there_twice() {
    let mut names = BTreeSet::new();
    let twice: Vec<_> =
        sprig::functions().iter().map(|function| function.name).filter(|name| !names.insert(*name)).collect();
    assert_eq!(twice, [""; 0]);
}
