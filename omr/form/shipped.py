"""The forms that come with the product, and finding a form by name or path."""

from __future__ import annotations

import difflib
from pathlib import Path

from omr.errors import FormError
from omr.language import say
from omr.shipped import shipped_folder

FORMS = "form_templates"
SHARED = "khoi-chung"
"""The folder, below the forms, of the files that forms include."""


def shipped_forms() -> dict[str, Path]:
    """The shipped forms by name (the file's stem), in order of name."""
    return {path.stem: path for path in sorted(shipped_folder(FORMS).glob("*.yaml"))}


def shared_files() -> dict[str, Path]:
    """The shipped files that any form may include, by name."""
    folder = shipped_folder(FORMS) / SHARED
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def schema_file() -> Path:
    """The published JSON Schema of the form language, for editors."""
    return shipped_folder(FORMS) / "schema" / "phieu.schema.json"


def find_form(name_or_path: str) -> Path:
    """The file of a form given by path, or by the name of a shipped form; FormError if neither."""
    path = Path(name_or_path)
    if path.is_file():
        return path
    shipped = shipped_forms()
    if name_or_path in shipped:
        return shipped[name_or_path]
    known = ", ".join(shipped)
    near = difflib.get_close_matches(name_or_path, shipped, n=1)
    hint_vi, hint_en = (f" Có phải {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    message = say(
        f"Không có tệp mẫu phiếu “{name_or_path}”, cũng không có mẫu đi kèm tên đó.{hint_vi} "
        f"Các mẫu đi kèm: {known}.",
        f"There is no form file '{name_or_path}', and no shipped form of that name.{hint_en} "
        f"The shipped forms are: {known}.",
    )
    raise FormError(message)
