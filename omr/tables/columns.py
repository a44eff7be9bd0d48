"""The columns of every exported file: names, order and meaning, in this one place.

The names and their order are a promise to other programs; they do not change with the screen
language. The same descriptions make the sheet ``columns`` of ``ratings.xlsx``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Content(Enum):
    """How a spreadsheet should take the cells of a column."""

    TEXT = auto()
    """Always text, even where it looks like a number."""
    NUMBER = auto()
    """A number where the cell is one in plain digits, else text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header and what it holds, in both languages."""

    name: str
    vietnamese: str
    english: str
    content: Content = Content.TEXT


@dataclass(frozen=True)
class Table:
    """Rows of text under their columns; ``rows`` may be a stream that is read only once."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


SERIAL = Column("serial", "Số phiếu in trên giấy", "Serial printed on the paper")
SOURCE = Column("source", "Tệp quét", "Scan file")
IMAGE = Column("image", "Tên ảnh trang: tệp#trang", "Name of the page image: file#page")
PAGE = Column("page", "Trang thứ mấy của mẫu phiếu", "Page of the form", Content.NUMBER)
QUESTION = Column("question", "Mã câu hỏi", "Question id")

SHEET_COLUMNS = (
    SERIAL,
    Column("form", "Mã mẫu phiếu", "Form id"),
    Column("unit", "Đơn vị", "Unit"),
    Column("field", "Lĩnh vực", "Field"),
    Column("opening", "Kỳ mở hòm phiếu", "Opening of the box"),
    Column(
        "status",
        "accepted = đã nhận; review = còn chờ xem xét; rejected = phiếu không hợp lệ",
        "accepted; review = something waits for a person; rejected = the sheet is invalid",
    ),
    Column(
        "review",
        "Các câu còn chờ xem xét, cách nhau bằng dấu cách; * = cả phiếu",
        "Questions that wait for a person, separated by spaces; * = the whole sheet",
    ),
    Column("reason", "Vì sao cả phiếu phải chờ", "Why the whole sheet waits"),
)
"""``ratings.csv`` before the questions."""

SHEET_PAGES = Column("pages", "Các ảnh trang của phiếu", "The sheet's page images")
"""``ratings.csv`` after the questions."""

MARK_COLUMNS = (
    SERIAL,
    SOURCE,
    IMAGE,
    PAGE,
    QUESTION,
    Column("option", "Mã phương án", "Option code"),
    Column(
        "state",
        "unmarked = trống; marginal = dấu chưa rõ; marked = có dấu; cancelled = dấu đã bỏ",
        "unmarked, marginal, marked or cancelled",
    ),
    Column("ink", "Lượng mực đo được, 0..1", "Ink as measured, 0..1", Content.NUMBER),
    Column("confidence", "Độ tin cậy, 0..1", "Confidence, 0..1", Content.NUMBER),
    Column(
        "decided_by",
        "machine = máy đọc; nếu không, là tên người xem xét",
        "machine, or the reviewer's name",
    ),
)

PAGE_COLUMNS = (
    SOURCE,
    Column("sha256", "Mã băm SHA-256 của tệp", "SHA-256 of the file"),
    IMAGE,
    SERIAL,
    PAGE,
    Column(
        "status",
        "read = đã đọc; blank = mặt trắng; duplicate = trùng tờ đã đọc; rejected = không nhận",
        "read; blank; duplicate = the same paper again; rejected",
    ),
    Column("reason", "Lý do, dạng mã[:chi tiết]", "Reason, as slug[:detail]"),
    Column("dpi", "Độ phân giải, điểm trên inch", "Resolution, dots per inch", Content.NUMBER),
    Column(
        "rotation",
        "Góc quay của trang trên ảnh, độ, theo chiều kim đồng hồ",
        "Turn of the paper on the image, degrees clockwise",
        Content.NUMBER,
    ),
    Column(
        "scale_x",
        "Tỷ lệ bản in theo chiều ngang (1 = 100 %)",
        "Scale of the print across the page (1 = 100 %)",
        Content.NUMBER,
    ),
    Column(
        "scale_y",
        "Tỷ lệ bản in theo chiều dọc (1 = 100 %)",
        "Scale of the print along the page (1 = 100 %)",
        Content.NUMBER,
    ),
    Column(
        "residual_mm",
        "Sai lệch còn lại sau khi định vị, mm",
        "How far the print lies from the fitted page, mm",
        Content.NUMBER,
    ),
    Column(
        "gauge_white",
        "Thước kiểm: độ sáng của giấy trắng, 0..255",
        "Gauge: grey value of bare paper, 0..255",
        Content.NUMBER,
    ),
    Column(
        "gauge_contrast",
        "Thước kiểm: độ tương phản của mực đen, 0..1",
        "Gauge: contrast of solid black, 0..1",
        Content.NUMBER,
    ),
    Column(
        "gauge_midtone",
        "Thước kiểm: độ đậm của ô xám một nửa (0 = giấy, 1 = đen)",
        "Gauge: darkness of the half-grey step (0 = paper, 1 = black)",
        Content.NUMBER,
    ),
    Column(
        "gauge_sharpness",
        "Thước kiểm: độ nét của các vạch mảnh, 0..1",
        "Gauge: contrast left in the fine lines, 0..1",
        Content.NUMBER,
    ),
    Column(
        "gauge_noise",
        "Thước kiểm: độ nhiễu của giấy trắng, 0..1",
        "Gauge: spread of bare paper, 0..1",
        Content.NUMBER,
    ),
    Column(
        "gauge_empty_ink",
        "Thước kiểm: lượng mực đo được ở ô chắc chắn để trống, 0..1",
        "Gauge: ink measured where nobody marks, 0..1",
        Content.NUMBER,
    ),
    Column(
        "gauge_shift_mm",
        "Thước kiểm: lệch so với vị trí tính từ bốn dấu góc, mm",
        "Gauge: how far it lies from where the corner marks put it, mm",
        Content.NUMBER,
    ),
)

