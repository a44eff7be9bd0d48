"""Scans: from a SCAN argument to page images, one at a time.

>>> for file in list_files(Path("scans")):          # doctest: +SKIP
...     for ref in list_pages(file, file_digest(file.path)):
...         if isinstance(ref, PageRef):
...             page = load_page(ref)               # ScannedPage or Refusal

Every way of failing is a value: a FileRefusal in the list, or a Refusal instead of a page.
"""

from __future__ import annotations

from omr.scan.folder import file_digest, list_files
from omr.scan.listing import list_pages
from omr.scan.loading import close_files, load_page
from omr.scan.model import FileRefusal, PageName, PageRef, ScanFile, ScannedPage

__all__ = [
    "FileRefusal",
    "PageName",
    "PageRef",
    "ScanFile",
    "ScannedPage",
    "close_files",
    "file_digest",
    "list_files",
    "list_pages",
    "load_page",
]
