"""Random designed forms: lists, tables with columns for some rows only, cells and frames."""

from __future__ import annotations

from hypothesis import strategies as st

from omr.form.designed import (
    Asked,
    DesignedForm,
    Heading,
    PaperSizes,
    QuestionList,
    ScaleTable,
    Section,
)
from omr.form.model import Form, Kind, Option, Question

TEXT = (
    "Nhằm nâng cao chất lượng phục vụ người dân, tổ chức hướng dẫn nghiêm túc khuỷu đường; "
    "Ông/Bà (trực tuyến) 25 - 34 kiến nghị? Ẳ ấy đầy đủ, dễ xem thời gian"
)
SYLLABLES = TEXT.split(" ")
SCALE = tuple(
    Option(str(score), text, score)
    for score, text in (
        (5, "Rất hài lòng"),
        (4, "Hài lòng"),
        (3, "Bình thường"),
        (2, "Không hài lòng"),
        (1, "Rất không hài lòng"),
    )
)
NONE = Option("NA", "Không liên quan")
HEADING = Heading(
    "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
    "ỦY BAN NHÂN DÂN XÃ CẨM VINH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
)


def words(least: int, most: int) -> st.SearchStrategy[str]:
    """So many syllables."""
    return st.lists(st.sampled_from(SYLLABLES), min_size=least, max_size=most).map(" ".join)


@st.composite
def questions(draw: st.DrawFn, name: str) -> Asked:
    """A question of any kind."""
    label = draw(st.sampled_from(("", "9", "A1")))
    kind = draw(st.sampled_from((Kind.SINGLE, Kind.SINGLE, Kind.MULTI, Kind.NUMBER, Kind.TEXT)))
    text = draw(words(1, 25))
    if kind is Kind.NUMBER:
        return Asked(Question(name, kind, text, digits=draw(st.integers(1, 6))), label)
    if kind is Kind.TEXT:
        return Asked(Question(name, kind, text), label, draw(st.integers(1, 6)))
    texts = draw(st.lists(words(1, 7), min_size=1, max_size=9))
    options = tuple(Option(str(number), one) for number, one in enumerate(texts))
    return Asked(Question(name, kind, text, options), label)


@st.composite
def sections(draw: st.DrawFn, name: str) -> Section:
    """A list or a table; in a table some rows may have a column of their own."""
    title = draw(st.sampled_from(("", f"Phần {name}")))
    count = draw(st.integers(1, 14))
    names = [f"{name}_{number}" for number in range(count)]
    if draw(st.booleans()):
        return QuestionList(title, tuple(draw(questions(one)) for one in names[:6]))
    columns = SCALE[draw(st.integers(0, 3)) :]
    extra = draw(st.sets(st.sampled_from(names)))
    rows = tuple(
        Asked(
            Question(
                one, Kind.SINGLE, draw(words(1, 25)), (*columns, NONE) if one in extra else columns
            ),
            str(number + 1),
        )
        for number, one in enumerate(names)
    )
    return ScaleTable(title, "Nội dung đánh giá", (*columns, NONE) if extra else columns, rows)


@st.composite
def forms(draw: st.DrawFn) -> DesignedForm:
    """A whole form of one to four sections."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 4)))]
    parts = tuple(draw(sections(name)) for name in names)
    asked = tuple(one.question for section in parts for one in section.questions)
    return DesignedForm(
        form=Form("demo", "PHIẾU", asked),
        heading=HEADING,
        form_number=draw(st.sampled_from(("", "Mẫu số T1"))),
        title="PHIẾU ĐÁNH GIÁ",
        subtitle=draw(words(0, 20)),
        intro=draw(words(0, 60)),
        instruction=draw(words(0, 60)),
        sections=parts,
        date_line=draw(st.sampled_from(("", "Ngày …… tháng …… năm ………"))),
        attachment=draw(st.sampled_from(("", "(Kèm theo Công văn số 12/UBND-NV)"))),
        bases=tuple(draw(st.lists(words(5, 20), max_size=2))),
        paper=PaperSizes(even_pages=draw(st.booleans())),
    )
