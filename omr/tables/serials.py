"""How every table writes a sheet's serial."""

from __future__ import annotations

from omr.identity import format_serial


def serial_text(serial: int | None) -> str:
    """The serial as it is printed; empty for measured and unnumbered sheets."""
    return "" if serial is None else format_serial(serial)
