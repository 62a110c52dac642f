#!/usr/bin/env python3
"""Writes the results in rows.jsonl anew, as the real Helm gives them.

    HELM=path/to/helm tests/corpus/set/regenerate.py

A row is a JSON object, one a line: `args` are flags of `helm template`. A new row needs nothing else.
"""

import base64
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent


def result(row):
    """The row with what Helm says."""
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder) / "c"
        (chart / "templates").mkdir(parents=True)
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 0.1.0\n")
        (chart / "templates" / "t.yaml").write_text("v: {{ .Values | toRawJson | b64enc }}\n")
        shutil.copy(HERE / "values.yaml", chart)
        for file in HERE.glob("*.txt"):
            shutil.copy(file, folder)
        homes = {f"HELM_{kind}_HOME": f"{folder}/home" for kind in ("CACHE", "CONFIG", "DATA")}
        environment = {**os.environ, **homes, "KUBECONFIG": "/nonexistent"}
        command = [os.environ.get("HELM", "helm"), "template", "rel", "c", *row["args"]]
        run = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    if run.returncode:
        return {"args": row["args"], "err": run.stderr.decode().removeprefix("Error: ").rstrip("\n")}
    return {"args": row["args"], "out": base64.b64decode(re.search(rb"v: (\S+)", run.stdout)[1]).decode()}


TABLE = HERE / "rows.jsonl"
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    rows = list(pool.map(result, map(json.loads, filter(None, TABLE.read_text().split("\n")))))
TABLE.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
