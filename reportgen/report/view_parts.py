"""What a report is made of: texts that a template prints as they are, every number formatted already."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.compute.comparison import Ranking
from reportgen.narrative.narrative_html import Prose
from reportgen.presentation.value_table import ValueTable


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure: `value` large, `rest` below it (`per year`), `mark` if incomplete. `kind`: subject or plain.
    `is_word`: the value stands in words, for no number is known; `option` is the id of the one it is about."""

    label: str
    value: str
    rest: str
    mark: str = ""
    kind: str = "plain"
    is_word: bool = False
    option: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """What the subject costs against another option. `direction`: less, more, same, or `not known` where nothing is
    known of one of them; `share` "" where the other costs nothing; amounts are without sign."""

    option: str
    amount: str
    rest: str
    share: str
    direction: str
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Cheapest:
    """`id` and title of the `option`, "" where none can be named; `word` is the title, or what stands in its place;
    `ranked` are the titles of those that could be."""

    id: str
    option: str
    word: str
    ranking: Ranking
    ranked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionPart:
    title: str
    summary: str
    is_subject: bool


@dataclass(frozen=True, slots=True)
class CategoryPart:
    id: str
    title: str
    note: str
    one_time: bool
    tables: tuple[ValueTable, ...]


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input: `key` is the name that `--set` takes, `option` whose it is if each has its own, and `is_first`: it is
    the first of them. `before`: the model's own value where a scenario has set another. `is_word`: `value` is a word,
    because nobody has quoted a price; `amount` is the value with its unit. `low`, `high` and `range`, which has both,
    are "" where there is none; `owner` looks at it again by `review`."""

    key: str
    name: str
    title: str
    option: str
    is_first: bool
    note: str
    citations: tuple[int, ...]
    value: str
    is_word: bool
    amount: str
    before: str
    unit: str
    low: str
    high: str
    range: str
    owner: str
    review: str


@dataclass(frozen=True, slots=True)
class InputGroup:
    id: str
    title: str
    note: str
    rows: tuple[InputRow, ...]


@dataclass(frozen=True, slots=True)
class StepTable:
    id: str
    title: str
    from_unit: str
    to_unit: str
    rows: tuple[tuple[str, str], ...]
    note: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`url` is set only if it may be a link (http or https); `address` is what is shown. `stale`: a word for it, or
    "". `owner` looks at it again by `review`."""

    number: int
    title: str
    url: str
    address: str
    evidence: str
    accessed: str
    note: str
    stale: str = ""
    owner: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """`option`: for whom the formula holds, "" for all."""

    title: str
    name: str
    option: str
    text: str


@dataclass(frozen=True, slots=True)
class FormulaTable:
    id: str
    caption: str
    rows: tuple[FormulaRow, ...]


@dataclass(frozen=True, slots=True)
class ScenarioPart:
    """`settings`: title, the model's own value, the scenario's value."""

    title: str
    note: str
    is_shown: bool
    settings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the contents: `number` is `4` or `A`, "" where the template numbers none; `parts` are its
    sub-sections; `block` names the partial that prints it, `prose` is its text where the author wrote it."""

    id: str
    number: str
    title: str
    parts: tuple[Section, ...] = field(default=())
    block: str = ""
    prose: Prose | None = None
