"""Known print all over a page is found where it went, and never where people write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from printed import GREY, T1, T3, page_of

from omr.geometry import Box, PageTransform
from omr.registration.landmarks import HEIGHT_MM, WIDTH_MM, find_landmarks, landmarks_of
from omr.registration.patches import PagePicture
from omr.simulate.settings import Geometry, Mode, Wobble

if TYPE_CHECKING:
    from printed import PrintedSurvey

PAGES = ((T1, 1), (T3, 1), (T3, 2))


@pytest.mark.parametrize(("form", "number"), PAGES)
def test_landmarks_keep_away_from_where_people_write(
    printed: PrintedSurvey, form: str, number: int
) -> None:
    page = printed.reference(form).page(number)
    landmarks = landmarks_of(page)
    layout = page.layout
    boxes = [Box(x - WIDTH_MM / 2, y - HEIGHT_MM / 2, WIDTH_MM, HEIGHT_MM)
             for x, y in landmarks.centres.tolist()]  # fmt: skip
    written = [target.box for target in layout.targets]
    varying = [box.grown(-0.3) for box in layout.varying]  # a landmark has whole pixels
    assert not [b for b in boxes for other in (*written, *varying) if b.overlaps(other)]
    assert len(boxes) >= 80
    assert landmarks_of(page) is landmarks


@pytest.mark.parametrize(("form", "number"), PAGES)
def test_no_target_is_far_from_a_landmarks_row(
    printed: PrintedSurvey, form: str, number: int
) -> None:
    page = printed.reference(form).page(number)
    rows = landmarks_of(page).centres[:, 1]
    targets = np.array([t.box.centre[1] for t in page.layout.targets if t.option])
    assert np.abs(targets[:, None] - rows[None]).min(axis=1).max() < 8.0


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("turn", [0, 90])
def test_a_wobble_is_seen_where_it_is(printed: PrintedSurvey, mode: Mode, turn: int) -> None:
    geometry = Geometry(turn=turn, skew_deg=2.0, wobble=Wobble(0.6, 90, 0.3))
    image = printed.image(T3, 9, None, replace(GREY, mode=mode, geometry=geometry))
    still = replace(image.placement, wobble=Wobble()).transform
    found = find_landmarks(
        PagePicture(page_of(image).gray(), still), landmarks_of(printed.reference(T3).page(1))
    )
    true = still.to_paper(image.locate(found.centres)) - found.centres
    assert np.abs(true).max() > 0.5
    off = np.linalg.norm(found.moves - true, axis=1)
    assert np.median(off) < 0.08
    assert (off < 0.25).mean() > 0.95
    assert (found.agreement > 0.6).mean() > 0.95


def test_on_bare_paper_nothing_is_found(printed: PrintedSurvey) -> None:
    bare = PagePicture(np.full((2339, 1654), 250, np.uint8), PageTransform.scale(200 / 25.4))
    found = find_landmarks(bare, landmarks_of(printed.reference(T1).page(1)))
    assert np.isfinite(found.moves).all()
    assert not (found.agreement > 0.5).any()
