"""PNG pictures of a stranger: what they say of their size is looked at before anything of them is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_SIDE = 20_000
"""Pixels of a side."""


def check_png(data: bytes, most: int) -> tuple[int, int]:
    """Width and height of a whole picture of at most so many pixels. Raises ValueError that says what is wrong."""
    from PIL import Image, ImageFile

    width, height = _size(data)
    if max(width, height) > MAX_SIDE or width * height > most:
        raise ValueError(
            f"it says that it is {width:,} pixels wide and {height:,} high; at most {MAX_SIDE:,} each way and "
            f"{most // 1_000_000} million in all can be shown"
        )
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint turns it on for all
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            picture.load()
    except Exception as error:  # a damaged file raises whatever its decoder comes upon
        raise ValueError("it is no PNG picture, or a damaged one") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return width, height


def _size(data: bytes) -> tuple[int, int]:
    chunks = list(_chunks(data))
    if [kind for kind, _ in chunks[:1]] != [b"IHDR"] or len(chunks[0][1]) != 13:
        raise ValueError("it is no PNG picture")
    if sum(kind == b"IHDR" for kind, _ in chunks) > 1:
        raise ValueError("it states its size more than once")
    head = chunks[0][1]
    return int.from_bytes(head[:4]), int.from_bytes(head[4:8])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kinds and contents of a PNG's parts. Source: PNG specification, 5.3."""
    at = len(SIGNATURE) if data.startswith(SIGNATURE) else len(data)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += size + 12
