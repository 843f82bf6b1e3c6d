"""Recalculate workbooks in one LibreOffice process. Run by the system's Python, which has `uno`.

Reads JSON lines `{"file": path, "changes": [[sheet, cell, value], ...]}` on standard input and answers each with
`{"Sheet!B7": value, ...}` of every cell that is not empty, after a hard recalculation of the changed workbook. With
`"save": path` the changed workbook is also written there, as Excel's format. With `"edits"` it does these, as
`libreoffice_edits` says, in place of changes, and answers with the cells of the `"sheets"`.
"""

import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.table.CellContentType import VALUE
from libreoffice_edits import Hands


def connect(profile):
    pipe = f"reportgen{time.time_ns()}"
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def cells_of(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
    for row, values in enumerate(area.getDataArray()):
        for column, value in enumerate(values):
            address = f"{sheet.Name}!{column_name(column)}{row + 1}"
            if value is None:
                yield address, f"#ERROR {sheet.getCellByPosition(column, row).getError()}"
            elif value != "":
                yield address, value


def column_name(column):
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def edited(desktop, job):
    """The cells of some sheets after edits of a workbook, which is read anew each time."""
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = desktop.loadComponentFromURL(pathlib.Path(job["file"]).as_uri(), "_blank", 0, (hidden,))
    try:
        Hands(document).do(job["edits"])
        document.calculateAll()
        sheets = [document.Sheets.getByName(name) for name in job["sheets"] if document.Sheets.hasByName(name)]
        return {cell: value for sheet in sheets for cell, value in cells_of(sheet)}
    finally:
        document.close(True)


def answer(values):
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main():
    with tempfile.TemporaryDirectory() as folder:
        process, desktop = connect(pathlib.Path(folder).as_posix())
        hidden = PropertyValue("Hidden", 0, True, 0)
        documents = {}
        try:
            for line in sys.stdin:
                job = json.loads(line)
                path = job["file"]
                if "edits" in job:
                    answer(edited(desktop, job))
                    continue
                if path not in documents:
                    documents[path] = desktop.loadComponentFromURL(pathlib.Path(path).as_uri(), "_blank", 0, (hidden,))
                document = documents[path]
                undo = []
                for sheet, address, value in job["changes"]:
                    cell = document.Sheets.getByName(sheet).getCellRangeByName(address)
                    undo.append((cell, cell.Type, cell.Value, cell.String))
                    if isinstance(value, str):
                        cell.String = value
                    else:
                        cell.Value = value
                document.calculateAll()
                values = {}
                for name in document.Sheets.ElementNames:
                    values.update(cells_of(document.Sheets.getByName(name)))
                if "save" in job:
                    excel = PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
                    document.storeToURL(pathlib.Path(job["save"]).as_uri(), (excel,))
                answer(values)
                for cell, kind, number, text in reversed(undo):
                    if kind == VALUE:
                        cell.Value = number
                    else:
                        cell.String = text
        finally:
            for document in documents.values():
                document.close(True)
            with contextlib.suppress(DisposedException):  # the bridge goes down with the program
                desktop.terminate()
            process.wait(30)


if __name__ == "__main__":
    main()
