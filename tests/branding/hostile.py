"""Makers of hostile pictures and fonts: small to write, endless to read. None of them is kept as a file."""

from __future__ import annotations

import random
import struct
import zlib
from base64 import b64encode
from io import BytesIO
from itertools import pairwise

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import SFNTWriter

from reportgen.resources import font_folder

SVG = '<svg xmlns="http://www.w3.org/2000/svg" '
FONT = font_folder("font_source_sans_pro") / "SourceSansPro-Semibold.ttf"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def head(width: int, height: int) -> bytes:
    """A grey PNG's statement of its size, one bit for a pixel."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))


def png(*parts: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def blank(width: int, height: int, noise: int = 0) -> bytes:
    """A whole picture, with so many bytes of a part that nothing reads."""
    rows = zlib.compress((b"\0" + b"\0" * -(-width // 8)) * height, 9)
    unread = chunk(b"nOTe", random.Random(1).randbytes(noise)) if noise else b""
    return png(head(width, height), unread, chunk(b"IDAT", rows), chunk(b"IEND", b""))


def _image(data: bytes) -> str:
    return f'<image width="10" height="10" href="data:image/png;base64,{b64encode(data).decode()}"/>'


PNGS = {
    "50,000 x 50,000": (blank(50_000, 1).replace(head(50_000, 1), head(50_000, 50_000)), "50,000 pixels wide"),
    "header only": (png(head(50_000, 50_000)), "50,000 pixels wide and 50,000 high"),
    "second head": (png(head(2, 1), head(50_000, 50_000)) + blank(2, 1)[8:], "states its size more than once"),
    "second head after the picture": (
        blank(2, 1)[:-12] + head(50_000, 50_000) + chunk(b"IEND", b""),
        "states its size more than once",
    ),
    "as wide as can be said": (png(head(2**32 - 1, 1), chunk(b"IDAT", b"")), "4,294,967,295 pixels wide and 1 high"),
    "as high as can be said": (png(head(1, 2**32 - 1), chunk(b"IDAT", b"")), "1 pixels wide and 4,294,967,295 high"),
    "no size": (png(head(0, 0), chunk(b"IDAT", b"")), "no PNG picture"),
    "head that is not the first": (png(chunk(b"gAMA", b"1234"), head(2, 1)), "no PNG picture"),
    "head of another length": (png(chunk(b"IHDR", b"\0" * 12)), "no PNG picture"),
    "part of 4 GB": (png(head(2, 1), b"\xff\xff\xff\xffIDAT"), "damaged"),
    "no pixels": (png(head(2, 1), chunk(b"IDAT", b""), chunk(b"IEND", b"")), "damaged"),
    "profile of 500 MB": (
        png(head(2, 1), chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 500_000_000, 9)), blank(2, 1)[33:]),
        "",
    ),
}
"""Pictures, and what is said of each; "" for one that may be shown or refused."""

_CHAIN = [chr(letter) for letter in range(ord("a"), ord("k"))]
_MULTIPLIED = "".join(
    f'<g id="{one}">' + f'<path class="{two}"/>' * 10 + "</g>" for one, two in pairwise([*_CHAIN, "end"])
)
_CLASSES = "".join(f".{two} {{ mask: url(#{two}) }}" for two in _CHAIN)

SVGS = {
    "width of 20,000": (SVG + 'width="20000" height="20000" viewBox="0 0 10 10"/>', "measures 20000"),
    "width of 100,000": (SVG + 'width="100000" height="10" viewBox="0 0 10 10"/>', "measures 100000"),
    "width of 1e9": (SVG + 'width="1e9" height="1e9" viewBox="0 0 10 10"/>', "1e9"),
    "metres": (SVG + 'width="900000mm" height="900000mm" viewBox="0 0 10 10"/>', "measures 3.40157e+06"),
    "viewBox of 1e-9": (SVG + 'viewBox="0 0 1e-9 1e-9"/>', "measures 1e-09"),
    "viewBox of 1e300": (SVG + 'viewBox="0 0 1e300 1e300"/>', "1e300"),
    "viewBox of inf": (SVG + 'viewBox="0 0 inf inf"/>', "neither a viewBox nor"),
    "viewBox from 1e300": (SVG + 'viewBox="1e300 0 10 10"/>', "1e300"),
    "viewBox of nan": (SVG + 'viewBox="nan nan 10 10"><path d="M0 0h1v1"/></svg>', "viewBox"),
    "number in an outline": (SVG + 'viewBox="0 0 9 9"><path d="M0 0h1e30v1z"/></svg>', "the number 1e30"),
    "number in a transformation": (SVG + 'viewBox="0 0 9 9"><g transform="scale(1e12)"/></svg>', "the number 1e12"),
    "number in a style": (SVG + 'viewBox="0 0 9 9"><g style="stroke-width:1e12px"/></svg>', "the number 1e12"),
    "number in a style sheet": (
        SVG + 'viewBox="0 0 9 9"><style>.a-1e99 { stroke-width: 12345678 }</style></svg>',
        "the number 12345678",
    ),
    "pattern": (SVG + 'viewBox="0 0 9 9"><pattern id="a"/></svg>', "the element <pattern>"),
    "patterns through a style sheet": (
        f'{SVG}viewBox="0 0 9 9"><style>{_CLASSES.replace("mask", "fill")}</style>'
        f"{_MULTIPLIED.replace('<g', '<pattern').replace('/g>', '/pattern>')}</svg>",
        "the element <pattern>",
    ),
    "masks through a style sheet": (
        f'{SVG}viewBox="0 0 9 9"><style>{_CLASSES}</style>{_MULTIPLIED.replace("<g", "<mask").replace("/g>", "/mask>")}'
        '<path class="a"/></svg>',
        "draws more than 20,000 elements",
    ),
    "parts through an id's style": (
        f'{SVG}viewBox="0 0 9 9"><style>#x {{ mask: url("#m") }}</style><mask id="m"><g id="x"/></mask></svg>',
        "a part of it refers to itself",
    ),
    "parts through every element's style": (
        f'{SVG}viewBox="0 0 9 9"><style>g,path,* {{ mask: url(\'#m\') }}</style><mask id="m"><rect/></mask></svg>',
        "a part of it refers to itself",
    ),
    "a selector of another kind": (
        f'{SVG}viewBox="0 0 9 9"><style>g > rect {{ mask: url(#m) }}</style><mask id="m"><rect/></mask></svg>',
        "no class, id or element",
    ),
    "a rule in a text": (
        f'{SVG}viewBox="0 0 9 9"><style>.x {{ marker: "}} .y {{"; mask: url(#m) }}</style></svg>',
        "style sheet cannot be read",
    ),
    "an open rule": (f'{SVG}viewBox="0 0 9 9"><style>.x {{ mask: url(#m)</style></svg>', "style sheet cannot be read"),
    "an outline drawn again and again": (
        f'{SVG}viewBox="0 0 9 9"><path id="a" d="{"M1 1L2 2" * 20_000}"/>' + '<use href="#a"/>' * 100 + "</svg>",
        "draws more than 20,000 elements",
    ),
    "60,000 x 60,000 inside": (
        f'{SVG}viewBox="0 0 9 9">{_image(png(head(60_000, 60_000)))}</svg>',
        "60,000 pixels wide",
    ),
    "many pictures inside": (f'{SVG}viewBox="0 0 9 9">{_image(blank(4_000, 3_000)) * 2}</svg>', "20 million pixels"),
    "no picture inside": (f'{SVG}viewBox="0 0 9 9">{_image(b"no picture")}</svg>', "a picture in it cannot be shown"),
}
"""Drawings, and what is said of each."""


def without(table: str) -> bytes:
    whole, out = TTFont(FONT).reader, BytesIO()
    kept = [each for each in whole.keys() if each != table]  # noqa: SIM118 - it is no mapping
    writer = SFNTWriter(out, len(kept), whole.sfntVersion)
    for each in kept:
        writer[each] = whole[each]
    writer.close()
    return out.getvalue()


def garbage(table: str, *, checksum: bool) -> bytes:
    """The font with random bytes in place of a table's, and with their checksum if it is to hold."""
    data = bytearray(FONT.read_bytes())
    assert table in TTFont(FONT)
    for at in range(12, 12 + 16 * int.from_bytes(data[4:6]), 16):
        if data[at : at + 4] == table.ljust(4).encode():
            start, size = int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16])
            data[start : start + size] = random.Random(table).randbytes(size)
            if checksum:
                words = bytes(data[start : start + size]) + b"\0" * (-size % 4)
                total = sum(struct.unpack(f">{len(words) // 4}I", words)) & 0xFFFFFFFF
                data[at + 4 : at + 8] = total.to_bytes(4)
    return bytes(data)


def changed_bytes(seed: int, count: int = 60) -> bytes:
    data, chance = bytearray(FONT.read_bytes()), random.Random(seed)
    for _ in range(count):
        data[chance.randrange(400, len(data))] ^= chance.randrange(1, 256)
    return bytes(data)
