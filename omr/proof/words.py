"""What the rules of the paper say: what is wrong, why it matters, what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omr.language import Language, current, say
from omr.layout.model import Corner
from omr.proof.limits import LIMITS

if TYPE_CHECKING:
    from omr.layout.model import Target

Said = tuple[str, str, str]
"""What is wrong, why it matters, what to change."""
SHOWN = 40
"""Characters of a text that are quoted."""


def targets_too_near(
    one: Target, other: Target, white: float, pairs: int, *, measured: bool
) -> Said:
    """Boxes with too little white between them; ``pairs`` of them on the page."""
    if white < 0:
        what = say(
            f"{_target_vi(one)} và {_target_vi(other, inside=True)} chồng lên nhau "
            f"({pairs} cặp ô như vậy).",
            f"B{_target_en(one)[1:]} and {_target_en(other)} overlap ({pairs} such pairs).",
        )
    else:
        what = say(
            f"{_target_vi(one)} và {_target_vi(other, inside=True)} chỉ cách nhau {mm(white)} "
            f"({pairs} cặp ô gần nhau như vậy).",
            f"Only {mm(white)} of white between {_target_en(one)} and {_target_en(other)} "
            f"({pairs} pairs so close).",
        )
    why = say(
        "Dấu X thường vượt ra ngoài ô, và vòng khoanh để bỏ chọn còn rộng hơn: chúng sẽ chạm vào ô "
        "bên cạnh.",
        "A cross often runs out of its box, and a ring that takes it back is wider still: they "
        "would touch the next box.",
    )
    if measured:
        change = say(
            "Giấy đã in thì không sửa được nữa; hãy xem kết quả đọc thử bên dưới.",
            "Paper that is printed cannot be changed; see how the trial was read.",
        )
    else:
        change = say(
            f"Giữa hai ô cần ít nhất {mm(LIMITS.target_white)}: tăng row hoặc column, hoặc giảm "
            "box trong mục paper.",
            f"Leave at least {mm(LIMITS.target_white)} between boxes: more row or column, or less "
            "box, under paper.",
        )
    return what, why, change


def target_too_small(side: float, count: int) -> Said:
    """Boxes that are hard to hit."""
    return (
        say(f"{count} ô chỉ rộng {mm(side)}.", f"Boxes only {mm(side)} wide: {count}."),
        say(
            "Nhiều người sẽ đánh dấu trượt ra ngoài ô nhỏ như vậy.",
            "Many people will miss boxes so small.",
        ),
        say(
            f"Đặt box trong mục paper từ {mm(LIMITS.target_side)} trở lên (nên là 4,6 mm).",
            f"Set box under paper to {mm(LIMITS.target_side)} or more (4.6 mm is best).",
        ),
    )


def print_at_target(target: Target, text: str, distance: float) -> Said:
    """Print in a box, or close to it."""
    place_vi = "nằm đè lên" if distance < 0 else f"chỉ cách {mm(distance)} đến"
    place_en = "lies over" if distance < 0 else f"is only {mm(distance)} from"
    return (
        say(
            f"{_thing_vi(text)} {place_vi} {_target_vi(target, inside=True)}.",
            f"{_thing_en(text)} {place_en} {_target_en(target)}.",
        ),
        say(
            "Chữ hoặc nét in ở đó lẫn với nét bút, nên không biết chắc ô có được đánh dấu hay "
            "không.",
            "Print there mixes with the pen's strokes, so that a mark can no longer be told from "
            "none.",
        ),
        say(
            f"Dời chữ hoặc nét đó ra xa ô ít nhất {mm(LIMITS.print_white)}.",
            f"Move it at least {mm(LIMITS.print_white)} away from the box.",
        ),
    )


def target_outside_marks(count: int) -> Said:
    """Boxes beyond the registration marks."""
    return (
        say(
            f"{count} ô nằm ngoài khung bốn dấu định vị ở góc.",
            f"Boxes outside the frame of the four registration marks: {count}.",
        ),
        say(
            "Bên trong khung, máy biết đúng chỗ của từng ô; bên ngoài chỉ là phỏng đoán.",
            "Inside the frame the place of every box is known; outside it is a guess.",
        ),
        say("Đưa các ô vào bên trong khung.", "Move the boxes inside."),
    )


def column_too_narrow(width: float) -> Said:
    """Columns in which the pen lands one off."""
    return (
        say(f"Các cột ô chỉ cách nhau {mm(width)}.", f"Columns are only {mm(width)} apart."),
        say(
            "Người điền dễ đánh nhầm sang cột bên cạnh.",
            "People easily mark the column beside the one they mean.",
        ),
        say(
            f"Đặt column trong mục paper từ {mm(LIMITS.column)} trở lên.",
            f"Set column under paper to {mm(LIMITS.column)} or more.",
        ),
    )


def print_at_mark(corner: Corner, text: str, distance: float) -> Said:
    """Print over a registration mark, or close to it."""
    where_vi = {
        Corner.TOP_LEFT: "trên bên trái",
        Corner.TOP_RIGHT: "trên bên phải",
        Corner.BOTTOM_RIGHT: "dưới bên phải",
        Corner.BOTTOM_LEFT: "dưới bên trái",
    }[corner]
    where_en = corner.value.replace("-", " ")
    return (
        say(
            f"{_thing_vi(text)} {_near_vi(distance)} dấu định vị ở góc {where_vi}.",
            f"{_thing_en(text)} {_near_en(distance)} the registration mark at the {where_en}.",
        ),
        say(
            "Máy tìm trang giấy theo bốn dấu này; dấu bị che thì cả trang không đọc được.",
            "The page is found by these four marks; if one is covered, the whole page may be lost.",
        ),
        say(
            f"Dời ra xa dấu ít nhất {mm(LIMITS.mark_white)}.",
            f"Move it at least {mm(LIMITS.mark_white)} away from the mark.",
        ),
    )


def print_at_code(text: str, distance: float, quiet: float) -> Said:
    """Print over the page code or in its quiet zone."""
    return (
        say(
            f"{_thing_vi(text)} {_near_vi(distance)} mã trang (mã QR ở lề trái).",
            f"{_thing_en(text)} {_near_en(distance)} the page code (the QR code at the left).",
        ),
        say(
            "Mã trang cho biết đây là phiếu nào, trang nào; quanh mã phải để trắng thì mới đọc "
            "được.",
            "The page code says which sheet and page this is; it is only read with white around "
            "it.",
        ),
        say(
            f"Dời ra xa mã ít nhất {mm(quiet)}.",
            f"Move it at least {mm(quiet)} away from the code.",
        ),
    )


def code_too_small(side: float) -> Said:
    """A page code that poor scans cannot show."""
    return (
        say(f"Mã trang chỉ rộng {mm(side)}.", f"The page code is only {mm(side)} wide."),
        say(
            "Máy quét đen trắng hoặc độ phân giải thấp không giữ được các chấm nhỏ của mã, nên cả "
            "trang không đọc được.",
            "A black-and-white or low-resolution scan loses the code's small dots, and with them "
            "the whole page.",
        ),
        say(
            f"Đặt code trong mục paper từ {mm(LIMITS.code_side)} trở lên (nên là 18 mm).",
            f"Set code under paper to {mm(LIMITS.code_side)} or more (18 mm is best).",
        ),
    )


def print_at_slot(text: str) -> Said:
    """Print where a sheet's own words will stand."""
    return (
        say(
            f"{_thing_vi(text)} nằm ở chỗ dành để in số phiếu, đơn vị hoặc lĩnh vực.",
            f"{_thing_en(text)} stands where serial, unit or field will be printed.",
        ),
        say(
            "Khi in phiếu, chữ sẽ chồng lên nhau và không ai đọc được số phiếu.",
            "They would be printed over each other, and nobody could read the serial.",
        ),
        say("Dời sang chỗ trống.", "Move it to a free place."),
    )


