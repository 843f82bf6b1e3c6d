"""Markdown of the narrative: what it becomes, what it must not hold, and that no value can become markup."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.compute.answers import evaluate
from reportgen.narrative.check_narrative import finished
from reportgen.narrative.narrative_html import Page, Prose
from reportgen.narrative.printer import Printer
from reportgen.narrative.typed import typed_figures
from reportgen.source import Source
from tests.model.samples import SAMPLE, load
from tests.narrative.conftest import Write


def png(width: int = 2, height: int = 1) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_tables_have_heads_that_say_so_and_no_style(write: Write) -> None:
    html = write("| A | B |\n|---|--:|\n| x | {{ seats | number }} |\n").html
    assert '<th scope="col">A</th>' in html and '<td class="right">240</td>' in html and "style=" not in html


def test_a_loop_makes_the_rows_of_a_table(write: Write) -> None:
    rows = "{% for each in options %}\n| {{ each.title }} | {{ each.running }} |\n{% endfor %}\n"
    html = write(f"| A | B |\n|---|---|\n{rows}\nEnd").html
    assert html.count("<tr>") == 3 and "<p>End</p>" in html


def test_callouts_have_a_title_in_the_readers_language(write: Write) -> None:
    prose = write("> [!NOTE]\n> Look.\n")
    ((chapter, rendered),) = finished(prose.results, Printer(), "")
    html = Page({"Note": "Hinweis"}.__getitem__).typeset(chapter.id, chapter.manuscript, rendered)
    html.page.word = lambda word: {"Note": "Hinweis"}.get(word, word)
    assert '<div class="callout callout-note" role="note">\n<p class="callout-title">Hinweis</p>' in html.prose().html


def test_footnotes_have_letters_and_ids_of_their_text(write: Write) -> None:
    html = write("One[^a], two[^b].\n\n[^a]: First.\n\n[^b]: Second.\n").html
    assert 'id="fnref-text-why-1">a</a>' in html and 'href="#fn-text-why-2"' in html
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(re.findall(r'id="(fn[^"]+)"', html))


def test_headings_have_ids_that_are_unique_and_links_lead_to_them(write: Write) -> None:
    prose = write("# Title\n\n## Costs\n\n## Costs\n\n### Übrige Kosten\n\n[there](#übrige-kosten)").prose()
    assert prose.title == "Title" and prose.parts == (("text-costs", "Costs"), ("text-costs-2", "Costs"))
    assert '<h3 id="text-übrige-kosten">' in prose.html and "<h1" not in prose.html


def test_a_picture_is_written_into_the_page(write: Write) -> None:
    files = {"text/growth.png": png(), "text/plan.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
    html = write('![Growth](growth.png "It grows")\n\nA ![plan](plan.svg) inside.', files=files).html
    assert '<figure><img src="data:image/png;base64,' in html and "<figcaption>It grows</figcaption></figure>" in html
    assert '<p>A <img src="data:image/svg+xml;base64,' in html and 'alt="plan"' in html


BAD = [
    ("[x](javascript:alert(1))", "RG858"),
    ("[x](JaVaScRiPt:alert)", "RG858"),
    ("[x](data:text/html,x)", "RG858"),
    ("[x](file:///etc/hostname)", "RG858"),
    ("[x][y]\n\n[y]: javascript:alert(1)", "RG858"),
    ("<javascript:alert(1)>", "RG858"),
    ("[x](/etc/hostname)", "RG858"),
    ("[x](#nowhere)", "RG858"),
    ("[x]({{ option.hosted.title }})", "RG858"),
    ("[x](https://example.com/{{ option.hosted.title }})", "RG858"),
    ("![x](file:///etc/hostname)", "RG858"),
    ("![x](/etc/hostname)", "RG858"),
    ("![x](../../model.yaml)", "RG858"),
    ("![x](https://example.com/x.png)", "RG858"),
    ("![x](data:image/png;base64,AAAA)", "RG858"),
    ("![x](missing.png)", "RG858"),
    ("![x](false.png)", "RG858"),
    ("![x](script.svg)", "RG858"),
    ("![](good.png)", "RG858"),
    ("<script>alert()</script>", "RG858"),
    ("a <b>bold</b> word", "RG858"),
    ("<!-- remark -->", "RG858"),
    ("One[^note].", "RG858"),
    ("> [!REMARK]\n> x", "RG858"),
    ("#### Deep", "RG858"),
    ("x\n\n# Late", "RG858"),
    ("### Below nothing", "RG858"),
    ("x\n\n##\n\ny", "RG858"),
    ("{% if seats > 0 %}", "RG852"),
    ("{{ seats", "RG852"),
    ("{{ seats | }}", "RG852"),
    ("{% blink %}", "RG852"),
    ("{% raw %}{{ seats }}{% endraw %}", "RG854"),
    ("{% set a = seats %}", "RG854"),
    ("{% autoescape false %}{{ seats }}{% endautoescape %}", "RG854"),
    ("{% if seats > 0 %}{% autoescape true %}{% endautoescape %}{% endif %}", "RG854"),
    ("{% with a = seats %}{{ a }}{% endwith %}", "RG854"),
    ("{% filter upper %}a{% endfilter %}", "RG854"),
    ("{% include 'model.yaml' %}", "RG854"),
    ("{% for i in range(10**9) %}x{% endfor %}", "RG854"),
    ("{% for i in seats %}x{% endfor %}", "RG854"),
    ("{% for seats in options %}x{% endfor %}", "RG854"),
    ("{{ " + "(" * 400 + "1" + ")" * 400 + " }}", "RG854"),
    ("{{ " + "-" * 400 + "1 }}", "RG854"),
    ("{% if seats > 0 %}" * 1000 + "{% endif %}" * 1000, "RG854"),
    (
        "{% for a in options %}{% for b in options %}{% for c in options %}x{% endfor %}{% endfor %}{% endfor %}",
        "RG854",
    ),
    ('{{ claim("It pays.") }}', "RG854"),
    ("It costs 1,200 EUR.", "RG857"),
    ("&#49;2 seats", "RG857"),
    ("[a](<https:// example.com>)", "RG858"),
    ("[a](https://)", "RG858"),
    ("bell \a", "RG213"),
    ("private \U000f0000", "RG213"),
]


@pytest.mark.parametrize(("text", "code"), BAD, ids=[text[:30] for text, _ in BAD])
def test_what_a_report_does_not_take(text: str, code: str, write: Write) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>'
    files = {"text/good.png": png(), "text/false.png": b"no picture", "text/script.svg": drawing}
    assert set(write(text, files=files).codes) == {code}


def test_a_link_to_a_source_takes_its_address(write: Write) -> None:
    assert 'href="https://example.com/pricing"' in write("[list]({{ source.vendor_list.url }})").html


def test_a_link_is_encoded_where_one_thing_can_be_meant(write: Write) -> None:
    assert 'href="https://xn--bcher-kva.example/a%20b"' in write("[list](<https://bücher.example/a b>)").html


def test_a_link_to_a_source_whose_address_is_text_is_text(write: Write) -> None:
    change = ("https://example.com/pricing", '"https:// example.com"')
    html = write("See [the *list*]({{ source.vendor_list.url }}), [this](https://example.com).", change).html
    assert "See <span>the <em>list</em></span>, <a href=" in html


def test_a_folder_of_the_narrative_that_leads_out_of_the_model(write: Write, tmp_path: Path) -> None:
    written = write("x")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text("secret")
    (tmp_path / "text" / "why.md").unlink()
    (tmp_path / "text" / "why.md").symlink_to(outside)
    assert written.codes == ["RG851"]


def test_a_text_and_a_picture_that_are_links_to_themselves(write: Write, tmp_path: Path) -> None:
    written = write("![A picture](round.png)")
    (tmp_path / "text" / "round.png").symlink_to("round.png")
    (problem,) = written.problems
    assert (problem.code, problem.message[-33:]) == ("RG858", "too many levels of symbolic links")
    (tmp_path / "text" / "why.md").unlink()
    (tmp_path / "text" / "why.md").symlink_to("why.md")
    (problem,) = written.problems
    assert problem.code == "RG851" and problem.message.endswith("cannot be read: too many levels of symbolic links")


TYPED = {
    "1,200 EUR and 30 % or 2x": ["1,200", "30 %", "2x"],
    "€5, $1.50, 24/7, 10:30, 1'000": ["€5", "$1.50", "24/7", "10:30", "1'000"],
    "in 2026, from 2024 to 2026, 2025/26": [],
    "2026-06-30, 30.06.2026, 30. Juni 2026, 3 May 2026, May 3, 2026, 3 May": [],
    "H100, GPT-4, gpt-4.1, Qwen3-32B, Q3, CO2, utf-8": [],
    "2027 EUR but 2200": ["2200"],
    "12345, 1999.5, 2026%": ["12345", "1999.5", "2026%"],
    "H100 7 seats": ["7"],
}


@pytest.mark.parametrize("text", TYPED, ids=TYPED.keys())
def test_typed_figures_are_told_from_dates_years_and_words(text: str) -> None:
    assert [found.group() for found in typed_figures(text)] == TYPED[text]


def test_places_of_typed_figures_after_code_links_and_figures(write: Write) -> None:
    text = "`7` [x](https://example.com/7) {{ seats }} and\n7 | H7\n\n- a\n- 7\n"
    places = [p.source.position(p.span.start) for p in write(text).problems if p.span]
    assert places == [(2, 1), (5, 3)]


HOSTILE = """
# {{ option.hosted.title }}

