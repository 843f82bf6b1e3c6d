"""reportgen: a cost model in YAML becomes a live Excel workbook and a branded PDF."""

__version__ = "0.1.0"
