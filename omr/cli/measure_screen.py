"""What ``omr measure`` says: what was found, what is doubtful, and what to do next."""

from collections import Counter
from typing import TYPE_CHECKING

import typer

from omr.cli.reason_words import reason_sentence
from omr.language import say

if TYPE_CHECKING:
    from omr.measuring.draft import Draft
    from omr.measuring.form_file import Written
    from omr.measuring.pages import RefusedPage
    from omr.measuring.words import WordReader
    from omr.scan import PageName


def show_words(reader: "WordReader") -> None:
    """Say when words cannot be read, or not in every language asked for."""
    if not reader.languages:
        typer.echo(
            say(
                "Máy này chưa có Tesseract (hoặc chưa có ngôn ngữ cần dùng) nên không đọc được lời "
                "bên cạnh các ô; các ô vẫn được đo. Hãy tự điền lời vào tệp, hoặc cài Tesseract "
                "kèm gói tiếng Việt (vie) rồi đo lại.",
                "This computer lacks Tesseract (or the languages asked for), so the words beside "
                "the boxes cannot be read; the boxes are measured all the same. Write the words "
                "into the file yourself, or install Tesseract with Vietnamese (vie) and measure "
                "again.",
            )
        )
    elif reader.missing:
        codes = ", ".join(reader.missing)
        typer.echo(
            say(
                f"Tesseract trên máy này chưa có ngôn ngữ {codes}; lời đọc được có thể sai dấu.",
                f"Tesseract on this computer lacks {codes}; words that were read may be wrong.",
            )
        )


def show_page(number: int, pages: int) -> None:
    """How far the measuring of several pages is; on stderr, as all progress."""
    typer.echo(say(f"Trang {number}/{pages} …", f"page {number} of {pages} …"), err=True)


def show_refused(page: "RefusedPage") -> None:
    """One page of the scan that could not be opened."""
    typer.echo(f"{page.name}: {reason_sentence(str(page.refusal))}")


def show_nothing_found(name: "PageName") -> None:
    """One page of several on which nothing can be marked."""
    typer.echo(
        say(f"{name}: không có ô nào, bỏ qua.", f"{name}: there is no box on it, passed over.")
    )


def show_written(draft: "Draft", written: "Written") -> None:
    """Counts, files, and the next steps."""
    questions, left = len(draft.questions), len(draft.left_out)
    typer.echo(
        say(
            f"{written.form}: {draft.targets} ô trong {questions} câu hỏi; {left} chỗ chưa chắc, "
            "không lấy.",
            f"{written.form}: {draft.targets} boxes in {questions} questions; {left} doubtful "
            "places, not taken.",
        )
    )
    for why, count in sorted(Counter(one.why for one in draft.left_out).items()):
        typer.echo(f"  {count} × {left_out_words(why)}")
    if not draft.blank:
        typer.echo(
            say(
                "Trong các ô của ảnh mẫu có thể đã có dấu. Nên dùng phiếu trắng để đọc chắc hơn.",
                "Boxes of the reference picture may hold marks. Better take a blank form: reading "
                "will be surer.",
            )
        )
    typer.echo(
        say(
            f"Bước tiếp theo:\n"
            f"  1. mở {written.overlay}: mỗi ô một khung màu, kèm mã; khung đỏ là chỗ không lấy\n"
            f"  2. sửa câu hỏi, mã và lời trong {written.form}\n"
            f"  3. omr check {written.form}",
            f"Next:\n"
            f"  1. open {written.overlay}: every box has a coloured frame and its code; what was "
            "not taken is framed in red\n"
            f"  2. correct questions, codes and words in {written.form}\n"
            f"  3. omr check {written.form}",
        )
    )


def left_out_words(why: str) -> str:
    """Why something was not taken, in the screen's language; an unknown slug as it is."""
    vietnamese, english = _WHY.get(why, (why, why))
    return say(vietnamese, english)


_WHY = {
    "alone": (
        "ô lẻ loi, không cùng cỡ và thẳng hàng với ô nào khác",
        "alone: no other box of its size in its row or column",
    ),
    "printed-inside": (
        "có hình in bên trong, quá ít ô cùng loại",
        "something printed inside, and too few of its kind",
    ),
    "filled": (
        "ô in sẵn đã tô hoặc gạch, có lẽ là hình hướng dẫn",
        "printed filled or crossed, perhaps an example",
    ),
    "empty-cell": (
        "ô bảng trống, có thể để ghi chữ hoặc số",
        "an empty cell of a table, perhaps for words or digits",
    ),
}
