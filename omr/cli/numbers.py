"""Numbers as an office writes them: in Vietnamese a comma for decimals and points for thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.language import Language, current

if TYPE_CHECKING:
    from decimal import Decimal


def count(number: int) -> str:
    """A whole number with its thousands apart: ``1.480``, in English ``1,480``."""
    return _localised(f"{number:,}")


def percent(share: Decimal | None) -> str:
    """A percentage with two decimals (``80,58%``), or a dash where there is none."""
    return "–" if share is None else _localised(f"{share:,.2f}%")


def rate(number: float) -> str:
    """A speed with one decimal."""
    return _localised(f"{number:,.1f}")


def figure(number: float) -> str:
    """A measured share or scale, with three decimals."""
    return _localised(f"{number:.3f}")


def _localised(english: str) -> str:
    if current() is Language.ENGLISH:
        return english
    return english.translate(str.maketrans(",.", ".,"))
