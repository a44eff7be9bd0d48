"""``pages.csv``: one row per page image, whatever became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.outcome import PageRead
from omr.tables.cells import number
from omr.tables.columns import PAGE_COLUMNS, Table
from omr.tables.serials import serial_text

GAUGE_FIGURES = sum(column.name.startswith("gauge_") for column in PAGE_COLUMNS)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.outcome import PageOutcome
    from omr.survey.model import PageRecord


def pages_table(pages: Iterable[PageRecord]) -> Table:
    """Every page image in the order given."""
    return Table(PAGE_COLUMNS, tuple(_row(page) for page in pages))


def _row(page: PageRecord) -> tuple[str, ...]:
    name = page.outcome.name
    serial, number_of_page = _identity(page.outcome)
    return (
        name.file,
        page.outcome.sha256,
        str(name),
        serial,
        number_of_page,
        page.status.value,
        page.reason,
        *_geometry(page.outcome),
        *_gauge(page.outcome),
    )


def _identity(outcome: PageOutcome) -> tuple[str, str]:
    if not isinstance(outcome, PageRead):
        return "", ""
    serial = outcome.identity.serial if outcome.identity else None
    return serial_text(serial), str(outcome.page)


def _geometry(outcome: PageOutcome) -> tuple[str, str, str, str, str]:
    """Resolution to 0.1 dpi, turn to 0.001 degree, scale to 0.001 %, residual to a micrometre."""
    if not isinstance(outcome, PageRead):
        return number(outcome.dpi, 1), "", "", "", ""
    geometry = outcome.geometry
    return (
        number(geometry.dpi, 1),
        number(geometry.rotation, 3),
        number(geometry.scale_x, 5),
        number(geometry.scale_y, 5),
        number(geometry.residual_mm, 3),
    )


def _gauge(outcome: PageOutcome) -> tuple[str, ...]:
    """White to a tenth of a grey value, shift to a micrometre, shares to 0.1 %."""
    if not isinstance(outcome, PageRead) or outcome.gauge is None:
        return ("",) * GAUGE_FIGURES
    gauge = outcome.gauge
    shares = (gauge.contrast, gauge.midtone, gauge.sharpness, gauge.noise, gauge.empty_ink)
    return (
        number(gauge.white, 1),
        *(number(share, 3) for share in shares),
        number(gauge.shift_mm, 3),
    )
