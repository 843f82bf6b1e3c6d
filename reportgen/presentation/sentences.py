"""Texts of the author's, as far as there is room for them."""

from __future__ import annotations

import re


def first_sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` characters, but at least the first."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[^\sa-z])", " ".join(text.split()))
    lead = sentences[0]
    for sentence in sentences[1:]:
        if len(lead) + 1 + len(sentence) > most:
            break
        lead += " " + sentence
    return lead


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters: cut after a word, and marked with an ellipsis where it is."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:.–-") + "…"
