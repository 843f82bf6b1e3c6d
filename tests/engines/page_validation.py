"""A fast validator of PDF/A and PDF/UA for every PDF that the tests make; veraPDF has the last word."""

from __future__ import annotations

import re

import page

_LENGTH = "PDFA3A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"\d+ 0 obj\n<<(?:.(?!endobj))*?/Length (\d+).*?>>\nstream\n", re.DOTALL)


def failures(pdf: bytes) -> list[str]:
    """The rules of PDF/A-3a and PDF/UA-1 that fail.

    Compressed data may end in a carriage return by chance. The validator then takes the line break that follows for a
    part of it and finds the length wrong; so where it does, the lengths are measured here.
    """
    found = []
    for profile in ("3a", "ua1"):
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
            if failure.rule_id != _LENGTH or not _lengths_are_right(pdf):
                found.append(f"{failure.rule_id}: {failure.message}")
    return found


def _lengths_are_right(pdf: bytes) -> bool:
    streams = list(_STREAM.finditer(pdf))
    if len(streams) != pdf.count(b"\nendstream\n"):
        return False
    return all(pdf[each.end() + int(each[1]) :].startswith(b"\nendstream\n") for each in streams)
