"""What is tried: a seed stands for files and the commands that are given them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.problems import ModelError
from reportgen.resources import SHIPPED_FONTS, font_folder
from reportgen.source import Source
from tests.conftest import ROOT
from tests.fuzz import binary, books, text, yaml_text
from tests.model.assessed import TEXT as ASSESSED
from tests.model.published import TEXT as PUBLISHED
from tests.model.samples import SAMPLE
from tests.report.edge_models import EDGES

Files = dict[str, bytes]
Change = Callable[[Random, Files], None]
Command = tuple[str, ...]

MODEL = "model.yaml"
KINDS = ("model", "text", "narrative", "brand", "picture", "workbook")
QUESTIONS = ("scenarios", "sensitivity", "break-even", "cash-flow", "simulation", "ranges", "published", "scorecard",
             "features", "checklist", "profiles")  # fmt: skip
SOUND = (*EDGES.values(), ASSESSED, PUBLISHED, SAMPLE)


@dataclass(frozen=True)
class Case:
    """`changes` is how many changes were made of the files that it began with; a command's paths are seen from the
    folder of the files, into whose `out` it builds. `costly` are checks that take long, for some cases only."""

    seed: int
    kind: str
    files: Files
    commands: tuple[Command, ...]
    changes: int
    costly: frozenset[str]


def make_case(seed: int, kind: str = "", without: Collection[int] = ()) -> Case:
    """The case of a seed: of one kind, or of that which the seed says; `without` leaves out some of its changes."""
    random = Random(seed)
    drawn = random.choices(KINDS, (40, 10, 15, 8, 12, 15))[0]
    kind = kind or drawn
    files, changes = _MAKERS[kind](random)
    for at, change in enumerate(changes):
        if at not in without:
            change(Random(f"{seed} {at}"), files)
    costly = {name for name, share in (("recalculate", 3), ("twice", 6), ("pdf", 25)) if random.randrange(share) == 0}
    return Case(seed, kind, files, _commands(random, kind, costly), len(changes), frozenset(costly))


def _commands(random: Random, kind: str, costly: Collection[str]) -> tuple[Command, ...]:
    match kind:
        case "workbook":
            return (("lint", "book.xlsx"), ("lint", "--json", "book.xlsx"))
        case "text":
            return (("check", MODEL),)
        case "model":
            question = f"--{random.choice(QUESTIONS)}"
            shown = [("show", "."), ("show", "--csv", "."), ("show", question, "."), ("show", question, "--json", ".")]
            commands: list[Command] = [("check", "."), ("show", "--json", "."), random.choice(shown), _setting(random)]
            commands.append(("build", "--only", "xlsx,json", "-o", "out", "."))
            if random.randrange(2) == 0:
                commands.append(_build("html", random))
        case _:
            commands = [("check", ".")]
            if kind != "narrative" or random.randrange(3) == 0:
                commands.append(_build("html", random))
            if kind != "narrative" and random.randrange(3) == 0:
                commands.append(("build", "--only", "xlsx", "-o", "out", "."))
    return (*commands, _build("pdf", random)) if "pdf" in costly else tuple(commands)


def _setting(random: Random) -> Command:
    """Other values for inputs; most of these names some of the models have."""
    name = random.choice(
        ("seats", "x", "p", "n", "a", "total", "seats.low", "subscription.support.self_run", *text.TEXTS)
    )
    value = random.choice((*text.NUMBERS, *text.SOUND_NUMBERS, *yaml_text.VALUES, *yaml_text.UNITS))
    return ("show", "--set", random.choice((f"{name}={value}", f"{name} = {value} EUR", name)), "--json", ".")


def _build(kind: str, random: Random) -> Command:
    return ("build", "--only", kind, "--locale", random.choice(("en", "en", "de", "de-CH")), "-o", "out", ".")


# ---- models


def _models(random: Random) -> tuple[Files, list[Change]]:
    """A model of ten changes that left it sound, or of some that did not care, or both."""
    start = random.choice((*SOUND, *_texts("tests/cases/*.yaml")))
    strange = random.randrange(30)
    if strange <= 1:
        start = random.choice(_texts("inputs/*/model.yaml" if strange else "tests/broken/*.yaml"))
    soft = (text.change_number, text.swap_word, yaml_text.any_change, yaml_text.change_value, yaml_text.change_value)
    hard = (yaml_text.any_change, text.change_token, text.break_number, text.change_word, text.garble)
    careful, careless = random.choice(((12, 0), (12, 0), (6, 0), (6, 1), (3, 2), (0, 1), (0, 3)))
    changes = [_if_sound(random.choice((*map(_of_model, soft), _grafting))) for _ in range(careful)]
    return {MODEL: start.encode()}, changes + [_of_model(random.choice(hard)) for _ in range(careless)]


def _if_sound(change: Change) -> Change:
    """The change, unless the program then refuses the model: most changes would end at its first checks."""

    def apply(random: Random, files: Files) -> None:
        tried = dict(files)
        change(random, tried)
        if _is_sound(tried[MODEL].decode()):
            files.update(tried)

    return apply


def _is_sound(model: str) -> bool:
    try:
        evaluate(load_source(Source(MODEL, model))[0])
    except ModelError:
        return False
    except Exception:  # the worker will come upon it
        return True
    return True


def _grafting(random: Random, files: Files) -> None:
    donor = random.choice(
        (*SOUND, *_texts("tests/cases/*.yaml"), *_texts("tests/broken/*.yaml"), *_texts("inputs/*/*.yaml"))
    )
    change = random.choice((yaml_text.graft, yaml_text.graft_part, yaml_text.graft_part))
    _of_model(lambda random, old: change(random, old, donor))(random, files)


def _garbled(random: Random) -> tuple[Files, list[Change]]:
    """Any text, or a model's that was changed without regard to what it means."""
    if random.randrange(4) == 0:
        signs = [random.choice(text.SIGNS) for _ in range(random.randint(0, 60))]
        return {MODEL: "".join(signs).encode()}, []
    if random.randrange(40) == 0:
        return {MODEL: random.choice(SOUND).encode()}, [_of_model(text.enlarge)]
    changes: list[Change] = [_of_model(text.garble) for _ in range(random.randint(1, 4))]
    if random.randrange(5) == 0:
        changes.append(_of_bytes(MODEL, binary.garble))
    return {MODEL: random.choice(SOUND).encode()}, changes


