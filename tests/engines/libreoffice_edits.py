"""Edits of an open workbook as LibreOffice's menus and keys do them. Run by the system's Python.

An edit is a list: the name of a method of `Hands`, and its arguments. Ranges are written as in the interface: "B7",
"C1:D1". Sheets are unprotected first, as a reader would who changes what is locked. The same functions of the program
stand behind its menus and its programming interface; by way of the menus themselves it ends now and then, as long as
it has no screen.
"""

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.CellFlags import DATETIME, FORMULA, STRING, VALUE
from com.sun.star.sheet.FillDirection import TO_BOTTOM


def option(name, value):
    return PropertyValue(name, 0, value, 0)


class Hands:
    """What a reader does to a document."""

    def __init__(self, document):
        self.document = document
        for name in document.Sheets.ElementNames:
            self.sheet(name).unprotect("")

    def do(self, edits):
        for name, *arguments in edits:
            getattr(self, name)(*arguments)

    def sheet(self, name):
        return self.document.Sheets.getByName(name)

    def range(self, sheet, area):
        return self.sheet(sheet).getCellRangeByName(area)

    def insert_columns(self, sheet, area):
        """Before the columns of an area, as many as it has."""
        at = self.range(sheet, area).RangeAddress
        self.sheet(sheet).Columns.insertByIndex(at.StartColumn, at.EndColumn - at.StartColumn + 1)

    def insert_rows(self, sheet, area):
        """Above the rows of an area, as many as it has."""
        at = self.range(sheet, area).RangeAddress
        self.sheet(sheet).Rows.insertByIndex(at.StartRow, at.EndRow - at.StartRow + 1)

    def delete_columns(self, sheet, area):
        at = self.range(sheet, area).RangeAddress
        self.sheet(sheet).Columns.removeByIndex(at.StartColumn, at.EndColumn - at.StartColumn + 1)

    def delete_rows(self, sheet, area):
        at = self.range(sheet, area).RangeAddress
        self.sheet(sheet).Rows.removeByIndex(at.StartRow, at.EndRow - at.StartRow + 1)

    def enter(self, sheet, cell, text):
        """Type it: the program finds out whether it is a number, a date, a share or a formula."""
        self.range(sheet, cell).FormulaLocal = text

    def clear(self, sheet, area):
        self.range(sheet, area).clearContents(VALUE | DATETIME | STRING | FORMULA)

    def fill_down(self, sheet, area):
        """The first row of an area into the others."""
        self.range(sheet, area).fillAuto(TO_BOTTOM, 1)

    def sort(self, sheet, area, column, descending=False):
        """The rows of an area by one of its columns, counted from 0."""
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending, field.IsCaseSensitive = column, not descending, False
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        options = option("SortFields", fields), option("ContainsHeader", False), option("BindFormatsToContent", True)
        self.range(sheet, area).sort(options)

    def copy(self, sheet, area, other, cell):
        """Copy and paste, with formulas and formats."""
        self.sheet(other).copyRange(self.range(other, cell).CellAddress, self.range(sheet, area).RangeAddress)

    def cut(self, sheet, area, other, cell):
        """Cut and paste: what refers to the cells follows them."""
        self.sheet(other).moveRange(self.range(other, cell).CellAddress, self.range(sheet, area).RangeAddress)

    def rename_sheet(self, sheet, name):
        self.sheet(sheet).Name = name

    def copy_sheet(self, sheet, name, place):
        self.document.Sheets.copyByName(sheet, name, place)

    def move_sheet(self, sheet, place):
        self.document.Sheets.moveByName(sheet, place)

    def delete_sheet(self, sheet):
        self.document.Sheets.removeByName(sheet)
