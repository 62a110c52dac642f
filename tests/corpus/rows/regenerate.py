#!/usr/bin/env python3
"""Writes the results in the tables beside this file anew, as the real Helm gives them.

    HELM=path/to/helm tests/corpus/rows/regenerate.py [table…]

A row is a JSON object, one a line: `template` is a whole template, `expression` stands in
`v: {{ (EXPRESSION) | toRawJson | b64enc }}`. A new row needs nothing else. Many rows are rendered in one go, each as a
file of its own; the one that Helm stops at is taken out and the rest rendered again. Those that may see each other
stand alone.
"""

import base64
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
AT_ONCE = 32
# What other rows would see, or be seen by.
ALONE = re.compile(r"\b(define|block|template|include|set|unset|mustMerge\w*|merge\w*)\b")
HINT = "\n\nUse --debug flag to render out invalid YAML"


def template(row):
    """The row's template."""
    expression = row.get("expression")
    return row["template"] if expression is None else f"v: {{{{ ({expression}) | toRawJson | b64enc }}}}"


def helm(templates):
    """Helm's exit code, output and error for a chart of these templates, by their numbers."""
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder) / "c"
        (chart / "templates").mkdir(parents=True)
        for name in ("Chart.yaml", "values.yaml"):
            (chart / name).write_bytes((HERE / name).read_bytes())
        (chart / "f.txt").write_text("one\ntwo\n")
        for number, text in templates.items():
            (chart / "templates" / f"{number:05}.yaml").write_bytes(text.encode())
        homes = {f"HELM_{kind}_HOME": f"{folder}/home" for kind in ("CACHE", "CONFIG", "DATA")}
        environment = {**os.environ, **homes, "KUBECONFIG": "/nonexistent", "TZ": "UTC"}
        command = [os.environ.get("HELM", "helm"), "template", "rel", "c"]
        run = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()


def results(templates):
    """What Helm makes of each template: `("out", text)` or `("err", text)`."""
    templates, found = dict(templates), {}
    while templates:
        code, output, error = helm(templates)
        if code == 0:
            parts = re.split(r"(?m)^---\n# Source: c/templates/(\d{5})\.yaml\n", output)
            for number, text in zip(parts[1::2], parts[2::2]):
                _, before = found.get(int(number), ("out", ""))
                found[int(number)] = ("out", before + text.rstrip())
            return {number: found.get(number, ("out", "")) for number in found.keys() | templates.keys()}
        named = [int(number) for number in re.findall(r"\b(\d{5})\.yaml", error)]
        bad = next((number for number in named if number in templates), None)
        if bad is None:
            raise SystemExit(f"which row is it? {error}")
        text = re.sub(r"\b\d{5}\.yaml", "t.yaml", error).removeprefix("Error: ").rstrip("\n")
        found[bad] = ("err", text.removesuffix(HINT))
        del templates[bad]
    return found


def regenerate(table):
    """Writes one table."""
    rows = [json.loads(line) for line in table.read_text().split("\n") if line]
    numbered = {number: template(row) for number, row in enumerate(rows)}
    alone = {number for number, text in numbered.items() if ALONE.search(text)}
    others = [number for number in numbered if number not in alone]
    groups = [[number] for number in sorted(alone)]
    groups += [others[at : at + AT_ONCE] for at in range(0, len(others), AT_ONCE)]
    parts = [{number: numbered[number] for number in group} for group in groups]
    found = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in pool.map(results, parts):
            found.update(part)
    lines = []
    for number, row in enumerate(rows):
        kind, text = found[number]
        if kind == "out" and "expression" in row:
            text = base64.b64decode(text.removeprefix("v: ")).decode()
        only = {key: row[key] for key in ("template", "expression") if key in row}
        lines.append(json.dumps({**only, kind: text}, ensure_ascii=False) + "\n")
    table.write_text("".join(lines))


for path in [HERE / f"{name}.jsonl" for name in sys.argv[1:]] or sorted(HERE.glob("*.jsonl")):
    regenerate(path)
