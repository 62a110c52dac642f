// What belongs to the pinned word: its text, its line, and a letter in the gutter's place where there is one.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";

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

const replaceHover = StateEffect.define();

// What belongs to what is pointed at, and not chosen.
const hovered = StateField.define({
  create: () => Decoration.none,
  update(hovers, transaction) {
    const moved = hovers.map(transaction.changes);
    return transaction.effects.reduce((now, effect) => (effect.is(replaceHover) ? effect.value : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const replaceBadges = StateEffect.define();

// A letter beside a line. It is drawn by the style sheet: nobody reads it aloud, or copies it.
class Badge extends GutterMarker {
  constructor({ letter, hue, words }) {
    super();
    Object.assign(this, { letter, hue, words });
  }

  eq(other) {
    return other.letter === this.letter && other.hue === this.hue && other.words === this.words;
  }

  toDOM() {
    const badge = document.createElement("span");
    badge.className = `badge ${this.hue}`;
    badge.dataset.letter = this.letter;
    badge.title = this.words;
    return badge;
  }
}

const noBadges = { markers: RangeSet.empty, lines: Decoration.none };

// Letters, and the colours of their lines.
const badges = StateField.define({
  create: () => noBadges,
  update({ markers, lines }, transaction) {
    const moved = { markers: markers.map(transaction.changes), lines: lines.map(transaction.changes) };
    return transaction.effects.reduce((now, effect) => (effect.is(replaceBadges) ? effect.value : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field, ({ lines }) => lines),
});

export const badgeGutter = gutter({ class: "cm-badges", markers: (view) => view.state.field(badges).markers });

export const links = [linked, hovered, dimmed, badges];

// Sets letters beside lines: `{ line, letter, hue, words }`, in the order of the lines.
export function setBadges(view, list) {
  const { doc } = view.state;
  const inside = list.filter(({ line }) => line >= 1 && line <= doc.lines);
  const at = ({ line }) => doc.line(line).from;
  const markers = RangeSet.of(inside.map((badge) => new Badge(badge).range(at(badge))));
  const lines = Decoration.set(inside.map((badge) => Decoration.line({ class: badge.hue }).range(at(badge))));
  view.dispatch({ effects: replaceBadges.of({ markers, lines }) });
}

// Shows these as doing nothing: `{ from, to, message }`.
export function setDimmed(view, list) {
  const { length } = view.state.doc;
  const shown = list.filter(({ from, to }) => from < to && to <= length);
  const marks = shown.map(({ from, to, message }) => Decoration.mark({ class: "cm-dimmed", attributes: { title: message } }).range(from, to));
  view.dispatch({ effects: replaceDim.of(Decoration.set(marks, true)) });
}

// Shows these as belonging to what is pointed at: `{ from, to }`. Nothing scrolls.
export function setHovers(view, list) {
  const { decorations } = drawn(view, list, "cm-hoveredLine", "cm-hovered");
  view.dispatch({ effects: replaceHover.of(decorations) });
}

// Shows these links instead of those before: `{ from, to }`. The first is brought into view, if it isn't.
export function setLinks(view, list) {
  const { decorations, ranges } = drawn(view, list, "cm-linkedLine", "cm-linked");
  view.dispatch({ effects: replace.of(decorations) });
  if (ranges.length > 0 && !isInView(view, ranges[0].from)) {
    view.dispatch({ effects: EditorView.scrollIntoView(ranges[0].from, { y: "start", yMargin: view.scrollDOM.clientHeight / 3 }) });
  }
}

function drawn(view, list, lineClass, textClass) {
  const { doc } = view.state;
  const inside = (offset) => Math.min(Math.max(offset, 0), doc.length);
  const ranges = list.map(({ from, to }) => ({ from: inside(from), to: Math.max(inside(from), inside(to)) }));
  const lines = new Set(ranges.map(({ from }) => doc.lineAt(from).from));
  const decorations = [
    ...[...lines].map((line) => Decoration.line({ class: lineClass }).range(line)),
    ...ranges.filter(({ from, to }) => from < to).map(({ from, to }) => Decoration.mark({ class: textClass }).range(from, to)),
  ];
  return { decorations: Decoration.set(decorations, true), ranges };
}

function isInView(view, position) {
  const block = view.lineBlockAt(position);
  const { scrollTop, clientHeight } = view.scrollDOM;
  return block.top >= scrollTop && block.bottom <= scrollTop + clientHeight;
}
