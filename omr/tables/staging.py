"""Files that take their place together, and only when all of them are complete."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from omr.errors import UsageError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def staged(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """A fresh folder to write ``names`` into; they move to ``folder`` when the block ends well.

    The folder is made if it is missing. :class:`UsageError` where it cannot be written to, or
    where a file that is there already is held open by another program; then nothing has changed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            _probe(folder / name)
        with tempfile.TemporaryDirectory(prefix=".omr-", dir=folder) as staging:
            yield Path(staging)
            for path in sorted(Path(staging).iterdir()):
                _probe(folder / path.name)
                path.replace(folder / path.name)
    except OSError as error:
        raise UsageError(_explained(folder, error)) from error


def _probe(path: Path) -> None:
    """Open the file for writing without changing it: Windows refuses while Excel holds it."""
    if path.exists():
        with path.open("r+b"):
            pass


def _explained(folder: Path, error: OSError) -> str:
    where = error.filename or folder
    what = error.strerror or error
    if isinstance(error, PermissionError):
        return say(
            f"Không ghi được tệp {where}: {what}. Tệp có thể đang mở trong Excel, hoặc thư mục "
            "không cho phép ghi. Hãy đóng tệp rồi chạy lại lệnh, hoặc chọn thư mục khác bằng -o.",
            f"Cannot write {where}: {what}. The file may be open in Excel, or the folder may not "
            "be written to. Close the file and run the command again, or choose another with -o.",
        )
    return say(
        f"Không ghi được vào {where}: {what}. Hãy kiểm tra chỗ trống trên đĩa và đường dẫn, "
        "hoặc chọn thư mục khác bằng -o.",
        f"Cannot write to {where}: {what}. Check the room on the disk and the path, "
        "or choose another folder with -o.",
    )
