"""Templates with ``fieldBlocks``: version 1 and 2 of OMRChecker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omr.measuring.omrchecker.blocks import check_blocks, check_joined, expanded, field_block
from omr.measuring.omrchecker.field_types import VERSION_1, FieldType
from omr.measuring.omrchecker.reading import Fields
from omr.measuring.omrchecker.schema import BlockEntry, TemplateEntry
from omr.measuring.omrchecker.steps import named_steps

if TYPE_CHECKING:
    from omr.measuring.omrchecker.checking import Findings

_BUBBLES = "BUBBLES_THRESHOLD"


def read_fields(tree: dict[str, Any], findings: Findings) -> Fields | None:
    """What the file says, or None if its shape is wrong (the findings say how)."""
    own = _without_other_blocks(tree, findings)
    entry = findings.validated(TemplateEntry, own)
    if entry is None:
        for name, block in _blocks_of(own).items():
            findings.near_misses(BlockEntry, block, ("fieldBlocks", name))
        return None
    types = VERSION_1 | {
        name: FieldType(custom.bubble_values, vertical=custom.direction == "vertical")
        for name, custom in entry.custom_bubble_field_types.items()
    }
    read = []
    for name, block_entry in entry.field_blocks.items():
        findings.unknown_keys(block_entry, ("fieldBlocks", name))
        block = field_block(name, block_entry, entry.bubble_dimensions, types, findings)
        if block is not None:
            read.append(block)
    placed = [(block, ("fieldBlocks", block.name)) for block in read]
    check_blocks(placed, entry.page_dimensions, findings)
    joined = {
        name: expanded(parts, ("customLabels", name), findings)
        for name, parts in entry.custom_labels.items()
    }
    # Joined columns may name fields of blocks that are passed over.
    if len(read) == len(_blocks_of(tree)):
        labels = [label for block in read for label in block.labels]
        check_joined(joined, labels, "customLabels", findings)
    _say_what_is_passed_over(entry, findings)
    shape = entry.processing_image_shape
    return Fields(
        size=entry.page_dimensions,
        blocks=tuple(read),
        joined=tuple(joined.items()),
        steps=named_steps(entry.pre_processors, ("preProcessors",)),
        processing=(shape[1], shape[0]) if shape else None,
    )


def _without_other_blocks(tree: dict[str, Any], findings: Findings) -> dict[str, Any]:
    """The tree without blocks that hold no bubbles: barcodes and printed words (version 2)."""
    if "fieldBlocks" not in tree or not isinstance(tree["fieldBlocks"], dict):
        return tree
    kept = {}
    for name, block in _blocks_of(tree).items():
        kind = block.get("fieldDetectionType", _BUBBLES) if isinstance(block, dict) else _BUBBLES
        if kind == _BUBBLES:
            kept[name] = block
        else:
            findings.ignored.append(f"fieldBlocks.{name} ({kind})")
    return {**tree, "fieldBlocks": kept}


def _blocks_of(tree: dict[str, Any]) -> dict[str, Any]:
    blocks = tree.get("fieldBlocks")
    return blocks if isinstance(blocks, dict) else {}


def _say_what_is_passed_over(entry: TemplateEntry, findings: Findings) -> None:
    """Keys that are known and have no meaning here."""
    if entry.output_columns:
        findings.ignored.append("outputColumns")
    if entry.empty_value or any(block.empty_value for block in entry.field_blocks.values()):
        findings.ignored.append("emptyValue")
