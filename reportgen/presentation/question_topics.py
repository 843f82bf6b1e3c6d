"""What answers each question: a topic, made by the function `<id>_topic` of the module of that name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic


def topic_of(cells: Cells, question: str) -> Topic | None:
    """The answer to a question, by its id; None where the model does not ask. Raises ModelError where it has none.

    Its code is loaded when it is first asked for: who asks for one answer does not wait for the others.
    """
    name = f"{question}_topic"
    answer: Callable[[Cells], Topic | None] = getattr(import_module(f"reportgen.presentation.{name}"), name)
    return answer(cells)
