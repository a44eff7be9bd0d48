"""What both readers of fields hand over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from omr.measuring.omrchecker.checking import Place
    from omr.measuring.omrchecker.model import FieldBlock, Pair


@dataclass(frozen=True, slots=True)
class Fields:
    """The template before its preprocessors are read: ``steps`` are name, options, place of each.

    ``processing`` is the width and height that the file itself gives, or None.
    """

    size: Pair
    blocks: tuple[FieldBlock, ...]
    joined: tuple[tuple[str, tuple[str, ...]], ...]
    steps: list[tuple[Any, Any, Place]]
    processing: Pair | None
