"""From printed paper to files: the one place where the bench meets its people and machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from omr.accuracy.hand import Stroke
    from omr.accuracy.model import Captured, PaperSide, Profile, Said
    from omr.form.model import Form
    from omr.layout.model import Layout


@dataclass(frozen=True)
class Filled:
    """A sheet that somebody filled in: what they said, and its sides with the ink on them.

    ``pen`` names what they wrote with, for the tables; ``strokes`` are its movements by page.
    """

    said: tuple[Said, ...]
    sides: tuple[PaperSide, ...]
    pen: str = ""
    strokes: Mapping[int, Sequence[Stroke]] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivered:
    """A sheet as a device delivered it: a file for every page that was printed, in their order.

    ``said`` is what can still be told from the paper after what befell it on the way (a row under
    a stain is not plain any more); ``notes`` say for people how it was captured.
    """

    said: tuple[Said, ...]
    sides: tuple[Captured, ...]
    notes: str = ""


class Simulation(Protocol):
    """People and machines; picklable, and the same for the same seeds."""

    def fill(
        self, form: Form, layout: Layout, sides: Sequence[PaperSide], profile: Profile, seed: int
    ) -> Filled:
        """One person fills in one printed sheet; ``sides`` are its pages in order."""
        ...

    def capture(self, layout: Layout, filled: Filled, profile: Profile, seed: int) -> Delivered:
        """One device captures every side of it."""
        ...
