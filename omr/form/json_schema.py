"""The form language as JSON Schema, for editors that complete and check YAML.

It is made from the models that check the forms, and published as
``form_templates/schema/phieu.schema.json``: ``omr forms --schema`` prints it.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from omr.form.schema import DesignedEntry, MeasuredEntry, SharedEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def form_schema() -> dict[str, Any]:
    """One schema for all YAML files of the language, told apart by the key that only one has."""
    models = (DesignedEntry, MeasuredEntry, SharedEntry)
    references, definitions = models_json_schema([(model, "validation") for model in models])
    designed, measured, shared = (references[model, "validation"] for model in models)
    # What a form includes may bring the heading.
    written = definitions["$defs"][DesignedEntry.__name__]
    written["required"].remove("heading")
    written["anyOf"] = [{"required": ["include"]}, {"required": ["heading"]}]
    return {
        "$schema": DIALECT,
        "title": "Mẫu phiếu (phieu-omr)",
        "type": "object",
        "if": {"required": ["measured"]},
        "then": measured,
        "else": {
            "if": {"required": ["sections"]},
            "then": designed,
            "else": _without_sections(shared),
        },
        **definitions,
    }


def form_schema_json() -> str:
    """The schema as the text of the published file."""
    return json.dumps(form_schema(), ensure_ascii=False, indent=1) + "\n"


def _without_sections(shared: dict[str, Any]) -> dict[str, Any]:
    """A file to include, unless it has the title of a form."""
    return {
        "if": {"required": ["title"]},
        "then": {"required": ["sections"]},
        "else": shared,
    }
