//! The rule reference on a terminal, from the rules' own documentation.

use crate::lint::{Activation, RULES, Rule};

/// One rule in full.
pub fn rule_page(rule: &Rule) -> String {
    let Rule { id, title, docs, .. } = rule;
    let state = match rule.activation {
        Activation::On => "on",
        Activation::Off => "off unless switched on",
    };
    let head = format!("{id}: {title}\ngroup {}, {}, {state}\n", rule.group.id(), rule.severity.word());
    let sections = [("What it finds", docs.what), ("Why that matters", docs.why), ("What to do", docs.fix)]
        .map(|(title, text)| format!("\n{title}\n{}\n", wrapped(text)));
    let examples = [("Bad", rule.bad), ("Good", rule.good)]
        .map(|(title, text)| format!("\n{title}\n{}", indented(text.trim_end_matches('\n'))));
    [head, sections.concat(), examples.concat()].concat()
}

/// All rules by group, a line each.
pub fn rule_index() -> String {
    let mut rules: Vec<&Rule> = RULES.to_vec();
    rules.sort_by_key(|rule| (rule.group, rule.id));
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let line = |rule: &Rule| {
        let state = if rule.activation == Activation::Off { " (off)" } else { "" };
        format!("  {:width$}  {:7}  {}{state}\n", rule.id, rule.severity.word(), rule.title)
    };
    let groups = rules.chunk_by(|a, b| a.group == b.group).map(|group| {
        let name = group.first().map_or("", |rule| rule.group.id());
        format!("{name}\n{}", group.iter().map(|rule| line(rule)).collect::<String>())
    });
    groups.collect::<Vec<_>>().join("\n")
}

/// Lines of at most this many characters.
const WIDTH: usize = 100;

fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    indented(&lines.join("\n")).trim_end_matches('\n').to_owned()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
