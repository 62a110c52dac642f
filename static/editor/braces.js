// Braces of actions: `{{` brings its `}}` along, and what was brought along is typed over.

import { Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

const brought = StateEffect.define({ map: (at, mapping) => mapping.mapPos(at, 1) });

// Where the `}}` begin that were brought along, as long as the selection stays in their line.
const closers = StateField.define({
  create: () => [],
  update(places, transaction) {
    let next = places;
    if (transaction.docChanged) {
      next = next.map((at) => transaction.changes.mapPos(at, 1)).filter((at) => transaction.newDoc.sliceString(at, at + 1) === "}");
    }
    next = [...next, ...transaction.effects.filter((effect) => effect.is(brought)).map(({ value }) => value)];
    const { from, to } = transaction.newDoc.lineAt(transaction.newSelection.main.head);
    return next.every((at) => from <= at && at <= to) ? next : next.filter((at) => from <= at && at <= to);
  },
});

const typing = EditorView.inputHandler.of((view, from, to, text) => {
  const { state } = view;
  if (state.readOnly || view.composing || from !== to || state.selection.ranges.length > 1) {
    return false;
  }
  const change = opened(state, from, text) ?? spaced(state, from, text) ?? typedOver(state, from, text);
  if (change) {
    view.dispatch(change, { userEvent: "input.type", scrollIntoView: true });
  }
  return change !== null;
});

// `{{`, unless what stands behind it is closed already, or a word that would become part of it.
function opened(state, at, text) {
  const line = state.doc.lineAt(at);
  const before = line.text.slice(0, at - line.from);
  const after = line.text.slice(at - line.from);
  if (text !== "{" || !/(^|[^{])\{$/.test(before) || !/^($|[\s"'}/.,:@-])/.test(after) || /^[^{]*\}\}/.test(after)) {
    return null;
  }
  return { changes: { from: at, insert: "{}}" }, selection: { anchor: at + 1 }, effects: brought.of(at + 1) };
}

// The first space stands on both sides.
function spaced(state, at, text) {
  if (text !== " " || !state.field(closers).includes(at) || !/\{\{-?$/.test(state.sliceDoc(at - 3, at))) {
    return null;
  }
  return { changes: { from: at, insert: "  " }, selection: { anchor: at + 1 } };
}

// What stands there already is not written twice.
function typedOver(state, at, text) {
  const places = state.field(closers);
  const isBrace = text === "}" && places.some((place) => place === at || place === at - 1) && state.sliceDoc(at, at + 1) === "}";
  const isSpace = text === " " && state.sliceDoc(at, at + 1) === " " && places.includes(at + 1);
  return isBrace || isSpace ? { selection: { anchor: at + 1 } } : null;
}

// Where nothing was written in between, they go together.
function takenBack(view) {
  const { state } = view;
  const { empty, head } = state.selection.main;
  if (!empty || !state.field(closers).includes(head) || state.sliceDoc(head - 2, head) !== "{{") {
    return false;
  }
  view.dispatch({ changes: { from: head - 1, to: head + 2 }, userEvent: "delete.backward" });
  return true;
}

export const braces = [closers, typing, Prec.high(keymap.of([{ key: "Backspace", run: takenBack }]))];
