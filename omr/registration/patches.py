"""Cut small upright pictures out of an image, at places given in millimetres on paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.geometry import PageTransform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.geometry import Size

MOST_REDUCTION = 1.5
"""An image with more than this many pixels per patch pixel is reduced first, or it would alias."""
REMAP_LIMIT = 30_000
"""cv2.remap takes pictures of fewer than 32767 rows; longer stacks of patches are cut."""


@dataclass(frozen=True)
class PagePicture:
    """A grey picture (H, W) uint8 and where paper lies on it."""

    gray: NDArray[np.uint8]
    transform: PageTransform

    def reduced_for(self, px_per_mm: float, at: NDArray[np.float64]) -> PagePicture:
        """The picture, reduced if it is much finer than ``px_per_mm`` at paper point ``at``."""
        picture = self
        while min(picture.transform.pixels_per_mm(at)) / px_per_mm > MOST_REDUCTION:
            halved = picture.halved
            if halved is None:
                break
            picture = halved
        return picture

    @cached_property
    def halved(self) -> PagePicture | None:
        """The picture at half its resolution, kept for who asks again; None if it is tiny.

        Means of 2 x 2 pixels: any other factor takes ten times as long.
        """
        height, width = (side // 2 for side in self.gray.shape)
        if min(height, width) < 1:
            return None
        even = self.gray[: 2 * height, : 2 * width]
        small = cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA)
        change = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1.0]])
        return PagePicture(np.asarray(small, dtype=np.uint8), self.transform.then(change))

    def upright(
        self, shape: tuple[int, int], px_per_mm: float, margin: int = 0
    ) -> NDArray[np.uint8]:
        """The whole paper upright at ``px_per_mm``: (H, W) of ``shape``, and ``margin`` px around.

        Where the image has no pixels, it is white.
        """
        height, width = shape
        source = self.reduced_for(px_per_mm, np.array([width, height]) / (2 * px_per_mm))
        place = PageTransform.scale(px_per_mm).then(
            np.array([[1, 0, margin], [0, 1, margin], [0, 0, 1.0]])
        )
        seen = cv2.warpPerspective(
            source.gray,
            source.transform.matrix @ np.linalg.inv(place.matrix),
            (width + 2 * margin, height + 2 * margin),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=255,
        )
        return np.asarray(seen, dtype=np.uint8)

    def patches(
        self, centres: NDArray[np.float64], size: Size, px_per_mm: float
    ) -> NDArray[np.uint8]:
        """(N, h, w) upright pictures of ``size`` mm around (N, 2) ``centres`` mm.

        ``h`` and ``w`` are the odd numbers of pixels nearest to the size, so that the middle pixel
        shows the centre. Where the image has no pixels, the patch is white.
        """
        w, h = odd(size.width * px_per_mm), odd(size.height * px_per_mm)
        x = ((np.arange(w) - w // 2) / px_per_mm).astype(np.float32)
        y = ((np.arange(h) - h // 2) / px_per_mm).astype(np.float32)
        middle, along_x, along_y = self._local(centres)
        cut: list[NDArray[np.uint8]] = [np.empty((0, h, w), dtype=np.uint8)]
        step = max(1, REMAP_LIMIT // h)
        for start in range(0, len(centres), step):
            some = slice(start, start + step)
            where = [
                middle[some, axis, None, None]
                + along_x[some, axis, None, None] * x[None, None, :]
                + along_y[some, axis, None, None] * y[None, :, None]
                for axis in (0, 1)
            ]
            picture = cv2.remap(
                self.gray,
                where[0].reshape(-1, w),
                where[1].reshape(-1, w),
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=255,
            )
            cut.append(np.asarray(picture, dtype=np.uint8).reshape(-1, h, w))
        return np.concatenate(cut)

    def _local(self, centres: NDArray[np.float64]) -> tuple[NDArray[np.float32], ...]:
        """(N, 2) float32 each: the centres in px, and the px that 1 mm along x and y moves there.

        Within a patch of a centimetre even a photograph is affine to a few hundredths of a pixel.
        """
        middle = self.transform.to_pixels(centres)
        along_x = self.transform.to_pixels(centres + (1.0, 0.0)) - middle
        along_y = self.transform.to_pixels(centres + (0.0, 1.0)) - middle
        return tuple(a.astype(np.float32) for a in (middle, along_x, along_y))


def odd(length: float) -> int:
    """The odd whole number nearest to ``length``, at least 1."""
    return 2 * round((length - 1) / 2) + 1 if length > 1 else 1
