// What the editor takes each word of a template for; no browser needed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { templateLanguage } from "../../static/editor/template_language.js";

// Each word with what it is taken for; punctuation and delimiters are left out.
function read(source) {
  const found = [];
  templateLanguage.parser.parse(source).iterate({
    enter({ from, to, name, node }) {
      if (node.firstChild === null && !["Document", "delimiter", "punctuation"].includes(name)) {
        found.push(`${name} ${source.slice(from, to)}`);
      }
    },
  });
  return found;
}

const cases = {
  "an action for a value": ["replicas: {{ .Values.replicaCount }}", ["key replicas", "valuePath .Values.replicaCount"]],
  "the root from inside a range": ["{{ $.Values.a }}{{ $.Release.Name }}{{ $name.b }}", ["valuePath $.Values.a", "chartPath $.Release.Name", "local $name.b"]],
  "a helper by name": [
    '{{- include "web.labels" . | nindent 4 }}',
    ["function include", 'helperName "web.labels"', "field .", "function nindent", "number 4"],
  ],
  "a string that is no helper's name": ['{{ default "a" .b }}', ["function default", 'string "a"', "field .b"]],
  "keywords": ["{{ if and true .x }}{{ end }}", ["keyword if", "function and", "number true", "field .x", "keyword end"]],
  "a comment over lines": ["{{- /* one\ntwo */ -}}\na: b", ["comment /* one", "comment two */", "key a", "scalar b"]],
  "a raw string over lines": ["{{ print `a\nb` .c }}", ["function print", "string `a", "string b`", "field .c"]],
  "an action inside a word": ["image: a{{ .b }}c", ["key image", "scalar a", "field .b", "scalar c"]],
  "an action as a key": ["{{ .k }}: v", ["field .k", "scalar v"]],
  "a comment after a scalar, and a sign that starts none": ["a: b#c # d", ["key a", "scalar b#c", "comment # d"]],
  "list items": ["- name: x\n- y", ["key name", "scalar x", "scalar y"]],
  "a block scalar, through an action at the margin": [
    "a: |\n  b: c\n{{- if .x }}\n  # d\n{{- end }}\ne: f",
    ["key a", "string   b: c", "keyword if", "field .x", "string   # d", "keyword end", "key e", "scalar f"],
  ],
  "a quoted scalar with an action": ['a: "x{{ .y }}z"  # c', ["key a", 'string "x', "field .y", 'string z"', "comment # c"]],
  "flow collections": ["a: [b, {c: d}]", ["key a", "scalar b", "scalar c", "scalar d"]],
  "documents, anchors and tags": ["---\na: &x !!str b", ["meta ---", "key a", "meta &x", "meta !!str", "scalar b"]],
  "an action never closed": ["{{ .a\nb: c", ["field .a", "function b", "function c"]],
};

for (const [name, [source, words]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual(read(source), words));
}
