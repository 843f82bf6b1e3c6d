"""How a report appears: by which template, in which locale, with whose brand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.brand import Brand, shipped_brand
from reportgen.presentation.format import LOCALE
from reportgen.presentation.words import parsed_locale
from reportgen.resources import templates_folder

TEMPLATE = "whitepaper"
LOCALES = ("en", "de", "de-DE", "de-AT", "de-CH")


def locale_suffix(locale: str) -> str:
    """What the names of files say of their locale: `.de-AT`, nothing in English."""
    return "" if locale == LOCALE else f".{locale}"


@dataclass(frozen=True, slots=True)
class TemplateSettings:
    """What templates are given of the settings."""

    template: str
    locale: str
    babel_locale: str
    language: str


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """`own` is a user's templates folder, whose files go before the shipped ones of the same name."""

    brand: Brand
    template: str = TEMPLATE
    locale: str = LOCALE
    own: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where templates and their files are looked for, in this order."""
        return (*((self.own,) if self.own else ()), templates_folder())

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """A user's own folders: their catalogs of words go before the shipped ones."""
        return self.folders[:-1]

    @property
    def babel_locale(self) -> str:
        """As Babel and `Cells` write it: `de_AT`."""
        return self.locale.replace("-", "_")

    @property
    def suffix(self) -> str:
        """What the names of its files say of its locale: `.de-AT`, nothing in English."""
        return locale_suffix(self.locale)

    @property
    def language(self) -> str:
        return parsed_locale(self.locale).language

    @property
    def part(self) -> TemplateSettings:
        return TemplateSettings(self.template, self.locale, self.babel_locale, self.language)


def default_report_settings() -> ReportSettings:
    """The white paper in English with the shipped brand."""
    return ReportSettings(shipped_brand())
