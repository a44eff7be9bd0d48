"""The gauge shows what the scan is like: every figure moves with its cause, and with no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from printed import GREY, ONE_BIT, T1, T3, PrintedSurvey, page_of

from omr.gauge.measure import measure_gauge
from omr.refusal import Refusal
from omr.registration.designed import register_own
from omr.simulate.settings import Blemishes, Optics, Tone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from omr.gauge.model import GaugeReading
    from omr.scan.model import ScannedPage
    from omr.simulate import CaptureSettings


def gauge_of(page: ScannedPage, survey: PrintedSurvey) -> GaugeReading | None:
    registered = register_own(page, survey.reader.own)
    assert not isinstance(registered, Refusal), registered
    return measure_gauge(registered)


def scanned(survey: PrintedSurvey, settings: CaptureSettings, form: str = T1) -> GaugeReading:
    serial = 2 if form == T1 else 10
    reading = gauge_of(page_of(survey.image(form, serial, settings=settings)), survey)
    assert reading is not None
    return reading


@pytest.fixture(scope="module")
def plain(printed: PrintedSurvey) -> GaugeReading:
    return scanned(printed, GREY)


def test_a_plain_scan_shows_what_was_printed(plain: GaugeReading) -> None:
    assert plain.contrast > 0.7
    assert plain.midtone == pytest.approx(0.5, abs=0.1)
    assert plain.sharpness > 0.4
    assert plain.noise < 0.03
    assert plain.empty_ink < 0.005
    assert plain.shift_mm < 0.1


@pytest.mark.parametrize("form", [T1, T3])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_it_is_found_at_every_resolution(printed: PrintedSurvey, form: str, dpi: int) -> None:
    assert scanned(printed, replace(GREY, dpi=float(dpi)), form).shift_mm < 0.1


def test_one_bit_has_no_greys_but_lines(printed: PrintedSurvey) -> None:
    reading = scanned(printed, ONE_BIT)
    assert reading.contrast == pytest.approx(1.0)
    assert min(reading.midtone, 1 - reading.midtone) < 0.15
    assert reading.sharpness > 0.3


def test_weak_print_takes_contrast_only(printed: PrintedSurvey, plain: GaugeReading) -> None:
    tone = replace(GREY.tone, black=120.0)
    weak = scanned(printed, replace(GREY, tone=tone))
    assert weak.contrast < plain.contrast - 0.2
    assert weak.midtone == pytest.approx(plain.midtone, abs=0.05)
    assert weak.sharpness == pytest.approx(plain.sharpness, abs=0.1)


def test_a_dark_exposure_moves_the_midtone(printed: PrintedSurvey, plain: GaugeReading) -> None:
    dark = scanned(printed, replace(GREY, tone=replace(GREY.tone, gamma=1.8)))
    light = scanned(printed, replace(GREY, tone=replace(GREY.tone, gamma=0.6)))
    assert abs(dark.midtone - light.midtone) > 0.15
    assert min(dark.midtone, light.midtone) < plain.midtone < max(dark.midtone, light.midtone)


def test_blur_takes_sharpness_only(printed: PrintedSurvey, plain: GaugeReading) -> None:
    blurred = scanned(printed, replace(GREY, optics=Optics(1.5, 0.0)))
    assert blurred.sharpness < plain.sharpness - 0.25
    assert blurred.contrast == pytest.approx(plain.contrast, abs=0.05)


def test_grain_is_noise(printed: PrintedSurvey, plain: GaugeReading) -> None:
    grainy = scanned(printed, replace(GREY, blemishes=replace(Blemishes(), noise=12.0)))
    assert grainy.noise > plain.noise + 0.02


def test_a_darker_paper_is_white_all_the_same(printed: PrintedSurvey) -> None:
    reading = scanned(printed, replace(GREY, tone=replace(Tone(), paper=190.0)))
    assert reading.white == pytest.approx(190, abs=6)


def painted(survey: PrintedSurvey, grey: int) -> tuple[ScannedPage, NDArray[np.uint8]]:
    """A scan whose gauge is painted over, and its pixels before."""
    page = page_of(survey.image(T1, 3))
    registered = register_own(page, survey.reader.own)
    assert not isinstance(registered, Refusal)
    assert registered.reference.layout.gauge is not None
    corners = registered.transform.to_pixels(registered.reference.layout.gauge.box.corners())
    left, top = corners.min(axis=0).astype(int)
    right, bottom = corners.max(axis=0).astype(int)
    image = page.image.copy()
    image[top:bottom, left:right] = grey
    return replace(page, image=image), page.image


@pytest.mark.parametrize("grey", [0, 255])
def test_a_covered_gauge_is_not_guessed(printed: PrintedSurvey, grey: int) -> None:
    assert gauge_of(painted(printed, grey)[0], printed) is None


def test_dirt_in_an_empty_box_shows_as_ink(printed: PrintedSurvey) -> None:
    page = page_of(printed.image(T1, 3))
    registered = register_own(page, printed.reader.own)
    assert not isinstance(registered, Refusal)
    assert registered.reference.layout.gauge is not None
    box = registered.reference.layout.gauge.empties[1].grown(-1.2)
    corners = registered.transform.to_pixels(box.corners()).astype(int)
    image = page.image.copy()
    image[corners[0][1] : corners[2][1], corners[0][0] : corners[2][0]] = 60
    reading = gauge_of(replace(page, image=image), printed)
    assert reading is not None
    assert reading.empty_ink > 0.1
