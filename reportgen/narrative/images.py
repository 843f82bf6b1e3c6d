"""Pictures that stand beside the narrative, checked and written into the page itself, so that nothing is loaded."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from reportgen.branding.png import check_png
from reportgen.branding.relative_path import resolved
from reportgen.branding.svg import plain_drawing

MAX_BYTES = 2_000_000
MAX_PIXELS = 40_000_000
"""Of one picture."""

MAX_SHOWN = {"pictures": 200, "bytes": 20_000_000, "pixels": 100_000_000, "elements of drawings": 40_000}
"""What the pictures of one report may come to together, each counted as often as it is shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`uri` is its `data:` address; `costs` what it takes of each of `MAX_SHOWN`."""

    uri: str
    costs: tuple[int, ...]


def read_picture(address: str, folder: Path, root: Path) -> Picture:
    """The picture of a PNG or SVG file below `root`; `address` counts from `folder`.

    Raises ValueError that says why it cannot be shown.
    """
    if ":" in address or address.startswith("/") or "\\" in address:
        raise ValueError("pictures are files in the model's folder")
    try:
        path = resolved(folder / unquote(address))
        if not path.is_relative_to(root.resolve()):
            raise ValueError("it lies outside the model's folder")
        if not path.is_file():
            raise ValueError("there is no such file")
        state = path.stat()
        found = _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise ValueError((error.strerror or str(error)).lower()) from error
    if isinstance(found, str):
        raise ValueError(found)
    return found


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, size: int) -> Picture | str:
    """The picture, or what is wrong with it: looked at once, however often a text names it."""
    if size > MAX_BYTES:
        return f"it is larger than {MAX_BYTES // 1_000_000} MB"
    with path.open("rb") as opened:
        data = opened.read(MAX_BYTES)
    try:
        match path.suffix.lower():
            case ".svg":
                drawing = plain_drawing(data)
                uri = f"data:image/svg+xml;base64,{b64encode(drawing.data).decode()}"
                return Picture(uri, (1, len(drawing.data), drawing.pixels, drawing.drawn))
            case ".png":
                width, height = check_png(data, MAX_PIXELS)
                uri = f"data:image/png;base64,{b64encode(data).decode()}"
                return Picture(uri, (1, len(data), width * height, 0))
            case _:
                return "it is neither a PNG nor an SVG file"
    except ValueError as error:
        return str(error)


class Shown:
    """Counts what the pictures of one report come to."""

    def __init__(self) -> None:
        self._costs = tuple(0 for _ in MAX_SHOWN)

    def add(self, picture: Picture) -> None:
        """Raises ValueError where it is too much."""
        self._costs = tuple(map(sum, zip(self._costs, picture.costs, strict=True)))
        for most, cost, what in zip(MAX_SHOWN.values(), self._costs, MAX_SHOWN, strict=True):
            if cost > most:
                raise ValueError(f"with it, the report shows more than {most:,} {what}, each time counted")
