"""The scanner (or camera): paper in, image out, and the truth of where every point went.

The paper is blurred by lens and pixel area at its own resolution and sampled once, through the
whole transform; then light becomes grey levels, defects and noise are added, and the device
delivers grey, colour or 1-bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from omr.simulate.defects import lay_on_background, shade, spoil
from omr.simulate.paper import PaperRaster
from omr.simulate.placement import Placement, paper_outline, place
from omr.simulate.settings import CaptureSettings, Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.simulate.settings import Optics, Tone

PIXEL_SIGMA = 0.29
"""Standard deviation of a pixel's own square area, 1 / sqrt(12) px."""
SHARPEN_PX = 1.2
"""Radius of the unsharp mask that devices apply."""
BACK_BLUR_MM = 0.5
"""Paper scatters what shines through from its back."""
_LIGHTING = (0.299, 0.587, 0.114)


@dataclass(frozen=True)
class ScannedImage:
    """What the device delivers, before it is packed into a file.

    ``pixels``: (H, W) uint8 for grey and 1-bit (0 and 255 only), (H, W, 3) uint8 RGB for colour.
    ``placement`` is the known truth.
    """

    pixels: NDArray[np.uint8]
    settings: CaptureSettings
    placement: Placement

    def locate(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) px at which (N, 2) mm of the page as laid out are seen, wobble included."""
        return self.placement.locate(points_mm)


def scan(
    page: PaperRaster,
    settings: CaptureSettings,
    seed: int,
    *,
    back: PaperRaster | None = None,
) -> ScannedImage:
    """Capture a page. ``back`` is its other side, of which ``show_through`` lets a part shine."""
    rng = np.random.default_rng([seed, 3])
    placement = place(settings.geometry, page.size, settings.dpi)
    light = _light(page, settings.mode)
    if back is not None and settings.blemishes.show_through > 0:
        light = _shone_through(light, back, settings)
    image = _developed(_sampled(light, page, placement, settings), settings.optics, settings.tone)
    lay_on_background(image, _beyond(placement, settings, page), settings.tone, rng)
    shade(image, settings.tone, rng)
    spoil(image, settings.blemishes, placement.px_per_mm, rng)
    return ScannedImage(_delivered(image, settings, rng), settings, placement)


def scan_blank_back(front: PaperRaster, settings: CaptureSettings, seed: int) -> ScannedImage:
    """The empty back of a page, with what shines through of its front."""
    empty = PaperRaster(np.full_like(front.pixels, 255), front.size)
    return scan(empty, settings, seed, back=front)


def _light(page: PaperRaster, mode: Mode) -> NDArray[np.uint8]:
    """Reflectance as the device's sensors weigh it."""
    if mode is Mode.COLOUR:
        return page.pixels
    return np.asarray(cv2.transform(page.pixels, np.array([_LIGHTING])), np.uint8)


def _shone_through(
    light: NDArray[np.uint8], back: PaperRaster, settings: CaptureSettings
) -> NDArray[np.uint8]:
    """Light less a mirrored, blurred, faint picture of the back."""
    behind = cv2.flip(_light(back, settings.mode), 1)
    small = cv2.resize(behind, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), BACK_BLUR_MM * back.scale[0] / 4)
    height, width = light.shape[:2]
    lost = cv2.resize(cv2.bitwise_not(soft), (width, height), interpolation=cv2.INTER_LINEAR)
    dimmer = cv2.addWeighted(light, 1.0, lost, -settings.blemishes.show_through, 0)
    return np.asarray(dimmer, np.uint8)


