"""Files that a brand's file names: they lie in its folder, and are not large."""

from __future__ import annotations

import os
from errno import ELOOP
from pathlib import Path
from urllib.parse import quote


def resolved(path: Path) -> Path:
    """A path without links. Raises OSError, also where they lead in a circle, whatever the version of Python."""
    try:
        return path.resolve()
    except RuntimeError as error:
        raise OSError(ELOOP, os.strerror(ELOOP), str(path)) from error


def file_beside(folder: Path, name: str, most: int) -> tuple[Path, bytes]:
    """A file's path and bytes. Raises ValueError with the reason for which it cannot be used."""
    try:
        path = folder.resolve() / name
        if not resolved(path).is_relative_to(folder.resolve()):
            raise ValueError("it lies outside the brand’s folder")
        if path.exists() and not path.is_file():
            raise ValueError("it is no file")
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise ValueError((error.strerror or str(error)).lower()) from error
    if len(data) > most:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"
        raise ValueError(f"it is larger than {size}")
    return path, data


def address_of(path: Path, folder: Path) -> str:
    """What a document calls a file in a folder that its fetcher serves."""
    return f"reportgen:/{quote(path.relative_to(folder).as_posix())}"
