"""Results and answers as text for a terminal: the tables of the report, whole, under the names of the model file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen.compute.answers import Answers
from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.question_topics import topic_of
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.results_topic import results_topic
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable
from reportgen.questions import BY_ID

LOCALE = "en"
WIDTH, _TEXT = 140, 100
"""Characters of a line where no terminal says how many it has, and of a line of text at most."""
_NARROWEST, _HEAD = 32, 16
"""Characters that rows' titles have at least, and that a column's head may take where its numbers are shorter."""
_ENDLESS = 1_000_000
"""As wide as a table may be: it is never cut, a terminal breaks its lines."""
_BOLD, _DIM = "bold", "dim"


def results_text(results: Answers, width: int = WIDTH, *, color: bool = False, by_step: bool = False) -> str:
    """Every number of the model, in its order, and then what changes over time: by year, or by step."""
    return _page(results, [results_topic(Cells(results, LOCALE, by_step=by_step))], width, color)


def answers_text(
    results: Answers, questions: Iterable[str], width: int = WIDTH, *, color: bool = False, by_step: bool = False
) -> str:
    """The answers one below the other, or that the model does not ask. Raises ModelError."""
    cells = Cells(results, LOCALE, by_step=by_step)
    return _page(results, [topic_of(cells, each) or BY_ID[each].not_requested for each in questions], width, color)


def _page(results: Answers, parts: Sequence[Topic | str], width: int, color: bool) -> str:
    file = StringIO()
    console = Console(
        color_system="standard" if color else None,
        force_terminal=color,
        width=_ENDLESS,
        file=file,
        markup=False,
        emoji=False,
        highlight=False,
    )
    if any(isinstance(each, Topic) for each in parts):
        model, scenario = results.model, results.scenario.title
        console.print(Text(f"{model.title}, as of {model.as_of.isoformat()}, scenario: {scenario}\n", _BOLD))
    for part in parts:
        if isinstance(part, str):
            console.print(Text(part + "\n"))
        else:
            for each in _topic(part, width):
                console.print(each)
    lines = (line.rstrip() for line in file.getvalue().replace(NO_BREAK, " ").splitlines())
    return "\n".join(lines).rstrip("\n")


def _topic(topic: Topic, width: int) -> Iterator[Text | Table]:
    yield Text(f"{topic.title}\n{'═' * len(topic.title)}\n", _BOLD)
    for block in topic.blocks:
        if block.title:
            yield Text(_wrapped(block.title, width) + "\n", _BOLD)
        for text in block.text:
            yield Text(_wrapped(text, width) + "\n")
        for point in block.points:
            yield Text(_wrapped(f"• {point}", width, "  "))
        if block.points:
            yield Text()
        for table in block.tables:
            yield from _table(table, width)


def _table(table: ValueTable, width: int) -> Iterator[Text | Table]:
    caption = ", ".join(filter(None, (table.caption, table.unit)))
    yield Text(_wrapped(f"{caption} ({table.part})" if table.part else caption, width), _BOLD)
    if table.remark:
        yield Text(_wrapped(table.remark, width), _DIM)
    cells = [[_cell(cell, table) for cell in row.cells] for row in table.rows]
    numbers = [
        max(cell_len(line) for text in column for line in text.plain.split("\n")) for column in zip(*cells, strict=True)
    ]
    numbers = [max(number, min(cell_len(head), _HEAD)) for number, head in zip(numbers, table.heads, strict=True)]
    names = [row.name for row in table.rows] if table.has_names else []
    units = ["Unit", *(row.unit for row in table.rows)] if table.has_units else []
    taken = sum(each + 2 for each in (*numbers, *(max(map(len, each)) for each in (names, units) if each)))
    room = max(_NARROWEST, width - taken)
    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="")
    for head in (*(["Name"] if names else []), table.first_head, *(["Unit"] if units else [])):
        shown.add_column(Text(head), no_wrap=True)
    for head, number in zip(table.heads, numbers, strict=True):
        shown.add_column(Text(head), justify="right", max_width=number, overflow="fold")
    for row, texts in zip(table.rows, cells, strict=True):
        left = [Text(row.name)] if names else []
        shown.add_row(*left, _title(row, room), *([Text(row.unit)] if units else []), *texts)
    yield shown
    if table.best:
        yield Text(f"* {table.best}")
    yield Text()


def _title(row: TableRow, room: int) -> Text:
    """What a row is called, and below it what is to be known of it."""
    found = Text().append(_wrapped(row.title, room), "" if row.kind == "item" else _BOLD)
    for remark in filter(None, (row.note, row.mark)):
        found.append("\n" + _wrapped(remark, room, "  ", "  "), _DIM)
    return found


def _cell(cell: TableCell, table: ValueTable) -> Text:
    """The text with its mark and, where one cell of the table has it, a star for the best; its note below it."""
    star = ("*" if cell.best else " ") if table.best else ""
    found = Text().append(cell.marked + star, _BOLD if cell.best else "")
    return found.append(f"\n{cell.note}{' ' * len(star)}", _DIM) if cell.note else found


def _wrapped(text: str, width: int, rest: str = "", first: str = "") -> str:
    return textwrap.fill(text, min(width, _TEXT), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
