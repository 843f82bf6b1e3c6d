"""Small workbooks to lint: one that keeps every rule, and for each rule a change that breaks just that one."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font, NamedStyle, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

YEARS = "CDEFG"
ODD = "E9"
"""The cell of Checks that most changes put their formula into."""


@dataclass
class Draft:
    """A workbook in the making. `results` are stored results of formulas, 1 where nothing else is said and none for
    None; `parts` are further parts of the file."""

    book: Workbook
    results: dict[str, object] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def __getitem__(self, title: str) -> Worksheet:
        sheet = self.book[title]
        assert isinstance(sheet, Worksheet)
        return sheet

    def odd(self, formula: object) -> None:
        self["Checks"][ODD].value = formula

    def save(self, path: Path) -> Path:
        buffer = BytesIO()
        self.book.save(buffer)
        titles = {f"xl/worksheets/sheet{at}.xml": sheet.title for at, sheet in enumerate(self.book.worksheets, 1)}
        with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name in titles:
                    data = self._stored(data.decode(), titles[name]).encode()
                new.writestr(name, data)
            for name, data in self.parts.items():
                new.writestr(name, data)
        return path

    def _stored(self, xml: str, title: str) -> str:
        def with_result(match: re.Match[str]) -> str:
            result = self.results.get(f"{title}!{match[1]}", 1)
            if result is None:
                return match.group()
            kind = "n" if not isinstance(result, str) else "e" if result.startswith("#") else "str"
            attributes = re.sub(r' t="\w+"', "", match[2])
            return f'<c r="{match[1]}"{attributes} t="{kind}">{match[3]}<v>{result}</v></c>'

        return re.sub(r'<c r="(\w+)"([^>]*)>(<f.*?</f>)<v ?(?:/>|></v>)</c>', with_result, xml)


def good() -> Draft:
    """Inputs, costs over five years and checks, in accordance with every rule."""
    book = Workbook()
    book.remove(book.worksheets[0])
    style = NamedStyle("Input", font=Font(color="FF1D4ED8"), fill=PatternFill("solid", fgColor="FFFFF7DB"))
    style.protection = Protection(locked=False)
    book.add_named_style(style)
    draft = Draft(book)
    about = book.create_sheet("About")
    for row, text in enumerate(("Costs of the office", "Yellow cells are inputs; everything follows from them."), 1):
        about.cell(row, 1, text)
    inputs, costs, checks = (book.create_sheet(title) for title in ("Inputs", "Costs", "Checks"))
    for sheet in (inputs, costs):
        sheet["A1"] = sheet.title
        sheet["A2"], sheet["B2"] = "All checks", "=Checks!$C$3"
        draft.results[f"{sheet.title}!B2"] = "OK"
    _inputs(inputs)
    _costs(costs)
    _checks(checks, draft)
    for sheet in book.worksheets:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.protection.sheet = True
        if sheet is not about:
            sheet.freeze_panes = "A5"
    return draft


def _inputs(sheet: Worksheet) -> None:
    rows = {
        4: ("Input", "Unit", "Value"),
        5: ("Staff", "FTE", 240),
        6: ("Licence", "EUR/FTE/month", 6.5),
        7: ("Support", "EUR/month", 150),
        9: ("Rent, ground floor", "EUR/month", 900),
        10: ("Rent, first floor", "EUR/month", 800),
        11: ("Rent, attic", "EUR/month", 300),
        12: ("Rent", "EUR/month", "=SUM(C9:C11)"),
    }
    for row, values in rows.items():
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, int | float):
                cell.style = "Input"
    validation = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    validation.add("C5:C11")
    sheet.add_data_validation(validation)


def _costs(sheet: Worksheet) -> None:
    formulas = {
        5: ("Licences", "=Inputs!$C$5*Inputs!$C$6*12"),
        6: ("Support", "=Inputs!$C$7*12"),
        7: ("Attic", "=Inputs!$C$11*12"),
        8: ("Total", "=SUM({0}5:{0}7)"),
    }
    sheet["A4"], sheet["B4"] = "Item", "Unit"
    for at, letter in enumerate(YEARS, 1):
        sheet[f"{letter}4"] = f"Year {at}"
        for row, (label, formula) in formulas.items():
            sheet[f"A{row}"], sheet[f"B{row}"] = label, "EUR"
            sheet[f"{letter}{row}"] = formula.format(letter)
            sheet[f"{letter}{row}"].number_format = "#,##0"


def _checks(sheet: Worksheet, draft: Draft) -> None:
    sheet["A1"] = "Checks"
    sheet["A3"], sheet["C3"] = "All checks", '=IF(COUNTIF(C5:C9,"OK")=COUNTA(C5:C9),"OK","CHECK")'
    draft.results["Checks!C3"] = "OK"
    for column, head in enumerate(("Check", "Unit", "Result", "One way", "The other way"), 1):
        sheet.cell(4, column, head)
    for row, letter in enumerate(YEARS, 5):
        sheet[f"A{row}"], sheet[f"B{row}"] = f"Costs of year {row - 4} add up", "EUR"
        sheet[f"C{row}"] = f'=IF(D{row}=E{row},"OK","CHECK")'
        sheet[f"D{row}"] = f"=Costs!{letter}8"
        sheet[f"E{row}"] = f"=Costs!{letter}5+Costs!{letter}6+Costs!{letter}7"
        draft.results[f"Checks!C{row}"] = "OK"


Change = Callable[[Draft], object]
BAD: dict[str, Change] = {}
"""By the rule's code, the change that breaks it."""