def print_at_gauge(text: str, distance: float) -> Said:
    """Print over the print-and-scan gauge."""
    return (
        say(
            f"{_thing_vi(text)} {_near_vi(distance)} thước kiểm in và quét (các ô xám và "
            "sọc ở lề trái).",
            f"{_thing_en(text)} {_near_en(distance)} the print-and-scan gauge (grey and striped "
            "squares at the left).",
        ),
        say(
            "Thước kiểm dùng để đo bản in và bản quét có rõ không; chữ đè lên làm kết quả đo sai.",
            "It measures whether print and scan are clear; anything over it makes that wrong.",
        ),
        say(
            f"Dời ra xa ít nhất {mm(LIMITS.gauge_white)}.",
            f"Move it at least {mm(LIMITS.gauge_white)} away.",
        ),
    )


def machine_part_near_edge() -> Said:
    """A mark, the code or the gauge on the unprintable edge."""
    return (
        say(
            "Dấu định vị, mã trang hoặc thước kiểm nằm sát mép giấy.",
            "A registration mark, the page code or the gauge lies at the paper's edge.",
        ),
        _edge_why(),
        say(
            "Trả các kích thước trong mục paper về giá trị mặc định.",
            "Go back to the default sizes under paper.",
        ),
    )


def off_page(text: str) -> Said:
    """Print beyond the paper."""
    return (
        say(
            f"{_thing_vi(text)} nằm ngoài trang giấy, toàn bộ hoặc một phần.",
            f"{_thing_en(text)} lies off the page, wholly or in part.",
        ),
        say("Phần nằm ngoài không được in ra.", "What lies outside is not printed."),
        say("Dời vào trong, hoặc viết ngắn lại.", "Move it inside, or shorten it."),
    )


