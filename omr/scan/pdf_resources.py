"""Which picture streams a PDF page paints, and whether they are all there.

pdfium passes over a picture that is missing and shows white paper in its place; a page so robbed
must be refused, not taken for a blank one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf

from omr.scan.not_readable import Detail, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAINTS = re.compile(rb"/([^\s/\[\]()<>{}%]+)[\x00\s]+Do\b")
_TEXT_MAY_HIDE = re.compile(rb"\(")
"""A string in the content may hold anything, even something that looks like ``/Im0 Do``."""


def drawn_pictures(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The image streams that the page's own content paints, once for each time it does.

    Pictures inside form XObjects are not listed. Raises NotReadableError if a name leads nowhere.
    """
    resources = page.obj.get("/Resources")
    if resources is None:
        resources = page.resources
    table = resources.get("/XObject", pikepdf.Dictionary())
    pictures: list[pikepdf.Object] = []
    for name in _painted_names(page):
        stream = table.get(name)
        if not isinstance(stream, pikepdf.Stream):
            raise unreadable(Detail.DAMAGED)
        if stream.get("/Subtype") == "/Image":
            pictures.append(stream)
    return pictures


def _painted_names(page: pikepdf.Page) -> Iterator[str]:
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    content = contents.read_bytes() if contents is not None else b""
    if _TEXT_MAY_HIDE.search(content) is None and b"ID" not in content and b"#" not in content:
        for found in _PAINTS.finditer(content):
            yield "/" + found[1].decode("latin-1")
        return
    for instruction in pikepdf.parse_content_stream(page, "Do"):
        if str(instruction.operator) == "Do":
            yield str(instruction.operands[0])