# ---- narrative, brand and pictures

STORY = "text/story.md"
PIECES = (
    *("{{ total }}", "{{ total.hosted | money }}", "{{ seats | percent }}", "{{ 1 / 0 }}"),
    *("{{ total.hosted / (seats - seats) }}",),
    *("{% if %}", "{% for x in options %}", "{% endfor %}", "{% raw %}", "{% set a = 1 %}", "{# ", "{{", "}}", "{%"),
    *("{{ '' }}",),
    *("{{ claim('x', total.hosted < total.self_run) }}", "{{ claim('', 1) }}", "{{ literal('7') }}"),
    *("{{ measure(1, 'seat') }}",),
    *("{{ [].__class__ }}", "{{ self }}", "{{ seats | to('EUR') }}", "{{ seats | money(99) }}"),
    *("{{ seats | number(-400) }}",),
    *("{{ 'a' * 10 ** 9 }}", "{{ seats * 1e300 * 1e300 }}", "{{ break_even.seats.at }}"),
    *("{{ cash_flow.sum.hosted }}", "{{ (((((1)))))  }}"),
    *("# H\n", "## H\n", "###### H\n", "[^a]\n\n[^a]: x [^a]\n", "> [!NOTE]\n> x\n", "> " * 90, "- " * 90 + "\n"),
    *("* " * 60 + "a\n", "|a|b|\n|-|-|\n|c|\n"),
    *("[a](b)", "[a](#h)", "![a](p.png)", "![a](p.svg \"b\")", "![](http://x/y.png)", "<b>", "```\n", "    code\n"),
    *("&amp;&#0;", "\\", "***", "_" * 50),
    *("[" * 500, "![" * 300, "`" * 99, "<a href='x'>", "<!--", "\u2028", "{{ options }}", "{{ option.hosted }}"),
    *("{% autoescape false %}", "{{ x | safe }}"),
)  # fmt: skip


def _with_story(random: Random) -> Files:
    """The sample model with the narrative that its documentation shows, a picture in it, and a brand of its own."""
    plan = "report: {sections: [summary, {file: text/story.md}, results]}\n"
    picture = "\n![A picture](p.png)\n\n![A drawing](p.svg)\n"
    return {MODEL: (SAMPLE + plan).encode(), STORY: (_shown_story() + picture).encode()} | _pictures()


