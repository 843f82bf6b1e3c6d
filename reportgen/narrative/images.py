"""Pictures that stand beside the narrative, checked and written into the page itself, so that nothing is loaded."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from reportgen.branding.beside import resolved
from reportgen.branding.svg import plain_drawing

MAX_BYTES = 2_000_000
MAX_PIXELS = 40_000_000


def image_data(address: str, folder: Path, root: Path) -> str:
    """The `data:` address of a PNG or SVG file below `root`; `address` counts from `folder`.

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
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError((error.strerror or str(error)).lower()) from error
    if len(data) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if path.suffix.lower() == ".svg":
        drawing, _, _ = plain_drawing(data)
        return f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"
    if path.suffix.lower() != ".png":
        raise ValueError("it is neither a PNG nor an SVG file")
    _check_png(data)
    return f"data:image/png;base64,{b64encode(data).decode()}"


@lru_cache(maxsize=32)
def _check_png(data: bytes) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError(f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ValueError("it is no PNG picture that can be read") from error
