"""``omr issued``: every serial that was printed, for other programs."""

import csv
import sys

from omr.cli.app import Panel, command
from omr.cli.parameters import SurveyFolder
from omr.identity.serial import format_serial
from omr.language import say
from omr.tables.cells import neutralised

HEADER = ("serial", "unit", "field", "run", "printed_at")


@command(
    "issued",
    Panel.PRINT,
    say(
        "Ghi ra màn hình danh sách số phiếu đã in, dạng CSV, theo thứ tự in.",
        "Write the list of printed serials to the screen as CSV, in printing order.",
    ),
    "omr issued khao-sat > so-phieu.csv",
)
def issued(survey: SurveyFolder) -> None:
    """One row per serial of a sheet that counts, in printing order.

    No BOM and plain line ends: this is a pipe, not a file for Excel.
    """
    from omr.survey import Survey
    from omr.survey.model import RunKind

    with Survey.open(survey) as opened:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        for row in opened.issued():
            if row.kind is not RunKind.SHEETS:
                continue
            cells = (format_serial(row.serial), row.unit, row.field, str(row.run), row.printed_at)
            writer.writerow([neutralised(cell) for cell in cells])
