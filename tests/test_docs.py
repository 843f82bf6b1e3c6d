"""What the documents say is true: their commands run, their models load, their errors look like that."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.problems import ModelError, render_all
from reportgen.source import Source

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
HANDLED_BY_RUN = ("test", "bench", "fuzz")
"""Sub-commands of the script itself; tests/setup covers them."""


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(), re.DOTALL)


COMMANDS = sorted(
    {
        (path.name, line)
        for path in DOCUMENTS
        for block in blocks(path, "sh")
        for line in block.splitlines()
        if line.startswith("./run ")
    }
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "inputs", folder / "inputs")
    return folder


def test_the_readme_shows_its_two_commands() -> None:
    lines = [line for _, line in COMMANDS]
    assert "./run build inputs/agent-runtime" in lines and "./run test" in lines


@pytest.mark.parametrize(("document", "line"), COMMANDS, ids=[line for _, line in COMMANDS])
def test_commands_in_documents_run(document: str, line: str, checkout: Path) -> None:
    words = shlex.split(line, comments=True)[1:]
    if words[0] in HANDLED_BY_RUN:
        assert f"{words[0]})" in (ROOT / "run").read_text(), f"{document}: ./run knows no {words[0]}"
        return
    command = [sys.executable, "-m", "reportgen", *words]
    result = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{document}: {line}\n{result.stderr}"


def test_the_readmes_model_loads_and_its_mistake_looks_as_shown() -> None:
    (text,) = blocks(ROOT / "README.md", "yaml")
    model, warnings = load_source(Source("model.yaml", text))
    assert warnings == () and evaluate(model).is_incomplete(model.keys_of("total")[0])
    (shown,) = blocks(ROOT / "README.md", "text")
    with pytest.raises(ModelError) as caught:
        load_source(Source("model.yaml", text.replace("mails * fee", "mail * fee")))
    assert render_all(caught.value.problems) == shown.rstrip("\n")


def test_the_reference_names_every_function() -> None:
    from reportgen.formula.functions import NAMES

    text = (ROOT / "docs" / "model.md").read_text()
    assert [name for name in NAMES if f"`{name}(" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", prose)
    assert [target for target in targets if not (path.parent / target).exists()] == []
