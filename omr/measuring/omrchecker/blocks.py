"""Field blocks: what their keys mean together, and where their bubbles lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.geometry import Box
from omr.measuring.omrchecker import words
from omr.measuring.omrchecker.field_types import FieldType
from omr.measuring.omrchecker.labels import MOST_FIELDS, LabelError, labels_of
from omr.measuring.omrchecker.model import FieldBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from omr.measuring.omrchecker.checking import Findings, Place
    from omr.measuring.omrchecker.model import Pair
    from omr.measuring.omrchecker.schema import BlockEntry

_SLACK = 1.0
"""A block may leave the page by a pixel: sizes and places are often rounded apart."""


def bubble_boxes(block: FieldBlock) -> tuple[tuple[Box, ...], ...]:
    """Boxes of the bubbles in the template's frame, a row for every field of the block."""
    rows, along = [], 0.0
    x, y = block.origin
    for gap in (*block.labels_gaps, 0.0):
        steps = [number * block.bubbles_gap for number in range(len(block.values))]
        places = [(x + along, y + s) if block.vertical else (x + s, y + along) for s in steps]
        rows.append(tuple(Box(*place, *block.bubble) for place in places))
        along += gap
    return tuple(rows)


def field_block(
    name: str,
    entry: BlockEntry,
    default_bubble: Pair,
    types: Mapping[str, FieldType],
    findings: Findings,
) -> FieldBlock | None:
    """The block, or None if its keys do not fit together (the findings say why)."""
    place: Place = ("fieldBlocks", name)
    kind = _field_type(entry, types, place, findings)
    labels = expanded(entry.field_labels, (*place, "fieldLabels"), findings)
    gaps = _labels_gaps(entry, len(labels), place, findings)
    if kind is None or gaps is None or not labels:
        return None
    bubble = entry.bubble_dimensions or default_bubble
    return FieldBlock(
        name, entry.origin, bubble, entry.bubbles_gap, gaps, kind.vertical, labels, kind.values
    )


def expanded(written: Iterable[str], place: Place, findings: Findings) -> tuple[str, ...]:
    """All labels that a list of labels and ranges stands for."""
    labels: list[str] = []
    for position, label in enumerate(written):
        try:
            labels += labels_of(label)
        except LabelError as error:
            findings.add((*place, position), words.bad_label(label, error.reason))
        if len(labels) > MOST_FIELDS:
            findings.add((*place, position), words.bad_label(label, "length"))
            break
    return tuple(labels)


def check_blocks(
    blocks: Iterable[tuple[FieldBlock, Place]], size: Pair, findings: Findings
) -> None:
    """Fields that stand twice, values that stand twice, bubbles upon each other or off the page."""
    first: dict[str, str] = {}
    for block, place in blocks:
        for label in block.labels:
            if label in first:
                findings.add(place, words.label_twice(label, first[label]))
            first.setdefault(label, block.name)
        for value in {value for value in block.values if block.values.count(value) > 1}:
            findings.add(place, words.value_twice(value))
        if len(block.values) > 1 and block.bubbles_gap < 1:
            findings.add((*place, "bubblesGap"), words.no_room(block.bubbles_gap))
        if any(gap < 1 for gap in block.labels_gaps):
            findings.add((*place, "labelsGap"), words.no_room(min(block.labels_gaps)))
        _check_inside(block, place, size, findings)


def check_joined(
    joined: Mapping[str, tuple[str, ...]], labels: Iterable[str], key: str, findings: Findings
) -> None:
    """Joined columns may name only fields that are there."""
    known = sorted(set(labels))
    for name, parts in joined.items():
        for part in parts:
            if part not in known:
                findings.add((key, name), words.no_field(part, known))


def _field_type(
    entry: BlockEntry, types: Mapping[str, FieldType], place: Place, findings: Findings
) -> FieldType | None:
    if entry.field_type is None:
        if entry.bubble_values is None:
            findings.add(place, words.type_or_values())
            return None
        return FieldType(entry.bubble_values, vertical=entry.direction != "horizontal")
    kind = types.get(entry.field_type)
    if kind is None:
        findings.add((*place, "fieldType"), words.unknown_type(entry.field_type, types))
    elif entry.bubble_values not in (None, kind.values):
        findings.add((*place, "bubbleValues"), words.type_and_values(entry.field_type))
    return kind


def _labels_gaps(
    entry: BlockEntry, labels: int, place: Place, findings: Findings
) -> tuple[float, ...] | None:
    if not isinstance(entry.labels_gap, tuple):
        return (entry.labels_gap,) * (labels - 1)
    if len(entry.labels_gap) != labels - 1:
        message = words.gaps_count(len(entry.labels_gap), labels - 1)
        findings.add((*place, "labelsGap"), message)
        return None
    return entry.labels_gap


def _check_inside(block: FieldBlock, place: Place, size: Pair, findings: Findings) -> None:
    last = bubble_boxes(block)[-1][-1]
    x, y = block.origin
    if last.right > size[0] + _SLACK or last.bottom > size[1] + _SLACK:
        covered = (x, y, last.right - x, last.bottom - y)
        findings.add(place, words.outside(covered, size))
