"""The survey folder on disk: where each thing lies, and how a new one comes into being.

    survey.sqlite   what was issued, read and decided
    key             the secret of the page codes: 64 hexadecimal digits, readable by the owner only
    forms/          the frozen forms, a folder per version
    scans/          the original scans, by content

A new survey is made whole in a hidden folder and then renamed, so that an interrupted ``omr init``
leaves no half survey behind under the name that was asked for. Into an empty folder that is there
already (it may be a mounted drive, or the folder one stands in) its parts are moved one by one, the
database last: before that, it is no survey.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omr.errors import SurveyError, UsageError
from omr.identity.code import KEY_BYTES
from omr.language import say
from omr.survey.disk import write_synced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SurveyFolder:
    """The parts of a survey folder, as paths."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite database."""
        return self.root / "survey.sqlite"

    @property
    def key(self) -> Path:
        """The key file."""
        return self.root / "key"

    @property
    def forms(self) -> Path:
        """The folder of frozen forms."""
        return self.root / "forms"

    @property
    def scans(self) -> Path:
        """The folder of original scans."""
        return self.root / "scans"

    @property
    def reading_lock(self) -> Path:
        """The file that one reading at a time holds."""
        return self.root / "reading.lock"


@contextlib.contextmanager
def new_folder(target: Path) -> Iterator[SurveyFolder]:
    """A hidden folder to build a survey in; it gets its name when the block ends well.

    Raises:
        UsageError: there is something under that name already; it is left untouched.
    """
    place = target.resolve()
    _refuse_taken(place)
    inside = place.is_dir()
    building = (place if inside else place.parent) / f".{place.name}.{secrets.token_hex(4)}"
    try:
        building.mkdir(parents=True)
        folder = SurveyFolder(building)
        folder.forms.mkdir()
        folder.scans.mkdir()
        yield folder
        if inside:
            for part in (folder.scans, folder.forms, folder.key, folder.database):
                part.rename(place / part.name)
        else:
            building.rename(place)
    except OSError as error:
        raise UsageError(_cannot_make(target, error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def existing_folder(root: Path) -> SurveyFolder:
    """The parts of a survey that is there; SurveyError if there is none."""
    folder = SurveyFolder(root)
    if not root.is_dir():
        raise SurveyError(
            say(
                f"Không có thư mục khảo sát {root}. Hãy kiểm tra đường dẫn, hoặc tạo mới bằng "
                "omr init.",
                f"There is no survey folder {root}. Check the path, or make one with omr init.",
            )
        )
    if not folder.database.is_file():
        raise SurveyError(
            say(
                f"{root} không phải là thư mục khảo sát (không có survey.sqlite). Hãy kiểm tra "
                "đường dẫn, hoặc tạo mới bằng omr init.",
                f"{root} is not a survey folder (it has no survey.sqlite). Check the path, or "
                "make one with omr init.",
            )
        )
    return folder


def write_key(path: Path, key: bytes) -> None:
    """Write a survey's key, file mode 0600."""
    write_synced(path, f"{key.hex()}\n".encode(), mode=0o600)


def read_key(path: Path, digest: str) -> bytes:
    """A survey's key, checked against the digest that its database holds.

    Raises:
        SurveyError: the key file is missing, damaged, or of another survey.
    """
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise SurveyError(_bad_key(path)) from error
    if len(key) != KEY_BYTES or key_digest(key) != digest:
        raise SurveyError(_bad_key(path))
    return key


def key_digest(key: bytes) -> str:
    """What a survey keeps to know its key again: the start of its SHA-256, hexadecimal."""
    return hashlib.sha256(key).hexdigest()[:16]


def _refuse_taken(target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.exists() or target.is_symlink():
        raise UsageError(
            say(
                f"Đã có {target} và trong đó có dữ liệu; omr init không bao giờ ghi đè. Hãy chọn "
                "tên khác.",
                f"{target} is there already and not empty; omr init never overwrites. Choose "
                "another name.",
            )
        )


def _cannot_make(target: Path, error: OSError) -> str:
    return say(
        f"Không tạo được thư mục khảo sát {target} ({error.strerror}). Hãy chọn nơi có quyền ghi "
        "và còn dung lượng.",
        f"The survey folder {target} could not be made ({error.strerror}). Choose a place where "
        "you may write and that has space left.",
    )


def _bad_key(path: Path) -> str:
    return say(
        f"Tệp khóa {path} bị thiếu, bị hỏng hoặc là của cuộc khảo sát khác, nên không in và không "
        "kiểm tra được mã trang. Hãy lấy lại tệp khóa từ bản sao lưu của thư mục khảo sát.",
        f"The key file {path} is missing, damaged or of another survey, so page codes can be "
        "neither printed nor checked. Restore it from a backup of the survey folder.",
    )
