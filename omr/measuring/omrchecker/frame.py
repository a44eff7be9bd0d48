"""The frame of a template on a picture: a projective map and a size.

All points here are *edge* coordinates: x = 0 is a picture's left edge, as the boxes of templates
and of measured forms count; OpenCV's centres of pixels lie half a pixel further in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.measuring.omrchecker.model import Pair

_TO_EDGES = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
_SHRINK_AT = 1.5
"""From this reduction on a picture is blurred before it is sampled, so that fine print stays."""


@dataclass(frozen=True, eq=False)
class Frame:
    """``matrix`` (3, 3) maps the picture's edge coordinates to the frame's, ``size`` is its own."""

    matrix: NDArray[np.float64]
    size: Pair

    @staticmethod
    def of_whole(shape: tuple[int, int], size: Pair) -> Frame:
        """The whole picture of (height, width) ``shape``, stretched to ``size``."""
        scale = np.diag([size[0] / shape[1], size[1] / shape[0], 1.0])
        return Frame(scale, size)

    def resized(self, size: Pair) -> Frame:
        """The same place with another size: stretched along each axis."""
        scale = np.diag([size[0] / self.size[0], size[1] / self.size[1], 1.0])
        return Frame(scale @ self.matrix, size)

    def cropped(self, corners: NDArray[np.float64]) -> Frame:
        """The frame between (4, 2) corners: top-left, top-right, bottom-right, bottom-left.

        It is as wide and high as the longer of the two opposite sides.
        """
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
        upright = np.array([(0, 0), (width, 0), (width, height), (0, height)])
        step = cv2.getPerspectiveTransform(corners.astype(np.float32), upright.astype(np.float32))
        return Frame(np.asarray(step @ self.matrix, np.float64), (float(width), float(height)))

    def scales(self) -> Pair:
        """Pixels of the picture that lie on one of the frame, along x and y, at its middle."""
        x, y = self.size[0] / 2, self.size[1] / 2
        probe = np.array([[(x, y), (x + 1, y), (x, y + 1)]])
        back = cv2.perspectiveTransform(probe, np.linalg.inv(self.matrix))[0]
        across, down = np.linalg.norm(back[1:] - back[0], axis=1)
        return float(across), float(down)

    def drawn(self, picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
        """The picture seen in this frame, ``size`` pixels wide and high.

        Beyond the picture's edge its outermost pixels go on.
        """
        frame = self.resized((float(size[0]), float(size[1])))
        reduction = min(frame.scales())
        if reduction > _SHRINK_AT:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.4 * reduction), np.uint8)
        matrix = np.linalg.inv(_TO_EDGES) @ frame.matrix @ _TO_EDGES
        warped = cv2.warpPerspective(
            picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(warped, np.uint8)
