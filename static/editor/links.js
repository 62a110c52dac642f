// What belongs to the pinned word: its text, its line, and a letter in the gutter's place where there is one.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const replace = StateEffect.define();

const linked = StateField.define({
  create: () => Decoration.none,
  update(links, transaction) {
    const moved = links.map(transaction.changes);
    return transaction.effects.reduce((now, effect) => (effect.is(replace) ? effect.value : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const replaceDim = StateEffect.define();

// What does nothing here: branches that were not taken, values that nobody reads.
const dimmed = StateField.define({
  create: () => Decoration.none,
  update(dims, transaction) {
    const moved = dims.map(transaction.changes);
    return transaction.effects.reduce((now, effect) => (effect.is(replaceDim) ? effect.value : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const links = [linked, dimmed];

// Shows these as doing nothing: `{ from, to, message }`.
export function setDimmed(view, list) {
  const { length } = view.state.doc;
  const shown = list.filter(({ from, to }) => from < to && to <= length);
  const marks = shown.map(({ from, to, message }) => Decoration.mark({ class: "cm-dimmed", attributes: { title: message } }).range(from, to));
  view.dispatch({ effects: replaceDim.of(Decoration.set(marks, true)) });
}

// Shows these links instead of those before: `{ from, to }`. The first is brought into view, if it isn't.
export function setLinks(view, list) {
  const { doc } = view.state;
  const inside = (offset) => Math.min(Math.max(offset, 0), doc.length);
  const ranges = list.map(({ from, to }) => ({ from: inside(from), to: Math.max(inside(from), inside(to)) }));
  const lines = new Set(ranges.map(({ from }) => doc.lineAt(from).from));
  const decorations = [
    ...[...lines].map((line) => Decoration.line({ class: "cm-linkedLine" }).range(line)),
    ...ranges.filter(({ from, to }) => from < to).map(({ from, to }) => Decoration.mark({ class: "cm-linked" }).range(from, to)),
  ];
  view.dispatch({ effects: replace.of(Decoration.set(decorations, true)) });
  if (ranges.length > 0 && !isInView(view, ranges[0].from)) {
    view.dispatch({ effects: EditorView.scrollIntoView(ranges[0].from, { y: "start", yMargin: view.scrollDOM.clientHeight / 3 }) });
  }
}

function isInView(view, position) {
  const block = view.lineBlockAt(position);
  const { scrollTop, clientHeight } = view.scrollDOM;
  return block.top >= scrollTop && block.bottom <= scrollTop + clientHeight;
}
