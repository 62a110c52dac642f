// The editor in the page's colours: every one is a custom property of the page, so day and night need nothing here.
// A word's colour says where its text comes from: values amber, helpers violet, the chart green, literal text ink.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { templateLanguage, words } from "./template_language.js";

const chrome = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--sheet)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0" },
  ".cm-line": { padding: "0 8px 0 4px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection": {
    backgroundColor: "color-mix(in srgb, var(--template) 22%, transparent)",
  },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--template) 5%, transparent)" },
  ".cm-gutters": { color: "var(--ink3)", backgroundColor: "var(--sheet)", border: "none" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "3.2em", padding: "0 4px 0 8px" },
  ".cm-dimmed, .cm-dimmed *": { color: "var(--ink3)", fontStyle: "italic" },
  // Magenta is the course: what is linked, and nothing else.
  ".cm-linkedLine": { boxShadow: "inset 2px 0 0 var(--thread)", backgroundColor: "color-mix(in srgb, var(--thread) 8%, transparent)" },
  ".cm-linked": { color: "var(--thread)", fontWeight: "600", textDecoration: "underline", textDecorationThickness: "2px", textUnderlineOffset: "3px" },
  ".cm-linked *": { color: "inherit" },
  ".cm-hoveredLine": { boxShadow: "inset 2px 0 0 var(--thread)" },
  ".cm-hovered": { textDecoration: "underline dotted var(--thread)", textDecorationThickness: "2px", textUnderlineOffset: "3px" },
  ".cm-badges": { width: "1.7em" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--edge)",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--error)",
  },
  ".cm-specialChar": { color: "var(--warning)" },
  ".cm-searchMatch": { backgroundColor: "transparent", outline: "1px solid var(--edge)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--template) 22%, transparent)" },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--paper)", fontFamily: "var(--font-interface, system-ui, sans-serif)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "4px 32px 4px 8px" },
  ".cm-panel.cm-search label": { fontSize: "12px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", width: "24px", height: "24px", fontSize: "16px" },
  ".cm-textfield": {
    color: "var(--ink)",
    backgroundColor: "var(--sheet)",
    border: "1px solid var(--edge)",
    borderRadius: "3px",
    fontSize: "13px",
    minHeight: "24px",
  },
  ".cm-button": {
    color: "var(--ink)",
    background: "var(--sheet)",
    border: "1px solid var(--edge)",
    borderRadius: "3px",
    fontSize: "13px",
    minHeight: "24px",
    "&:active": { background: "var(--shoal)" },
  },
  ".cm-panel :focus-visible": { outline: "2px solid var(--template)", outlineOffset: "1px" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--edge)", borderRadius: "3px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--ink)", background: "color-mix(in srgb, var(--template) 22%, transparent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--ink2)" },
  ".cm-tooltip.cm-completionInfo": { padding: "4px 8px", maxWidth: "44ch" },
  ".cm-hint": { fontFamily: "var(--font-interface, system-ui, sans-serif)", padding: "4px 8px", maxWidth: "60ch", overflowWrap: "anywhere" },
  ".cm-completionInfo .cm-hint": { padding: "0" },
  ".cm-hint code": { fontFamily: "var(--font-code, monospace)", fontWeight: "600" },
  ".cm-hint p": { margin: "0", whiteSpace: "pre-wrap" },
  ".cm-diagnosticTip": {
    fontFamily: "var(--font-interface, system-ui, sans-serif)",
    margin: "0",
    padding: "4px 8px",
    maxWidth: "60ch",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  ".cm-diagnosticGutter": { width: "1.4em" },
  ".cm-diagnosticGutter .cm-gutterElement": { textAlign: "center" },
  ".cm-diagnostic": { textDecorationLine: "underline", textDecorationStyle: "wavy", textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
  ".cm-diagnostic-error": { textDecorationColor: "var(--error)" },
  ".cm-diagnostic-warning": { textDecorationColor: "var(--warning)" },
  ".cm-diagnostic-note": { textDecorationColor: "var(--ink3)", textDecorationStyle: "dotted" },
  ".cm-mark-error": { color: "var(--error)" },
  ".cm-mark-warning": { color: "var(--warning)" },
  ".cm-mark-note": { color: "var(--ink3)" },
});

const quiet = { color: "var(--ink3)" };

const template = HighlightStyle.define(
  [
    { tag: [words.delimiter, words.function], color: "var(--template)" },
    { tag: words.keyword, color: "var(--template)", fontWeight: "600" },
    { tag: [words.local, words.field, words.number, words.string], color: "var(--ink2)" },
    { tag: words.valuePath, color: "var(--value)" },
    { tag: words.chartPath, color: "var(--chart)" },
    { tag: words.helperName, color: "var(--helper)" },
    { tag: [words.key, words.scalar], color: "var(--ink)" },
    { tag: [words.punctuation, words.meta], color: "var(--ink2)" },
    { tag: words.comment, ...quiet },
  ],
  { scope: templateLanguage },
);

const yaml = HighlightStyle.define(
  [
    { tag: tags.definition(tags.propertyName), color: "var(--ink)" },
    { tag: [tags.content, tags.string, tags.special(tags.string), tags.attributeValue], color: "var(--value)" },
    { tag: [tags.separator, tags.punctuation, tags.meta, tags.typeName, tags.labelName, tags.keyword], color: "var(--ink2)" },
    { tag: tags.comment, ...quiet },
  ],
  { scope: yamlLanguage },
);

export const theme = [chrome, syntaxHighlighting(template), syntaxHighlighting(yaml)];
