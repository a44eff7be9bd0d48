"""A small picture of where a page's ink lies, to find the pages that may be the same paper.

Comparing every two ink maps of hundreds of sheets without serials would take hours. A pattern is
the ink map shrunk to cells of about 1.5 mm and blurred over the neighbouring cells. Simulated
sheets of 22 ticks, most of them in the same boxes: the same paper shifted by 0.4 mm and with
strokes up to 1.7 times as thick kept a cosine of 0.977 or more, other papers stayed below 0.86.
Patterns only choose which pairs are compared; whether two pages are the same paper is decided on
the ink maps themselves.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

COLUMNS, ROWS = 140, 198
"""Cells of a pattern: 1.5 mm on A4."""
ALIKE = 0.85
"""Cosine from which two patterns may show the same paper."""
_BLOCK = 256


def ink_pattern(ink: bytes) -> bytes:
    """The pattern of a 1-bit PNG; empty if it holds no ink, or is no picture.

    Ink is white, as in :class:`omr.outcome.PageRead`. The result is zlib over (ROWS, COLUMNS)
    uint8.
    """
    import cv2  # noqa: PLC0415 - only recording unnumbered pages needs it

    picture = cv2.imdecode(np.frombuffer(ink, np.uint8), cv2.IMREAD_GRAYSCALE) if ink else None
    if picture is None or not picture.any():
        return b""
    cells = cv2.resize(picture.astype(np.float32), (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    blurred = cv2.blur(cells, (3, 3))
    return zlib.compress(np.ceil(np.minimum(blurred, 255)).astype(np.uint8).tobytes())


def alike_pairs(patterns: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) whose patterns may show the same paper, in order of i, then j.

    Time grows with the square of the number, about 0.1 s per 500 on one core. A page without ink
    is like no other.
    """
    inked = [index for index, pattern in enumerate(patterns) if pattern]
    vectors = _unit_vectors([patterns[index] for index in inked])
    for start in range(0, len(inked), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        for row, column in zip(*np.nonzero(cosines >= ALIKE), strict=True):
            if start + row < column:
                yield inked[start + row], inked[column]


def _unit_vectors(patterns: Sequence[bytes]) -> NDArray[np.float32]:
    """(N, cells) float32, each row of length 1."""
    vectors = np.empty((len(patterns), ROWS * COLUMNS), np.float32)
    for row, pattern in enumerate(patterns):
        cells = np.frombuffer(zlib.decompress(pattern), np.uint8).astype(np.float32)
        vectors[row] = cells / np.linalg.norm(cells)
    return vectors
