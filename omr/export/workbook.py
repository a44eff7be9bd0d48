"""``ratings.xlsx``: the ratings, the codebook and the meaning of the columns, for a spreadsheet.

Text stays text (a serial keeps its zeros, ``=1+1`` is never run), numbers are numbers. Nothing in
the file depends on the day it is written, so that equal surveys give equal bytes.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from omr.errors import UsageError
from omr.language import say
from omr.tables.cells import is_number
from omr.tables.columns import Content

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from omr.tables.columns import Column, Table

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zone, and the day is none
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "Times New Roman", "font_size": 12},
}
_NARROWEST, _WIDEST = 6, 40
"""Column widths, in characters."""


def write_workbook(tables: Mapping[str, Table], path: Path) -> None:
    """Write one worksheet per table, named by its key.

    :class:`UsageError` where a table is larger than a worksheet can be.
    """
    # A copy: xlsxwriter writes into what it is given, and the next workbook would differ.
    with xlsxwriter.Workbook(str(path), deepcopy(_OPTIONS)) as workbook:
        workbook.set_properties({"created": _EPOCH})
        heading = workbook.add_format(
            {"bold": True, "font_name": "Times New Roman", "font_size": 12, "bottom": 1}
        )
        for name, table in tables.items():
            _write_sheet(workbook.add_worksheet(name), table, heading)


def _write_sheet(sheet: Any, table: Table, heading: Any) -> None:
    widths = [len(name) for name in table.header]
    for place, name in enumerate(table.header):
        sheet.write_string(0, place, name, heading)
    last = 0
    for last, row in enumerate(table.rows, start=1):
        for place, (column, text) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, last, place, column, text)
            widths[place] = max(widths[place], len(text))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))


def _write_cell(sheet: Any, row: int, place: int, column: Column, text: str) -> None:
    if not text:
        return
    if column.content is Content.NUMBER and is_number(text):
        failed = sheet.write_number(row, place, float(text))
    else:
        clean = text.encode("utf-8", "backslashreplace").decode("utf-8")
        failed = sheet.write_string(row, place, clean)
    if failed:
        raise UsageError(
            say(
                f"ratings.xlsx: dòng {row + 1}, cột {column.name} vượt quá giới hạn của bảng "
                "tính. Hãy chia thành các cuộc khảo sát nhỏ hơn, hoặc dùng ratings.csv.",
                f"ratings.xlsx: row {row + 1}, column {column.name} is beyond what a worksheet "
                "can hold. Split the survey, or use ratings.csv.",
            )
        )
