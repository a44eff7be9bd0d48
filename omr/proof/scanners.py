"""The scanners on which a form is tried, and what each may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.proof.model import Allowance
from omr.simulate import OFFICE, ONE_BIT, POOR

if TYPE_CHECKING:
    from omr.simulate import Profile


@dataclass(frozen=True, slots=True)
class Scanner:
    """A kind of scanner. ``name`` is the slug that ``--json`` gives."""

    name: str
    profile: Profile
    allowance: Allowance


SCANNERS = (
    Scanner("office", OFFICE, Allowance(review=0.04, review_of_question=0.3, refused=0.0)),
    Scanner("black-and-white", ONE_BIT, Allowance(review=0.3, review_of_question=0.6, refused=0.0)),
    Scanner("poor", POOR, Allowance(review=0.3, review_of_question=0.6, refused=0.0)),
)
"""A good scanner, the same set to black and white, and a poor one. Each may leave about twice as
many answers to a person as it did at the worst for the shipped forms (some twenty trials: 1, 12 and
16 in a hundred): faint pens and folded paper are not the form's fault. A page that is lost, or an
answer read wrongly, never happened to them and is not allowed at all."""
