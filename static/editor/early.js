// Editors in the page that the HTML brings along: whoever types before the engine is there loses nothing. The engine's own
// editors take over what was typed, the cursor, and the focus.
//
// Where another chart will come, from a link or out of this browser's drafts, there are none: what is typed into a text that
// goes would go with it.

const early = new Map();
let focused = null;

const kinds = [[/\.ya?ml$/, "yaml"], [/\.tpl$/, "gotmpl"]];
const kindOf = (path) => (path.startsWith("templates/") ? "gotmpl" : (kinds.find(([name]) => name.test(path))?.[1] ?? "text"));

// Puts an editor into each place that the HTML keeps for one. `create(parent, options)` makes it.
export function begin(create) {
  const isElsewhere = location.hash.length > 1 || globalThis.ChartroomDrafts?.last() || new URLSearchParams(location.search).has("embed");
  if (isElsewhere) {
    return;
  }
  for (const first of document.querySelectorAll("[data-first] .code-editor > .code-editor-first")) {
    const place = first.parentElement;
    const name = place.dataset.file;
    const doc = first.textContent;
    first.remove();
    early.set(name, { place, doc, editor: create(place, { doc, label: name, language: kindOf(name) }) });
  }
  // The one that has the focus when all of this goes is told by nobody: places that go lose it silently.
  document.addEventListener("focusin", ({ target }) => {
    focused = [...early].find(([, { place }]) => place.contains(target))?.[0] ?? null;
  });
}

// What was typed into a file that read so at first: its text, where the cursor is, and whether it has the focus. Once.
export function taken(name, doc) {
  const found = early.get(name);
  early.delete(name);
  if (!found) {
    return null;
  }
  const { text, selection } = found.editor.leave();
  return found.doc === doc ? { text, selection, focused: focused === name } : null;
}