def _sampled(
    light: NDArray[np.uint8], page: PaperRaster, placement: Placement, settings: CaptureSettings
) -> NDArray[np.uint8]:
    """The paper's light, area-filtered and sampled at the image's pixels."""
    ratio = page.scale[0] / placement.px_per_mm
    sigma = ratio * float(np.hypot(settings.optics.blur_px, PIXEL_SIGMA))
    filtered = cv2.GaussianBlur(light, (0, 0), sigma)
    to_source = page.matrix() @ np.linalg.inv(placement.transform.matrix)
    how = cv2.INTER_LINEAR if ratio > 1 else cv2.INTER_CUBIC
    white = (255, 255, 255)
    if placement.wobble.is_still:
        return np.asarray(
            cv2.warpPerspective(
                filtered, to_source, placement.size_px, flags=how | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_CONSTANT, borderValue=white,
            ), np.uint8,
        )  # fmt: skip
    map_x, map_y = _wobbling_maps(placement, to_source)
    return np.asarray(cv2.remap(filtered, map_x, map_y, how, borderValue=white), np.uint8)


def _wobbling_maps(
    placement: Placement, to_source: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For every image pixel, where the paper raster is to be sampled."""
    width, height = placement.size_px
    rows, columns = np.mgrid[0:height:8, 0:width:8]
    seen = np.column_stack([columns.ravel(), rows.ravel()]).astype(float)
    still = np.column_stack([seen + placement.displacement(seen), np.ones(len(seen))])
    source = still @ to_source.T
    source = (source[:, :2] / source[:, 2:]).reshape(*rows.shape, 2).astype(np.float32)
    # The map is smooth over 8 px, so that a linear interpolation of it is exact to 0.001 px.
    grow = np.array([[8, 0, 0], [0, 8, 0]], dtype=float)
    full = cv2.warpAffine(
        source, grow, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(full[:, :, 0]), np.ascontiguousarray(full[:, :, 1])


def _developed(sampled: NDArray[np.uint8], optics: Optics, tone: Tone) -> NDArray[np.float32]:
    """Grey levels of the paper, sharpened and toned."""
    image = sampled.astype(np.float32)
    if optics.sharpen > 0:
        soft = cv2.GaussianBlur(image, (0, 0), SHARPEN_PX)
        image += np.float32(optics.sharpen) * (image - soft)
    return _toned(image, tone)


def _beyond(
    placement: Placement, settings: CaptureSettings, page: PaperRaster
) -> NDArray[np.uint8]:
    """(H, W) 255 where there is no paper, 0 where there is."""
    outline = placement.locate(paper_outline(settings.geometry, page.size))
    width, height = placement.size_px
    beyond = np.full((height, width), 255, np.uint8)
    cv2.fillPoly(beyond, [np.rint(outline * 16).astype(np.int32)], 0, cv2.LINE_AA, 4)
    return beyond


def _toned(image: NDArray[np.float32], tone: Tone) -> NDArray[np.float32]:
    """Reflectance 0 .. 255 to the device's levels."""
    np.clip(image, 0, 290, out=image)
    image /= 255
    if tone.gamma != 1:
        np.power(image, tone.gamma, out=image)
    image *= tone.paper - tone.black
    image += tone.black
    if image.ndim == 3:  # noqa: PLR2004 - colour
        image *= np.asarray(tone.cast, np.float32)
    return image


def _delivered(
    image: NDArray[np.float32], settings: CaptureSettings, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Noise, rounding, and the threshold of 1-bit devices."""
    blemishes = settings.blemishes
    if blemishes.noise > 0:
        image += rng.standard_normal(image.shape, dtype=np.float32) * np.float32(blemishes.noise)
    if settings.mode is not Mode.ONE_BIT:
        return np.clip(np.rint(image), 0, 255).astype(np.uint8)
    level = settings.tone.black + settings.threshold * (settings.tone.paper - settings.tone.black)
    bits = np.where(image > level, 255, 0).astype(np.uint8)
    return _peppered(bits, blemishes.pepper, rng)


def _peppered(bits: NDArray[np.uint8], share: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A share of the pixels turned over, three black ones for each white one."""
    count = int(rng.poisson(share * bits.size))
    spots = rng.integers(0, bits.size, count)
    bits.flat[spots] = np.where(rng.random(count) < 0.75, 0, 255)  # noqa: PLR2004
    return bits