REVIEW_COLUMNS = (
    Column("item", "Mã của mục cần xem xét; không sửa", "Name of what is asked; do not change"),
    SERIAL,
    SOURCE,
    IMAGE,
    Column(
        "question",
        "Mã câu hỏi; * = cả phiếu",
        "Question id; * = the whole sheet",
    ),
    Column("reason", "Vì sao phải xem xét", "Why it waits for a person"),
    Column("machine", "Máy đoán là", "The machine's guess"),
    Column("crop", "Tệp ảnh của câu hỏi", "Picture of the question"),
    Column(
        "decision",
        "Mã phương án; a+b = đúng là nhiều dấu; - = không trả lời; phiếu: valid, invalid; "
        "trống = chưa quyết định",
        "Option code; a+b = several marks indeed; - = no answer; sheet: valid, invalid; "
        "empty = not decided yet",
    ),
    Column("reviewer", "Người xem xét", "Reviewer"),
)

CODEBOOK_COLUMNS = (
    Column("form", "Mã mẫu phiếu", "Form id"),
    Column("version", "Phiên bản mẫu phiếu", "Version of the form"),
    QUESTION,
    Column("kind", "Loại câu hỏi", "Kind of question"),
    Column("factor", "Yếu tố đánh giá", "Factor"),
    Column("text", "Nội dung câu hỏi", "Question as printed"),
    Column("option", "Mã phương án", "Option code", Content.NUMBER),
    Column("option_text", "Nội dung phương án", "Option as printed"),
    Column("score", "Điểm; trống = không tính", "Score; empty = not counted", Content.NUMBER),
)

TALLY_COLUMNS = (
    Column("group", "Đơn vị hoặc lĩnh vực; trống = toàn bộ", "Unit or field; empty = all sheets"),
    Column("form", "Mã mẫu phiếu", "Form id"),
    Column("factor", "Yếu tố đánh giá", "Factor"),
    QUESTION,
    Column("text", "Nội dung câu hỏi", "Question as printed"),
    Column("option", "Mã phương án", "Option code", Content.NUMBER),
    Column("option_text", "Nội dung phương án", "Option as printed"),
    Column("count", "Số lượt chọn phương án", "Answers with this option", Content.NUMBER),
    Column("answered", "Số phiếu trả lời câu hỏi", "Sheets that answer", Content.NUMBER),
    Column("blank", "Số phiếu bỏ trống", "Sheets left blank", Content.NUMBER),
    Column("double", "Số phiếu đánh nhiều ô", "Sheets with several marks", Content.NUMBER),
    Column("waiting", "Số phiếu chờ xem xét", "Sheets that wait for review", Content.NUMBER),
    Column("best", "Số lượt ở hai mức cao nhất", "Answers with a best score", Content.NUMBER),
    Column("scored", "Số lượt có điểm", "Answers with a score", Content.NUMBER),
    Column("percent", "Tỷ lệ hai mức cao nhất, %", "Share of the two best, %", Content.NUMBER),
)
"""The file of ``omr tally --csv``: a row per option, then a row per factor, then the index."""

FILE_COLUMNS = (
    Column("file", "Tệp", "File"),
    Column("column", "Cột", "Column"),
    Column("vietnamese", "Ý nghĩa", "Meaning in Vietnamese"),
    Column("english", "Ý nghĩa bằng tiếng Anh", "Meaning in English"),
)
