"""What is declared, pinned and shipped."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def canonical(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pinned() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_constraints_are_exact_versions() -> None:
    """No address, no hash, no range: any index may serve them."""
    assert [line for line in pinned() if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    names = [line.partition("==")[0] for line in pinned()]
    assert names == sorted(set(names))


def test_everything_declared_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["build-system"]["requires"]
    declared += [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    names = {line.partition("==")[0] for line in pinned()}
    assert {canonical(requirement) for requirement in declared} - names == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


@pytest.mark.parametrize("folder", ["templates", "inputs"])
def test_wheel_ships_the_folder(wheel: set[str], folder: str) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    shipped = {name.removeprefix("reportgen/_shipped/") for name in wheel if f"_shipped/{folder}/" in name}
    assert shipped
    assert shipped == {file for file in files if "__pycache__" not in file}


def test_wheel_holds_the_package_and_nothing_else(wheel: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "reportgen").rglob("*.py")}
    assert modules <= wheel
    assert {name.partition("/")[0] for name in wheel if ".dist-info/" not in name} == {"reportgen"}
