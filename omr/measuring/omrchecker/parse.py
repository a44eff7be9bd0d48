"""template.json read as a :class:`Template`, whatever its generation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omr.language import say
from omr.measuring.omrchecker.checking import Findings
from omr.measuring.omrchecker.early import read_early_fields
from omr.measuring.omrchecker.json_file import Wrong, read_json, refused
from omr.measuring.omrchecker.model import Template
from omr.measuring.omrchecker.steps import StepReader
from omr.measuring.omrchecker.version1 import read_fields

if TYPE_CHECKING:
    from pathlib import Path

    from omr.measuring.omrchecker.model import Pair

PROCESSING = (666.0, 820.0)
"""Width and height to which version 1 brings every picture first, unless config.json differs."""
PROCESSING_2 = (650.0, 900.0)
"""The same in version 2, unless the template differs."""


def read_template(path: Path, config: Path | None = None) -> Template:
    """The template in a file; ``config`` is the config.json that goes with it, if there is one.

    Raises:
        FormError: with file and place of everything that is wrong.
    """
    tree = read_json(path)
    findings = Findings()
    early = "qblocks" in {key.lower() for key in tree}
    fields = (read_early_fields if early else read_fields)(tree, findings)
    if fields is None:
        raise refused(path, findings.wrong)
    default = PROCESSING_2 if "templateDimensions" in tree else PROCESSING
    processing = fields.processing or _configured(config) or default
    steps = StepReader(findings, path.parent, processing[0]).read(fields.steps)
    if not fields.blocks and not findings.wrong:
        findings.wrong.append(Wrong(("fieldBlocks",), _no_bubbles()))
    if findings.wrong:
        raise refused(path, findings.wrong)
    return Template(
        path=path,
        size=fields.size,
        processing=processing,
        blocks=fields.blocks,
        steps=steps,
        joined=fields.joined,
        ignored=tuple(dict.fromkeys(findings.ignored)),
    )


def _configured(config: Path | None) -> Pair | None:
    """Processing width and height of a config.json, None where it does not say."""
    if config is None:
        return None
    dimensions = read_json(config).get("dimensions")
    if not isinstance(dimensions, dict):
        return None
    width, height = (_size(dimensions.get(f"processing_{side}")) for side in ("width", "height"))
    return (width, height) if width and height else None


def _size(number: Any) -> float | None:
    return float(number) if isinstance(number, int | float) and number >= 1 else None


def _no_bubbles() -> str:
    return say(
        "không có khối ô tròn nào để chuyển; mẫu này không đọc được ở đây.",
        "there is no block of bubbles to import; this template cannot be used here.",
    )
