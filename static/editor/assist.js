// Help while one writes. What it says comes from the page's engine: `ask(word, position)` promises JSON or null; this draws it.

import { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, hoverTooltip, keymap } from "@codemirror/view";

const parsed = async (promise) => JSON.parse((await promise) ?? "null");

// What could stand at the cursor. While one types only behind what begins a word; by request anywhere.
const source = (ask) => async (context) => {
  const before = context.matchBefore(/[.$"`\w]/);
  if (!before && !context.explicit) {
    return null;
  }
  const answer = await parsed(ask("complete", context.pos));
  if (!answer || answer.options.length === 0 || context.aborted) {
    return null;
  }
  return { from: answer.from, options: answer.options.map(option), validFor: /^\$?[\w.-]*$/ };
};

function option({ label, kind, detail, info }) {
  const apply = kind === "property" ? `${label}: ` : undefined;
  return { label, apply, type: kind, detail, boost: kind === "field" || kind === "variable" ? 1 : 0, info: info === "" ? undefined : () => lines("cm-hint", info.split("\n")) };
}

function lines(name, texts) {
  const box = document.createElement("div");
  box.className = name;
  for (const text of texts) {
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return box;
}

const hints = (ask) => hoverTooltip(async (_, position) => {
  const answer = await parsed(ask("hint", position));
  if (!answer) {
    return null;
  }
  const create = () => {
    const dom = lines("cm-hint", answer.lines);
    dom.prepend(Object.assign(document.createElement("code"), { textContent: answer.title }));
    return { dom };
  };
  return { pos: answer.from, end: answer.to, above: true, create };
}, { hoverTime: 400 });

const setPairs = StateEffect.define();

const pairs = StateField.define({
  create: () => Decoration.none,
  update(shown, transaction) {
    const moved = transaction.docChanged ? Decoration.none : shown;
    return transaction.effects.reduce((now, effect) => (effect.is(setPairs) ? effect.value : now), moved);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const keywords = new Set(["if", "range", "with", "else", "end", "define", "block"]);

// The keywords that belong to the one at the cursor.
const pairing = (ask) => ViewPlugin.fromClass(class {
  update(update) {
    if (!update.selectionSet && !update.docChanged) {
      return;
    }
    const { state } = update;
    const word = state.wordAt(state.selection.main.head);
    const isKeyword = word !== null && keywords.has(state.sliceDoc(word.from, word.to));
    clearTimeout(this.timer);
    if (isKeyword || state.field(pairs).size > 0) {
      this.timer = setTimeout(() => this.show(update.view, isKeyword), 60);
    }
  }

  async show(view, isKeyword) {
    const { state } = view;
    const found = isKeyword ? ((await parsed(ask("pair", state.selection.main.head))) ?? []) : [];
    if (view.state.doc === state.doc) {
      const ranges = found.filter(([from, to]) => from < to && to <= state.doc.length);
      const marks = ranges.map(([from, to]) => Decoration.mark({ class: "cm-matchingBracket" }).range(from, to));
      view.dispatch({ effects: setPairs.of(Decoration.set(marks, true)) });
    }
  }

  destroy() {
    clearTimeout(this.timer);
  }
});

// `wants(word, position)` tells the page what somebody wants done with the word at the cursor.
export const assist = (ask, wants) => {
  const at = (word) => (view) => {
    wants(word, view.state.selection.main.head);
    return true;
  };
  return [
    autocompletion({ override: [source(ask)], icons: false, defaultKeymap: false, activateOnTypingDelay: 60, tooltipClass: () => "cm-offers" }),
    keymap.of([...completionKeymap, { key: "F12", run: at("definition"), shift: at("uses") }, { key: "F2", run: at("rename") }]),
    hints(ask),
    pairs,
    pairing(ask),
  ];
};

export const complete = startCompletion;
