"""The preprocessors of a template done to a sample: where on its picture the frame lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omr.errors import UsageError
from omr.geometry import NOMINAL_WIDTH_MM
from omr.language import say
from omr.measuring.omrchecker.frame import Frame
from omr.measuring.omrchecker.markers import find_markers
from omr.measuring.omrchecker.model import CropOnMarkers, CropPage
from omr.measuring.omrchecker.page_edge import page_outlines
from omr.measuring.omrchecker.picture import grey_picture
from omr.registration.keypoints import Features, find_features, place_reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omr.measuring.omrchecker.model import AlignToReference, Pair, Step, Template

PAGE_PX = 1000
"""Longest side at which a page's edge is looked for: finer detail only costs time."""
MARKER_PX = 48
"""Width that a marker should have where it is looked for."""
LEAST_LIKENESS = 0.55
"""Least correlation of a marker, whatever the template says: OMRChecker compares eroded pictures,
where 0.3 means something; here bare noise reaches 0.45 with small markers."""
LARGEST_PX = 3600
"""Longest side at which markers are looked for."""
MATCHING_PX = 1700
"""Longest side of the pictures whose features are compared."""


def frames_of(picture: NDArray[np.uint8], template: Template) -> list[Frame]:
    """Where the template's frame may lie on a grey picture, the most likely place first.

    There are several only where several outlines may be the page.

    Raises:
        UsageError: a step of the template finds nothing on this picture.
    """
    height, width = picture.shape
    frames = [Frame.of_whole((height, width), template.processing)]
    for step in template.steps:
        frames = [after for before in frames for after in _after(step, picture, before)]
        if not frames:
            raise _not_found(step)
    return [frame.resized(template.size) for frame in frames]


def _after(step: Step, picture: NDArray[np.uint8], before: Frame) -> list[Frame]:
    if isinstance(step, CropPage):
        return _after_page(picture, before)
    if isinstance(step, CropOnMarkers):
        return _after_markers(step, picture, before)
    return _after_reference(step, picture, before)


def _after_page(picture: NDArray[np.uint8], before: Frame) -> list[Frame]:
    scale = PAGE_PX / max(before.size)
    size = (round(before.size[0] * scale), round(before.size[1] * scale))
    outlines = page_outlines(before.drawn(picture, size))
    ratio = np.array(before.size) / size
    return [before.cropped(corners * ratio) for corners in outlines]


def _after_markers(step: CropOnMarkers, picture: NDArray[np.uint8], before: Frame) -> list[Frame]:
    marker = grey_picture(step.picture)
    width = step.width or float(marker.shape[1])
    scale = max(1.0, MARKER_PX / (width * np.sqrt(step.scales[0] * step.scales[1])))
    scale = min(scale, LARGEST_PX / max(before.size))
    size = (round(before.size[0] * scale), round(before.size[1] * scale))
    across, down = before.scales()
    gray = before.drawn(picture, size)
    found = find_markers(gray, marker, width * scale, step.scales, across / down)
    if min(found.likeness) < max(step.least_likeness, LEAST_LIKENESS):
        return []
    return [before.cropped(found.centres * (np.array(before.size) / size))]


def _after_reference(
    step: AlignToReference, picture: NDArray[np.uint8], before: Frame
) -> list[Frame]:
    reference = grey_picture(step.reference)
    if reference.shape == picture.shape and np.array_equal(reference, picture):
        return [Frame.of_whole((reference.shape[0], reference.shape[1]), before.size)]
    # What the steps before did does not matter: the reference knows its own place on any picture.
    mm_per_px = NOMINAL_WIDTH_MM / reference.shape[1]
    on_paper, to_mm = _features(reference)
    on_picture, to_px = _features(picture)
    place = place_reference(
        Features(on_paper.points * (to_mm * mm_per_px), on_paper.descriptors),
        Features(on_picture.points * to_px, on_picture.descriptors),
        (NOMINAL_WIDTH_MM, reference.shape[0] * mm_per_px),
    )
    if place is None:
        return []
    size_mm: Pair = (NOMINAL_WIDTH_MM, reference.shape[0] * mm_per_px)
    return [Frame(np.asarray(np.linalg.inv(place.matrix)), size_mm).resized(before.size)]


def _features(gray: NDArray[np.uint8]) -> tuple[Features, float]:
    """Features of a picture (edge coordinates of a smaller one), and how much smaller it is."""
    factor = max(1.0, max(gray.shape) / MATCHING_PX)
    height, width = gray.shape
    whole = Frame.of_whole((height, width), (width / factor, height / factor))
    size = (round(width / factor), round(height / factor))
    found = find_features(whole.drawn(gray, size))
    return Features(found.points + 0.5, found.descriptors), factor


def _not_found(step: Step) -> UsageError:
    if isinstance(step, CropPage):
        return UsageError(
            say(
                "Không tìm thấy mép giấy trên ảnh này (CropPage). Hãy chọn bằng --image một ảnh "
                "thấy đủ bốn mép giấy trên nền khác màu.",
                "The edge of the page was not found on this picture (CropPage). Choose with "
                "--image a picture that shows all four edges on a background of another colour.",
            )
        )
    if isinstance(step, CropOnMarkers):
        return UsageError(
            say(
                f"Không tìm thấy đủ bốn dấu như {step.picture.name} trên ảnh này (CropOnMarkers). "
                "Hãy chọn bằng --image một ảnh thấy rõ cả bốn dấu.",
                f"Four markers like {step.picture.name} were not found on this picture "
                "(CropOnMarkers). Choose with --image a picture that shows all four clearly.",
            )
        )
    return UsageError(
        say(
            f"Chữ in trên ảnh này không khớp với {step.reference.name} (FeatureBasedAlignment). "
            "Hãy chọn bằng --image một ảnh của cùng loại phiếu, hoặc chính ảnh đó.",
            f"The print on this picture does not match {step.reference.name} "
            "(FeatureBasedAlignment). Choose with --image a sheet of the same form, or that "
            "picture itself.",
        )
    )
