"""Why an expression of the narrative has no answer."""

from __future__ import annotations


class NarrativeError(Exception):
    """`by_value`: it has one with other numbers (a break-even that is not there, a price that is not quoted), so that
    it is a problem only where the reader would see it; else it is a mistake wherever it stands."""

    def __init__(self, code: str, message: str, hint: str = "", *, by_value: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.by_value = by_value
