// Ctrl+/: lines become comments, and comments lines. In YAML `#` does. An action behind `#` would still be carried out, so
// a template's line that holds one goes into `{{/* */}}`, and so does every line of a file that is no YAML.

import { toggleLineComment } from "@codemirror/commands";

export function toggleComment(view) {
  const { state } = view;
  if (state.readOnly) {
    return false;
  }
  const { line, block } = state.languageDataAt("commentTokens", state.selection.main.head)[0] ?? { line: "#" };
  const lines = selectedLines(state);
  const commented = lines.filter(({ text }) => isBlock(text, block));
  if (block && commented.length === lines.length) {
    view.dispatch({ changes: lines.flatMap((each) => unwrapped(each, block)), userEvent: "delete.comment" });
    return true;
  }
  if (block && (!line || lines.some(({ text }) => text.includes("{{")))) {
    const changes = lines.filter(({ text }) => !text.includes(block.close)).flatMap((each) => wrapped(each, block));
    view.dispatch({ changes, userEvent: "input.comment" });
    return true;
  }
  return toggleLineComment(view);
}

function selectedLines(state) {
  const lines = new Map();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      lines.set(line.from, line);
      at = line.to + 1;
    }
  }
  return [...lines.values()].filter(({ text }) => text.trim() !== "");
}

const isBlock = (text, block) => block && text.trim().startsWith(block.open) && text.trim().endsWith(block.close);

function wrapped({ from, text }, block) {
  const start = from + text.length - text.trimStart().length;
  const end = from + text.trimEnd().length;
  // A comment ends where the first one inside it would.
  return [{ from: start, insert: `${block.open} ` }, { from: end, insert: ` ${block.close}` }];
}

function unwrapped({ from, text }, { open, close }) {
  const start = from + text.length - text.trimStart().length;
  const end = from + text.trimEnd().length;
  const inner = text.trim().slice(open.length, -close.length);
  const before = inner.startsWith(" ") ? 1 : 0;
  const after = inner.length > before && inner.endsWith(" ") ? 1 : 0;
  return [{ from: start, to: start + open.length + before }, { from: end - close.length - after, to: end }];
}
