//! Cases as text archives: a purpose, then files, each behind a line `-- NAME --`.
//!
//! What plain text can't hold is said behind a bar: `-- NAME | base64 --` (content is decoded), `-- NAME | no newline --`
//! (the last line has none).

use std::fmt::Write;

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// What stands before the first file.
    pub purpose: String,
    /// The files in order.
    pub files: Vec<File>,
}

/// One file of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without what stands behind the bar.
    pub name: String,
    /// What stands behind the bar.
    pub form: Form,
    /// The text as it stands in the archive.
    pub written: String,
}

/// How a file's text stands for its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Plain,
    /// Without the newline at the end.
    NoNewline,
    /// In base64.
    Base64,
}

impl Archive {
    /// Reads an archive.
    pub fn parse(text: &str) -> Self {
        let mut archive = Self::default();
        for line in text.split_inclusive('\n') {
            match header(line) {
                Some((name, form)) => archive.files.push(File { name, form, written: String::new() }),
                None => match archive.files.last_mut() {
                    Some(file) => file.written.push_str(line),
                    None => archive.purpose.push_str(line),
                },
            }
        }
        archive
    }

    /// The text of a file; `None` where there is none of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|file| file.name == name).map(|file| file.written.as_str())
    }

    /// Puts a file's text; an empty one takes the file away.
    pub fn put(&mut self, name: &str, text: &str) {
        self.files.retain(|file| file.name != name);
        if !text.is_empty() {
            self.files.push(File { name: name.to_owned(), form: Form::Plain, written: text.to_owned() });
        }
    }

    /// Writes the archive.
    pub fn write(&self) -> String {
        let mut text = self.purpose.clone();
        for file in &self.files {
            let form = match file.form {
                Form::Plain => "",
                Form::NoNewline => " | no newline",
                Form::Base64 => " | base64",
            };
            write!(text, "-- {}{form} --\n{}", file.name, file.written).expect("a string takes all");
        }
        text
    }
}

impl File {
    /// The content it stands for.
    pub fn content(&self) -> Vec<u8> {
        match self.form {
            Form::Plain => self.written.clone().into_bytes(),
            Form::NoNewline => self.written.trim_end_matches('\n').as_bytes().to_vec(),
            Form::Base64 => base64(&self.written),
        }
    }
}

fn header(line: &str) -> Option<(String, Form)> {
    let inside = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?;
    let (name, form) = inside.split_once(" | ").unwrap_or((inside, ""));
    let form = match form {
        "" => Form::Plain,
        "no newline" => Form::NoNewline,
        "base64" => Form::Base64,
        other => panic!("a form of that name is unknown: {other}"),
    };
    Some((name.to_owned(), form))
}

fn base64(written: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = written.bytes().filter_map(|byte| ALPHABET.iter().position(|&known| known == byte));
    let (mut content, mut bits, mut count) = (Vec::new(), 0_usize, 0);
    for digit in digits {
        bits = (bits << 6 | digit) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            content.push(u8::try_from(bits >> count & 0xff).expect("eight bits"));
        }
    }
    content
}

#[test]
fn an_archive_is_written_as_it_was_read() {
    let text = "Why.\n-- a/b.yaml --\na: 1\n-- c | base64 --\nAAEC/w==\n-- d | no newline --\nx\n";
    let mut archive = Archive::parse(text);
    assert_eq!(archive.write(), text);
    assert_eq!(archive.files.iter().map(File::content).collect::<Vec<_>>(), [&b"a: 1\n"[..], &[0, 1, 2, 255], b"x"]);
    archive.put("want", "y\n");
    archive.put("d", "");
    assert_eq!(archive.write(), text.replace("-- d | no newline --\nx\n", "-- want --\ny\n"));
}
