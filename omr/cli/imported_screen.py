"""What ``omr measure --from`` says: how well a template fits its paper, and what it cannot say."""

from typing import TYPE_CHECKING

import typer

from omr.errors import CheckFailedError
from omr.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omr.measuring.omrchecker.importing import Imported

MOST_LISTED = 12
"""Names that are listed before the rest is only counted."""
FAR = 0.15
"""A template whose boxes lie farther from the print (in bubbles) is said to be off."""


def show_imported(imported: "Imported") -> None:
    """Everything that a person should know before using the form."""
    typer.echo(
        say(
            f"Đặt theo ảnh {imported.sample}: {imported.seen} trong {imported.draft.targets} ô nằm "
            "đúng trên ô in của phiếu.",
            f"Placed on {imported.sample}: {imported.seen} of {imported.draft.targets} boxes lie "
            "on a printed bubble.",
        )
    )
    _show_moves(imported)
    _show_unseen(imported)
    _show_differences(imported)


def refuse_misfit(imported: "Imported") -> None:
    """End with an error if the template cannot belong to the paper of the picture.

    Raises:
        CheckFailedError: too many of its boxes lie on no print.
    """
    if not imported.fits:
        raise CheckFailedError(
            say(
                "Mẫu đã được ghi nhưng chưa dùng được: quá nhiều ô không nằm trên ô in nào. "
                f"Hãy xem ảnh đối chiếu; {imported.sample} có thể là loại phiếu khác, hoặc ảnh bị "
                "xoay. Hãy chọn ảnh khác bằng --image.",
                "The form was written but cannot be used yet: too many of its boxes lie on no "
                f"printed bubble. Look at the overlay; {imported.sample} may show another form, or "
                "be turned. Choose another picture with --image.",
            )
        )


def _show_moves(imported: "Imported") -> None:
    usual, most = (round(100 * move) for move in imported.moved)
    if imported.moved[1] >= FAR:
        typer.echo(
            say(
                f"  các ô được dời về đúng chỗ in: thường {usual} %, nhiều nhất {most} % bề rộng ô",
                f"  boxes were moved onto the print: by {usual} % of a bubble as a rule, {most} % "
                "at most",
            )
        )


def _show_unseen(imported: "Imported") -> None:
    """Targets without print: a question's id alone where that holds for all of its options."""
    unseen = set(imported.unseen)
    names = []
    for question in imported.draft.questions:
        codes = [t.code for t in question.targets if (question.id, t.code) in unseen]
        if codes:
            every = len(codes) == len(question.targets)
            names.append(question.id if every else " ".join([question.id, *codes]))
    if names:
        typer.echo(
            say(
                f"  {len(unseen)} ô không thấy nét in, hãy xem kỹ trên ảnh đối chiếu: "
                f"{_listed(names)}",
                f"  {len(unseen)} boxes show no print, look closely at the overlay: "
                f"{_listed(names)}",
            )
        )


def _show_differences(imported: "Imported") -> None:
    """What the form language says otherwise than a template, or not at all."""
    template = imported.template
    for column, parts in template.joined:
        names = _listed([dict(imported.renamed).get(part, part) for part in parts])
        typer.echo(
            say(
                f"  cột “{column}” gồm nhiều câu, mỗi chữ số một câu; hãy ghép lại khi dùng bảng: "
                f"{names}",
                f"  the column '{column}' comes as one question a part; join them in the table: "
                f"{names}",
            )
        )
    if imported.renamed:
        names = _listed([f"{before} → {now}" for before, now in imported.renamed])
        typer.echo(say(f"  đổi mã: {names}", f"  renamed: {names}"))
    if template.ignored:
        names = _listed(template.ignored)
        typer.echo(say(f"  không dùng đến: {names}", f"  not used: {names}"))
    typer.echo(
        say(
            "  mọi câu đều là chọn một; câu nào được chọn nhiều thì sửa thành kind: multi",
            "  every question takes one mark; where several are allowed, write kind: multi",
        )
    )


def _listed(names: "Sequence[str]") -> str:
    shown = ", ".join(names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return shown + say(f" và {more} mục nữa", f" and {more} more") if more > 0 else shown
