"""Our own pages are found, however they came out of printer and scanner.

Truth comes from the simulated scanner, which knows where every point of the paper went. The issue
asks for 0.3 mm; half of that is promised here, so that a loss is noticed before it costs an answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from printed import GREY, T1, T3, page_of

from omr.layout.model import Corner
from omr.registration.corner_marks import PagePlace, find_page
from omr.registration.designed import register_own
from omr.registration.model import RegisteredPage
from omr.simulate.settings import Geometry, LostCorner, Mode, Wobble

if TYPE_CHECKING:
    from printed import PrintedSurvey

    from omr.simulate import CaptureSettings, ScannedImage

WORST_MM = 0.15
WORST_SLIPPED_MM = 0.2


def registered(printed: PrintedSurvey, image: ScannedImage) -> RegisteredPage:
    page = register_own(page_of(image), printed.reader.own)
    assert isinstance(page, RegisteredPage), page
    return page


def worst_mm(page: RegisteredPage, image: ScannedImage) -> float:
    """The farthest that any target was placed from where it is, in mm on the image."""
    corners = np.array([place.target.box.corners() for place in page.placements])
    moves = np.array([place.shift_mm for place in page.placements])
    placed = page.transform.to_pixels((corners + moves[:, None]).reshape(-1, 2))
    true = image.locate(corners.reshape(-1, 2))
    return float(np.linalg.norm(placed - true, axis=1).max() / image.placement.px_per_mm)


def centres_mm(page: RegisteredPage, image: ScannedImage) -> np.ndarray:
    """How far each target's middle was placed from where it is, in mm on the image."""
    centres = np.array([place.target.box.centre for place in page.placements])
    moves = np.array([place.shift_mm for place in page.placements])
    off = page.transform.to_pixels(centres + moves) - image.locate(centres)
    return np.asarray(np.linalg.norm(off, axis=1) / image.placement.px_per_mm)


def lying(**how: object) -> CaptureSettings:
    return replace(GREY, geometry=Geometry(**how))  # type: ignore[arg-type]


EXTREMES = {
    "as it is": GREY,
    "turned 90": lying(turn=90),
    "turned 180": lying(turn=180),
    "turned 270": lying(turn=270),
    "skewed 4": lying(skew_deg=4.0),
    "skewed -4": lying(skew_deg=-4.0),
    "longer": lying(stretch=(0.988, 1.012)),
    "wider": lying(stretch=(1.012, 0.988)),
    "shifted in": lying(shift_mm=(3.0, 3.0)),
    "shifted out": lying(shift_mm=(-3.0, -3.0)),
    "printed at 94 %": lying(print_scale=0.94),
    "printed at 104 %": lying(print_scale=1.04),
    "150 dpi": replace(GREY, dpi=150.0),
    "300 dpi": replace(GREY, dpi=300.0),
    "colour": replace(GREY, mode=Mode.COLOUR),
    "1-bit": replace(GREY, mode=Mode.ONE_BIT),
}


@pytest.mark.parametrize("settings", EXTREMES.values(), ids=EXTREMES)
def test_each_extreme_alone_is_placed(printed: PrintedSurvey, settings: CaptureSettings) -> None:
    image = printed.image(T1, 2, printed.filled(T1, 2), settings, seed=2)
    page = registered(printed, image)
    assert page.identity is not None
    assert page.identity.serial == 2
    assert worst_mm(page, image) <= WORST_MM
    found = [place for place in page.placements if place.found]
    assert len(found) >= 0.95 * len(page.placements)


TOGETHER = {
    "grey, smaller": (lying(
        turn=180, skew_deg=2.0, stretch=(1.012, 0.988), shift_mm=(3.0, -3.0), print_scale=0.94,
    ), T1, 1),
    "grey, larger": (lying(
        turn=90, skew_deg=-2.0, stretch=(0.988, 1.012), shift_mm=(-3.0, 3.0), print_scale=1.04,
    ), T3, 1),
    "1-bit at 150 dpi": (replace(lying(
        turn=270, skew_deg=2.0, stretch=(1.012, 0.988), shift_mm=(-3.0, -3.0), print_scale=1.04,
    ), dpi=150.0, mode=Mode.ONE_BIT), T1, 1),
    "colour, second page": (replace(lying(
        skew_deg=-2.0, stretch=(0.988, 1.012), shift_mm=(3.0, 3.0), print_scale=0.94,
    ), mode=Mode.COLOUR), T3, 2),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "form", "page"), TOGETHER.values(), ids=TOGETHER)
def test_two_degrees_and_all_the_others_together_are_placed(
    printed: PrintedSurvey, settings: CaptureSettings, form: str, page: int
) -> None:
    serial = 1 if form == T1 else 9
    image = printed.image(form, serial, printed.filled(form, 3), settings, page=page, seed=3)
    placed = registered(printed, image)
    assert placed.identity is not None
    assert (placed.identity.serial, placed.identity.page) == (serial, page)
    assert worst_mm(placed, image) <= WORST_MM


def test_a_feed_that_slips_is_followed_from_row_to_row(printed: PrintedSurvey) -> None:
    settings = lying(wobble=Wobble(amplitude_mm=0.3, period_mm=120))
    image = printed.image(T1, 2, printed.filled(T1, 2), settings, seed=2)
    page = registered(printed, image)
    marked = tuple(place for place in page.placements if place.target.option)
    # A slip bends the print around a box as well: what lies above and below it moved otherwise.
    assert worst_mm(replace(page, placements=marked), image) <= WORST_SLIPPED_MM
    assert page.geometry.residual_mm > 0.1


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("period_mm", [80.0, 130.0])
def test_the_worst_feeder_moves_no_target_out_of_sight(
    printed: PrintedSurvey, period_mm: float, turn: int
) -> None:
    """0.6 mm along the feed: the four marks alone are wrong by up to 1.2 mm between them."""
    wobble = Wobble(amplitude_mm=0.6, period_mm=period_mm, phase=0.3)
    image = printed.image(T3, 9, printed.filled(T3, 5), lying(turn=turn, wobble=wobble), seed=5)
    page = registered(printed, image)
    assert all(place.found for place in page.placements)
    assert centres_mm(page, image).max() <= WORST_MM
    assert page.geometry.residual_mm > 0.2


