// Enter behind an action that opens a block brings the action that closes it along. Whether there is one already the page's
// engine knows: `ask("close", position)` promises the line as JSON, or null. It is a change of its own, for undo.

import { insertNewlineAndIndent } from "@codemirror/commands";
import { Prec } from "@codemirror/state";
import { ViewPlugin, keymap } from "@codemirror/view";

// Where the new line was begun, as long as nobody has left it.
const waiting = ViewPlugin.fromClass(class {
  at = null;

  update({ docChanged, changes, state }) {
    if (this.at !== null && docChanged) {
      this.at = changes.mapPos(this.at, -1);
    }
    if (this.at !== null && state.doc.lineAt(this.at).number !== state.doc.lineAt(state.selection.main.head).number) {
      this.at = null;
    }
  }
});

const entered = (ask) => (view) => {
  const { state } = view;
  const { empty, head } = state.selection.main;
  const { from, text } = state.doc.lineAt(head);
  if (state.readOnly || !empty || state.selection.ranges.length > 1 || !text.slice(0, head - from).trimEnd().endsWith("}}")) {
    return false;
  }
  const answer = ask("close", head);
  insertNewlineAndIndent(view);
  const plugin = view.plugin(waiting);
  plugin.at = view.state.selection.main.head;
  answer.then((line) => {
    if (line !== null && plugin === view.plugin(waiting) && plugin.at !== null) {
      const { to } = view.state.doc.lineAt(plugin.at);
      view.dispatch({ changes: { from: to, insert: `\n${JSON.parse(line)}` }, userEvent: "input.complete" });
    }
    plugin.at = null;
  });
  return true;
};

export const close = (ask) => [waiting, Prec.high(keymap.of([{ key: "Enter", run: entered(ask) }]))];
