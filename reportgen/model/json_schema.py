"""The JSON Schema of the model file, for editors that complete and check YAML with it."""

from __future__ import annotations

import json

from reportgen.model.records import record_schema
from reportgen.model.spec import ModelSpec


def json_schema() -> str:
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "reportgen model",
        "description": "A cost model: assumptions, costs by option, totals, and what is asked of them.",
    }
    return json.dumps(head | record_schema(ModelSpec), indent=1, ensure_ascii=False) + "\n"
