"""Drift: a lasting change is told once, where it begins; odd pages and noise are none."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from omr.gauge.drift import FIGURES, WINDOW, GaugedPage, drifts
from omr.gauge.model import GaugeReading
from omr.registration.model import PageGeometry

GOOD = GaugeReading(245.0, 0.9, 0.5, 0.7, 0.01, 0.0, 0.02)
LIES = PageGeometry(200.0, 0.1, 0.99, 0.99, 0.05)


def batch(contrasts: list[float]) -> list[GaugedPage]:
    return [
        GaugedPage(f"scan.pdf#{number}", replace(GOOD, contrast=contrast), LIES)
        for number, contrast in enumerate(contrasts, start=1)
    ]


def test_fading_toner_is_told_from_the_page_where_it_shows() -> None:
    fading = [0.9 - 0.005 * max(0, number - 30) for number in range(100)]
    (drift,) = drifts(batch(fading))
    assert drift.figure == "gauge_contrast"
    assert drift.start == 0.9
    assert drift.now <= 0.8
    assert 40 <= int(drift.image.split("#")[1]) <= 55


def test_one_bad_page_is_no_drift() -> None:
    assert drifts(batch([0.9] * 30 + [0.3] + [0.9] * 30)) == ()


def test_a_short_batch_is_not_judged() -> None:
    assert drifts(batch([0.9] * WINDOW + [0.2] * (WINDOW - 1))) == ()


def test_a_change_that_lasts_is_told_at_the_end_too() -> None:
    assert len(drifts(batch([0.9] * WINDOW + [0.2] * WINDOW))) == 1


@given(st.lists(st.floats(0.86, 0.94), min_size=2, max_size=80))
def test_small_changes_are_never_told(contrasts: list[float]) -> None:
    assert drifts(batch(contrasts)) == ()


@given(st.integers(0, 40), st.sampled_from([figure.name for figure in FIGURES]))
def test_every_figure_is_watched(before: int, name: str) -> None:
    pages = batch([0.9] * (2 * WINDOW + before))
    changed = []
    for page in pages[:WINDOW]:
        field = name.removeprefix("gauge_")
        if name.startswith("gauge_"):
            value = getattr(page.gauge, field) + 0.3
            changed.append(replace(page, gauge=replace(page.gauge, **{field: value})))
        else:
            value = getattr(page.geometry, field) + 0.01
            changed.append(replace(page, geometry=replace(page.geometry, **{field: value})))
    found = drifts(pages + changed)
    assert [drift.figure for drift in found] == [name]
