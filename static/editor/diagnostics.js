// What is wrong, where it stands: an underline, a mark in the gutter whose shape says how bad, and the words on hover.
// Not @codemirror/lint: its marks are images in data: addresses, which the page's policy doesn't load.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter, hoverTooltip } from "@codemirror/view";

const marks = { error: "●", warning: "▲", note: "■" };
const ranks = ["note", "warning", "error"];

const replace = StateEffect.define();

const underlined = StateField.define({
  create: () => Decoration.none,
  update(underlines, transaction) {
    const moved = underlines.map(transaction.changes);
    return transaction.effects.reduce((now, effect) => (effect.is(replace) ? underlinesOf(effect.value) : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function underlinesOf(diagnostics) {
  return Decoration.set(
    diagnostics.map((diagnostic) =>
      Decoration.mark({ class: `cm-diagnostic cm-diagnostic-${diagnostic.severity}`, diagnostic }).range(diagnostic.from, diagnostic.to),
    ),
    true,
  );
}

class Mark extends GutterMarker {
  constructor(severity, message) {
    super();
    this.severity = severity;
    this.message = message;
  }

  eq(other) {
    return other.severity === this.severity && other.message === this.message;
  }

  toDOM() {
    const mark = document.createElement("span");
    mark.className = `cm-mark-${this.severity}`;
    mark.textContent = marks[this.severity];
    mark.title = this.message;
    return mark;
  }
}

// One mark a line: the worst there is, with all the messages.
function gutterMarks(state) {
  const lines = new Map();
  state.field(underlined).between(0, state.doc.length, (from, _to, { spec }) => {
    const line = state.doc.lineAt(from).from;
    lines.set(line, [...(lines.get(line) ?? []), spec.diagnostic]);
  });
  return RangeSet.of(
    [...lines].map(([line, found]) => {
      const worst = ranks[Math.max(...found.map(({ severity }) => ranks.indexOf(severity)))];
      return new Mark(worst, found.map(({ message }) => message).join("\n")).range(line);
    }),
    true,
  );
}

const marked = StateField.define({
  create: () => RangeSet.empty,
  update(now, transaction) {
    const replaced = transaction.effects.some((effect) => effect.is(replace));
    return replaced || transaction.docChanged ? gutterMarks(transaction.state) : now;
  },
});

const tip = hoverTooltip((view, position) => {
  const found = [];
  view.state.field(underlined).between(position, position, (from, to, { spec }) => {
    found.push({ from, to, message: spec.diagnostic.message });
  });
  if (found.length === 0) {
    return null;
  }
  return { pos: found[0].from, end: found[0].to, above: true, create: () => ({ dom: tipText(found) }) };
});

function tipText(found) {
  const text = document.createElement("p");
  text.className = "cm-diagnosticTip";
  text.textContent = found.map(({ message }) => message).join("\n");
  return text;
}

export const diagnostics = [
  underlined,
  marked,
  gutter({ class: "cm-diagnosticGutter", markers: (view) => view.state.field(marked) }),
  tip,
];

// Shows these instead of those before. An empty place becomes one character wide, a place outside the text moves to its end.
export function setDiagnostics(view, list) {
  const { length } = view.state.doc;
  const inside = (offset) => Math.min(Math.max(offset, 0), length);
  const shown = list
    .map((diagnostic) => {
      const from = Math.min(inside(diagnostic.from), Math.max(length - 1, 0));
      return { ...diagnostic, from, to: Math.max(inside(diagnostic.to), Math.min(from + 1, length)) };
    })
    .filter(({ from, to }) => from < to);
  view.dispatch({ effects: replace.of(shown) });
}
