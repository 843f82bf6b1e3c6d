"""A formula that has been checked: names resolved, conversions explicit, numbers and conditions told apart.

Every back end (NumPy, Excel, readable text) is an exhaustive `match` over `Node`. Nothing here knows Python:
a node says what is computed, not how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, assert_never

from reportgen.formula.units import Unit
from reportgen.source import NOWHERE, Span


class Key(NamedTuple):
    """One number of a model: a shared name, or a per-option name at one option. Items are `category.item`."""

    name: str
    option: str | None = None

    def __str__(self) -> str:
        return self.name if self.option is None else f"{self.name}.{self.option}"


class Function(Enum):
    """What `formula.functions` describes; each back end gives each of them a meaning."""

    MIN = "min"
    MAX = "max"
    SUM = "sum"
    ABS = "abs"
    ROUND = "round"
    ROUND_UP = "round_up"
    ROUND_DOWN = "round_down"
    EXP = "exp"
    LN = "ln"
    SQRT = "sqrt"
    PAYMENT = "payment"


class Method(Enum):
    """How a table is read: each row's second number holds from its first number on, or straight lines lead from row to
    row, or it is the price of each unit from there on."""

    STEP = "step"
    LINEAR = "linear"
    GRADUATED = "graduated"


@dataclass(frozen=True, slots=True)
class Constant:
    """`unit` is what the author wrote beside it; None where nothing."""

    value: float
    unit: Unit | None = field(default=None, compare=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """`option` None in a per-option name means the option the formula is computed for."""

    name: str
    option: str | None
    per_option: bool
    span: Span = field(default=NOWHERE, compare=False)

    def key(self, option: str | None) -> Key:
        """The number meant when the formula is computed for `option`."""
        return Key(self.name, (self.option or option) if self.per_option else None)


@dataclass(frozen=True, slots=True)
class AllOptions:
    """`total.*`: one number per option, only as an argument of min, max or sum."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Convert:
    """The same quantity in a unit of another scale: the operand times each factor in turn."""

    operand: Node
    factors: tuple[Fraction, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`operator` is one of + - * / ^; `span` is the operator's place."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is one of < <= > >=."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or`; the right side counts only where the left does not decide."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Conditional:
    """Only the branch that is taken is computed."""

    condition: Node
    then: Node
    otherwise: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    function: Function
    arguments: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the table says at the argument, by its `method`: a step, a value between two rows, or the charge for as many
    units; `per_option`: by the rows of the option that the formula is computed for. `cells` names the numbers of each
    table that is meant, where these are inputs."""

    table: str
    argument: Node
    per_option: bool = field(default=False, kw_only=True)
    cells: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), kw_only=True)
    span: Span = field(default=NOWHERE, compare=False)

    def of(self, option: str | None) -> str:
        """The table that is meant when the formula is computed for `option`, by its name in the model."""
        return str(Key(self.table, option if self.per_option else None))

    def inputs(self, option: str | None) -> tuple[Key, ...]:
        """The numbers of the table that is meant, where these are inputs."""
        meant = self.of(option)
        return tuple(Key(name) for table, names in self.cells if table == meant for name in names)


class Excess(Enum):
    """What must not go beyond what: a deduction beyond the amount, usage beyond the allowance."""

    DEDUCTION = "deduction"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Guard:
    """What a deduction leaves of an amount, or nothing for usage within an allowance; there is no value where the
    part is more than the whole. Both are in `unit`."""

    excess: Excess
    part: Node
    whole: Node
    unit: Unit
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def condition(self) -> Comparison:
        return Comparison("<=", self.part, self.whole, self.span)

    @property
    def value(self) -> Arithmetic | Constant:
        if self.excess is Excess.DEDUCTION:
            return Arithmetic("-", self.whole, self.part, self.span)
        return Constant(0.0, self.span)


class AxisRow(Enum):
    """What a timeline says of each of its steps: its number from 1, the months from the start to its beginning and to
    its end, and the years to its beginning."""

    PERIOD = "period"
    BEGIN = "months at its beginning"
    END = "months at its end"
    ELAPSED = "elapsed"


@dataclass(frozen=True, slots=True)
class Axis:
    """A number for each step of the timeline."""

    row: AxisRow
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Flow:
    """Amounts on the timeline: one at the start, which is before the first step, and one in each step (None: none)."""

    start: Node | None
    steps: Node | None
    span: Span = field(default=NOWHERE, compare=False)


class Reduction(Enum):
    """How one number is made of a number for each step: all added up; that of the step in which a month begins; that of
    the step in which the time before a month lies; the largest; the yearly rate, as a share, at which amounts at the
    start and at the end of each step are worth nothing."""

    SUM = "sum"
    AT = "at"
    BEFORE = "before"
    LARGEST = "largest"
    INTERNAL_RATE = "internal rate of return"


@dataclass(frozen=True, slots=True)
class Reduce:
    """One number of a series or of a flow. `weights` is another one that each step is multiplied by before they are
    added up; `position` are the months from the start, of `AT` and `BEFORE`."""

    reduction: Reduction
    series: Reference
    weights: Reference | None = None
    position: Node | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Previous:
    """A number over time as it was a step before; in the first step `initial`."""

    series: Reference
    initial: Node
    span: Span = field(default=NOWHERE, compare=False)


Node = (
    Constant
    | Reference
    | AllOptions
    | Convert
    | Negate
    | Arithmetic
    | Comparison
    | Logic
    | Not
    | Conditional
    | Apply
    | Lookup
    | Guard
    | Axis
    | Flow
    | Reduce
    | Previous
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Constant() | Reference() | AllOptions() | Axis():
            return ()
        case Convert(operand) | Negate(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return (left, right)
        case Conditional(condition, then, otherwise):
            return (condition, then, otherwise)
        case Apply(_, arguments):
            return arguments
        case Lookup(_, argument):
            return (argument,)
        case Guard(_, part, whole):
            return (part, whole)
        case Flow(start, steps):
            return tuple(each for each in (start, steps) if each is not None)
        case Reduce(_, series, weights, position):
            return (series, *(each for each in (weights, position) if each is not None))
        case Previous(series, initial):
            return (series, initial)
        case _ as never:
            assert_never(never)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, from the left."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))


def keys_in(node: Node, option: str | None, options: tuple[str, ...]) -> Iterator[Key]:
    """Every number the node is computed from when it is computed for `option`, from the left, repeats included."""
    for each in walk(node):
        if isinstance(each, Reference):
            yield each.key(option)
        elif isinstance(each, AllOptions):
            yield from (Key(each.name, one) for one in options)
        elif isinstance(each, Lookup):
            yield from each.inputs(option)
