"""The only addresses a report may load from: `reportgen:` ones, served from the folders of its templates, fonts and
brand, and pictures written into the document itself. All else is refused: files by their paths, the network."""

from __future__ import annotations

import base64
import binascii
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reportgen.branding.png import check_png
from reportgen.branding.relative_path import resolved
from reportgen.branding.svg import plain_drawing

SCHEME = "reportgen"
MAX_PIXELS = 40_000_000
"""Of a picture."""

_PICTURE = re.compile(r"data:image/(png|svg\+xml);base64,([A-Za-z0-9+/=]*)")


class RefusedAddressError(ValueError):
    """An address that a report may not load."""


def find_asset(url: str, folders: Sequence[Path]) -> Path:
    """The file behind `reportgen:/whitepaper/style.css`, looked for in each folder in turn. Raises
    RefusedAddressError."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME or parts.netloc or parts.query:
        raise RefusedAddressError(f"a report loads nothing from outside its templates: {url}")
    for folder in folders:
        root = folder.resolve()
        try:
            path = resolved(root / unquote(parts.path).lstrip("/"))
        except OSError:
            continue
        if path.is_relative_to(root) and path.is_file():
            return path
    raise RefusedAddressError(f"there is no such file with the templates, fonts or the brand: {url}")


def read_picture(url: str) -> tuple[bytes, str]:
    """The bytes and the kind of a PNG or SVG picture in a `data:` address. Raises RefusedAddressError for what is
    neither."""
    found = _PICTURE.fullmatch(url)
    if found is None:
        raise RefusedAddressError(f"a report takes `data:` for PNG and SVG pictures only: {url[:40]}")
    try:
        data = base64.b64decode(found[2], validate=True)
    except binascii.Error as error:
        raise RefusedAddressError(f"the picture is no base64: {url[:40]}") from error
    check_picture(data, found[1], "the picture in a `data:` address")
    return data, f"image/{found[1]}"


def check_picture(data: bytes, kind: str, what: str) -> None:
    """That a picture can be drawn. Raises RefusedAddressError."""
    try:
        if kind == "png":
            check_png(data, MAX_PIXELS)
        else:
            plain_drawing(data)
    except ValueError as error:
        raise RefusedAddressError(f"{what} cannot be shown: {error}") from error


def make_fetcher(folders: Sequence[Path]) -> Any:
    """A WeasyPrint URL fetcher for these folders, pictures in the document, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                picture, kind = read_picture(url)
                return URLFetcherResponse(url, picture, {"Content-Type": kind})
            path = find_asset(url, folders)
            data, kind = path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if kind in ("image/png", "image/svg+xml"):
                check_picture(data, kind.removeprefix("image/"), f"the picture `{path.name}`")
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Fetcher(allowed_protocols={SCHEME, "data"}, allow_redirects=False, fail_on_errors=False)
