"""A survey's readings as files for other programs: CSV, a spreadsheet and its codebook.

The files and their columns are described once, in :mod:`omr.tables.columns`.
"""

from omr.export.exporter import EXPORTED_FILES, export_survey

__all__ = ["EXPORTED_FILES", "export_survey"]
