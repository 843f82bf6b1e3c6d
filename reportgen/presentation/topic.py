"""What answers a question of the model: texts, points and tables, every number formatted already."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.presentation.value_table import ValueTable


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """Paragraphs, a list of points and tables; `title` is "" where the topic's is enough; `figure` is the id of the
    chart that a face may draw of them, "" for none."""

    title: str
    text: tuple[str, ...]
    points: tuple[str, ...] = ()
    tables: tuple[ValueTable, ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    title: str
    blocks: tuple[TopicBlock, ...]