def breaks(code: str) -> Callable[[Change], Change]:
    def add(change: Change) -> Change:
        BAD[code] = change
        return change

    return add


def _odd(code: str, formula: object) -> None:
    BAD[code] = lambda draft: draft.odd(formula)


_odd("WB205", "=Costs!G5+Costs!G6" + "+Costs!G5-Costs!G5" * 15)
_odd("WB206", "=" + "ABS(" * 7 + "Costs!G8" + ")" * 7)
_odd("WB207", "=IF(Costs!G5>0,IF(Costs!G6>0,IF(Costs!G7>0,IF(Costs!G8>0,Costs!G8,0),0),0),0)")
_odd("WB208", "=Costs!G8+0*RAND()")
_odd("WB209", "=OFFSET(Costs!G8,0,0)")
_odd("WB210", "=NPV(0,Costs!G5:G8)")
_odd("WB211", "=D9")
_odd("WB213", "=Costs!G8+nowhere")
_odd("WB215", "=IFERROR(Costs!G8,0)")
_odd("WB216", "=Costs!G8+E9")
_odd("WB227", "=Costs!G8+[1]Budget!A1")
_odd("WB228", "=SUM(Costs!$G:$G)")
_odd("WB218", ArrayFormula(ODD, "=SUM(Costs!G5:G7)"))
_odd("WB219", "=_xlfn.XLOOKUP(1,Costs!G5:G7,Costs!G5:G7)")
_odd("WB501", "=Costs!G8" + "+Costs!G5" * 1_000)
_odd("WB502", "=" + "ABS(" * 65 + "Costs!G8" + ")" * 65)
_odd("WB503", "=SUM(Costs!G5" + ",0" * 255 + ")")


@breaks("WB101")
def _(draft: Draft) -> None:
    draft["About"].sheet_state = "hidden"


@breaks("WB102")
def _(draft: Draft) -> None:
    for row in (6, 7):
        draft["Costs"].row_dimensions[row].hidden = True


@breaks("WB103")
def _(draft: Draft) -> None:
    draft["Costs"].column_dimensions["D"].hidden = True


@breaks("WB116")
def _(draft: Draft) -> None:
    draft["Costs"].row_dimensions[6].height = 0.5


@breaks("WB104")
def _(draft: Draft) -> None:
    draft["About"].merge_cells("A2:B2")


