#!/usr/bin/env python3
"""Writes the results in the tables beside this file anew, as the real Helm gives them.

    HELM=path/to/helm tests/corpus/sprig/regenerate.py [table…]

A row is an expression and what it gives: ` => ` and the value as `toRawJson` prints it, or ` !! ` and the innermost
words of the error. A new row needs the expression only. Lines that begin with `#` are remarks.
"""

import base64
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
VALUES = "m: {a: 1, b: {c: x}}\nl: [1, 2]\nnum: 1000000\nf: 1.5\ns: text\ne: ''\nt: true\n"


def render(template):
    """Helm's exit code, output and error for a chart of this template."""
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder)
        (chart / "templates").mkdir()
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 0.1.0\n")
        (chart / "values.yaml").write_text(VALUES)
        (chart / "templates" / "t.yaml").write_text(template)
        homes = {f"HELM_{kind}_HOME": f"{folder}/home" for kind in ("CACHE", "CONFIG", "DATA")}
        command = [os.environ.get("HELM", "helm"), "template", "r", folder]
        environment = {**os.environ, **homes, "KUBECONFIG": "/nonexistent", "TZ": "UTC"}
        run = subprocess.run(command, capture_output=True, env=environment, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode(errors="replace")


def innermost(error):
    """The words of the error without Helm's frame."""
    error = error.removeprefix("Error: ").split("\n\nUse --debug")[0].rstrip("\n")
    if "error calling" in error:
        return error.split("error calling", 1)[1].split(": ", 1)[1].replace("\n", "\\n")
    if error.startswith("parse error at"):
        return error.split("): ", 1)[1]
    return error.splitlines()[-1].strip()


def evaluate(expressions):
    """A result for each expression; halves the batch until whatever fails stands alone."""
    if not expressions:
        return []
    lines = [f"#{i}: {{{{ ({e}) | toRawJson | b64enc }}}}\n" for i, e in enumerate(expressions)]
    code, output, error = render("a: 1\n" + "".join(lines))
    if code == 0:
        found = dict(re.findall(r"#(\d+): (\S*)", output))
        return [" => " + base64.b64decode(found[str(i)]).decode() for i in range(len(expressions))]
    if len(expressions) == 1:
        return [" !! " + innermost(error)]
    half = len(expressions) // 2
    return evaluate(expressions[:half]) + evaluate(expressions[half:])


def regenerate(table):
    """Writes one table."""
    lines = table.read_text().removesuffix("\n").split("\n")
    rows = [re.split(r" => | !! ", line)[0] for line in lines]
    is_row = [bool(row.strip()) and not row.startswith("#") for row in rows]
    results = iter(evaluate([row for row, keep in zip(rows, is_row) if keep]))
    table.write_text("".join(row + (next(results) if keep else "") + "\n" for row, keep in zip(rows, is_row)))


for path in [HERE / f"{name}.txt" for name in sys.argv[1:]] or sorted(HERE.glob("*.txt")):
    regenerate(path)
