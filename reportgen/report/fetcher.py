"""The only addresses a report may load from: `reportgen:` ones, served from the templates and the font packages."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SCHEME = "reportgen"


class Refused(ValueError):  # noqa: N818 - it reads as a sentence where it is raised
    """An address that a report may not load."""


def find_asset(url: str, folders: Sequence[Path]) -> Path:
    """The file behind `reportgen:/whitepaper/style.css`, looked for in each folder in turn. Raises Refused."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME or parts.netloc or parts.query:
        raise Refused(f"a report loads nothing from outside its templates: {url}")
    for folder in folders:
        root = folder.resolve()
        path = (root / unquote(parts.path).lstrip("/")).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    raise Refused(f"the templates have no such file: {url}")


def make_fetcher(folders: Sequence[Path]) -> Any:
    """A WeasyPrint URL fetcher for these folders and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = find_asset(url, folders)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Fetcher(allowed_protocols={SCHEME}, allow_redirects=False, fail_on_errors=False)
