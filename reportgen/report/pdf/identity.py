"""What a PDF says it is: PDF/A-3a, which WeasyPrint writes, and PDF/UA-1 beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

VARIANT = "pdf/a-3a"

# PDF/A takes no property that it does not know unless the file describes it: hence the schema.
_UNIVERSAL_ACCESS = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END = b"</rdf:RDF>"


def state_universal_access(metadata: Any) -> None:
    """Let a document's metadata, which name one standard only, name PDF/UA-1 too."""
    write: Callable[..., bytes] = metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        text = write(*arguments)
        if not text.endswith(_END):
            raise ValueError("WeasyPrint’s metadata do not end as expected")
        return text.removesuffix(_END) + _UNIVERSAL_ACCESS + _END

    metadata.generate_rdf_metadata = both


def leave_metadata_readable(pdf: Any) -> None:
    """An archive reads the metadata without unpacking anything."""
    pdf.objects[int(pdf.catalog["Metadata"].split()[0])].compress = False


def leave_pictures_unsmoothed(pdf: Any) -> None:
    """PDF/A forbids to ask a reader for the smoothing of pictures, as WeasyPrint does unless CSS says otherwise."""
    for each in pdf.objects:
        extra = getattr(each, "extra", {})
        if extra.get("Interpolate") == "true":
            extra["Interpolate"] = "false"
