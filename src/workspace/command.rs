//! What can be done from the keyboard and from the palette: one list, from which keys, palette and help are drawn.
//!
//! The keys are those of editors people know, without those that browsers keep. `AltGr` is Ctrl and Alt on Windows and
//! types braces on many layouts: a press with it means no command.

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Shows or does something about the page as such.
    Page(PageCommand),
    /// Goes somewhere.
    Go(Go),
    /// Does something with a file.
    File(FileCommand),
    /// Does something in the editor that was last written in. The editor itself hears the keys.
    Editor(EditorCommand),
}

/// What is done about the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageCommand {
    /// Shows this list.
    Commands,
    /// Shows the keys.
    Keys,
    /// Takes back the last change.
    Undo,
    /// Does it again.
    Redo,
    /// Copies a link.
    Share,
    /// Tells changes from here on.
    Baseline,
    /// Folds or unfolds the problems.
    Problems,
    /// Lets an edit mend the problem gone to.
    Mend,
    /// Shows the spaces of the output, or doesn't.
    Spaces,
    /// Gives all lines the colours of their letters, or none.
    Colours,
    /// Shows or hides the file rail.
    Rail,
    /// Begins or ends presenting.
    Present,
    /// Makes the text larger.
    Larger,
    /// Makes the text smaller.
    Smaller,
    /// Closes the smallest thing that is open.
    Close,
}

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// A file or document, to be chosen.
    Anywhere,
    /// A text in the chart, to be searched for.
    Search,
    /// The next pane.
    NextPane,
    /// The pane before.
    PreviousPane,
    /// The editor of values.
    Values,
    /// The editor of templates.
    Template,
    /// The manifests.
    Rendered,
    /// The next problem.
    NextProblem,
    /// The problem before.
    PreviousProblem,
    /// The next place that belongs to the pinned one.
    NextLink,
    /// The place before.
    PreviousLink,
    /// What was pinned before.
    Back,
    /// What was pinned after.
    Forward,
}

/// What is done with the open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileCommand {
    /// Makes a new one.
    New,
    /// Renames or moves it.
    Move,
    /// Copies it.
    Duplicate,
    /// Deletes it.
    Delete,
}

/// What editors do themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorCommand {
    /// Offers what could stand here.
    Complete,
    /// To where the word is defined.
    Definition,
    /// All places that mean the word.
    Uses,
    /// Renames it everywhere.
    Rename,
    /// Makes comments of lines, or lines of comments.
    Comment,
    /// Finds text.
    Find,
    /// Pins what is under the cursor.
    Pin,
    /// Lets Tab leave the editor.
    Leave,
}

/// A command with its words and its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    /// What it does, as the palette says it.
    pub words: &'static str,
    /// The keys, the first of which is shown.
    pub keys: &'static [&'static str],
}

/// A key as the browser tells of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    /// What it types or is called.
    pub key: &'a str,
    /// Where it is on the keyboard.
    pub code: &'a str,
    /// What is held with it.
    pub held: Held,
}

/// What is held with a key, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held(u8);

impl Held {
    /// Ctrl, or Cmd.
    pub const CTRL: Self = Self(1);
    /// Alt.
    pub const ALT: Self = Self(2);
    /// Shift.
    pub const SHIFT: Self = Self(4);
    /// `AltGr`.
    pub const ALT_GRAPH: Self = Self(8);
    /// Cmd on a Mac, where Alt changes what a key types.
    pub const META: Self = Self(16);

    /// This and another.
    #[must_use]
    pub fn with(self, other: Self, is_held: bool) -> Self {
        if is_held { Self(self.0 | other.0) } else { self }
    }

