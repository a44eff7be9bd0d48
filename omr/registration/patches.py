"""Cut small upright pictures out of an image, at places given in millimetres on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Size
    from omr.reference import ReferencePage

MOST_REDUCTION = 1.5
"""An image with more than this many pixels per patch pixel is reduced first, or it would alias."""
REMAP_LIMIT = 30_000
"""cv2.remap takes pictures of fewer than 32767 rows; longer stacks of patches are cut."""


@dataclass(frozen=True)
class PagePicture:
    """A grey picture (H, W) uint8 and where paper lies on it."""

    gray: NDArray[np.uint8]
    transform: PageTransform

    @staticmethod
    def of_reference(reference: ReferencePage) -> PagePicture:
        """The blank print as a picture: paper upright at a plain resolution."""
        return PagePicture(reference.image, PageTransform.scale(reference.pixels_per_mm))

    def reduced_for(self, px_per_mm: float, at: NDArray[np.float64]) -> PagePicture:
        """The picture, reduced if it is much finer than ``px_per_mm`` at paper point ``at``."""
        finer = min(self.transform.pixels_per_mm(at)) / px_per_mm
        if finer <= MOST_REDUCTION:
            return self
        size = (round(self.gray.shape[1] / finer), round(self.gray.shape[0] / finer))
        small = cv2.resize(self.gray, size, interpolation=cv2.INTER_AREA)
        x, y = size[0] / self.gray.shape[1], size[1] / self.gray.shape[0]
        change = np.array([[x, 0, x / 2 - 0.5], [0, y, y / 2 - 0.5], [0, 0, 1.0]])
        return PagePicture(np.asarray(small, dtype=np.uint8), self.transform.then(change))

    def patches(
        self, centres: NDArray[np.float64], size: Size, px_per_mm: float
    ) -> NDArray[np.uint8]:
        """(N, h, w) upright pictures of ``size`` mm around (N, 2) ``centres`` mm.

        ``h`` and ``w`` are the odd numbers of pixels nearest to the size, so that the middle pixel
        shows the centre. Where the image has no pixels, the patch is white.
        """
        w, h = odd(size.width * px_per_mm), odd(size.height * px_per_mm)
        x = (np.arange(w) - w // 2) / px_per_mm
        y = (np.arange(h) - h // 2) / px_per_mm
        grid = np.stack(np.meshgrid(x, y), axis=-1)
        cut: list[NDArray[np.uint8]] = [np.empty((0, h, w), dtype=np.uint8)]
        step = max(1, REMAP_LIMIT // h)
        for start in range(0, len(centres), step):
            some = centres[start : start + step]
            points = (some[:, None, None, :] + grid).reshape(-1, 2)
            where = self.transform.to_pixels(points).astype(np.float32).reshape(-1, w, 2)
            picture = cv2.remap(
                self.gray,
                where[..., 0],
                where[..., 1],
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=255,
            )
            cut.append(np.asarray(picture, dtype=np.uint8).reshape(len(some), h, w))
        return np.concatenate(cut)


def odd(length: float) -> int:
    """The odd whole number nearest to ``length``, at least 1."""
    return 2 * round((length - 1) / 2) + 1 if length > 1 else 1
