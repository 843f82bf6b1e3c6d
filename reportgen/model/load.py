"""One model from one path: the stages document, spec and check, in this order."""

from __future__ import annotations

from pathlib import Path

from reportgen.model.check_model import check_model
from reportgen.model.document import read_source, read_tree
from reportgen.model.model import Model
from reportgen.model.read import read_model
from reportgen.problems import Collector, ModelError, Problem
from reportgen.source import Source

MODEL_FILE = "model.yaml"


def model_path(path: Path) -> Path:
    """The file of a model that is given as a file or as a folder. Reports RG101."""
    if not path.is_dir():
        return path
    file = path / MODEL_FILE
    if not file.is_file():
        others = sorted(each.name for each in path.glob("*.y*ml"))
        hint = (
            f"there is {others[0]}; name that file, or rename it"
            if others
            else "a model folder holds its model under this name"
        )
        raise ModelError([Problem("RG101", f"the folder has no {MODEL_FILE}", Source(str(path), ""), None, hint)])
    return file


def load_model(path: Path) -> tuple[Model, tuple[Problem, ...]]:
    """The model and its warnings. Raises ModelError with every problem that was found."""
    return load_source(read_source(model_path(path)))


def load_source(source: Source) -> tuple[Model, tuple[Problem, ...]]:
    """The model of a text that is already read, and its warnings."""
    problems = Collector(source)
    spec = read_model(read_tree(source, problems), problems)
    model = check_model(spec, problems)
    return model, tuple(problems.problems)