@pytest.mark.parametrize("seed", [2, 3])
def test_no_mark_however_dark_moves_the_place(printed: PrintedSurvey, seed: int) -> None:
    """The same sheet in the same scanner, once filled in and once not. Seed 2 fills whole boxes."""
    settings = lying(skew_deg=1.0, wobble=Wobble(amplitude_mm=0.2, period_mm=150))
    empty = registered(printed, printed.image(T1, 2, None, settings, seed=2))
    filled = registered(printed, printed.image(T1, 2, printed.filled(T1, seed), settings, seed=2))
    for before, after in zip(empty.placements, filled.placements, strict=True):
        moved = float(np.hypot(*np.subtract(after.shift_mm, before.shift_mm)))
        # Where the ink leaves too little print, the print around decides.
        assert moved < (0.03 if after.found else 0.06)


@pytest.mark.full
def test_600_dpi_is_placed(printed: PrintedSurvey) -> None:
    settings = replace(GREY, dpi=600.0)
    image = printed.image(T1, 2, printed.filled(T1, 2), settings, seed=2)
    assert worst_mm(registered(printed, image), image) <= WORST_MM


@pytest.mark.full
@pytest.mark.parametrize("seed", range(24))
def test_any_mixture_of_what_feeders_do_is_placed(printed: PrintedSurvey, seed: int) -> None:
    rng = np.random.default_rng([seed, 600])
    settings = replace(
        lying(
            turn=int(rng.choice([0, 90, 180, 270])),
            skew_deg=rng.uniform(-2, 2),
            stretch=tuple(rng.uniform(0.988, 1.012, 2)),
            shift_mm=tuple(rng.uniform(-3, 3, 2)),
            print_scale=rng.uniform(0.94, 1.04),
        ),
        dpi=float(rng.choice([150.0, 200.0, 300.0])),
        mode=list(Mode)[int(rng.integers(3))],
    )
    image = printed.image(T1, 4, printed.filled(T1, seed), settings, seed=seed)
    assert worst_mm(registered(printed, image), image) <= WORST_MM


@pytest.mark.parametrize("corner", list(Corner))
def test_a_page_with_one_lost_corner_is_still_placed(
    printed: PrintedSurvey, corner: Corner
) -> None:
    settings = lying(skew_deg=1.0, lost_corner=LostCorner(corner, 40.0, 40.0))
    image = printed.image(T1, 3, printed.filled(T1, 3), settings, seed=3)
    page = registered(printed, image)
    assert page.identity is not None
    assert page.identity.serial == 3
    kept = [place for place in page.placements if place.found]
    assert worst_mm(replace(page, placements=tuple(kept)), image) <= WORST_MM
    assert len(kept) >= 0.9 * len(page.placements)


@pytest.mark.parametrize("corner", list(Corner))
def test_a_mark_cut_by_a_glint_is_looked_for_where_the_others_put_it(
    printed: PrintedSurvey, corner: Corner
) -> None:
    """In a photograph from the side three marks miss the perspective by a centimetre."""
    settings = replace(lying(pitch_deg=7.0, yaw_deg=-7.0, border_mm=14.0), mode=Mode.COLOUR)
    image = printed.image(T1, 3, printed.filled(T1, 3), settings, seed=3)
    [mark] = [m for m in printed.layout(T1).pages[0].marks if m.corner is corner]
    x, y = mark.box.centre
    glint = image.locate(np.array([[x + 0.5, y - 6.0], [x + 1.1, y - 6.0], [x + 1.1, y + 6.0],
                                   [x + 0.5, y + 6.0]]))  # fmt: skip
    pixels = image.pixels.copy()
    cv2.fillConvexPoly(pixels, np.rint(glint).astype(np.int32), (250, 250, 250))
    gray = page_of(replace(image, pixels=pixels)).gray()
    place = find_page(gray, printed.layout(T1).pages[0].marks)
    assert isinstance(place, PagePlace)
    assert place.marks_found == 4
    centres = np.array([m.box.centre for m in printed.layout(T1).pages[0].marks])
    off = place.transform.to_pixels(centres) - image.locate(centres)
    assert np.linalg.norm(off, axis=1).max() / image.placement.px_per_mm < 0.2


def test_pages_csv_is_told_how_the_page_lay(printed: PrintedSurvey) -> None:
    settings = lying(skew_deg=1.5, stretch=(1.01, 0.99), print_scale=0.97)
    page = registered(printed, printed.image(T1, 1, None, settings))
    seen = page.geometry
    assert seen.dpi == 200.0
    assert seen.rotation == pytest.approx(1.5, abs=0.05)
    assert seen.scale_x == pytest.approx(1.01 * 0.97, abs=0.001)
    assert seen.scale_y == pytest.approx(0.99 * 0.97, abs=0.001)
    assert 0.0 <= seen.residual_mm < WORST_MM


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_turn_is_told_with_its_direction(printed: PrintedSurvey, turn: int) -> None:
    page = registered(printed, printed.image(T1, 1, None, lying(turn=turn)))
    assert (page.geometry.rotation - turn + 180) % 360 - 180 == pytest.approx(0, abs=0.05)
