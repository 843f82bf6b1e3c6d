"""Print workbooks in one LibreOffice process, and let it make their rows as high as their texts need.

Run by the system's Python, which has `uno`. Arguments: workbooks. Beside each it writes a PDF, and an `.ods` in which
every row has the height that LibreOffice would give it.
"""

import pathlib
import sys
import tempfile

import uno  # noqa: F401 - makes the modules below known
from com.sun.star.beans import PropertyValue
from libreoffice_worker import connect


def save(document, file, kind):
    document.storeToURL(file.as_uri(), (PropertyValue("FilterName", 0, kind, 0),))


def main(paths):
    hidden = PropertyValue("Hidden", 0, True, 0)
    with tempfile.TemporaryDirectory() as folder:
        process, desktop = connect(pathlib.Path(folder).as_posix())
        try:
            for path in paths:
                file = pathlib.Path(path).resolve()
                document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, (hidden,))
                save(document, file.with_suffix(".pdf"), "calc_pdf_Export")
                for name in document.Sheets.ElementNames:
                    sheet = document.Sheets.getByName(name)
                    sheet.unprotect("")
                    sheet.Rows.OptimalHeight = True
                save(document, file.with_suffix(".ods"), "calc8")
                document.close(True)
        finally:
            desktop.terminate()
            process.wait(30)


main(sys.argv[1:])