@breaks("WB105")
def _(draft: Draft) -> None:
    link = ExternalLink(externalBook=ExternalBook())
    link.file_link = Relationship(type="externalLinkPath", Target="budget.xlsx", TargetMode="External", Id="rId1")
    draft.book._external_links.append(link)  # type: ignore[attr-defined]


@breaks("WB106")
def _(draft: Draft) -> None:
    draft.parts["xl/vbaProject.bin"] = b"macros"


@breaks("WB107")
def _(draft: Draft) -> None:
    draft.book.calculation.iterate = True


@breaks("WB108")
def _(draft: Draft) -> None:
    draft.book.calculation.calcMode = "manual"


@breaks("WB109")
def _(draft: Draft) -> None:
    draft.book.calculation.fullPrecision = False


@breaks("WB110")
def _(draft: Draft) -> None:
    draft["About"].title = "Words"


@breaks("WB111")
def _(draft: Draft) -> None:
    draft.book.remove(draft["Checks"])
    for title in ("Inputs", "Costs"):
        draft[title]["A2"] = draft[title]["B2"] = None


@breaks("WB112")
def _(draft: Draft) -> None:
    draft["Costs"]["A2"] = draft["Costs"]["B2"] = None


@breaks("WB113")
def _(draft: Draft) -> None:
    draft["Costs"].title = "Sheet1"
    for sheet in draft.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("Costs!", "Sheet1!")


@breaks("WB114")
def _(draft: Draft) -> None:
    draft["Costs"].protection.sheet = False


@breaks("WB115")
def _(draft: Draft) -> None:
    draft.book.create_sheet("Blank")


@breaks("WB201")
def _(draft: Draft) -> None:
    for letter in YEARS:
        draft["Costs"][f"{letter}6"] = "=Inputs!$C$7*12*1.19"


@breaks("WB202")
def _(draft: Draft) -> None:
    draft["Costs"]["E5"] = "=Inputs!$C$5*Inputs!$C$7*12"


@breaks("WB203")
def _(draft: Draft) -> None:
    draft["Checks"]["C7"] = '=IF(D7>=E7,"OK","CHECK")'


@breaks("WB204")
def _(draft: Draft) -> None:
    draft["Costs"]["E5"] = 18_000


@breaks("WB212")
def _(draft: Draft) -> None:
    draft.results[f"Checks!{ODD}"] = "#DIV/0!"


@breaks("WB214")
def _(draft: Draft) -> None:
    draft.results[f"Checks!{ODD}"] = None


@breaks("WB217")
def _(draft: Draft) -> None:
    draft["Inputs"]["C12"] = "=SUM(C9:C10)"


@breaks("WB220")
def _(draft: Draft) -> None:
    draft.odd("=SUM(Costs!C5:C7)+Costs!C5-Costs!C5")
    for cell, value in (("A10", "Again"), ("B10", "EUR"), ("C10", "=SUM(C5:C7)+C5-C5")):
        draft["Costs"][cell] = value


@breaks("WB221")
def _(draft: Draft) -> None:
    draft.book.defined_names["rate"] = DefinedName("rate", attr_text="0.19")


@breaks("WB222")
def _(draft: Draft) -> None:
    for row in (8, 9):
        draft["Checks"][f"E{row}"] = f"=D{row}*Inputs!C5"


@breaks("WB223")
def _(draft: Draft) -> None:
    for letter in "FG":
        draft["Costs"][f"{letter}6"] = "=Inputs!$C$6*12"


@breaks("WB224")
def _(draft: Draft) -> None:
    sheet = draft["Inputs"]
    for at, letter in enumerate("DEFG", 1):
        sheet[f"{letter}14"], sheet[f"{letter}15"] = f"Year {at}", f"=Costs!{YEARS[at - 1]}8"
    sheet["A15"], sheet["B15"] = "Costs", "EUR"


