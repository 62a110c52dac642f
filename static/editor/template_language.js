// Templates as Helm's authors write them: YAML (or plain text) with Go template actions inside it.
//
// A grammar of either language alone can't read them, since an action may stand for any part of the other: a key, half a
// word, ten lines. So this reads line by line, and colours a word by where its text comes from: values, helpers, the chart.

import { StreamLanguage } from "@codemirror/language";
import { Tag } from "@lezer/highlight";

// One tag for each kind of word; theme.js gives them their colours.
export const words = Object.fromEntries(
  [
    "delimiter", "keyword", "function", "local", "field", "valuePath", "chartPath", "helperName", "string", "number", "comment",
    "key", "scalar", "punctuation", "meta",
  ].map((name) => [name, Tag.define(name)]),
);

const keywords = new Set(["if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"]);
const namesHelper = new Set(["include", "template", "define", "block"]);
const fromChart = new Set(["Chart", "Release", "Capabilities", "Files", "Template", "Subcharts"]);

// Where the reader stands between two words. `inside` is null in the text, else what is open; it survives line ends.
// `block` is the indentation of the key whose block scalar (`|`, `>`) we are in, -1 outside.
const startState = () => ({ inside: null, helper: false, block: -1, indent: 0, quote: null });

function token(stream, state) {
  if (stream.sol()) {
    startLine(stream, state);
  }
  switch (state.inside) {
    case "comment":
      return until(stream, state, "*/", "action", "comment");
    case "raw":
      return until(stream, state, "`", "action", helperOr(state, "string"));
    case "action":
      return action(stream, state);
    default:
      return text(stream, state);
  }
}

function startLine(stream, state) {
  if (state.inside) {
    return;
  }
  state.quote = null;
  // A line of only an action, at the margin or not, is no line of the YAML around it.
  const action = stream.match(/^\s*\{\{/, false);
  if (!action) {
    state.indent = stream.indentation();
    if (state.block >= state.indent && !stream.match(/^\s*$/, false)) {
      state.block = -1;
    }
  }
}

// Up to and including `end`, or to the end of the line, where the next one goes on.
function until(stream, state, end, next, word) {
  while (!stream.eol()) {
    if (stream.match(end)) {
      state.inside = next;
      return word;
    }
    stream.next();
  }
  return word;
}

function helperOr(state, word) {
  const result = state.helper ? "helperName" : word;
  if (state.inside !== "raw") {
    state.helper = false;
  }
  return result;
}

function action(stream, state) {
  if (stream.eatSpace()) {
    return null;
  }
  if (stream.match(/^-?\}\}/)) {
    state.inside = null;
    state.helper = false;
    return "delimiter";
  }
  if (stream.match("/*")) {
    state.inside = "comment";
    return until(stream, state, "*/", "action", "comment");
  }
  if (stream.match("`")) {
    state.inside = "raw";
    return until(stream, state, "`", "action", helperOr(state, "string"));
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) {
    return helperOr(state, "string");
  }
  if (stream.match(/^'(?:[^'\\]|\\.)*'?/)) {
    return "string";
  }
  const path = stream.match(/^(\$\w*)?(?:\.(?:[A-Za-z_]\w*)?)+|^\$\w*/);
  if (path) {
    return pathWord(path[0]);
  }
  if (stream.match(/^[-+]?(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?)/)) {
    return "number";
  }
  const name = stream.match(/^[A-Za-z_]\w*/);
  if (name) {
    state.helper = namesHelper.has(name[0]);
    return nameWord(name[0]);
  }
  stream.next();
  return "punctuation";
}

function pathWord(path) {
  const [start, first] = path.split(".");
  if (start.length > 1) {
    return "local";
  }
  if (first === "Values") {
    return "valuePath";
  }
  return fromChart.has(first) ? "chartPath" : "field";
}

function nameWord(name) {
  if (keywords.has(name)) {
    return "keyword";
  }
  return name === "true" || name === "false" || name === "nil" ? "number" : "function";
}

function text(stream, state) {
  const lineStart = /^\s*(?:- )*$/.test(stream.string.slice(0, stream.pos));
  if (stream.match(/^\{\{-?/)) {
    state.inside = "action";
    return "delimiter";
  }
  if (state.block >= 0) {
    return plain(stream, "string");
  }
  if (state.quote) {
    return quoted(stream, state);
  }
  if (stream.eatSpace()) {
    return null;
  }
  if (stream.match(/^(?:---|\.\.\.)(?=\s|$)/)) {
    return "meta";
  }
  if (stream.peek() === "#" && /^$|\s$/.test(stream.string.slice(0, stream.pos))) {
    return plain(stream, "comment");
  }
  if (lineStart && stream.match(/^-(?=\s|$)/)) {
    return "punctuation";
  }
  if (lineStart && stream.match(/^(?:"[^"]*"|'[^']*'|[^\s#{}[\],&*!|>'"%@`][^#{}]*?)(?=\s*:(?:\s|$))/)) {
    return "key";
  }
  if (stream.match(/^[|>][-+\d]{0,2}(?=\s*(?:#.*)?$)/)) {
    state.block = state.indent;
    return "punctuation";
  }
  return scalar(stream, state);
}

function scalar(stream, state) {
  if (stream.match(/^[:,[\]{}](?=\s|$|[\]},])|^[[{]/)) {
    return "punctuation";
  }
  if (stream.match(/^(?:[&*]|!+)[\w./-]+/)) {
    return "meta";
  }
  if (stream.peek() === '"' || stream.peek() === "'") {
    state.quote = stream.next();
    return quoted(stream, state);
  }
  stream.next();
  while (!stream.eol() && !stream.match("{{", false) && !stream.match(/^\s+#|^:(?=\s|$)|^[\]},]/, false)) {
    stream.next();
  }
  return "scalar";
}

// A quoted scalar, up to its quote or to an action inside it.
function quoted(stream, state) {
  while (!stream.eol() && !stream.match("{{", false)) {
    const char = stream.next();
    if (char === "\\" && state.quote === '"') {
      stream.next();
    } else if (char === state.quote) {
      state.quote = null;
      break;
    }
  }
  return "string";
}

// The rest of the line, up to an action.
function plain(stream, word) {
  stream.next();
  while (!stream.eol() && !stream.match("{{", false)) {
    stream.next();
  }
  return word;
}

export const templateLanguage = StreamLanguage.define({
  name: "gotmpl",
  startState,
  copyState: (state) => ({ ...state }),
  token,
  tokenTable: words,
  languageData: { commentTokens: { line: "#", block: { open: "{{/*", close: "*/}}" } } },
});
