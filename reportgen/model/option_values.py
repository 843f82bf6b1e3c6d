"""What is written for each option."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from reportgen.model.written import PerOption
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has a value for each option, for messages: its name, its place, and what to write (`with a formula`)."""

    what: str
    span: Span
    kind: str


def each_option(
    written: T | PerOption[T], wanted: Wanted, options: tuple[str, ...], problems: Collector
) -> Iterable[tuple[str, T]]:
    """The option and its value for every option. Reports RG210 and RG211."""
    if not isinstance(written, PerOption):
        return [(option, written) for option in options]
    unknown = [name for name, _ in written.entries if name.text not in options]
    for name in unknown:
        hint = suggestion(name.text, options) or f"the options are {', '.join(options)}"
        problems.error("RG211", f"{wanted.what}: there is no option `{name.text}`", name.span, hint)
    values = [(option, written.get(option)) for option in options]
    missing = [option for option, value in values if value is None and option not in written.unread]
    if missing and not unknown:
        named = ", ".join(f"`{option}`" for option in missing)
        hint = f"add `{missing[0]}:` {wanted.kind}"
        problems.error("RG210", f"{wanted.what} has nothing for {named}", wanted.span, hint)
    return [(option, value) for option, value in values if value is not None]
