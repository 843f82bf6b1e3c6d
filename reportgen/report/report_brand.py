"""The brand as templates and charts use it: roles as names of CSS variables, colours and fonts checked before."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.brand import Brand
from reportgen.branding.color import WHITE, contrast, luminance
from reportgen.branding.fonts import Face, FontFace
from reportgen.branding.logo import Logo

__all__ = ["ReportBrand", "ReportLogo", "contrast", "luminance", "report_brand"]


@dataclass(frozen=True, slots=True)
class ReportLogo:
    """For `<img src="{{ address }}" alt="{{ alternative }}">`; a drawing put in so keeps its styles to itself.

    `address` is for documents with a fetcher, which serves the brand's folder; `uri` has the file in it, for pages
    that stand alone. `ratio` is its width by its height.
    """

    address: str
    uri: str
    alternative: str
    ratio: float


@dataclass(frozen=True, slots=True)
class ReportBrand:
    """`palette` maps roles (`brand`, `ink`, …) to colours, `fonts` roles (`text`, `title`) to families;
    `chart` are the colours of series in the order of their stack.

    `logo` is for light grounds, `logo_dark` for dark ones such as a cover; where one is None, `name` is written.
    `legal` is all lines in one, for where there is one line; `faces` are for `@font-face`, `files` the same with their
    files, for charts. Templates see no files.
    """

    name: str
    legal: str
    palette: Mapping[str, str]
    chart: tuple[str, ...]
    fonts: Mapping[str, str]
    logo: ReportLogo | None = None
    logo_dark: ReportLogo | None = None
    footer: str = ""
    legal_lines: tuple[str, ...] = ()
    disclaimer: str = ""
    faces: tuple[Face, ...] = ()
    files: tuple[FontFace, ...] = ()

    @property
    def font_folders(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(face.file.parent for face in self.files))


def report_brand(brand: Brand) -> ReportBrand:
    """The roles that templates and charts speak of."""
    colors = brand.colors
    palette = {
        "brand": colors.primary,
        "accent": colors.accent,
        "ink": colors.foreground,
        "muted": colors.muted,
        "rule": colors.rule,
        "pale": colors.surface,
        "warning": colors.danger,
        "paper": colors.background,
        "on-brand": WHITE,
        "link": colors.link,
        "success": colors.success,
    }
    return ReportBrand(
        name=brand.name,
        legal=" ".join(brand.legal),
        palette=palette,
        chart=colors.series,
        fonts={"text": brand.fonts.base, "title": brand.fonts.headings},
        logo=_logo(brand.logo.light) if brand.logo else None,
        logo_dark=_logo(brand.logo.dark) if brand.logo and brand.logo.dark else None,
        footer=brand.footer,
        legal_lines=brand.legal,
        disclaimer=brand.disclaimer,
        faces=tuple(Face(each.family, each.weight, each.style, each.address) for each in brand.faces),
        files=brand.faces,
    )


def _logo(logo: Logo) -> ReportLogo:
    kind = "image/png" if logo.kind == "png" else "image/svg+xml"
    uri = f"data:{kind};base64,{b64encode(logo.data).decode()}"
    return ReportLogo(logo.address, uri, logo.alternative, logo.width / logo.height)
