"""Changes of pictures, fonts and drawings: of their bytes, and of what their heads say."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

ByteChange = Callable[[Random, bytes], bytes]

SIZES = (0, 1, 2, 255, 20_000, 50_000, 65_535, 0x7FFFFFFF, 0xFFFFFFFF)


@cache
def picture(kind: str) -> bytes:
    """A small picture, `PNG` or `JPEG`."""
    drawn = Image.new("RGB", (48, 24), "#206040")
    drawn.paste("#e0a030", (4, 4, 30, 18))
    out = BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


def change_bytes(random: Random, data: bytes) -> bytes:
    """A few bytes become others."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 10, 60))):
        if changed:
            changed[random.randrange(len(changed))] = random.choice((0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)))
    return bytes(changed)


def cut_bytes(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] if random.randrange(2) else data[:at] + data[at + random.choice((1, 4, 100)) :]


def copy_bytes(random: Random, data: bytes) -> bytes:
    at, size = random.randint(0, len(data)), random.choice((1, 8, 200, 5_000))
    return data[:at] + data[at : at + size] * random.choice((2, 2, 40)) + data[at + size :]


def garble(random: Random, data: bytes) -> bytes:
    return random.choice((change_bytes, change_bytes, cut_bytes, copy_bytes))(random, data)


def change_png(random: Random, data: bytes) -> bytes:
    """A chunk of a PNG changed, doubled or moved, its checksum right again: sizes that lie, colours that are not."""
    chunks = list(_chunks(data))
    if not chunks:
        return garble(random, data)
    at = random.randrange(len(chunks))
    kind, body = chunks[at]
    match random.randrange(5):
        case 0:
            width, height = random.choice(SIZES), random.choice(SIZES)
            chunks[0] = (b"IHDR", struct.pack(">II", width, height) + chunks[0][1][8:])
        case 1:
            chunks[0] = (b"IHDR", chunks[0][1][:8] + bytes(random.choice((0, 1, 2, 3, 4, 6, 8, 16)) for _ in range(5)))
        case 2:
            chunks.insert(random.randint(0, len(chunks)), chunks[at])
        case 3:
            chunks[at] = (
                random.choice((kind, b"IDAT", b"PLTE", b"iCCP", b"acTL", b"zTXt", b"eXIf")),
                garble(random, body),
            )
        case _:
            del chunks[at]
    out = [data[:8]]
    for kind, body in chunks:
        out += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", zlib.crc32(kind + body))]
    return b"".join(out)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def change_font(random: Random, data: bytes) -> bytes:
    """One table of a font changed, emptied, taken out of the directory, or said to lie elsewhere."""
    if len(data) < 12:
        return data
    (count,) = struct.unpack(">H", data[4:6])
    changed = bytearray(data)
    entry = 12 + 16 * random.randrange(max(1, count))
    if entry + 16 > len(data):
        return garble(random, data)
    start, size = struct.unpack(">II", data[entry + 8 : entry + 16])
    match random.randrange(5):
        case 0:
            changed[entry : entry + 4] = b"zzzz"
        case 1:
            struct.pack_into(">I", changed, entry + random.choice((8, 12)), random.choice(SIZES))
        case 2:
            changed[start : start + size] = random.choice((b"\0", b"\xff")) * len(data[start : start + size])
        case _:
            for _ in range(random.choice((1, 4, 60))):
                at = start + random.randrange(max(1, min(size, random.choice((16, 64, size or 1)))))
                if at < len(changed):
                    changed[at] = random.randrange(256)
    return bytes(changed)


_SQUARE = '<rect width="9" height="9" {}/>'
_DEFINED = (
    (f'<pattern id="p" width="1e-9" height="1e-9">{_SQUARE.format("")}</pattern>', 'fill="url(#p)"'),
    ('<pattern id="q" width="0.001" height="0.001"><circle r="1" fill="url(#q)"/></pattern>', 'fill="url(#q)"'),
    ('<clipPath id="c" clip-path="url(#c)"><rect width="1" height="1"/></clipPath>', 'clip-path="url(#c)"'),
    ('<mask id="m" mask="url(#m)"><rect width="9" height="9"/></mask>', 'mask="url(#m)"'),
    ('<linearGradient id="l" href="#l"/>', 'fill="url(#l)" stroke-width="1e30" stroke-dasharray="1e-9"'),
)
"""What can refer to itself or repeats without end, and how a square is drawn with it."""

_DRAWN = (
    *('<rect width="1e9" height="1e9"/>', '<use href="#x"/>', '<g id="x"><use href="#x"/></g>', "<text>A</text>"),
    *('<path d="M0 0 L1e300 1e300"/>', '<path d="M0 0 a1 1 0 0 1 nan inf z"/>', '<path d=""/>', "<script>1</script>"),
    *('<image href="http://example.com/x.png"/>', "<style>*{fill:url(#p)}</style>", '<circle r="-1"/>', "<g/>" * 400),
    *(f"{definition}{_SQUARE.format(use)}" for definition, use in _DEFINED),
)
_LENGTHS = ("0", "-1", "1e9", "1e300", "1e-9", "inf", "nan", "20000", "100%", "1e400", "", "5mm", "1,5", "99999999999")


def change_svg(random: Random, data: bytes) -> bytes:
    """A number, an attribute or an element of a drawing changed, or another one put in."""
    text = data.decode(errors="replace")
    match random.randrange(5):
        case 0:
            spots = list(re.finditer(r"-?\d+(\.\d+)?", text))
        case 1:
            spots = list(re.finditer(r'(?<=(?:idth|eBox|ight)=")[^"]*', text))
        case 2:
            at = text.rfind("</") if random.randrange(2) else text.find(">") + 1
            return (text[:at] + random.choice(_DRAWN) + text[at:]).encode()
        case 3:
            spots = list(re.finditer(r' [\w:-]+="[^"]*"', text))
            spot = random.choice(spots) if spots else None
            return (text if spot is None else text[: spot.start()] + text[spot.end() :]).encode()
        case _:
            return garble(random, data)
    if not spots:
        return data
    spot = random.choice(spots)
    value = random.choice((*_LENGTHS, f"0 0 {random.choice(_LENGTHS)} {random.choice(_LENGTHS)}"))
    return (text[: spot.start()] + value + text[spot.end() :]).encode()
