"""The version of a form: a digest of all that is asked and of where everything is printed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from omr.form.model import Form
    from omr.layout.drawing import PageDrawing
    from omr.layout.model import Layout


def drawing_version(form: Form, layout: Layout, drawings: tuple[PageDrawing, ...]) -> str:
    """Version of a designed form: its content, its geometry and its print."""
    return _sha256([_plain(form), _plain(layout), _plain(drawings)])


def measured_version(form: Form, layout: Layout) -> str:
    """Version of a measured form: its content and its geometry."""
    return _sha256([_plain(form), _plain(layout)])


def _sha256(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON has it, lengths rounded to 0.001 mm."""
    if is_dataclass(value):
        names = (
            one.name
            for one in fields(value)
            if not one.name.startswith("_") and one.metadata.get("on_paper", True)
        )
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return round(value, 3) + 0.0
    return value
