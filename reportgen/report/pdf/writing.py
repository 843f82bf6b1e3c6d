"""The objects of a PDF turned into bytes once, where the libraries below would do the same work many times.

pydyf asks every object for its bytes twice, to write them and for the digest that PDF/A asks for, and makes the list of
all pages anew for each of the thousands of tags that name one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any


def write_once(pdf: Any) -> None:
    """Replace the objects of a finished PDF by their bytes; nothing can be changed in them afterwards."""
    from weasyprint.pdf import pydyf

    class Written(pydyf.Object):  # type: ignore[misc]
        data = b""
        compressible = True

        def __init__(self, source: Any) -> None:
            self.number, self.generation, self.free = source.number, source.generation, source.free
            self.offset, self.compressible = source.offset, source.compressible
            self.data = b"" if source.free == "f" else source.data

    pdf.objects[:] = [Written(each) for each in pdf.objects]


@contextlib.contextmanager
def fast_references() -> Iterator[None]:
    """While this lasts, a PDF makes the references to its pages when a page has been added, not at each use."""
    from weasyprint.pdf import pydyf

    class Remembering(pydyf.PDF):  # type: ignore[misc]
        _known: tuple[bytes, ...] = ()

        @property
        def page_references(self) -> tuple[bytes, ...]:
            if len(self._known) != self.pages["Count"]:
                self._known = super().page_references
            return self._known

    kept = pydyf.PDF
    pydyf.PDF = Remembering
    try:
        yield
    finally:
        pydyf.PDF = kept
