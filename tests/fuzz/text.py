"""Changes of any text, by characters, lines, words and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

TextChange = Callable[[Random, str], str]

SIGNS = (
    *("{", "}", "[", "]", "(", ")", '"', "'", ":", ": ", ",", "#", " #", "\n", "\t", "\r", "- ", "? ", "| ", "> "),
    *("&a ", "*a", "!x ", "<<: *a", "---\n", "%", "@", "`", "\\", "\0", "\x01", "\x85", "\u2028", "\ufeff", "\ufffe"),
    *("0", "9", "-", "+", ".", "_", "e5", "1e999", ".nan", "0x10", "^", "^9", "*", "/", "<", "=", "[kW]"),
    *("total", "total.*", "seats", "hosted", "if(", "lookup(", "round(", "none", "not quoted", "null", "~", "é", "😀"),
)

NUMBERS = (
    *("0", "-0", "1", "-1", "0.1", "-0.5", "100", "1e3", "1e-9", "1e9", "-1e12", "1e15", "1e-15", "1e100", "1e-100"),
    *("1.7976931348623157e308", "5e-324", "1e308", "-1e308", "1e-308", "999999999999999", "9007199254740993"),
    *("0.30000000000000004", "2.5", "1_000", "00", "1.", ".5", "+5", "1e400", ".inf", "-.inf", ".nan", "0x1F", "1,5"),
)
SOUND_NUMBERS = ("0", "1", "-1", "-0.5", "0.001", "2", "99", "100", "1e6", "1e-6", "1e9", "-1e9", "1e12", "2.5")
"""Those that a model may still be computed with."""

TEXTS = (
    *(
        "",
        " ",
        "x" * 300,
        "x " * 400,
        "é" * 40,
        "😀" * 31,
        "👩\u200d👩\u200d👧" * 12,
        "\u202eabc\u202c",
        "שלום",
        "مرحبا",
    ),
    *("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "<b>&\"'</b>", "]]><x/>", "&#0;", "{{ 7*7 }}", "{% raw %}", "_x0041_"),
    *("A1", "R1C1", "TRUE", "#REF!", "#DIV/0!", "nul", "None", "nan", "History", "'", "''", "a'b", "[1]", "a/b\\c:d?*"),
    *(
        "a\tb",
        "a\u00a0b",
        "a\u200bb",
        "\u0301",
        "\ufeffx",
        "\ud7ff\ue000",
        "\U000e0001",
        "\u2028",
        "${x}",
        "%s",
        "&P&A",
    ),
    *("https://", "https://a b.example/", "javascript:alert(1)", "//x", "mailto:", "https://exämple.com/ü?a=b#c#d"),
    *(
        "../../etc/passwd",
        "/etc/hostname",
        "file:///etc/hostname",
        "CON",
        "a" * 5000,
        "*x*",
        "`x`",
        "| a | b |",
        "![](x)",
    ),
)
"""Texts that mean something to one of the formats that they are written into, or are hard to set."""

_NUMBER = re.compile(r"(?<![\w.-])-?\d[\d_]*(?:\.\d+)?(?:e-?\d+)?(?![\w.])")
_WORD = re.compile(r"[^\W\d]\w*")
_TOKEN = re.compile(r"[^\W\d]\w*|(?<![\w.-])\d[\d_.]*|[-+*/^<>=,.()\[\]{}|%!#&\"']")


def _replaced(random: Random, text: str, pattern: re.Pattern[str], new: Callable[[str], str]) -> str:
    """One match of the pattern, chosen at random, replaced."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + new(match[0]) + text[match.end() :]


def change_number(random: Random, text: str) -> str:
    """A number that stands in the text becomes another, which a model may still be computed with."""

    def new(old: str) -> str:
        scale = random.choice((None, None, -1, 0.1, 10, 1e3, 1e-3, 1.0001))
        return random.choice(SOUND_NUMBERS) if scale is None else f"{float(old.replace('_', '')) * scale:.12g}"

    return _replaced(random, text, _NUMBER, new)


def break_number(random: Random, text: str) -> str:
    return _replaced(random, text, _NUMBER, lambda _: random.choice(NUMBERS))


def swap_word(random: Random, text: str) -> str:
    """A word becomes another word of the text."""
    words = sorted(set(_WORD.findall(text)))
    return _replaced(random, text, _WORD, lambda _: random.choice(words)) if words else text


def change_word(random: Random, text: str) -> str:
    return _replaced(random, text, _WORD, lambda _: random.choice(TEXTS))


def change_token(random: Random, text: str) -> str:
    """A word, number or sign becomes another of the text, is doubled, or goes."""
    tokens = sorted(set(_TOKEN.findall(text)))
    kind = random.randrange(4)
    if kind == 0 or not tokens:
        return _replaced(random, text, _TOKEN, lambda _: "")
    if kind == 1:
        return _replaced(random, text, _TOKEN, lambda old: old + old)
    return _replaced(random, text, _TOKEN, lambda _: random.choice(tokens))


def cut(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.choice((1, 3, 10, 40, 200)) :]


def truncate(random: Random, text: str) -> str:
    return text[: random.randint(0, len(text))]


def copy(random: Random, text: str) -> str:
    at, size = random.randint(0, len(text)), random.choice((1, 5, 20, 80))
    return text[: at + size] + text[at : at + size] + text[at + size :]


def swap(random: Random, text: str) -> str:
    at, size = random.randint(0, len(text)), random.randint(1, 60)
    middle, end = at + size, at + 2 * size
    return text[:at] + text[middle:end] + text[at:middle] + text[end:]


def insert(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    new = random.choice(
        (*SIGNS, *TEXTS, chr(random.choice((random.randint(0, 0x2FF), random.randint(0xE000, 0x10FFFF)))))
    )
    return text[:at] + new + text[at:]


def change_lines(random: Random, text: str) -> str:
    """A line goes, is doubled, moved, joined with the one before, or indented differently."""
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = "  " + lines[one]
        case 4:
            lines[one] = lines[one].removeprefix("  ")
        case _:
            return "\n".join(lines[:one]) + " " + "\n".join(lines[one:])
    return "\n".join(lines)


def enlarge(random: Random, text: str) -> str:
    """A line or a word many times, numbered or not: what is quadratic has no end then."""
    lines = text.split("\n")
    at, many = random.randrange(len(lines)), random.choice((3_000, 30_000))
    if random.randrange(3) == 0:
        lines[at] = re.sub(r"\w+$|\Z", lambda match: f"{match[0]} " * many, lines[at], count=1)
    else:
        first = _WORD.search(lines[at])
        end = first.end() if first and random.randrange(3) else 0
        lines[at] = "\n".join(lines[at][:end] + (str(each) if end else "") + lines[at][end:] for each in range(many))
    return "\n".join(lines)[:4_900_000]


def garble(random: Random, text: str) -> str:
    """One of the changes that know nothing of what the text means."""
    return random.choice((cut, copy, swap, insert, insert, change_lines, change_lines, truncate))(random, text)
