"""Templates of the first generation (``qBlocks``): groups of fields in a grid, one block each.

Its keys were compared in small letters; ``qNos`` is a grid: rows of groups of fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omr.measuring.omrchecker import words
from omr.measuring.omrchecker.blocks import check_blocks, check_joined
from omr.measuring.omrchecker.field_types import EARLY, FieldType
from omr.measuring.omrchecker.model import FieldBlock
from omr.measuring.omrchecker.reading import Fields
from omr.measuring.omrchecker.schema import EarlyTemplateEntry
from omr.measuring.omrchecker.steps import named_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omr.measuring.omrchecker.checking import Findings, Place
    from omr.measuring.omrchecker.model import Pair
    from omr.measuring.omrchecker.schema import EarlyBlockEntry


def read_early_fields(tree: dict[str, Any], findings: Findings) -> Fields | None:
    """What the file says, or None if its shape is wrong (the findings say how)."""
    small = _small_keys(tree)
    entry = findings.validated(EarlyTemplateEntry, small)
    if entry is None:
        return None
    placed: list[tuple[FieldBlock, Place]] = []
    for name, block in entry.qblocks.items():
        place: Place = ("qBlocks", name)
        findings.unknown_keys(block, place)
        kind = _field_type(block, place, findings)
        if kind is not None:
            placed += [(part, place) for part in _groups(name, block, kind, entry.bubbledimensions)]
    check_blocks(placed, entry.dimensions, findings)
    if not findings.wrong:
        labels = [label for block, _ in placed for label in block.labels]
        check_joined(entry.concatenations, labels, "concatenations", findings)
    return Fields(
        size=entry.dimensions,
        blocks=tuple(block for block, _ in placed),
        joined=tuple(entry.concatenations.items()),
        steps=named_steps(entry.preprocessors, ("preProcessors",)),
        processing=None,
    )


def _small_keys(tree: dict[str, Any]) -> dict[str, Any]:
    """Keys of the file and of its blocks in small letters; the blocks keep their names."""
    small = {key.lower(): value for key, value in tree.items()}
    blocks = small.get("qblocks")
    if isinstance(blocks, dict):
        small["qblocks"] = {
            name: {key.lower(): value for key, value in block.items()}
            if isinstance(block, dict)
            else block
            for name, block in blocks.items()
        }
    return small


def _field_type(entry: EarlyBlockEntry, place: Place, findings: Findings) -> FieldType | None:
    if entry.qtype is not None:
        kind = EARLY.get(entry.qtype)
        if kind is None:
            findings.add((*place, "qType"), words.unknown_type(entry.qtype, EARLY))
        return kind
    if entry.vals is None:
        findings.add(place, words.type_or_values())
        return None
    return FieldType(tuple(str(value) for value in entry.vals), vertical=entry.orient != "H")


def _groups(
    name: str, entry: EarlyBlockEntry, kind: FieldType, bubble: Pair
) -> Iterator[FieldBlock]:
    """One block for every group of fields; a block of several groups numbers them from 1.

    Along the values' direction the groups of different rows of ``qNos`` follow each other, across
    it those of one row, ``bigGaps`` apart (from the last bubble's corner to the next group's). How
    far a group reaches was always counted with the y gap across and the x gap along, also where
    the values stand one below the other; published templates are drawn to that.
    """
    along, across = (1, 0) if kind.vertical else (0, 1)
    groups = sum(len(row) for row in entry.qnos)
    place, number = list(entry.orig), 0
    for row in entry.qnos:
        place[across] = entry.orig[across]
        for labels in row:
            number += 1
            yield FieldBlock(
                name=f"{name}.{number}" if groups > 1 else name,
                origin=(place[0], place[1]),
                bubble=bubble,
                bubbles_gap=entry.gaps[along],
                labels_gaps=(entry.gaps[across],) * (len(labels) - 1),
                vertical=kind.vertical,
                labels=labels,
                values=kind.values,
            )
            place[across] += entry.biggaps[across] + (len(labels) - 1) * entry.gaps[1]
        place[along] += entry.biggaps[along] + (len(kind.values) - 1) * entry.gaps[0]
