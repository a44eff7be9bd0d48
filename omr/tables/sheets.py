"""How every table names and orders sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.identity import format_serial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omr.survey.model import SheetRecord


def in_order_of_serials(sheets: Iterable[SheetRecord]) -> list[SheetRecord]:
    """Numbered sheets by serial, then the others; sheets with one serial by their page images."""
    return sorted(
        sheets,
        key=lambda sheet: (
            sheet.serial is None,
            sheet.serial or 0,
            [(page.name, page.sha256) for page in sheet.pages],
        ),
    )


def serial_text(serial: int | None) -> str:
    """The serial as it is printed; empty for measured and unnumbered sheets."""
    return "" if serial is None else format_serial(serial)
