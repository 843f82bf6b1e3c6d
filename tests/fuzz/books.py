"""Changes of workbooks: of the parts of the file, what they say, and what the archive says of them."""

from __future__ import annotations

import re
import struct
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.fuzz import binary, text
from tests.review.books import good

Parts = dict[str, bytes]

FORMULAS = (
    *(
        "1/0",
        "SUM(A1:XFD1048576)",
        "A1",
        "$A$1:$A$1048576",
        "Sheet9!A1",
        "'[1]x'!A1",
        "[1]Sheet1!A1",
        "#REF!",
        "",
        "=",
        '"',
    ),
    *("(" * 3_000, "{" * 3_000, "[" * 3_000, "-" * 3_000 + "1", "IF(" * 80 + "1" + ")" * 80, "OFFSET(A1,1,1)", "NOW()"),
    *(
        'INDIRECT("A"&amp;1)',
        "A1:B2 C3",
        "A1:A",
        "1:1",
        "A:A",
        "SUM(",
        ")",
        "Table1[[#This Row],[x]]",
        "{1,2;3}",
        "A1#",
    ),
    *(
        "'It''s'!A1",
        "'a",
        "1e999",
        "@A1",
        "_xlfn.XLOOKUP(1,A:A,B:B)",
        "LET(x,1,x)",
        "A0",
        "XFE1",
        "A1048577",
        "R1C1",
        "T" * 9_000,
    ),
)
_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "999999999",
    "99999999999999999999",
    "1e999",
    "nan",
    "x",
    "A1",
    "A1:XFD1048576",
    "A0",
    "true",
    "2",
    "é",
    "#REF!",
)


@cache
def _seeds() -> tuple[Parts, ...]:
    from reportgen.compute.answers import evaluate
    from reportgen.model.load import load_source
    from reportgen.source import Source
    from reportgen.workbook.build_workbook import build_workbook
    from tests.report.edge_models import EDGES

    with TemporaryDirectory() as folder:
        keeps_rules = good().save(Path(folder) / "book.xlsx").read_bytes()
    model, _ = load_source(Source("model.yaml", EDGES["scenarios"]))
    return unpacked(keeps_rules), unpacked(build_workbook(evaluate(model)))


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def seed_book(random: Random) -> bytes:
    """A workbook that keeps every rule of `lint`, or one that the program made."""
    return packed(random.choice(_seeds()))


def change_book(random: Random, data: bytes) -> bytes:
    """One change of a part, or else of the archive."""
    try:
        parts = unpacked(data)
    except Exception:  # an earlier change left no archive, whatever zipfile says of it
        return binary.garble(random, data)
    if not parts:
        return data
    if random.randrange(6) == 0:
        return _change_archive(random, data)
    names = sorted(parts)
    likely = [name for name in names if name.startswith("xl/") and name.endswith(".xml")] or names
    name = random.choice(likely if random.randrange(4) else names)
    _change_part(random, parts, name)
    return packed(parts)


def _change_part(random: Random, parts: Parts, name: str) -> None:
    other = random.choice(sorted(parts))
    match random.randrange(9):
        case 0:
            del parts[name]
        case 1:
            parts[name] = parts[other]
        case 2:
            parts[random.choice((name.upper(), "../" + name, "/" + name, name + "x", "xl/vbaProject.bin"))] = parts.pop(
                name
            )
        case 3 | 4:
            parts[name] = _change_xml(random, parts[name])
        case 5:
            parts[name] = _change_formula(random, parts[name])
        case 6:
            parts[name] = text.garble(random, parts[name].decode(errors="replace")).encode(errors="replace")
        case _:
            parts[name] = _change_attribute(random, parts[name])


def _change_xml(random: Random, data: bytes) -> bytes:
    """An element doubled many times, taken out, emptied, or moved."""
    written = data.decode(errors="replace")
    elements = list(re.finditer(r"<(\w+:?\w*)[^<>]*?(?:/>|>[^<>]*</\1>)", written))
    if not elements:
        return data
    one, other = random.choice(elements), random.choice(elements)
    match random.randrange(4):
        case 0:
            return (written[: one.start()] + written[one.end() :]).encode()
        case 1:
            return (written[: one.end()] + one[0] * random.choice((1, 2, 5_000)) + written[one.end() :]).encode()
        case 2:
            return (written[: other.start()] + one[0] + written[other.end() :]).encode()
        case _:
            return (written[: one.start()] + f"<{one[1]}/>" + written[one.end() :]).encode()


def _change_formula(random: Random, data: bytes) -> bytes:
    written = data.decode(errors="replace")
    formulas = list(re.finditer(r"<f>[^<]*</f>", written))
    if not formulas:
        return _change_attribute(random, data)
    spot = random.choice(formulas)
    formula = random.choice(FORMULAS)
    if random.randrange(3) == 0:
        formula = text.change_token(random, spot[0][3:-4])
    area = random.choice(("A1:B2", "A1:XFD1048576", "C3", "", "x"))
    kind = random.choice(
        ("", "", "", f' t="shared" ref="{area}" si="0"', ' t="shared" si="7"', f' t="array" ref="{area}"')
    )
    return (written[: spot.start()] + f"<f{kind}>{formula}</f>" + written[spot.end() :]).encode()


def _change_attribute(random: Random, data: bytes) -> bytes:
    written = data.decode(errors="replace")
    attributes = list(re.finditer(r'(?<== ")[^"]*|(?<==")[^"]*', written))
    if not attributes:
        return data
    spot = random.choice(attributes)
    value = random.choice((*_VALUES, random.choice(attributes)[0]))
    return (written[: spot.start()] + value + written[spot.end() :]).encode()


def _change_archive(random: Random, data: bytes) -> bytes:
    """The archive cut, garbled, or with sizes, methods or flags that lie."""
    if random.randrange(2):
        return binary.garble(random, data)
    entry = random.choice([each.start() for each in re.finditer(b"PK\x01\x02", data)] or [0])
    changed = bytearray(data)
    offset, form = random.choice(((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (42, "<I")))
    value = random.choice((0, 1, 8, 99, 0xFFFF) if form == "<H" else binary.SIZES)
    if entry + offset + struct.calcsize(form) <= len(changed):
        struct.pack_into(form, changed, entry + offset, value)
    return bytes(changed)
