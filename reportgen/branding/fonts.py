"""The fonts of a brand: families installed with reportgen, or files lying beside the brand's file.

A report takes no font from the system it is made on: it would look different on each.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from time import monotonic

from reportgen.branding.relative_path import address_of, file_beside
from reportgen.branding.trial import check_font
from reportgen.model.document import Sequence
from reportgen.model.fields import Fields, kind_of, read_whole
from reportgen.problems import suggestion
from reportgen.resources import SHIPPED_FONTS, font_folder

MAX_FONT = 5_000_000
"""Bytes of a font's file; a report embeds what it uses of it."""

MAX_FACES = 24
"""Files of a brand; each of them is read whole."""

MAX_SECONDS = 40
"""For all of them."""

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # what it says of damaged files is no message of ours

STYLES = ("normal", "italic")
_PRINTED = ("base", "headings")
_RESTRICTED, _WHOLE, _BITMAPS = 0x0002, 0x0100, 0x0200
"""Bits of a font's leave to embed it: not at all, not in part, no outlines. Source: OpenType, OS/2, fsType."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families: of a report's text and its headings, and of workbooks."""

    base: str
    headings: str
    workbook: str


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a family, 100 to 900, in a style, normal or italic; `address` is what style sheets call its
    file."""

    family: str
    weight: int
    style: str
    address: str


@dataclass(frozen=True, slots=True)
class FontFace(Face):
    """A face with its file."""

    file: Path


@dataclass(frozen=True, slots=True)
class Type:
    """The families that a brand names and the faces that its reports may use of them."""

    fonts: Fonts
    faces: tuple[FontFace, ...]


def read_type(keys: Fields, folder: Path, otherwise: Type | None) -> Type:
    """The fonts of a file; `otherwise` has those that it may leave out. Reports RG902."""
    roles = [field.name for field in fields(Fonts)]
    known = {role: getattr(otherwise.fonts, role) if otherwise else "" for role in roles}
    node = keys.node("typography", required=otherwise is None)
    if node is None:
        return Type(Fonts(**known), otherwise.faces if otherwise else ())
    found = Fields(node, "`typography`", " ".join((*roles, "fonts")), keys.problems)
    beside, refused = _faces_beside(found, folder)
    for role in roles:
        family = found.marked_text(role, required=otherwise is None)
        if family is None:
            continue
        known[role] = family.text
        if not _is_name(family.text):
            hint = "letters, digits and spaces: Source Sans Pro"
            keys.problems.error("RG902", f"`{role}`: `{family.text}` is no name of a font", family.span, hint)
        elif role in _PRINTED and family.text not in (*_families(beside), *refused):
            message = f"`{role}`: there is no font `{family.text}` here"
            keys.problems.error("RG902", message, family.span, _what_there_is(family.text, beside))
    printed = dict.fromkeys(known[role] for role in _PRINTED)
    lent = otherwise.faces if otherwise else ()
    faces = [face for family in printed for face in _faces_of(family, beside, lent)]
    spare = [face for face in beside if face.family not in printed]  # for signs that the others lack
    return Type(Fonts(**known), (*faces, *spare))


def shipped_faces(family: str) -> tuple[FontFace, ...]:
    """The faces of a family that is installed with reportgen; none for another. Raises FileNotFoundError."""
    if family not in SHIPPED_FONTS:
        return ()
    package, files = SHIPPED_FONTS[family]
    folder = font_folder(package)
    return tuple(
        FontFace(family, weight, style, address_of(folder / name, folder), folder / name)
        for (weight, style), name in files.items()
    )


def _faces_of(family: str, beside: Iterable[FontFace], lent: Iterable[FontFace]) -> tuple[FontFace, ...]:
    """A family's own files go before those of the same name that are shipped or lent."""
    own = tuple(face for face in beside if face.family == family)
    return own or shipped_faces(family) or tuple(face for face in lent if face.family == family)


def _families(beside: Iterable[FontFace]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*SHIPPED_FONTS, *(face.family for face in beside))))


def _what_there_is(family: str, beside: Iterable[FontFace]) -> str:
    families = _families(beside)
    near = suggestion(family, families)
    return f"{near + ' ' if near else ''}there are {', '.join(families)}; others as files, in `typography: fonts:`"


def _is_name(text: str) -> bool:
    """It goes into style sheets and themes as it is."""
    plain = text.isascii() and all(each.isalnum() or each == " " for each in text)
    return plain and text[:1].isalpha() and len(text) <= 60


def _faces_beside(found: Fields, folder: Path) -> tuple[tuple[FontFace, ...], frozenset[str]]:
    """The faces of `fonts`, and the families of which a file was refused, which is then reported."""
    node = found.node("fonts", required=False)
    if node is None:
        return (), frozenset()
    if not isinstance(node, Sequence):
        found.problems.error("RG204", f"`fonts` is a list of fonts, not {kind_of(node)}", node.span)
        return (), frozenset()
    if len(node.items) > MAX_FACES:
        message = f"`fonts` has {len(node.items):,} files; a brand has {MAX_FACES} at most"
        found.problems.error("RG902", message, node.items[MAX_FACES].span, "remove those that no text is set in")
    faces, refused, started = [], set(), monotonic()
    for each in node.items[:MAX_FACES]:
        if monotonic() - started > MAX_SECONDS:
            message = f"the fonts before this one took more than {MAX_SECONDS} seconds to read"
            found.problems.error("RG902", message, each.span, "take fewer or smaller ones")
            break
        font = Fields(each, "a font", "family file weight style", found.problems)
        family, file = font.marked_text("family"), font.marked_text("file")
        written = font.node("weight", required=False)
        number = None if written is None else read_whole(written, "`weight`", 100, found.problems)
        weight, style = int(number.value) if number else 400, font.choice("style", STYLES, required=False) or "normal"
        if family is None or file is None:
            continue
        try:
            if not _is_name(family.text):
                raise ValueError("its family is no name of a font")
            path, data = file_beside(folder, file.text, MAX_FONT)
            if data[:4] not in (b"\0\1\0\0", b"OTTO"):
                raise ValueError("it is no TrueType or OpenType font")
            check_font(data)
            check_face(data, family.text, weight, style)
        except ValueError as error:
            message = f"the font `{file.text}` cannot be used: {error}"
            hint = "a TrueType or OpenType file of one weight and style, in the same folder as the brand’s file"
            found.problems.error("RG902", message, file.span, hint)
            refused.add(family.text)
            continue
        faces.append(FontFace(family.text, weight, style, address_of(path, folder.resolve()), path))
    return tuple(faces), frozenset(refused)


def check_face(data: bytes, family: str, weight: int, style: str) -> None:
    """That a sound font is what its entry says and may be embedded. Raises ValueError."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True)
    if "fvar" in font:
        raise ValueError("it is a variable font; take the static file of each weight")
    names = {font["name"].getDebugName(number) for number in (1, 16)} - {None}
    if family not in names:
        raise ValueError(f"its family is {' or '.join(sorted(names)) or 'not named'}, not {family}")
    if font["OS/2"].usWeightClass != weight:
        raise ValueError(f"its weight is {font['OS/2'].usWeightClass}, not {weight}")
    slanted = "italic" if font["OS/2"].fsSelection & 1 or font["post"].italicAngle else "normal"
    if slanted != style:
        raise ValueError(f"its style is {slanted}, not {style}")
    leave = font["OS/2"].fsType
    if leave & 0x000F == _RESTRICTED or leave & (_WHOLE | _BITMAPS):
        raise ValueError("its maker does not allow to embed it, or only whole")
