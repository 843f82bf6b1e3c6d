"""Where templates run: they read plain values and the files of their folders, and reach nothing else.

A template may be a stranger's. From any object of Python one gets to its class, from a function to its module and from
there to the environment, so that nothing but texts, numbers, groups of them and frozen records of such is given to
templates, and only the functions in their globals, their own macros and the methods of plain values are called.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path
from types import BuiltinMethodType, CodeType, MappingProxyType, MethodType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateNotFound, Undefined
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from reportgen.branding.relative_path import resolved

_VALUES = (str, int, float, type(None))
_GROUPS: tuple[type, ...] = (
    tuple,
    list,
    dict,
    MappingProxyType,
    frozenset,
    range,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
_JINJA = (Macro, LoopContext, BlockReference, TemplateReference, Cycler, Joiner, Namespace, TemplateModule, Undefined)
"""What templates make themselves out of what they are given."""
_UNSAFE_GLOBALS, _UNSAFE_FILTERS = ("lipsum",), ("attr", "random")
"""What Jinja offers that looks into objects, or gives another page each time."""
_FORMATTING = ("format", "format_map")


def is_plain(value: object) -> bool:
    """Whether an object holds nothing but what it shows. Frozen records are known by their package: a view's."""
    return isinstance(value, (*_VALUES, *_GROUPS)) or (
        is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("reportgen.")
    )


def _is_known(value: object) -> bool:
    return is_plain(value) or isinstance(value, _JINJA)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, with an allowlist in place of its list of what is known to be unsafe."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in _UNSAFE_GLOBALS:
            del self.globals[name]
        self.filters = {name: each for name, each in self.filters.items() if name not in _UNSAFE_FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        return super().getattr(obj, attribute) if _is_known(obj) else self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return super().getitem(obj, argument) if _is_known(obj) else self.unsafe_undefined(obj, str(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """What is known leads to what is known, or to a method that may be called."""
        safe = super().is_safe_attribute(obj, attr, value)
        return safe and (isinstance(obj, _JINJA) or _is_known(value) or self.is_safe_callable(value))

    def is_safe_callable(self, obj: Any) -> bool:
        """The sandbox's functions, macros, and methods of plain values, but for those of texts that put values in."""
        if isinstance(obj, BuiltinMethodType | MethodType) and isinstance(obj.__self__, (*_VALUES, *_GROUPS)):
            return obj.__name__ not in _FORMATTING
        if isinstance(obj, MethodType) and isinstance(obj.__self__, _JINJA):
            return True
        return isinstance(obj, _JINJA) or any(obj is each for each in self.globals.values())

    def wrap_str_format(self, value: Any) -> None:
        """No text puts values in by itself: `gettext` does, and takes plain ones only."""


class FolderLoader(FileSystemLoader):
    """Files of folders; a link that leads out of them is no file of theirs."""

    def get_source(self, environment: Environment, template: str) -> Any:
        found = super().get_source(environment, template)
        path = resolved(Path(found[1]))
        if not any(path.is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise TemplateNotFound(template)
        return found


class _Compiled(BytecodeCache):
    """Templates compiled by this process, for every other report it makes of them; by name, file and content."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()
