"""Everything a page would load, put into the page: fonts cut to the letters it uses, pictures as they are."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from reportgen.report.pdf.fetcher import RefusedAddressError, find_asset
from reportgen.report.report_settings import ReportSettings
from reportgen.resources import font_folders

_ADDRESS = re.compile(r"""reportgen:/[^"')\s]+""")
_FONTS = (".ttf", ".otf", ".woff", ".woff2")
_FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"]
_USE_MY_METRICS = 0x0200
"""Flag of a part of a letter. Source: OpenType specification, `glyf` table."""
_COPYRIGHT, _LICENSE, _LICENSE_ADDRESS = 0, 13, 14
_STYLES = re.compile(r"<style\b.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ALWAYS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + "\u2018–—…’“”„•†‰€−×→≈≤≥"
"""Letters that are kept in any case: fonts are then the same for most pages, and cut once for a run."""


def embedded(html: str, folders: Sequence[Path]) -> str:
    """The document with a data address in place of each `reportgen:` one. Raises RefusedAddressError for one that is
    not there."""
    letters = _letters(html)

    def data(found: re.Match[str]) -> str:
        path = find_asset(unescape(found[0]), folders)
        if path.suffix.lower() in _FONTS:
            return _address("font/woff2", subset(path, letters))
        return _address(mimetypes.guess_type(path.name)[0] or "application/octet-stream", path.read_bytes())

    return _ADDRESS.sub(data, html)


def asset_folders(report_settings: ReportSettings) -> tuple[Path, ...]:
    """Where files of templates, fonts and the brand are looked for, in this order."""
    own = (report_settings.brand.folder,) if report_settings.brand.folder else ()
    return (*report_settings.folders, *font_folders(), *report_settings.brand.font_folders, *own)


def _letters(html: str) -> str:
    text = unescape(_TAG.sub(" ", _STYLES.sub(" ", html)))
    return "".join(sorted({*text, *_ALWAYS} - {"\n", "\t", "\r"}))


@lru_cache(maxsize=64)
def subset(path: Path, letters: str) -> bytes:
    """A font with only these letters, as WOFF2; the same bytes each time. Raises RefusedAddressError."""
    from fontTools import subset as cut

    options = cut.Options(flavor="woff2", layout_features=_FEATURES, hinting=False, recalc_timestamp=False)
    options.drop_tables += ["DSIG"]
    options.no_subset_tables += ["name"]  # a third of the time otherwise
    try:
        with cut.load_font(path, options) as font:
            cutter = cut.Subsetter(options)
            cutter.populate(text=letters)
            cutter.subset(font)
            _keep_widths(font)
            _keep_rights(font)
            buffer = BytesIO()
            cut.save_font(font, buffer, options)
    except Exception as error:  # one of a template's folder, which nothing has looked at: it may raise anything
        raise RefusedAddressError(f"the font `{path.name}` cannot be cut to the letters that the page uses") from error
    return buffer.getvalue()


def _keep_rights(font: Any) -> None:
    """Copyright and licence stay in the font. Its name does not: some licences reserve it for the whole font."""
    kept = (_COPYRIGHT, _LICENSE, _LICENSE_ADDRESS)
    font["name"].names = [each for each in font["name"].names if each.nameID in kept]


def _keep_widths(font: Any) -> None:
    """Let a letter be as wide as the font says, not as one of the letters it is made of: browsers would believe that,
    and set `%)` one over the other."""
    if "glyf" not in font:
        return
    widths = font["hmtx"].metrics
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        for part in glyph.components if glyph.isComposite() else ():
            if widths[part.glyphName][0] != widths[name][0]:
                part.flags &= ~_USE_MY_METRICS


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
