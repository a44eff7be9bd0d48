"""Where the files that come with the product lie: form templates and samples.

An installed wheel carries them inside the package (``omr/shipped/NAME``); a checkout has them at
its top level (``NAME``).
"""

from __future__ import annotations

from pathlib import Path

from omr.errors import UsageError
from omr.language import say


def shipped_folder(name: str) -> Path:
    """The folder ``name`` (``form_templates`` or ``samples``); UsageError if it is not there."""
    package = Path(__file__).parent
    for folder in (package / "shipped" / name, package.parent / name):
        if folder.is_dir():
            return folder
    message = say(
        f"Không tìm thấy thư mục {name} đi kèm phần mềm: bản cài đặt không đầy đủ, hãy cài lại.",
        f"The folder {name} that ships with the product is missing: the installation is "
        "incomplete, please install it again.",
    )
    raise UsageError(message)