def near_edge(text: str) -> Said:
    """Print on the edge that printers leave out."""
    return (
        say(
            f"{_thing_vi(text)} cách mép giấy chưa đến {mm(LIMITS.edge)}.",
            f"{_thing_en(text)} lies within {mm(LIMITS.edge)} of the paper's edge.",
        ),
        _edge_why(),
        say(
            f"Dời vào cách mép giấy ít nhất {mm(LIMITS.edge)}.",
            f"Move it at least {mm(LIMITS.edge)} from the edge.",
        ),
    )


def text_too_small(text: str, points: float, count: int) -> Said:
    """Text that old people cannot read."""
    return (
        say(
            f"{count} chỗ chữ nhỏ hơn cỡ {number(LIMITS.points)}, nhỏ nhất là cỡ "
            f"{number(points)}: “{_short(text)}”.",
            f"Texts smaller than {number(LIMITS.points)} points: {count}; the smallest in "
            f"{number(points)}: '{_short(text)}'.",
        ),
        say(
            "Người cao tuổi khó đọc; Nghị định 30/2020 dùng cỡ 12 trở lên.",
            "Old people cannot read it; Nghị định 30/2020 asks for 12 points and more.",
        ),
        say("Dùng cỡ chữ 12 trở lên.", "Use 12 points or more."),
    )


def text_over_text(one: str, other: str) -> Said:
    """Two texts printed over each other."""
    return (
        say(
            f"“{_short(one)}” và “{_short(other)}” in chồng lên nhau.",
            f"'{_short(one)}' and '{_short(other)}' are printed over each other.",
        ),
        say("Không ai đọc được cả hai.", "Nobody can read either."),
        say("Dời một trong hai sang chỗ trống.", "Move one of them to a free place."),
    )


def text_over_line(text: str) -> Said:
    """A text through which a line runs."""
    return (
        say(
            f"Có nét kẻ hoặc cạnh khung cắt ngang chữ “{_short(text)}”.",
            f"A line or the side of a frame runs through '{_short(text)}'.",
        ),
        say(
            "Chữ khó đọc và trông như đã bị gạch bỏ.",
            "It reads badly, and looks as if it were struck out.",
        ),
        say("Dời chữ sang chỗ trống.", "Move the text to a free place."),
    )


def mm(length: float) -> str:
    """A length as the screen's language writes it."""
    return f"{number(length)} mm"


def number(value: float) -> str:
    """A number with at most one decimal, with the decimal sign of the screen's language."""
    text = f"{value:.1f}".removesuffix(".0")
    return text if current() is Language.ENGLISH else text.replace(".", ",")


def _edge_why() -> str:
    return say(
        "Phần lớn máy in văn phòng không in được 4–5 mm sát mép giấy.",
        "Most office printers cannot print the outer 4 to 5 mm.",
    )


def _target_vi(target: Target, *, inside: bool = False) -> str:
    return f"{'ô' if inside else 'Ô'} {target.option} của câu {target.question}"


def _target_en(target: Target) -> str:
    return f"box {target.option} of question {target.question}"


def _thing_vi(text: str) -> str:
    return f"Chữ “{_short(text)}”" if text else "Một nét in hoặc mảng nền"


def _thing_en(text: str) -> str:
    return f"The text '{_short(text)}'" if text else "A printed line or ground"


def _near_vi(distance: float) -> str:
    return "đè lên" if distance < 0 else f"chỉ cách {mm(distance)} đến"


def _near_en(distance: float) -> str:
    return "lies over" if distance < 0 else f"is only {mm(distance)} from"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
