"""The scanner's image shows the paper, and shows it where it says."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from omr.geometry import Size
from omr.layout.model import Corner
from omr.simulate import (
    EXTREME,
    OFFICE,
    ONE_BIT,
    PHONE,
    POOR,
    CaptureSettings,
    Mode,
    PaperRaster,
    Profile,
    ScannedImage,
    blank_paper,
    scan,
    scan_blank_back,
)
from omr.simulate.placement import paper_outline
from omr.simulate.settings import Blemishes, Geometry, LostCorner, Optics, Tone, Wobble

SIZE = Size(105, 148)
DOTS = np.array([(x, y) for x in (20.0, 52.3, 84.0) for y in (21.0, 75.4, 126.0)])
DOT_MM = 0.9
PROFILES = {"office": OFFICE, "one-bit": ONE_BIT, "poor": POOR, "phone": PHONE, "extreme": EXTREME}
CLEAN = Blemishes(noise=0, dust=0)

GEOMETRIES = {
    "straight": Geometry(),
    "turned 90": Geometry(turn=90),
    "turned 180": Geometry(turn=180),
    "turned 270": Geometry(turn=270),
    "askew": Geometry(skew_deg=4.0),
    "stretched": Geometry(stretch=(1.012, 0.988)),
    "shifted": Geometry(shift_mm=(3.0, -3.0)),
    "printed small": Geometry(print_scale=0.94),
    "printed large": Geometry(print_scale=1.04),
    "wobbling": Geometry(wobble=Wobble(0.6, 90, 0.2)),
    "curled": Geometry(wobble=Wobble(0, 90, 0, 0.8)),
    "from the side": Geometry(pitch_deg=10, yaw_deg=-8, border_mm=15),
    "all at once": Geometry(
        turn=270, skew_deg=-2.0, stretch=(0.99, 1.01), shift_mm=(-2, 1), print_scale=0.96,
        border_mm=5, pitch_deg=3, wobble=Wobble(0.3, 80, 0.6, 0.3),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def dotted() -> PaperRaster:
    """Paper with nine round dots at known places."""
    page = blank_paper(SIZE, 16.0)
    for x, y in DOTS * 16 - 0.5:
        centre = (round(x * 16), round(y * 16))
        cv2.circle(page.pixels, centre, round(DOT_MM * 16 * 16), (0, 0, 0), -1, cv2.LINE_AA, 4)
    return page


def found(image: ScannedImage, near: np.ndarray) -> np.ndarray:
    """Centroid of the darkness around a point, in px."""
    grey = image.pixels if image.pixels.ndim == 2 else image.pixels.mean(axis=2)
    reach = int(1.7 * DOT_MM * image.settings.dpi / 25.4)
    x, y = (round(float(v)) for v in near)
    part = grey[y - reach : y + reach + 1, x - reach : x + reach + 1].astype(float)
    dark = np.clip(np.median(part[0]) - 30 - part, 0, None)
    steps = np.arange(-reach, reach + 1)
    return np.array(
        [x + (dark.sum(axis=0) @ steps) / dark.sum(), y + (dark.sum(axis=1) @ steps) / dark.sum()]
    )


@pytest.mark.parametrize("name", GEOMETRIES)
@pytest.mark.parametrize(("mode", "dpi"), [(Mode.GREY, 200.0), (Mode.ONE_BIT, 300.0)])
def test_what_is_drawn_is_found_where_the_truth_says(
    dotted: PaperRaster, name: str, mode: Mode, dpi: float
) -> None:
    settings = CaptureSettings(dpi=dpi, mode=mode, geometry=GEOMETRIES[name])
    image = scan(dotted, settings, 1)
    for truth in image.locate(DOTS):
        off_mm = np.linalg.norm(found(image, truth) - truth) / dpi * 25.4
        assert off_mm < 0.05


@pytest.mark.parametrize("name", PROFILES)
def test_the_truth_holds_in_every_profile(dotted: PaperRaster, name: str) -> None:
    for seed in range(2):
        settings = replace(PROFILES[name].draw(seed), blemishes=replace(CLEAN, noise=2))
        image = scan(dotted, settings, seed)
        paper = paper_outline(settings.geometry, SIZE).astype(np.float32)
        for dot, truth in zip(DOTS, image.locate(DOTS), strict=True):
            if cv2.pointPolygonTest(paper, dot.tolist(), measureDist=True) > 3:
                off_mm = np.linalg.norm(found(image, truth) - truth) / settings.dpi * 25.4
                assert off_mm < 0.1


def test_the_same_seed_gives_the_same_image(dotted: PaperRaster) -> None:
    settings = POOR.draw(3)
    one, two, other = (scan(dotted, settings, seed).pixels for seed in (3, 3, 4))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("mode", list(Mode))
def test_each_mode_delivers_its_kind_of_pixels(dotted: PaperRaster, mode: Mode) -> None:
    pixels = scan(dotted, CaptureSettings(dpi=150, mode=mode), 1).pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape[:2] == (874, 620)
    assert pixels.ndim == (3 if mode is Mode.COLOUR else 2)
    if mode is Mode.ONE_BIT:
        assert set(np.unique(pixels).tolist()) == {0, 255}
    else:
        assert len(np.unique(pixels)) > 20


def test_fine_lines_fade_instead_of_breaking_when_sampled() -> None:
    """Area filtering: hairlines finer than a pixel all keep the same share of darkness."""
    page = blank_paper(SIZE, 20.0)
    for x in range(100, 2000, 61):
        page.pixels[:, x] = 0
    plain = CaptureSettings(dpi=150, optics=Optics(0.4, 0), blemishes=CLEAN)
    row = 255 - scan(page, plain, 1).pixels[400].astype(float)
    lost = [row[round(x * 150 / 25.4 / 20) - 4 :][:9].sum() for x in range(161, 1900, 61)]
    assert np.std(lost) < 0.1 * np.mean(lost)


def test_tone_sets_the_levels_of_paper_and_print(dotted: PaperRaster) -> None:
    tone = Tone(paper=230, black=40)
    settings = CaptureSettings(dpi=300, tone=tone, blemishes=CLEAN, optics=Optics(0.3, 0))
    image = scan(dotted, settings, 1)
    x, y = image.locate(DOTS)[4].round().astype(int)
    assert abs(int(image.pixels[y, x]) - 40) <= 2
    assert abs(float(np.median(image.pixels)) - 230) <= 1


def test_beyond_the_paper_is_background(dotted: PaperRaster) -> None:
    torn = LostCorner(Corner.TOP_LEFT, 15, 15)
    geometry = Geometry(border_mm=10, lost_corner=torn)
    settings = CaptureSettings(
        dpi=100, geometry=geometry, tone=Tone(background=60), blemishes=CLEAN
    )
    image = scan(dotted, settings, 1)
    probes = image.locate(np.array([[-5.0, 50.0], [4.0, 4.0], [9.0, 9.0], [50.0, 50.0]]))
    levels = [int(image.pixels[round(y), round(x)]) for x, y in probes]
    assert levels[0] == levels[1] == 60
    assert min(levels[2:]) > 240


def test_noise_reaches_the_threshold_of_one_bit_images(dotted: PaperRaster) -> None:
    """Light grey paper near the threshold turns into a mixture, as on real devices."""
    faded = PaperRaster(np.full_like(dotted.pixels, 150), SIZE)
    settings = CaptureSettings(dpi=100, mode=Mode.ONE_BIT, threshold=0.6, tone=Tone(255, 0))
    shares = [
        float((scan(faded, replace(settings, blemishes=Blemishes(noise=noise, dust=0)), 1).pixels
               == 0).mean())
        for noise in (0.5, 8.0)
    ]  # fmt: skip
    assert shares[0] > 0.99
    assert 0.2 < shares[1] < 0.8


def test_a_blank_back_shows_its_front_mirrored_and_faint(dotted: PaperRaster) -> None:
    page = PaperRaster(dotted.pixels.copy(), SIZE)
    page.pixels[200:500, 100:400] = 0
    settings = CaptureSettings(dpi=100, blemishes=replace(CLEAN, show_through=0.1))
    back = scan_blank_back(page, settings, 1)
    width = back.pixels.shape[1]
    seen = back.pixels[100:110, width - 80 : width - 60].mean()
    paper = float(np.median(back.pixels))
    assert 10 < paper - seen < 40
    assert abs(back.pixels[100:110, 60:80].mean() - paper) < 3


@pytest.mark.parametrize("kind", ["dust", "streaks", "folds", "stains"])
@pytest.mark.parametrize("mode", [Mode.GREY, Mode.COLOUR])
def test_each_defect_changes_some_of_the_page(kind: str, mode: Mode) -> None:
    page = blank_paper(SIZE, 8.0)
    settings = CaptureSettings(dpi=150, mode=mode, blemishes=CLEAN)
    clean = scan(page, settings, 5).pixels.astype(int)
    for seed in range(5):
        spoilt = replace(settings, blemishes=replace(CLEAN, **{kind: 6.0}))
        changed = np.abs(scan(page, spoilt, seed).pixels.astype(int) - clean) > 3
        assert 0.00001 < changed.mean() < 0.5


def test_profiles_draw_within_their_ranges() -> None:
    profile = replace(OFFICE, skew_deg=0.5, paper=(240, 241))
    drawn = [profile.draw(seed) for seed in range(50)]
    assert all(abs(settings.geometry.skew_deg) <= 0.5 for settings in drawn)
    assert all(240 <= settings.tone.paper <= 241 for settings in drawn)
    assert {settings.mode for settings in drawn} == {Mode.GREY, Mode.COLOUR}
    assert profile.draw(7) == drawn[7]


def test_the_extreme_profile_reaches_what_the_reader_is_promised() -> None:
    """Four degrees, 1.2 % of stretch, 3 mm, 94 to 104 %: the limits of the specification."""
    limits = (EXTREME.skew_deg, EXTREME.stretch, EXTREME.shift_mm, EXTREME.print_scale)
    assert limits == (4.0, 0.012, 3.0, (0.94, 1.04))
    assert isinstance(EXTREME, Profile)


def test_a_desk_has_grain_and_paper_has_none_of_it(dotted: PaperRaster) -> None:
    tone = Tone(background=120, texture=20)
    settings = CaptureSettings(dpi=100, geometry=Geometry(border_mm=20), tone=tone, blemishes=CLEAN)
    pixels = scan(dotted, settings, 1).pixels
    assert 10 < pixels[:70].std() < 30
    assert abs(float(pixels[:70].mean()) - 120) < 8
    assert pixels[100:130, 100:130].std() < 1
