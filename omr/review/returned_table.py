"""A table that comes back from a spreadsheet: whatever encoding and separator it was saved with.

Excel saves CSV with the separator of the Windows region (``;`` in most Vietnamese offices, else
``,``), as UTF-8 with or without BOM, as "Unicode text" (UTF-16 with tabs), or in the old Windows
encoding 1258, whose Vietnamese letters are made of two characters each.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter

from omr.errors import UsageError
from omr.language import say
from omr.tables.cells import restored

_SEPARATORS = ",;\t"


def read_rows(content: bytes, required: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not empty, each with its number in the spreadsheet (the header is 1).

    Cells are in NFC, without outer spaces and without the apostrophe that neutralises formulas;
    column names are in small letters. :class:`UsageError` if a required column is missing.
    """
    text = unicodedata.normalize("NFC", _decoded(content))
    header, *rows = _cells(text) or [[]]
    names = [name.strip().lower() for name in header]
    _require(names, required)
    numbered = (
        (number, [restored(cell.strip()) for cell in row])
        for number, row in enumerate(rows, start=2)
    )
    return [
        (number, {**dict.fromkeys(names, ""), **dict(zip(names, row, strict=False))})
        for number, row in numbered
        if any(row)
    ]


def _decoded(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1258"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(_not_csv())


def _not_csv() -> str:
    return say(
        "Không đọc được bảng quyết định: tệp không phải CSV. Trong Excel, hãy lưu bằng Save As, "
        "kiểu “CSV UTF-8”, rồi nhập lại.",
        "The table of decisions cannot be read: it is not CSV. In Excel, use Save As with the type "
        "“CSV UTF-8”, then import again.",
    )


def _cells(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise UsageError(_not_csv()) from error


def _separator(text: str) -> str:
    counts = Counter(text.partition("\n")[0])
    return max(_SEPARATORS, key=lambda separator: counts[separator])


def _require(names: list[str], required: tuple[str, ...]) -> None:
    missing = ", ".join(name for name in required if name not in names)
    if missing:
        raise UsageError(
            say(
                f"Bảng quyết định thiếu cột {missing}. Hãy giữ nguyên dòng tiêu đề của tệp "
                "review.csv mà lệnh omr review đã ghi ra.",
                f"The table of decisions has no column {missing}. Keep the header of the "
                "review.csv that omr review wrote.",
            )
        )