## About {{ option.hosted.title }}

{{ option.hosted.title }} **{{ option.hosted.title }}** [{{ option.hosted.title }}](https://example.com)
`{{ option.hosted.title }}` {{ option.hosted.title ~ option.hosted.title }} {{ claim(option.hosted.title, seats > 0) }}

| {{ option.hosted.title }} |
|---|
| {{ option.hosted.title }} |

> [!NOTE]
> {{ option.hosted.title }}[^1]

![{{ option.hosted.title }}](good.png "{{ option.hosted.title }}")

    {{ option.hosted.title }}

[^1]: {{ option.hosted.title }}
"""


class Reader(HTMLParser):
    """Tags, attributes and text of a page, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile")
    (path / "text").mkdir()
    (path / "text" / "why.md").write_text(HOSTILE.lstrip())
    (path / "text" / "good.png").write_bytes(png())
    return path


def hostile_prose(folder: Path, title: str) -> Prose:
    model = load(SAMPLE + "report: {sections: [{file: text/why.md}]}\n")
    options = tuple(replace(each, title=title) if each.id == "hosted" else each for each in model.options)
    model = replace(model, options=options, source=Source(str(folder / "model.yaml"), model.source.text))
    ((chapter, rendered),) = finished(evaluate(model), Printer(), "")
    return Page(str).typeset(chapter.id, chapter.manuscript, rendered).prose()


SIGNS = st.sampled_from(
    [
        "<b>",
        '&"*x*',
        "[a](javascript:x)",
        "](",
        "`",
        "|",
        "\n\n",
        "# ",
        "{{ 7*7 }}",
        "{% if %}",
        "<script>",
        "\\",
        "&lt;",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(SIGNS, st.text(alphabet="*_~^!-=+<>&\"'`|[](){}#1. a", max_size=6)), min_size=1)
    .map("".join)
    .filter(str.strip)
)
def test_no_title_can_become_markup(folder: Path, title: str) -> None:
    """Whatever a title is, the page has the tags that it has for a harmless one, and shows the title as it is."""
    page, plain = hostile_prose(folder, title), hostile_prose(folder, "Hosted")
    found, expected = Reader(page.html), Reader(plain.html)
    assert found.tags == expected.tags
    assert found.text == expected.text.replace("Hosted", title)
    assert page.title == title
