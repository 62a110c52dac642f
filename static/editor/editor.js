// The page's code editor: CodeMirror 6 behind one small global, `ChartroomEditor.create(parent, options)`, which the Rust
// side binds. Offsets are UTF-16 code units, as everything in the DOM.

import { defaultKeymap, indentWithTab, toggleTabFocusMode } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentService, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { toggleComment } from "./comment.js";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import {
  EditorView, drawSelection, dropCursor, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { assist, complete } from "./assist.js";
import { braces } from "./braces.js";
import { close } from "./close.js";
import { diagnostics, setDiagnostics } from "./diagnostics.js";
import { begin, taken } from "./early.js";
import { badgeGutter, links, setBadges, setDimmed, setHovers, setLinks } from "./links.js";
import { templateLanguage } from "./template_language.js";
import { theme } from "./theme.js";

// The nonce of this script is the one that the page's policy allows for styles.
const nonce = document.currentScript?.nonce ?? "";

const languages = { yaml: () => yaml(), gotmpl: () => [templateLanguage, braces], text: () => [] };

// Marks what the page set itself, and doesn't want to hear about.
const fromPage = Annotation.define();

// AltGr is Ctrl+Alt on Windows, and types `\` on many layouts; Alt with an arrow goes back and forward in the page.
const leftAlone = new Set(["Mod-Alt-\\", "Alt-ArrowLeft", "Alt-ArrowRight", "Mod-Alt-ArrowUp", "Mod-Alt-ArrowDown", "Mod-/"]);
const keys = [
  { key: "Mod-/", run: toggleComment },
  ...defaultKeymap.filter(({ key }) => !leftAlone.has(key)),
  ...searchKeymap,
  indentWithTab,
];

// The editor that was last written in, for commands that come from elsewhere.
let last = null;

// After a key, or the sign of a block scalar, the next line stands two deeper; else as deep as this one.
const indentation = indentService.of((context, position) => {
  const { text, from } = context.lineAt(position, -1);
  const before = text.slice(0, position - from);
  const deep = /^\s*/.exec(before)[0].length;
  return /:\s*(?:[|>][-+\d]{0,2})?$/.test(before) ? deep + context.unit : deep;
});

// What the field's own words say about typing prose is wrong for code.
const attributes = (label) => EditorView.contentAttributes.of({
  "aria-label": label,
  "aria-description": "Escape, then Tab leaves the editor.",
  spellcheck: "false",
  autocorrect: "off",
  autocapitalize: "off",
  translate: "no",
  tabindex: "0",
});

function create(parent, options) {
  const label = new Compartment();
  const language = new Compartment();
  const readOnly = new Compartment();
  const wrap = new Compartment();

  const wrapping = (on) => (on ? EditorView.lineWrapping : []);
  const settings = {
    label: options.label ?? "editor",
    language: options.language ?? "text",
    readOnly: options.readOnly === true,
    wrap: options.wrap === true,
  };

  const spoken = (kind) => [languages[kind](), kind === "gotmpl" && options.ask ? close(options.ask) : []];

  const extensions = () => [
    lineNumbers(),
    badgeGutter,
    options.ask ? assist(options.ask, options.onCommand) : [],
    diagnostics,
    links,
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([{ key: "Alt-F12", run: pointed }, ...keys]),
    Prec.high(indentation),
    indentUnit.of("  "),
    // Only a line feed ends a line, so that a file with other line ends keeps its bytes, and its offsets.
    EditorState.lineSeparator.of("\n"),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
    EditorState.allowMultipleSelections.of(true),
    EditorView.cspNonce.of(nonce),
    EditorView.updateListener.of(report),
    // A click that selects nothing points at a place.
    EditorView.domEventHandlers({
      click: () => void (view.state.selection.main.empty && pointed()),
      mousemove: ({ clientX: x, clientY: y }) => void options.onHover?.(view.posAtCoords({ x, y }) ?? undefined),
      mouseleave: () => void options.onHover?.(undefined),
      blur: () => void options.onHover?.(undefined),
      // Undo is the page's, across files; a browser's menu would undo what only this field knows.
      beforeinput: (event) => event.inputType.startsWith("history") && (event.preventDefault(), true),
    }),
    label.of(attributes(settings.label)),
    language.of(spoken(settings.language)),
    readOnly.of(EditorState.readOnly.of(settings.readOnly)),
    wrap.of(wrapping(settings.wrap)),
    theme,
  ];

  function report(update) {
    const own = update.transactions.some((transaction) => transaction.annotation(fromPage));
    if (update.docChanged && !own) {
      options.onChange?.(update.state.sliceDoc());
    }
    if ((update.selectionSet || update.docChanged) && !own) {
      options.onCursor?.(update.state.selection.main.head);
      // What the cursor walks over is pointed at; what is typed is not.
      options.onHover?.(update.docChanged ? undefined : update.state.selection.main.head);
    }
    if (update.focusChanged && update.view.hasFocus) {
      last = commands;
      options.onFocus?.();
    }
  }

  const wanted = (word) => () => options.onCommand?.(word, view.state.selection.main.head);
  const commands = {
    complete: () => complete(view),
    definition: wanted("definition"),
    uses: wanted("uses"),
    rename: wanted("rename"),
    comment: () => toggleComment(view),
    find: () => openSearchPanel(view),
    pin: () => pointed(),
    leave: () => toggleTabFocusMode(view),
  };

  function pointed() {
    options.onPoint?.(view.state.selection.main.head);
    return true;
  }

  const newState = (doc) => EditorState.create({ doc, extensions: extensions() });
  const view = new EditorView({ state: newState(options.doc ?? ""), parent });

  // The files that were open before, with their selection and scroll position.
  const shelf = new Map();
  let name = options.name ?? null;

  // What was typed before the engine was there. The page hears of it when it has drawn all of itself.
  function takeOver({ text: typed, selection, focused }, doc) {
    handle.setDoc(typed);
    view.dispatch({ selection, annotations: fromPage.of(true) });
    if (focused) {
      view.focus();
    }
    if (typed !== doc) {
      setTimeout(() => options.onChange?.(text()));
    }
  }

  const reconfigure = (compartment, extension) => view.dispatch({ effects: compartment.reconfigure(extension) });
  const text = () => view.state.sliceDoc();

  const handle = {
    getDoc: text,

    // Sets the text by its smallest difference; no onChange. Shows where it changed, if one is in the editor.
    setDoc(next) {
      const change = difference(text(), next);
      if (change) {
        const end = change.from + change.insert.length;
        view.dispatch({
          changes: change,
          effects: view.hasFocus ? EditorView.scrollIntoView(end, { yMargin: 40 }) : [],
          annotations: fromPage.of(true),
        });
      }
    },

    // Shows another file, whose name becomes the editor's. A file shown before comes back with its place in it.
    open(next, doc, kind) {
      if (name !== null) {
        shelf.set(name, { state: view.state, scroll: view.scrollSnapshot() });
      }
      name = next;
      settings.label = next;
      settings.language = kind;
      const before = shelf.get(next);
      const ahead = taken(next, doc);
      view.setState(before?.state ?? newState(doc));
      view.dispatch({
        effects: [
          language.reconfigure(spoken(kind)),
          readOnly.reconfigure(EditorState.readOnly.of(settings.readOnly)),
          wrap.reconfigure(wrapping(settings.wrap)),
          ...(before ? [before.scroll] : []),
        ],
        annotations: fromPage.of(true),
      });
      handle.setDoc(doc);
      if (ahead) {
        takeOver(ahead, doc);
      }
    },

    // Forgets the files that were open before: another chart has come.
    forget() {
      shelf.clear();
      name = null;
    },

    setLanguage(kind) {
      settings.language = kind;
      reconfigure(language, spoken(kind));
    },
    setReadOnly(on) {
      settings.readOnly = on;
      reconfigure(readOnly, EditorState.readOnly.of(on));
    },
    setWrap(on) {
      settings.wrap = on;
      reconfigure(wrap, wrapping(on));
    },

    setDiagnostics: (list) => setDiagnostics(view, list),
    setLinks: (list) => setLinks(view, list),
    setHovers: (list) => setHovers(view, list),
    setBadges: (list) => setBadges(view, list),
    setDimmed: (list) => setDimmed(view, list),

    // Selects a range and brings it into view, a third down from the top where it has to scroll.
    reveal(from, to) {
      const inside = (offset) => Math.min(Math.max(offset, 0), view.state.doc.length);
      view.dispatch({
        selection: { anchor: inside(from), head: inside(to) },
        effects: EditorView.scrollIntoView(inside(from), { y: "nearest", yMargin: view.scrollDOM.clientHeight / 3 }),
        annotations: fromPage.of(true),
      });
    },

    focus: () => view.focus(),

    // Goes, and says what it held.
    leave() {
      const held = { text: text(), selection: view.state.selection };
      handle.destroy();
      return held;
    },
    destroy() {
      if (last === commands) {
        last = null;
      }
      view.destroy();
    },
  };
  return handle;
}

// The smallest single change that makes `next` of `now`, or null where they are equal. Never splits a surrogate pair.
function difference(now, next) {
  if (now === next) {
    return null;
  }
  const shorter = Math.min(now.length, next.length);
  let from = 0;
  while (from < shorter && now.charCodeAt(from) === next.charCodeAt(from)) {
    from += 1;
  }
  if (from > 0 && isHighSurrogate(now.charCodeAt(from - 1))) {
    from -= 1;
  }
  let tail = 0;
  while (tail < shorter - from && now.charCodeAt(now.length - 1 - tail) === next.charCodeAt(next.length - 1 - tail)) {
    tail += 1;
  }
  if (tail > 0 && isLowSurrogate(now.charCodeAt(now.length - tail))) {
    tail -= 1;
  }
  return { from, to: now.length - tail, insert: next.slice(from, next.length - tail) };
}

const isHighSurrogate = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit) => unit >= 0xdc00 && unit < 0xe000;

// Carries out a command in the editor that was last written in.
const run = (command) => void last?.[command]?.();

globalThis.ChartroomEditor = { create, run, begin: () => begin(create) };
