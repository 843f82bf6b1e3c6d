"""The process that `trial` starts: `SECONDS BYTES TASK ARGUMENT…`, with the file on stdin and the answer on stdout.

It is run as a file and imports nothing of the package, so that it is there however reportgen was started.
"""

from __future__ import annotations

import logging
import sys
from io import BytesIO

_NEEDED = ("head", "maxp", "hhea", "hmtx", "cmap", "name", "OS/2", "post")
_LATIN = range(0x20, 0x180)
_MOST_EM = 10
"""Of a letter's width and a line's height, in sizes of the font."""


def main(seconds: str, memory: str, task: str, *arguments: str) -> int:
    """0 with an answer; 1 with what is wrong on stderr."""
    _limit(int(seconds), int(memory))
    data = sys.stdin.buffer.read()
    match task:
        case "draw":
            sys.stdout.buffer.write(_drawn(data, *arguments))
        case "font":
            return _font(data)
        case _:
            raise ValueError(task)
    return 0


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0))
    for limit, most in limits:
        hard = resource.getrlimit(limit)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (allowed, hard))
        except (OSError, ValueError):  # macOS knows of no limit to memory
            continue


def _drawn(data: bytes, width: str, height: str) -> bytes:
    import vl_convert
    from lxml import etree

    root = etree.fromstring(data)
    root.set("width", width)
    root.set("height", height)
    picture: bytes = vl_convert.svg_to_png(etree.tostring(root, encoding="unicode"), scale=1.0)
    return picture


def _font(data: bytes) -> int:
    """Reads all tables, draws all outlines, measures all letters, and cuts the font down to Latin ones."""
    from fontTools import subset
    from fontTools.pens.basePen import NullPen
    from fontTools.ttLib import TTFont

    logging.disable()
    part = ""
    try:
        with TTFont(BytesIO(data), lazy=False, checkChecksums=2) as font:
            for part in (*_NEEDED, *font.reader.keys()):
                getattr(font[part], "ensureDecompiled", int)()
            part, most = "hmtx", _MOST_EM * font["head"].unitsPerEm
            _check(max(font["hmtx"][name][0] for name in font.getBestCmap().values()) < most)
            part, lines = "hhea", font["hhea"]
            _check(lines.numberOfHMetrics <= font["maxp"].numGlyphs)
            _check(max(abs(lines.ascent), abs(lines.descent), abs(lines.lineGap)) < most)
            part = "CFF " if "CFF " in font else "glyf"
            glyphs = font.getGlyphSet()
            for name in font.getGlyphOrder():
                glyphs[name].draw(NullPen())
            part = ""
            cutter = subset.Subsetter(subset.Options(layout_features=["*"]))
            cutter.populate(unicodes=_LATIN)
            cutter.subset(font)
            font.save(BytesIO())
    except Exception:  # a damaged font raises whatever its reader comes upon
        sys.stderr.write(f"its table `{part.strip()}` is missing or damaged" if part.strip() else "it is damaged")
        return 1
    return 0


def _check(holds: bool) -> None:
    if not holds:
        raise ValueError


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
