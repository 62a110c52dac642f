//! Files of the reader's own: chosen in the browser's dialog, or dropped on the page. They are read here and go nowhere.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry, HtmlInputElement,
};

use crate::workspace::private_folder;

/// Files with the path they have below what was chosen, not read yet.
pub type Picked = Vec<(String, File)>;

/// More files than these are not looked for in a dropped folder.
const MOST: usize = 5_000;
/// No chart is deeper.
const DEEPEST: usize = 24;

/// Opens the dialog of a hidden file input.
pub fn ask(input: &HtmlInputElement) {
    // The same file again is a change, too.
    input.set_value("");
    input.click();
}

/// What was chosen in the dialog of a file input.
pub fn chosen(input: &HtmlInputElement) -> Picked {
    input.files().map(|files| listed(&files)).unwrap_or_default()
}

fn listed(files: &FileList) -> Picked {
    (0..files.length()).filter_map(|at| files.item(at)).map(|file| (path(&file), file)).collect()
}

/// The path below the folder chosen, where one was.
fn path(file: &File) -> String {
    let relative = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    relative.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// What was dropped, to be called while the drop is handled: afterwards the browser has forgotten.
pub fn dropped(transfer: &DataTransfer) -> Dropped {
    let items = transfer.items();
    let entry = |at| items.get(at)?.webkit_get_as_entry().ok().flatten();
    let entries = (0..items.length()).filter_map(entry).collect();
    let files = transfer.files().map(|files| listed(&files)).unwrap_or_default();
    Dropped { entries, files }
}

/// Says on the page that files can be dropped, or stops saying so.
pub fn offer(offer: Offer) {
    let Some(body) = web_sys::window().and_then(|window| window.document()?.body()) else { return };
    let _ = match offer {
        Offer::Shown => body.set_attribute(OFFER, ""),
        Offer::Hidden => body.remove_attribute(OFFER),
    };
}

const OFFER: &str = "data-dropping";

/// Whether the page says that files can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It does.
    Shown,
    /// It does not.
    Hidden,
}

/// Whether something that is dragged holds files.
pub fn holds_files(transfer: &DataTransfer) -> bool {
    transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// Something dropped.
pub struct Dropped {
    entries: Vec<FileSystemEntry>,
    files: Picked,
}

impl Dropped {
    /// Its files, those in folders included; and the folders that are nobody else's business.
    pub async fn files(self) -> Result<(Picked, Vec<String>), String> {
        let mut private = Vec::new();
        if self.entries.is_empty() {
            return Ok((self.files, private));
        }
        let mut waiting: Vec<(FileSystemEntry, usize)> = self.entries.into_iter().map(|entry| (entry, 0)).collect();
        let mut found = Picked::new();
        while let Some((entry, depth)) = waiting.pop() {
            if found.len() >= MOST || depth > DEEPEST {
                return Err(format!(
                    "there are more than {MOST} files in it, or folders in more than {DEEPEST} folders"
                ));
            }
            let path = entry.full_path().trim_start_matches('/').to_owned();
            if entry.is_directory() && private_folder(&format!("{path}/")).is_some() {
                // Thousands of files that nobody wants.
                private.push(path);
            } else if entry.is_directory() {
                let directory: FileSystemDirectoryEntry = entry.unchecked_into();
                waiting.extend(children(&directory).await?.into_iter().map(|child| (child, depth + 1)));
            } else {
                found.push((path, file(entry.unchecked_into()).await?));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok((found, private))
    }
}

/// A directory hands out its children some at a time, and none in the end.
async fn children(directory: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, String> {
    let reader: FileSystemDirectoryReader = directory.create_reader();
    let mut all = Vec::new();
    loop {
        let some = called_back(|done, failed| {
            reader.read_entries_with_callback_and_callback(done.unchecked_ref(), failed.unchecked_ref())
        });
        let some: Array = some.await?.unchecked_into();
        if some.length() == 0 {
            return Ok(all);
        }
        all.extend(some.iter().map(FileSystemEntry::unchecked_from_js));
    }
}

async fn file(entry: FileSystemFileEntry) -> Result<File, String> {
    let file = called_back(|done, failed| {
        entry.file_with_callback_and_callback(done.unchecked_ref(), failed.unchecked_ref());
        Ok(())
    });
    file.await.map(JsCast::unchecked_into)
}

/// A call that answers through one of two functions.
async fn called_back(call: impl Fn(&Function, &Function) -> Result<(), JsValue>) -> Result<JsValue, String> {
    let promise = Promise::new(&mut |done, failed| {
        if let Err(error) = call(&done, &failed) {
            let _ = failed.call1(&JsValue::UNDEFINED, &error);
        }
    });
    JsFuture::from(promise).await.map_err(|_| "the browser can't read the folder".to_owned())
}

/// Whether a file has more bytes than this.
pub fn is_larger(file: &File, most: u32) -> bool {
    file.size() > f64::from(most)
}

/// The bytes of a file.
pub async fn bytes(file: &File) -> Result<Vec<u8>, String> {
    let unreadable = |_| format!("{} can't be read", file.name());
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
