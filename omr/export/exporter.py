"""The export as one sentence: every table of a survey written to one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.export.codebook import codebook_table, columns_table
from omr.export.marks import marks_table
from omr.export.pages import pages_table
from omr.export.ratings import ratings_table
from omr.export.workbook import write_workbook
from omr.tables.csv_table import write_csv
from omr.tables.staging import staged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from omr.survey.model import Assembly, Design

EXPORTED_FILES = ("ratings.csv", "marks.csv", "pages.csv", "ratings.xlsx", "codebook.csv")
"""What :func:`export_survey` writes."""


def export_survey(
    designs: Sequence[Design],
    assembly: Assembly,
    folder: Path,
) -> tuple[Path, ...]:
    """Write the survey's tables into ``folder`` and return their paths.

    ``designs`` are all forms of the survey, in its order. The same readings and decisions give
    the same bytes. :class:`UsageError` where the folder cannot be
    written to; then the files that were there before are still there, unchanged.
    """
    ratings = ratings_table(designs, assembly.sheets)
    codebook = codebook_table(designs)
    with staged(folder, EXPORTED_FILES) as staging:
        write_csv(ratings, staging / "ratings.csv")
        write_csv(marks_table(assembly.sheets), staging / "marks.csv")
        write_csv(pages_table(assembly.pages), staging / "pages.csv")
        write_csv(codebook, staging / "codebook.csv")
        write_workbook(
            {"ratings": ratings, "codebook": codebook, "columns": columns_table()},
            staging / "ratings.xlsx",
        )
    return tuple(folder / name for name in EXPORTED_FILES)
