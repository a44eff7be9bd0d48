"""Print that the reference does not show: another print run may have letters in its targets.

A page tells it itself. In questions with the same options the targets are printed alike, and a pen
marks few of them. What three quarters of the targets with one code show, the darkest of each
question left out, and those of every other code show as well, was printed: a pen would have marked
all options of most questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.marks.thresholds import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from omr.layout.model import Target

    Real = NDArray[np.float32]
    Mask = NDArray[np.bool_]

SHARED, USUAL = 0.25, 0.50
"""Darkness that three quarters of the targets reach proves print; as dark as half of them have it
it is taken out, since no letter lies at quite the same place in every target."""


def unknown_print(targets: Sequence[Target], added: Real, inside: Mask, spread_px: int) -> Real:
    """(N, h, w): darkness of print in the targets that the reference lacks; mostly 0 everywhere.

    ``added`` (N, h, w) is what the reference's print does not explain, ``inside`` (h, w) the
    targets' inside; print may lie ``spread_px`` off.
    """
    found = np.zeros_like(added)
    amount = added[:, inside].mean(axis=1)
    if np.median(amount) < INK.unknown_print:
        return found
    kernel = np.ones((2 * spread_px + 1, 2 * spread_px + 1), np.uint8)
    for questions in _same_options(targets):
        by_code = [_by_code(targets, rows, amount) for rows in questions]
        share = [float(seen[inside].mean()) for seen in _alike(by_code, added, SHARED).values()]
        if all(INK.unknown_print <= one <= INK.most_unknown for one in share):
            usual = _alike(by_code, added, USUAL)
            for row in (row for rows in questions for row in rows if usual):
                found[row] = cv2.dilate(usual[targets[row].option], kernel)
    return found


def _same_options(targets: Sequence[Target]) -> list[list[list[int]]]:
    """The rows of each question, by questions that have the same options."""
    by_question: dict[str, list[int]] = {}
    for row, target in enumerate(targets):
        by_question.setdefault(target.question, []).append(row)
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for rows in by_question.values():
        alike.setdefault(tuple(targets[row].option for row in rows), []).append(rows)
    return [questions for options, questions in alike.items() if len(options) >= INK.least_options]


def _by_code(
    targets: Sequence[Target], rows: Sequence[int], amount: NDArray[np.float32]
) -> dict[str, int]:
    """The row of each code of a question, without the darkest, which may be marked."""
    darkest = max(rows, key=lambda row: float(amount[row]))
    return {targets[row].option: row for row in rows if row != darkest}


def _alike(questions: Sequence[dict[str, int]], added: Real, share: float) -> dict[str, Real]:
    """By code, the darkness (h, w) that all but this share of the targets reach.

    Empty where too few targets tell it of any code.
    """
    alike = {}
    for code in dict.fromkeys(code for rows in questions for code in rows):
        rows = [question[code] for question in questions if code in question]
        if len(rows) < INK.alike_targets:
            return {}
        alike[code] = np.asarray(np.quantile(added[rows], share, axis=0), dtype=np.float32)
    return alike
