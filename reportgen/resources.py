"""Where the files that are no Python lie: templates, sample models and fonts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

SHIPPED_FONTS: dict[str, tuple[str, dict[tuple[int, str], str]]] = {
    "Source Sans Pro": (
        "font_source_sans_pro",
        {
            (400, "normal"): "SourceSansPro-Regular.ttf",
            (400, "italic"): "SourceSansPro-It.ttf",
            (600, "normal"): "SourceSansPro-Semibold.ttf",
            (600, "italic"): "SourceSansPro-SemiboldIt.ttf",
        },
    ),
    "Source Serif Pro": (
        "font_source_serif_pro",
        {
            (400, "normal"): "SourceSerifPro-Regular.ttf",
            (400, "italic"): "SourceSerifPro-It.ttf",
            (600, "normal"): "SourceSerifPro-Semibold.ttf",
        },
    ),
    "Hanken Grotesk": (
        "font_hanken_grotesk",
        {
            (400, "normal"): "HankenGrotesk-Regular.otf",
            (400, "italic"): "HankenGrotesk-Italic.otf",
            (600, "normal"): "HankenGrotesk-SemiBold.otf",
            (600, "italic"): "HankenGrotesk-SemiBoldItalic.otf",
        },
    ),
    "Manrope": ("font_manrope", {(400, "normal"): "Manrope-Regular.ttf", (600, "normal"): "Manrope-SemiBold.ttf"}),
}
"""Families that come with reportgen: the package of each, and its files by weight and style."""


def templates_folder() -> Path:
    """The folder with one folder per template and `shared`. Raises FileNotFoundError."""
    return _folder("templates", "shared")


def inputs_folder() -> Path:
    """The folder with the sample models. Raises FileNotFoundError."""
    return _folder("inputs", "agent-runtime")


def font_folders() -> tuple[Path, ...]:
    """The folders of the font packages, found without importing them. Raises FileNotFoundError."""
    return tuple(font_folder(package) for package, _ in SHIPPED_FONTS.values())


def _folder(name: str, holds: str) -> Path:
    """In a checkout the folder at its top; in an installed wheel the copy that was shipped with it."""
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if (folder / holds).exists():
            return folder
    raise FileNotFoundError(f"this installation of reportgen lacks its folder `{name}`; install it again")


def font_folder(package: str) -> Path:
    """The folder of one font package's files. Raises FileNotFoundError."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"the font package `{package.replace('_', '-')}` is not installed; install reportgen again"
        )
    return Path(spec.origin).parent / "files"
