"""Apache POI, in a Java machine of its own for any number of files.

Its classes come with the Python package pyreportjasper, which is not installed among the others, since it has a package
called `tests`. Started as a program, it reads on standard input
`{file: [cell, ...]}` and writes what it finds in each file, and the results it computes of these cells, as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.readers.programs import INSTALLED

_JARS = ("poi", "xmlbeans", "commons-", "curvesapi", "SparseBitSet", "log4j-api")
_OPTIONS = (
    "-Xmx2g",
    "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
    "-Dorg.apache.logging.log4j.simplelog.level=WARN",  # to the standard error, where every line is a finding
)


def _classpath() -> list[str]:
    folder = INSTALLED / "java" / "pyreportjasper" / "libs"
    return [str(path) for path in folder.glob("*.jar") if path.name.startswith(_JARS)]


class _Java:
    """The classes that are needed, once the machine runs."""

    def __init__(self) -> None:
        import jpype

        jpype.startJVM(*_OPTIONS, classpath=_classpath(), convertStrings=True)
        self.packages = jpype.JClass("org.apache.poi.openxml4j.opc.OPCPackage")
        self.read_only = jpype.JClass("org.apache.poi.openxml4j.opc.PackageAccess").READ
        self.workbook = jpype.JClass("org.apache.poi.xssf.usermodel.XSSFWorkbook")
        self.error = jpype.JClass("org.apache.poi.ss.usermodel.FormulaError")


def _read(file: str, wanted: set[str], java: _Java) -> dict[str, Any]:
    # A file opened by its name alone would be saved again, changed, when it is closed.
    book = java.workbook(java.packages.open(file, java.read_only))
    evaluator = book.getCreationHelper().createFormulaEvaluator()
    values: dict[str, Any] = {}
    computed: dict[str, Any] = {}
    formulas: dict[str, str] = {}
    for sheet in book:
        title = sheet.getSheetName()
        for row in sheet:
            for cell in row:
                kind = cell.getCellType().name()
                if kind == "BLANK":
                    continue
                at = f"{title}!{cell.getReference()}"
                if kind == "FORMULA":
                    formulas[at] = cell.getCellFormula()
                    kind = cell.getCachedFormulaResultType().name()
                    if at in wanted:
                        computed[at] = _computed(evaluator, cell, java)
                values[at] = _value(cell, kind)
    found = {
        "sheets": [sheet.getSheetName() for sheet in book],
        "values": values,
        "formulas": formulas,
        "names": {name.getNameName(): name.getRefersToFormula() for name in book.getAllNames()},
        "rules": {sheet.getSheetName(): list(_rules(sheet)) for sheet in book},
        "computed": computed,
    }
    book.getPackage().revert()  # closes it without saving
    return found


def _rules(sheet: Any) -> Any:
    for rule in sheet.getDataValidations():
        kind = rule.getValidationConstraint().getValidationType()
        for area in rule.getRegions().getCellRangeAddresses():
            yield area.formatAsString(), kind


def _value(cell: Any, kind: str) -> str | float | bool:
    match kind:
        case "NUMERIC":
            return float(cell.getNumericCellValue())
        case "STRING":
            return str(cell.getStringCellValue())
        case "BOOLEAN":
            return bool(cell.getBooleanCellValue())
    return f"#{kind}"


def _computed(evaluator: Any, cell: Any, java: _Java) -> str | float | bool:
    value = evaluator.evaluate(cell)
    match value.getCellType().name():
        case "NUMERIC":
            return float(value.getNumberValue())
        case "STRING":
            return str(value.getStringValue())
        case "BOOLEAN":
            return bool(value.getBooleanValue())
    return str(java.error.forInt(value.getErrorValue()).getString())


def main() -> None:
    wanted: dict[str, list[str]] = json.load(sys.stdin)
    java = _Java()
    json.dump({file: _read(file, set(cells), java) for file, cells in wanted.items()}, sys.stdout)


if __name__ == "__main__":
    main()
