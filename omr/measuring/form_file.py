"""A draft as files: the measured form in YAML, its reference picture, and the overlay."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from omr.errors import UsageError
from omr.form import load_form
from omr.form.model import Kind
from omr.language import say
from omr.measuring.overlay import draw_overlay

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from omr.geometry import Box
    from omr.measuring.draft import Draft, DraftQuestion, DraftTarget

_LINE = 4096
"""Width at which the YAML writer may break a line: an option stays on one."""
_HEAD = (
    "Measured from a picture; correct codes, texts and kinds by hand, then run omr check.\n"
    "Đo từ ảnh; hãy sửa mã, lời và loại câu bằng tay, rồi chạy omr check."
)


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one measured form."""

    form: Path
    reference: Path
    overlay: Path

    @property
    def existing(self) -> tuple[Path, ...]:
        """Those of them that are on disk."""
        return tuple(p for p in (self.form, self.reference, self.overlay) if p.exists())


def files_of(out: Path) -> Written:
    """Where the files of the form ``out`` lie: the pictures beside it, under its name."""
    return Written(out, out.with_suffix(".reference.png"), out.with_suffix(".overlay.png"))


def write_measured_form(draft: Draft, out: Path) -> Written:
    """Write a draft as ``out`` and its two pictures, in place of what stands there.

    Raises:
        UsageError: there is no target on the page, or the files cannot be written.
        FormError: the draft breaks a rule of the form language (its maker should have known).
    """
    if not draft.targets:
        raise UsageError(
            say(
                f"Không tìm thấy ô nào để đánh dấu trên “{draft.title}”, nên không có mẫu phiếu để "
                "ghi. Hãy quét lại phiếu trắng ở 300 dpi, thẳng và rõ nét.",
                f"No box to mark was found on '{draft.title}', so there is no form to write. Scan "
                "the blank paper again at 300 dpi, straight and sharp.",
            )
        )
    files = files_of(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        files.reference.write_bytes(_png(draft.picture))
        files.overlay.write_bytes(_png(draw_overlay(draft)))
        files.form.write_text(form_yaml(draft, files.reference.name), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            say(
                f"Không ghi được {error.filename} ({error.strerror}); hãy chọn thư mục khác.",
                f"{error.filename} cannot be written ({error.strerror}); choose another folder.",
            )
        ) from error
    load_form(files.form)
    return files


def form_yaml(draft: Draft, reference: str) -> str:
    """The text of the form's file; ``reference`` is the picture's name as the file has it."""
    tree = CommentedMap(
        id=_text(draft.form_id),
        title=_text(draft.title),
        measured=_measured_part(draft, reference),
        questions=CommentedSeq([_question(question) for question in draft.questions]),
    )
    tree.yaml_set_start_comment(_HEAD)
    yaml = YAML()
    yaml.width = _LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def _measured_part(draft: Draft, reference: str) -> CommentedMap:
    part = CommentedMap(reference=_text(reference), blank=draft.blank)
    if draft.capture:
        part["capture"] = _text(draft.capture)
    return part


def _question(question: DraftQuestion) -> CommentedMap:
    entry = CommentedMap(id=_text(question.id), kind=Kind(question.kind).value)
    if question.text:
        entry["text"] = _text(question.text)
    entry["options"] = CommentedSeq([_option(target) for target in question.targets])
    return entry


def _option(target: DraftTarget) -> CommentedMap:
    entry = CommentedMap(code=_text(target.code))
    if target.text:
        entry["text"] = _text(target.text)
    entry["shape"] = target.shape.value
    entry["box_px"] = _numbers(target.box_px)
    entry.fa.set_flow_style()
    return entry


def _numbers(box: Box) -> CommentedSeq:
    """Pixels to a tenth, whole numbers without a point."""
    rounded = (round(number, 1) for number in (box.x, box.y, box.w, box.h))
    numbers = CommentedSeq([int(n) if n == int(n) else n for n in rounded])
    numbers.fa.set_flow_style()
    return numbers


def _text(words: str) -> DoubleQuotedScalarString:
    """One line of printable text in quotes, composed (NFC)."""
    visible = (" " if unicodedata.category(c)[0] in "CZ" else c for c in words)
    line = " ".join("".join(visible).split())
    quoted: DoubleQuotedScalarString = DoubleQuotedScalarString(unicodedata.normalize("NFC", line))
    return quoted


def _png(picture: NDArray[np.uint8]) -> bytes:
    # Through bytes, because cv2.imwrite cannot open a Vietnamese path on Windows.
    ok, data = cv2.imencode(".png", picture)
    if not ok:  # pragma: no cover - OpenCV cannot fail to encode a plain picture
        message = "the picture could not be encoded as PNG"
        raise RuntimeError(message)
    return data.tobytes()
