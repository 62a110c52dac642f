//! The session of this thread: values that handles stand for, the host, and what is known of where texts come from.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use minijinja::{Error, ErrorKind, Value as Jinja};

use super::Host;
use super::convert;
use crate::source::ReadsId;
use crate::value::{Object, Text, Traced, Value};

thread_local! {
    static OPEN: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Texts whose origins are remembered at a time, and reads of one piece of text.
const REMEMBERED: usize = 1000;

/// Entries of maps and lists that one rendering may look at.
const LOOKS: u64 = 5_000_000;

/// What lives while a template is rendered.
pub(super) struct Session {
    /// Tells its handles from those of sessions before.
    number: u64,
    slots: Vec<Option<Traced>>,
    free: Vec<usize>,
    /// Not here while it is at work.
    host: Option<Box<dyn Host>>,
    recorder: Option<Recorder>,
    /// Entries of maps and lists that were looked at.
    looks: u64,
    /// Fuel used up so far, as of the last thing printed.
    pub(super) fuel: u64,
}

/// What is known of where texts come from.
#[derive(Default)]
struct Recorder {
    /// What was read since something was printed last.
    pending: Vec<ReadsId>,
    /// Texts on their way, by their bytes: minijinja's strings have no place for it.
    known: BTreeMap<Box<[u8]>, Traced>,
    printed: Vec<Printed>,
}

/// What one expression printed, be it to the output or into a variable.
pub(super) struct Printed {
    /// The text, with its runs where it has any.
    pub(super) text: Text,
    /// What was read for it.
    pub(super) reads: Vec<ReadsId>,
    /// Whether that is all: the text itself is known, not only what was read before it was printed.
    pub(super) is_known: bool,
}

/// Opens the session of this thread, runs `work` in it, and gives back the host and what was printed.
pub(super) fn run<R>(
    host: Box<dyn Host>,
    records: bool,
    work: impl FnOnce() -> R,
) -> (R, Option<Box<dyn Host>>, Vec<Printed>, u64) {
    thread_local!(static COUNT: RefCell<u64> = const { RefCell::new(0) });
    let number = COUNT.with_borrow_mut(|count| {
        *count += 1;
        *count
    });
    let recorder = records.then(Recorder::default);
    let session =
        Session { number, slots: Vec::new(), free: Vec::new(), host: Some(host), recorder, looks: 0, fuel: 0 };
    let before = OPEN.with_borrow_mut(|open| open.replace(session));
    let result = work();
    let session = OPEN.with_borrow_mut(|open| mem::replace(open, before));
    let Some(session) = session else { return (result, None, Vec::new(), 0) };
    let printed = session.recorder.map(|recorder| recorder.printed).unwrap_or_default();
    (result, session.host, printed, session.fuel)
}

/// Does something with the session. `None` where there is none any more.
pub(super) fn with<R>(work: impl FnOnce(&mut Session) -> R) -> Option<R> {
    OPEN.try_with(|open| open.try_borrow_mut().ok().and_then(|mut open| open.as_mut().map(work))).ok().flatten()
}

/// Calls one of the host's functions.
pub(super) fn call(name: &str, args: &[Jinja]) -> Result<Jinja, Error> {
    let args = convert::args(args)?;
    answer(|host| host.call(name, args))
}

/// Calls a method of an object.
pub(super) fn method(object: &Rc<dyn Object>, reads: ReadsId, name: &str, args: &[Jinja]) -> Result<Jinja, Error> {
    let args = convert::args(args)?;
    answer(|host| host.method(object, reads, name, args))
}

/// Asks the host, who is out of the session meanwhile: what it drops may have handles.
fn answer(ask: impl FnOnce(&mut dyn Host) -> Result<Traced, String>) -> Result<Jinja, Error> {
    let Some(mut host) = with(|session| session.host.take()).flatten() else {
        return Err(Error::new(ErrorKind::InvalidOperation, "nobody is there to call"));
    };
    let answer = ask(&mut *host);
    with(|session| session.host = Some(host));
    match answer {
        Ok(value) => Ok(convert::to_jinja(value)),
        Err(message) => Err(Error::new(ErrorKind::InvalidOperation, message)),
    }
}

impl Session {
    /// Keeps a value; gives back what a handle needs to find it.
    pub(super) fn keep(&mut self, value: Traced) -> (u64, usize) {
        let slot = self.free.pop().unwrap_or(self.slots.len());
        match self.slots.get_mut(slot) {
            Some(place) => *place = Some(value),
            None => self.slots.push(Some(value)),
        }
        (self.number, slot)
    }

    /// A value that is kept.
    pub(super) fn kept(&self, number: u64, slot: usize) -> Option<Traced> {
        if number == self.number { self.slots.get(slot)?.clone() } else { None }
    }

    /// Takes a value out, which the caller drops when the session is free again.
    pub(super) fn let_go(&mut self, number: u64, slot: usize) -> Option<Traced> {
        let value = if number == self.number { self.slots.get_mut(slot)?.take() } else { None };
        if value.is_some() {
            self.free.push(slot);
        }
        value
    }

    /// Counts an entry that is looked at; whether it still may be.
    pub(super) fn look(&mut self) -> bool {
        self.looks += 1;
        self.looks < LOOKS
    }

    /// Remembers that a value was read.
    pub(super) fn note(&mut self, value: &Traced) {
        let Some(recorder) = &mut self.recorder else { return };
        // A container is only on the way to what is in it, or goes into a function whose result says what it read.
        if matches!(value.value, Value::List(_) | Value::Map(_) | Value::Object(_)) {
            return;
        }
        if value.reads != ReadsId::NONE && recorder.pending.last() != Some(&value.reads) {
            recorder.pending.push(value.reads);
            recorder.pending.truncate(REMEMBERED);
        }
        let Some(text) = value.value.as_text().filter(|text| !text.is_empty()) else { return };
        if value.reads != ReadsId::NONE || text.runs().is_some() {
            if recorder.known.len() >= REMEMBERED {
                recorder.known.clear();
            }
            recorder.known.insert(text.as_bytes().into(), value.clone());
        }
    }

    /// Remembers a key, which is nobody's value.
    pub(super) fn note_key(&mut self, key: &str) {
        if let Some(recorder) = &mut self.recorder {
            recorder.known.insert(key.as_bytes().into(), Traced::from(key));
        }
    }

    /// A string that comes back, with what is known of it.
    pub(super) fn recall(&self, text: &str) -> Traced {
        let known = self.recorder.as_ref().and_then(|recorder| recorder.known.get(text.as_bytes()));
        known.cloned().unwrap_or_else(|| Traced::from(text))
    }

    /// Remembers what an expression prints.
    pub(super) fn print(&mut self, text: &str) {
        let Some(recorder) = &mut self.recorder else { return };
        let pending = mem::take(&mut recorder.pending);
        let known = recorder.known.get(text.as_bytes());
        let own = known.and_then(|known| known.value.as_text().cloned());
        let reads = known.map_or(pending, |known| vec![known.reads]);
        recorder.printed.push(Printed { is_known: own.is_some(), text: own.unwrap_or_else(|| text.into()), reads });
    }
}