@breaks("WB225")
def _(draft: Draft) -> None:
    draft.odd("=VLOOKUP(A9,Costs!A5:G8,3)")


@breaks("WB226")
def _(draft: Draft) -> None:
    draft.odd("=Costs!G8+Costs!G9")


@breaks("WB301")
def _(draft: Draft) -> None:
    sheet = draft["Inputs"]
    sheet["F20"] = 5
    sheet["F20"].style = "Input"
    sheet.data_validations.dataValidation[0].add("F20")
    draft.odd("=Costs!G8+Inputs!F20")


@breaks("WB302")
def _(draft: Draft) -> None:
    draft["Inputs"]["B7"] = None


@breaks("WB303")
def _(draft: Draft) -> None:
    draft["Inputs"]["A10"] = "Rent, ground floor"


@breaks("WB304")
def _(draft: Draft) -> None:
    draft["Inputs"]["C7"].protection = Protection(locked=True)


@breaks("WB305")
def _(draft: Draft) -> None:
    draft["Costs"]["E8"].protection = Protection(locked=False)


@breaks("WB306")
def _(draft: Draft) -> None:
    validation = draft["Inputs"].data_validations.dataValidation[0]
    validation.sqref.remove("C5:C11")
    for cells in ("C5:C6", "C9:C11"):
        validation.add(cells)


@breaks("WB307")
def _(draft: Draft) -> None:
    sheet = draft["Inputs"]
    sheet["A8"], sheet["B8"], sheet["C8"] = "Spare", "EUR", 3
    sheet["C8"].style = "Input"


@breaks("WB308")
def _(draft: Draft) -> None:
    draft["Inputs"]["C7"] = "150"


@breaks("WB309")
def _(draft: Draft) -> None:
    draft["Inputs"]["C7"].style = "Normal"


@breaks("WB310")
def _(draft: Draft) -> None:
    cell = draft["Inputs"]["C7"]
    cell.style = "Normal"
    cell.protection = Protection(locked=False)


@breaks("WB401")
def _(draft: Draft) -> None:
    draft["About"].sheet_properties.pageSetUpPr = None


@breaks("WB402")
def _(draft: Draft) -> None:
    draft["About"]["A60"] = "The end"
    draft["About"].freeze_panes = "A2"


@breaks("WB403")
def _(draft: Draft) -> None:
    draft["About"]["A45"] = "The end"


@breaks("WB404")
def _(draft: Draft) -> None:
    draft["About"]["A2"].font = Font(color="FFFFFFFF")


@breaks("WB405")
def _(draft: Draft) -> None:
    draft["Costs"]["E8"].number_format = "0.00"


@breaks("WB406")
def _(draft: Draft) -> None:
    draft["About"]["A2"].comment = Comment("Ask the landlord", "Author")


@breaks("WB407")
def _(draft: Draft) -> None:
    chart = BarChart()
    chart.add_data(Reference(draft["Costs"], min_col=3, max_col=7, min_row=8))
    draft["About"].add_chart(chart, "A5")


@breaks("WB408")
def _(draft: Draft) -> None:
    draft["Costs"]["B8"] = None


@breaks("WB504")
def _(draft: Draft) -> None:
    # openpyxl would cut the text if it were assigned in the usual way.
    draft["About"]["A2"]._value = "x" * 32_768


@breaks("WB505")
def _(draft: Draft) -> None:
    draft.book.defined_names["GPT4"] = DefinedName("GPT4", attr_text="Inputs!$C$5")


@breaks("WB506")
def _(draft: Draft) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        draft["About"].title = "About this book and how it is used"


@breaks("WB507")
def _(draft: Draft) -> None:
    draft["About"].oddHeader.center.text = "x" * 256


@breaks("WB508")
def _(draft: Draft) -> None:
    choices = ",".join(f"choice {number}" for number in range(40))
    validation = DataValidation(type="list", formula1=f'"{choices}"')
    validation.add("A9")
    draft["About"].add_data_validation(validation)