@cache
def _pictures() -> Files:
    drawing = (ROOT / "templates/brands/halden/logo.svg").read_bytes()
    return {"text/p.png": binary.picture("PNG"), "text/p.svg": drawing}


@cache
def _shown_story() -> str:
    shown = (ROOT / "docs/narrative.md").read_text(encoding="utf-8")
    story = re.search(r"```markdown\n(.*?)```", shown, re.DOTALL)
    assert story is not None
    return story[1]


def _narratives(random: Random) -> tuple[Files, list[Change]]:
    changes = [random.choice((_piece, _piece, _of_text(STORY, text.change_token), _of_text(STORY, text.swap_word),
                              _of_text(STORY, text.garble))) for _ in range(random.randint(1, 3))]  # fmt: skip
    return _with_story(random), changes


def _piece(random: Random, files: Files) -> None:
    old = files[STORY].decode(errors="replace")
    at = random.choice([0, len(old), *(match.end() for match in re.finditer(r"[ \n]", old))])
    files[STORY] = (old[:at] + random.choice(PIECES) + old[at:]).encode()


def _with_brand(random: Random) -> Files:
    brand = ROOT / "templates" / "brands" / random.choice(("halden", "reportgen"))
    files = {path.name: path.read_bytes() for path in brand.iterdir()}
    return files | {MODEL: EDGES["scenarios"].encode()}


def _brands(random: Random) -> tuple[Files, list[Change]]:
    changes = (yaml_text.any_change, text.change_token, text.break_number, text.change_word, text.garble)
    return _with_brand(random), [_of_text("brand.yaml", random.choice(changes)) for _ in range(random.randint(1, 3))]


def _any_picture(random: Random) -> tuple[Files, list[Change]]:
    """A logo, a picture of the narrative or a font that is not what it seems."""
    match random.randrange(4):
        case 0:
            name = random.choice(("text/p.png", "text/p.svg"))
            files = _with_story(random)
        case 1:
            name, files = "face.ttf", _with_font(random)
        case _:
            name, files = random.choice(("logo.svg", "logo-dark.svg")), _with_brand(random)
            if random.randrange(2) == 0:
                files = {each: data.replace(b"logo.svg", b"logo.png") for each, data in files.items()}
                name = "logo.png"
                files[name] = binary.picture(random.choice(("PNG", "PNG", "JPEG")))
    change = {"ttf": binary.change_font, "svg": binary.change_svg, "png": binary.change_png}[name[-3:]]
    return files, [_of_bytes(name, random.choice((change, change, binary.garble))) for _ in range(random.randint(1, 2))]


def _with_font(random: Random) -> Files:
    family = random.choice(sorted(SHIPPED_FONTS))
    package, faces = SHIPPED_FONTS[family]
    data = (font_folder(package) / faces[400, "normal"]).read_bytes()
    brand = "name: Fuzz\ntypography:\n  base: Fuzz\n  fonts:\n    - {family: Fuzz, file: face.ttf}\n"
    return {MODEL: EDGES["scenarios"].encode(), "brand.yaml": brand.encode(), "face.ttf": data}


def _workbooks(random: Random) -> tuple[Files, list[Change]]:
    changes = [_of_bytes("book.xlsx", books.change_book) for _ in range(random.choice((1, 1, 2, 3)))]
    return {"book.xlsx": books.seed_book(random)}, changes


_MAKERS: dict[str, Callable[[Random], tuple[Files, list[Change]]]] = {
    "model": _models,
    "text": _garbled,
    "narrative": _narratives,
    "brand": _brands,
    "picture": _any_picture,
    "workbook": _workbooks,
}


def _of_text(name: str, change: text.TextChange) -> Change:
    def apply(random: Random, files: Files) -> None:
        files[name] = change(random, files[name].decode(errors="replace")).encode(errors="replace")

    return apply


def _of_model(change: text.TextChange) -> Change:
    return _of_text(MODEL, change)


def _of_bytes(name: str, change: binary.ByteChange) -> Change:
    def apply(random: Random, files: Files) -> None:
        files[name] = change(random, files[name])

    return apply


@cache
def _texts(pattern: str) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8", errors="replace") for path in sorted(Path(ROOT).glob(pattern)))
