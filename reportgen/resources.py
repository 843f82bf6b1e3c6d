"""Where the files that are no Python lie: templates, sample models and fonts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_FONT_PACKAGES = ("font_source_sans_pro", "font_source_serif_pro")


def templates_folder() -> Path:
    """The folder with one folder per template and `shared`. Raises FileNotFoundError."""
    return _folder("templates", "shared")


def inputs_folder() -> Path:
    """The folder with the sample models. Raises FileNotFoundError."""
    return _folder("inputs", "agent-runtime")


def font_folders() -> tuple[Path, ...]:
    """The folders of the font packages, found without importing them. Raises FileNotFoundError."""
    return tuple(_fonts_of(package) for package in _FONT_PACKAGES)


def _folder(name: str, holds: str) -> Path:
    """In a checkout the folder at its top; in an installed wheel the copy that was shipped with it."""
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if (folder / holds).exists():
            return folder
    raise FileNotFoundError(f"this installation of reportgen lacks its folder `{name}`; install it again")


def _fonts_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"the font package `{package.replace('_', '-')}` is not installed; install reportgen again"
        )
    return Path(spec.origin).parent / "files"