    /// Whether another is held with it.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// All commands, in the order of the palette.
pub const COMMANDS: &[CommandRow] = &[
    page(PageCommand::Commands, "Show all commands", &["F1", "Ctrl+K"]),
    go(Go::Anywhere, "Go to a file or document", &["Ctrl+P"]),
    go(Go::Search, "Search the chart", &["Ctrl+Shift+F"]),
    page(PageCommand::Undo, "Undo, in whichever file", &["Ctrl+Z"]),
    page(PageCommand::Redo, "Redo", &["Ctrl+Shift+Z", "Ctrl+Y"]),
    page(PageCommand::Share, "Copy a link to this chart", &["Ctrl+S"]),
    page(PageCommand::Baseline, "Tell changes from here on", &["Ctrl+Alt+B"]),
    file(FileCommand::New, "New file"),
    file(FileCommand::Move, "Rename or move the open file"),
    file(FileCommand::Duplicate, "Duplicate the open file"),
    file(FileCommand::Delete, "Delete the open file"),
    page(PageCommand::Rail, "Show or hide the files", &["Ctrl+B"]),
    go(Go::Values, "Go to the values", &["Ctrl+Alt+1"]),
    go(Go::Template, "Go to the template", &["Ctrl+Alt+2"]),
    go(Go::Rendered, "Go to the output", &["Ctrl+Alt+3"]),
    page(PageCommand::Problems, "Show or hide the problems", &["Ctrl+Alt+5", "Ctrl+Shift+M"]),
    page(PageCommand::Mend, "Apply the fix of the problem", &["Ctrl+."]),
    page(PageCommand::Spaces, "Show or hide spaces, and what {{- and -}} removed", &["Ctrl+Alt+W"]),
    page(PageCommand::Colours, "Colour all lines by their letters, or none", &[]),
    go(Go::NextPane, "Go to the next pane", &["F6"]),
    go(Go::PreviousPane, "Go to the pane before", &["Shift+F6"]),
    go(Go::NextProblem, "Go to the next problem", &["F8"]),
    go(Go::PreviousProblem, "Go to the problem before", &["Shift+F8"]),
    go(Go::NextLink, "Go to the next place that belongs to the pinned one", &["Ctrl+Alt+ArrowDown"]),
    go(Go::PreviousLink, "Go to the place before that belongs to it", &["Ctrl+Alt+ArrowUp"]),
    go(Go::Back, "Go back to what was pinned before", &["Alt+ArrowLeft"]),
    go(Go::Forward, "Go forward again", &["Alt+ArrowRight"]),
    editor(EditorCommand::Pin, "Why is this here: pin what is under the cursor", &["Alt+F12"]),
    editor(EditorCommand::Complete, "Complete", &["Ctrl+Space"]),
    editor(EditorCommand::Definition, "Go to the definition", &["F12"]),
    editor(EditorCommand::Uses, "Show all uses", &["Shift+F12"]),
    editor(EditorCommand::Rename, "Rename a helper, value or variable everywhere", &["F2"]),
    editor(EditorCommand::Comment, "Comment, or no comment", &["Ctrl+/"]),
    editor(EditorCommand::Find, "Find in this file", &["Ctrl+F"]),
    editor(EditorCommand::Leave, "Let Tab leave the editor, or indent again", &["Ctrl+M"]),
    page(PageCommand::Present, "Present: large text, few panes", &["Ctrl+Alt+P"]),
    page(PageCommand::Larger, "Larger text", &["Ctrl+Alt+="]),
    page(PageCommand::Smaller, "Smaller text", &["Ctrl+Alt+-"]),
    page(PageCommand::Keys, "Show the keys", &[]),
    page(PageCommand::Close, "Unpin, or close what is open", &["Escape"]),
];

const fn page(command: PageCommand, words: &'static str, keys: &'static [&'static str]) -> CommandRow {
    CommandRow { command: Command::Page(command), words, keys }
}

const fn go(command: Go, words: &'static str, keys: &'static [&'static str]) -> CommandRow {
    CommandRow { command: Command::Go(command), words, keys }
}

const fn file(command: FileCommand, words: &'static str) -> CommandRow {
    CommandRow { command: Command::File(command), words, keys: &[] }
}

const fn editor(command: EditorCommand, words: &'static str, keys: &'static [&'static str]) -> CommandRow {
    CommandRow { command: Command::Editor(command), words, keys }
}

/// The command that a press means, of those that the page listens for everywhere.
pub fn pressed(press: Press) -> Option<Command> {
    if press.held.has(Held::ALT_GRAPH) {
        return None;
    }
    let is_meant = |row: &&CommandRow| row.keys.iter().any(|keys| matches(keys, press));
    let own = COMMANDS.iter().filter(|row| !matches!(row.command, Command::Editor(_)));
    own.clone().find(is_meant).map(|row| row.command)
}

/// Whether a press is that of some keys, written as `Ctrl+Alt+P`.
fn matches(keys: &str, press: Press) -> bool {
    let (modifiers, key) = keys.rsplit_once('+').filter(|(_, key)| !key.is_empty()).unwrap_or(("", keys));
    let wants = |name: &str| modifiers.split('+').any(|modifier| modifier == name);
    let held = |name, modifier| wants(name) == press.held.has(modifier);
    let is_held = held("Ctrl", Held::CTRL) && held("Alt", Held::ALT);
    // A sign may need Shift to be typed.
    let is_sign = key.len() == 1 && !key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_shifted = is_sign || held("Shift", Held::SHIFT);
    // On a Mac Alt changes what the key types; elsewhere what is typed counts.
    let by_code = press.held.has(Held::META) && press.held.has(Held::ALT) && code(key) == press.code;
    is_held && is_shifted && (press.key.eq_ignore_ascii_case(key) || by_code)
}

/// Where a key is on the keyboard.
fn code(key: &str) -> String {
    match key.bytes().next() {
        Some(b'=') => "Equal".to_owned(),
        Some(b'-') => "Minus".to_owned(),
        Some(byte) if key.len() == 1 && byte.is_ascii_digit() => format!("Digit{key}"),
        Some(_) if key.len() == 1 => format!("Key{key}"),
        _ => key.to_owned(),
    }
}

impl CommandRow {
    /// The keys as people write them; empty where there are none.
    pub fn shown_keys(&self) -> String {
        let arrow = |keys: &str| {
            let words =
                [("ArrowLeft", "←"), ("ArrowRight", "→"), ("ArrowUp", "↑"), ("ArrowDown", "↓"), ("Escape", "Esc")];
            words.iter().fold(keys.to_owned(), |keys, (from, to)| keys.replace(from, to))
        };
        self.keys.first().map(|keys| arrow(keys)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn press(keys: &str) -> Press<'_> {
        let (modifiers, key) = keys.rsplit_once('+').filter(|(_, key)| !key.is_empty()).unwrap_or(("", keys));
        let has = |name: &str| modifiers.split('+').any(|modifier| modifier == name);
        let held = Held::default().with(Held::CTRL, has("Ctrl")).with(Held::ALT, has("Alt"));
        let held = held.with(Held::SHIFT, has("Shift")).with(Held::ALT_GRAPH, has("AltGr"));
        Press { key, code: "", held }
    }

    #[test]
    fn every_key_means_its_own_command_and_no_other() {
        let mut seen = BTreeSet::new();
        for row in COMMANDS {
            for keys in row.keys {
                assert!(seen.insert(*keys), "{keys} means two things");
                let means = pressed(press(keys));
                let heard = !matches!(row.command, Command::Editor(_));
                assert_eq!(means, heard.then_some(row.command), "{keys}");
            }
        }
    }

    #[test]
    fn no_key_is_one_that_a_browser_keeps_and_none_is_a_bare_character() {
        const KEPT: [&str; 12] = [
            "Ctrl+W",
            "Ctrl+T",
            "Ctrl+N",
            "Ctrl+Tab",
            "Ctrl+Shift+Tab",
            "Ctrl+Shift+W",
            "Ctrl+Shift+N",
            "Ctrl+Shift+T",
            "Ctrl+Shift+P",
            "Ctrl+L",
            "Ctrl+R",
            "Alt+F4",
        ];
        for keys in COMMANDS.iter().flat_map(|row| row.keys) {
            assert!(!KEPT.contains(keys), "{keys}");
            assert!(keys.contains('+') || keys.len() > 1, "{keys}");
        }
    }

    #[test]
    fn what_is_typed_with_alt_gr_is_left_alone() {
        for key in ["1", "2", "3", "5", "p", "=", "-", "{", "}", "[", "]", "\\", "|", "@", "~"] {
            let held = Held::CTRL.with(Held::ALT, true);
            assert_eq!(pressed(Press { key, code: "", held: held.with(Held::ALT_GRAPH, true) }), None, "{key}");
        }
        // Ctrl+Alt+7 types a brace on a German layout, and P with Ctrl and Alt a sign of its own on some.
        let typed = Press { key: "{", code: "Digit7", held: Held::CTRL.with(Held::ALT, true) };
        assert_eq!(pressed(typed), None);
        let mac = Press { key: "π", code: "KeyP", held: Held::CTRL.with(Held::ALT, true).with(Held::META, true) };
        assert_eq!(pressed(mac), Some(Command::Page(PageCommand::Present)));
    }

    #[test]
    fn keys_are_shown_as_people_write_them() {
        let shown = |command| COMMANDS.iter().find(|row| row.command == command).map(CommandRow::shown_keys);
        assert_eq!(shown(Command::Go(Go::Back)).as_deref(), Some("Alt+←"));
        assert_eq!(shown(Command::Page(PageCommand::Commands)).as_deref(), Some("F1"));
    }
}
