//! Values of a flag that stand behind one another, as Go's `pflag` takes them apart: one record of `encoding/csv`.

/// Where a flag's value stops being a record.
struct Fault {
    /// The column, from 1.
    column: usize,
    /// What is wrong there.
    what: &'static str,
}

const BARE: &str = "bare \" in non-quoted-field";
const EXTRANEOUS: &str = "extraneous or missing \" in quoted-field";

/// The values in a flag's value. The error is Go's.
pub(super) fn separated(written: &str) -> Result<Vec<String>, String> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    let line = written.trim_start_matches('\n');
    if line.is_empty() {
        return Err("EOF".to_owned());
    }
    record(line).map_err(|Fault { column, what }| format!("parse error on line 1, column {column}: {what}"))
}

fn record(line: &str) -> Result<Vec<String>, Fault> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(line, quoted)?,
            None => bare_field(line, rest)?,
        };
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// The field, and what comes after its comma.
type Field<'t> = (String, Option<&'t str>);

fn bare_field<'t>(line: &str, rest: &'t str) -> Result<Field<'t>, Fault> {
    let until_end = rest.split('\n').next().unwrap_or_default();
    let (field, after) = match until_end.split_once(',') {
        Some((field, _)) => (field, rest.get(field.len() + 1..)),
        None => (until_end, None),
    };
    match field.find('"') {
        Some(at) => Err(Fault { column: line.len() - rest.len() + at + 1, what: BARE }),
        None => Ok((field.to_owned(), after)),
    }
}

fn quoted_field<'t>(line: &str, mut rest: &'t str) -> Result<Field<'t>, Fault> {
    let mut field = String::new();
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            return Err(Fault { column: line.len() + 1, what: EXTRANEOUS });
        };
        field.push_str(before);
        match after.chars().next() {
            Some('"') => {
                field.push('"');
                rest = after.get(1..).unwrap_or_default();
            }
            Some(',') => return Ok((field, after.get(1..))),
            None | Some('\n') => return Ok((field, None)),
            Some(_) => return Err(Fault { column: line.len() - after.len(), what: EXTRANEOUS }),
        }
    }
}

/// The pairs of a flag such as `--labels` are right. The error is Go's.
pub(super) fn are_pairs(written: &str) -> Result<(), String> {
    let pairs = match written.matches('=').count() {
        0 => return Err(format!("{written} must be formatted as key=value")),
        1 => vec![written.trim_matches('"').to_owned()],
        _ => separated(written)?,
    };
    let odd = pairs.iter().find(|pair| !pair.contains('='));
    odd.map_or(Ok(()), |pair| Err(format!("{pair} must be formatted as key=value")))
}

#[cfg(test)]
mod tests {
    use super::{are_pairs, separated};

    #[test]
    fn values_are_one_record() {
        assert_eq!(separated("a,\"b,c\",").unwrap(), ["a", "b,c", ""]);
        assert_eq!(separated("\"a\"\"b\"").unwrap(), ["a\"b"]);
        assert!(separated("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_record_is_told_as_go_tells_it() {
        let message = |written: &str| separated(written).unwrap_err();
        assert_eq!(message("\"a"), "parse error on line 1, column 3: extraneous or missing \" in quoted-field");
        assert_eq!(message("a\"b"), "parse error on line 1, column 2: bare \" in non-quoted-field");
        assert_eq!(message("x,\"a\"b"), "parse error on line 1, column 5: extraneous or missing \" in quoted-field");
    }

    #[test]
    fn labels_are_pairs() {
        assert!(are_pairs("a=b,\"c=d,e\"").is_ok());
        assert_eq!(are_pairs("").unwrap_err(), " must be formatted as key=value");
        assert_eq!(are_pairs("a=b,c=d,e").unwrap_err(), "e must be formatted as key=value");
    }
}
