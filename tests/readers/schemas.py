"""The published schemas of the file format: ISO/IEC 29500-4 for what is in the parts, 29500-2 for the package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

_FOLDER = Path(__file__).with_name("xsd")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_BY_NAMESPACE = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "iso/sml.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "iso/dml-chart.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "iso/dml-spreadsheetDrawing.xsd",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "iso/dml-main.xsd",
    f"{_OFFICE}/extended-properties": "iso/shared-documentPropertiesExtended.xsd",
    f"{_OFFICE}/custom-properties": "iso/shared-documentPropertiesCustom.xsd",
    "http://schemas.openxmlformats.org/package/2006/content-types": "opc/opc-contentTypes.xsd",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "opc/opc-coreProperties.xsd",
    "http://schemas.openxmlformats.org/package/2006/relationships": "opc/opc-relationships.xsd",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def violations(workbook: bytes) -> Iterator[str]:
    """What a part has that its schema does not allow, and what no schema describes."""
    with ZipFile(BytesIO(workbook)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(archive.read(name))
            for text in root.iter("{*}t"):
                text.attrib.pop(_SPACE, None)  # which Excel writes, and the schema forgot
            file = _BY_NAMESPACE.get(etree.QName(root).namespace)
            if file is None:
                yield f"{name}: no schema for {root.tag}"
            elif not (schema := _schema(file)).validate(root):
                yield from (f"{name}:{error.line}: {error.message}" for error in schema.error_log)


@cache
def _schema(file: str) -> Any:
    return etree.XMLSchema(etree.parse(_FOLDER / file))
