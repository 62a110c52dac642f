#!/usr/bin/env python3
"""Asks Helm what it reads and writes, and writes its answers beside the questions.

usage: HELM=path/to/helm regenerate.py

read.jsonl    one case per line: {"yaml": …}, {"base64": …} or {"parts": [[text, times], …]}, then "map" (fromYaml | toJson), and "list"
              (fromYamlArray | toJson) where the map was refused for its type. Very long answers are left out.
write.jsonl   one case per line: {"json": …}, then "yaml" (toYaml) and "pretty" (toYamlPretty).

New cases are added by hand with the input alone; this script fills in the rest and keeps the order.
"""

import base64
import json
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
HELM = os.environ["HELM"]

TEMPLATE = """\
{{- range .Values.read }}
{{ b64dec . | fromYaml | toJson }}
{{ b64dec . | fromYamlArray | toJson }}
{{- end }}
{{- range .Values.write }}
{{- $value := index (b64dec . | fromJsonArray) 0 }}
{{ toYaml $value | toJson }}
{{ toYamlPretty $value | toJson }}
{{- end }}
"""


def encoded(text):
    return base64.b64encode(text).decode()


def ask(read, write):
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder)
        (chart / "templates").mkdir()
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 0.1.0\n")
        (chart / "templates" / "NOTES.txt").write_text(TEMPLATE)
        values = {"read": [encoded(y) for y in read], "write": [encoded(b"[" + j.encode() + b"]") for j in write]}
        (chart / "values.yaml").write_text(json.dumps(values))
        command = [HELM, "install", "r", folder, "--dry-run=client"]
        environment = {**os.environ, "KUBECONFIG": "/nonexistent"}
        done = subprocess.run(command, capture_output=True, env=environment)
        if done.returncode:
            raise SystemExit(done.stderr.decode())
    lines = done.stdout.decode().split("NOTES:\n", 1)[1].strip("\n").split("\n")
    assert len(lines) == 2 * (len(read) + len(write)), (len(lines), len(read), len(write))
    return [(lines[i], lines[i + 1]) for i in range(0, len(lines), 2)]


def load(name):
    return [json.loads(line) for line in (HERE / name).read_text().split("\n") if line]


def save(name, cases):
    lines = [json.dumps(case, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085") for case in cases]
    (HERE / name).write_text("\n".join(lines) + "\n")


def text_of(case):
    if "base64" in case:
        return base64.b64decode(case["base64"])
    if "parts" in case:
        return "".join(text * times for text, times in case["parts"]).encode()
    return case["yaml"].encode()


def main():
    read, write = load("read.jsonl"), load("write.jsonl")
    texts = [text_of(case) for case in read]
    answers = ask(texts, [c["json"] for c in write])
    for case, (as_map, as_list) in zip(read, answers):
        case["map"] = as_map if len(as_map) < 4000 else None
        case.pop("list", None)
        if "into Go value" in as_map and len(as_list) < 4000:
            case["list"] = as_list
    for case, (yaml, pretty) in zip(write, answers[len(read):]):
        case["yaml"], case["pretty"] = json.loads(yaml), json.loads(pretty)
    save("read.jsonl", read)
    save("write.jsonl", write)


main()
