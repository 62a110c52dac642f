#!/usr/bin/env python3
"""Writes the results in the tables beside this file anew, as the real Helm gives them.

    HELM=path/to/helm HELM3=path/to/helm-3 tests/corpus/schema/regenerate.py

A row is a JSON object, one a line: `schema` is the text of values.schema.json, `values` are a chart's values, `said` is
what Helm says below the chart's name; it is missing where they fit. `four.jsonl` is asked of HELM, `three.jsonl` of HELM3.
Helm's order is random, so lines, and names in one line, stand in alphabetical order here.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
NAMES = re.compile(r"(?<=additional properties )'.*'(?= not allowed)")


def in_order(text):
    """The lines of a text in order, and the names that are listed in one."""
    lines = [NAMES.sub(lambda names: ", ".join(sorted(names[0].split(", "))), line) for line in text.split("\n")]
    return "\n".join(sorted(lines))


def ask(helm, row):
    """The row with what Helm says."""
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder) / "c"
        chart.mkdir()
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 0.1.0\n")
        (chart / "values.yaml").write_text(json.dumps(row["values"]))
        (chart / "values.schema.json").write_text(row["schema"])
        homes = {f"HELM_{kind}_HOME": f"{folder}/home" for kind in ("CACHE", "CONFIG", "DATA")}
        environment = {**os.environ, **homes, "KUBECONFIG": "/nonexistent"}
        run = subprocess.run([helm, "template", "rel", "c"], cwd=folder, capture_output=True, env=environment, check=False)
    answer = {"schema": row["schema"], "values": row["values"]}
    if run.returncode:
        answer["said"] = in_order(run.stderr.decode().split("\nc:\n", 1)[1].rstrip("\n"))
    return answer


for name, program in (("four.jsonl", "HELM"), ("three.jsonl", "HELM3")):
    table, helm = HERE / name, os.environ[program]
    rows = map(json.loads, table.read_text().split("\n")[:-1])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda row: ask(helm, row), rows))
    table.write_text("".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers))
