"""The structure elements of a PDF that is about to be written: what a screen reader goes by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

POINTS = 0.75
"""Of a CSS pixel."""


@dataclass(slots=True)
class Tags:
    """The tree of structure elements: dictionaries with the kids `K`, the parent `P`, the role `S` and the page `Pg`.

    A kid is the number of a piece of its page's content, or a reference to an element or to a link's annotation.
    """

    pdf: Any
    root: Any = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.at(self.pdf.catalog["StructTreeRoot"])

    def at(self, reference: bytes) -> Any:
        """The object that is referred to."""
        return self.pdf.objects[int(reference.split()[0])]

    def parent(self, element: Any) -> Any:
        return self.at(element["P"])

    def walk(self, element: Any) -> Iterator[Any]:
        """An element and all below it in reading order, references to annotations included."""
        waiting = [element]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [self.at(kid) for kid in reversed(element.get("K", ())) if isinstance(kid, bytes)]

    def move(self, kids: Sequence[Any], new: Any) -> None:
        """Make elements the last kids of another parent; one that this leaves empty goes."""
        for kid in kids:
            element = self.at(kid)
            old = self.parent(element)
            old["K"].remove(kid)
            new["K"].append(kid)
            element["P"] = new.reference
            self._prune(old)

    def unwrap(self, element: Any) -> None:
        """Put an element's kids in its place."""
        parent = self.parent(element)
        at = parent["K"].index(element.reference)
        parent["K"][at : at + 1] = element["K"]
        for kid in element["K"]:
            self.at(kid)["P"] = parent.reference

    def wrap(self, kids: Sequence[bytes], parent: Any, role: str) -> None:
        """Put some kids of an element into a new one that takes the place of the first."""
        from weasyprint.pdf import pydyf

        page = self.at(kids[0])["Pg"]
        new = pydyf.Dictionary({"Type": "/StructElem", "S": role, "K": pydyf.Array(kids), "Pg": page})
        self.pdf.add_object(new)
        new["P"] = parent.reference
        parent["K"][parent["K"].index(kids[0])] = new.reference
        parent["K"][:] = [kid for kid in parent["K"] if kid not in kids]
        for kid in kids:
            self.at(kid)["P"] = new.reference

    def remove(self, element: Any) -> None:
        """Take an element away with the links in it; what it shows is read no more."""
        for each in self.walk(element):
            if each.get("Type") == "/OBJR":
                self.at(each["Pg"])["Annots"].remove(each["Obj"])
        parent = self.parent(element)
        parent["K"].remove(element.reference)
        self._prune(parent)

    def _prune(self, element: Any) -> None:
        while not element["K"] and element["S"] != "/Document":
            parent = self.parent(element)
            parent["K"].remove(element.reference)
            element = parent
