"""Where templates run: they read what they are given and the files of their folders, and reach nothing else."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, without what paths can do: read, write and remove the files they name."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, PurePath) and super().is_safe_attribute(obj, attr, value)


class FolderLoader(FileSystemLoader):
    """Files of folders; a link that leads out of them is no file of theirs."""

    def get_source(self, environment: Environment, template: str) -> Any:
        found = super().get_source(environment, template)
        path = Path(found[1]).resolve()
        if not any(path.is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise TemplateNotFound(template)
        return found
