"""CSV as the contract has it: UTF-8 with BOM, comma, CRLF, RFC 4180, no formulas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from omr.tables.cells import neutralised

if TYPE_CHECKING:
    from pathlib import Path

    from omr.tables.columns import Table


def write_csv(table: Table, path: Path) -> None:
    """Write the table to ``path``; equal tables give equal bytes on every system."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.header)
        for row in table.rows:
            writer.writerow([neutralised(cell) for cell in row])
