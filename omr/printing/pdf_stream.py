"""A PDF file written object by object: what is written is forgotten but for its offset.

So a run of thousands of sheets takes no more memory than one of ten. Objects may name others that
are written later; pages hang in a tree of two levels, written as it fills. Nothing in the file
depends on time or place: the same objects give the same bytes. Source of the format: ISO 32000-1,
7.5 (file structure) and 7.7.3 (page tree).
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

HEADER = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"
PAGES_PER_NODE = 100
_UNWRITTEN = 2**64 - 1


class PdfStream:
    """Writes to ``out`` from its present position, which counts as the file's beginning."""

    def __init__(self, out: BinaryIO) -> None:
        """Write the header and reserve the root of the page tree."""
        self._out = out
        self._offsets = array("Q")
        self._at = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        self._emit(HEADER)
        self._root = self.reserve()
        self._nodes: list[tuple[int, int]] = []  # number and pages of each full node
        self._node = 0
        self._kids: list[int] = []
        self.pages = 0

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._offsets.append(_UNWRITTEN)
        return len(self._offsets)

    def put(self, number: int, content: bytes) -> None:
        """Write the object with a reserved number."""
        self._offsets[number - 1] = self._at
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def add(self, content: bytes) -> int:
        """Write an object; its number."""
        number = self.reserve()
        self.put(number, content)
        return number

    def add_page(self, drawing: bytes) -> None:
        """Write a page that these operators draw."""
        if not self._kids:
            self._node = self.reserve()
        content = self.add(_compressed(drawing))
        page = b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (self._node, content)
        self._kids.append(self.add(page))
        self.pages += 1
        if len(self._kids) == PAGES_PER_NODE:
            self._close_node()

    def finish(self, shared: bytes, catalog: bytes, info: bytes) -> None:
        """Write what closes the file.

        ``shared`` are entries that every page inherits (resources, media box), ``catalog`` entries
        of the catalog beside the page tree, ``info`` a reference to the document information.
        """
        if self._kids:
            self._close_node()
        kids = b" ".join(b"%d 0 R" % node for node, _ in self._nodes)
        tree = b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (self.pages, kids, shared)
        self.put(self._root, tree)
        root = self.add(b"<</Type/Catalog/Pages %d 0 R%b>>" % (self._root, catalog))
        self._write_end(root, info)

    def _close_node(self) -> None:
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        entries = (self._root, len(self._kids), kids)
        self.put(self._node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % entries)
        self._nodes.append((self._node, len(self._kids)))
        self._kids.clear()

    def _write_end(self, root: int, info: bytes) -> None:
        if _UNWRITTEN in self._offsets:
            message = f"object {self._offsets.index(_UNWRITTEN) + 1} was reserved, never written"
            raise ValueError(message)
        start, size = self._at, len(self._offsets) + 1
        identity = self._digest.hexdigest().encode()
        self._emit(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for offset in self._offsets:
            self._emit(b"%010d 00000 n \n" % offset)
        self._emit(
            b"trailer\n<</Size %d/Root %d 0 R/Info %b/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, root, info, identity, identity, start)
        )

    def _emit(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)
        self._at += len(content)


def _compressed(data: bytes) -> bytes:
    """A stream object of these bytes."""
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)
