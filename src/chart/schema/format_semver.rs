//! The format `semver`.

use super::format::{check as holds, quoted};

/// Whether a text is a version, and if not, why.
pub(super) fn check(text: &str) -> Result<(), String> {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    if let Some(build) = build {
        holds(!build.is_empty(), "build is empty")?;
        build.split('.').try_for_each(|part| identifier(part, "build"))?;
    }
    let (core, before) = rest.split_once('-').map_or((rest, None), |(core, before)| (core, Some(before)));
    for part in before.iter().flat_map(|before| before.split('.')) {
        identifier(part, "pre-release")?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        let is_right = !(is_number && part.len() > 1 && part.starts_with('0'));
        holds(is_right, "pre-release numeric identifier starts with zero")?;
    }
    let numbers: Vec<&str> = core.split('.').collect();
    holds(numbers.len() == 3, "versionCore must have 3 numbers separated by dot")?;
    for (number, name) in numbers.iter().zip(["major", "minor", "patch"]) {
        holds(!number.is_empty(), format!("{name} is empty"))?;
        holds(number.len() == 1 || !number.starts_with('0'), format!("{name} starts with zero"))?;
        holds(number.bytes().all(|byte| byte.is_ascii_digit()), format!("{name} contains non-digit"))?;
    }
    Ok(())
}

fn identifier(part: &str, kind: &str) -> Result<(), String> {
    holds(!part.is_empty(), format!("{kind} identifier is empty"))?;
    match part.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '-')) {
        Some(c) => Err(format!("invalid character {} in {kind} identifier", quoted(c))),
        None => Ok(()),
    }
}
