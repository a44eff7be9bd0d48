"""Printed sheets: what a reader finds on them, and what they weigh."""

from __future__ import annotations

import errno
import io
import re
import shutil
import subprocess
import time
import tracemalloc
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from omr import language
from omr.errors import UsageError
from omr.form import DesignedForm, find_form, load_form
from omr.identity import PageIdentity, encode_page, format_serial, new_key, new_survey_id
from omr.layout import Typeset, typeset
from omr.printing import SheetToPrint, print_sheets
from omr.printing.pdf_stream import PAGES_PER_NODE
from omr.printing.reference import render_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Buffer

KEY, SURVEY = new_key(), new_survey_id()
PIXELS_PER_MM = 300 / 25.4

# The words of the field, as the templates must carry them.
COMMON = """Nhằm nâng cao chất lượng phục vụ người dân, tổ chức,
kính đề nghị Ông/Bà cho ý kiến bằng cách trả lời các câu hỏi dưới đây. Phiếu không ghi tên; thông tin chỉ được dùng để tổng hợp chung. Xin trân trọng cảm ơn!
Cách ghi: Đánh dấu X vào một ô phù hợp ở mỗi câu. Nếu chọn nhầm, khoanh tròn dấu X đã chọn rồi đánh dấu X vào ô khác; muốn chọn lại ô đã khoanh thì tô kín ô đó. Không viết, không gấp lên các ô vuông đen ở góc phiếu. Ghi xong, bỏ phiếu vào hòm phiếu.
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số phiếu:
A1. Ông/Bà là: Người dân Đại diện tổ chức Đại diện doanh nghiệp
A2. Giới tính: Nam Nữ
A3. Tuổi: Dưới 25 25 - 34 35 - 49 50 - 60 Trên 60
Ông/Bà đến giải quyết thủ tục thuộc lĩnh vực: Tư pháp - Hộ tịch Văn hóa - Chính sách Công an Tài nguyên và Môi trường Quốc phòng (Quân sự) Khác
Ý kiến góp ý khác (nếu có):"""  # noqa: E501 - one sentence, one line

WORDING = {
    "t1-mot-cua": """PHIẾU ĐÁNH GIÁ
Mức độ hài lòng của cá nhân, tổ chức đối với việc giải quyết thủ tục hành chính tại Bộ phận Tiếp nhận và Trả kết quả
Nơi đón tiếp, chỗ ngồi chờ, bàn viết hồ sơ
Trang thiết bị phục vụ người dân, tổ chức
Thủ tục hành chính được niêm yết công khai đầy đủ, dễ xem
Thành phần hồ sơ, phí, lệ phí phải nộp đúng quy định
Thời hạn giải quyết, trả kết quả so với giấy hẹn
Thái độ giao tiếp của công chức
Công chức hướng dẫn hồ sơ dễ hiểu, tận tình
Kết quả nhận được đầy đủ, chính xác
Việc tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị
Đánh giá chung về sự phục vụ của cơ quan""",  # noqa: E501 - one sentence, one line
    "t3-sipas": """PHIẾU KHẢO SÁT
Sự hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước
Ông/Bà hài lòng ở mức nào đối với các nội dung sau?
I. Tiếp cận dịch vụ
Nơi ngồi chờ giải quyết công việc có đủ chỗ ngồi
Trang thiết bị phục vụ người dân, tổ chức đầy đủ
Trang thiết bị phục vụ người dân, tổ chức hiện đại
Trang thiết bị phục vụ người dân, tổ chức dễ sử dụng
II. Thủ tục hành chính
Thủ tục hành chính được niêm yết công khai đầy đủ
Thủ tục hành chính được niêm yết công khai chính xác
Thành phần hồ sơ phải nộp đúng quy định
Phí, lệ phí phải nộp đúng quy định
Thời hạn giải quyết đúng quy định
III. Công chức giải quyết công việc
Công chức có thái độ giao tiếp lịch sự
Công chức chú ý lắng nghe ý kiến của người dân, tổ chức
Công chức trả lời, giải đáp đầy đủ các ý kiến của người dân, tổ chức
Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo
Công chức hướng dẫn hồ sơ dễ hiểu
Công chức tuân thủ đúng quy định trong giải quyết công việc
IV. Kết quả
Kết quả đúng quy định
Kết quả có thông tin đầy đủ
Kết quả có thông tin chính xác
V. Góp ý, phản ánh, kiến nghị
Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị
Việc thực hiện góp ý, phản ánh, kiến nghị dễ dàng
Cơ quan tiếp nhận, xử lý tích cực các góp ý, phản ánh, kiến nghị
Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị
A4. Trình độ học vấn: Tiểu học Trung học cơ sở Trung học phổ thông Trung cấp, cao đẳng Đại học Trên đại học Khác
A5. Nghề nghiệp: Nông dân, lao động tự do Công nhân, nhân viên Kinh doanh Cán bộ, công chức, viên chức, lực lượng vũ trang Học sinh, sinh viên Nghỉ hưu, nội trợ Khác
23. Ông/Bà biết đến cơ quan qua: Người thân Chính quyền xã, thôn Phương tiện thông tin Mạng Internet Khác
24. Số lần Ông/Bà phải đi lại để giải quyết công việc: 1 2 3 4 lần trở lên
25. Công chức có gây phiền hà, sách nhiễu không? Không Có
26. Công chức có gợi ý nộp tiền ngoài phí, lệ phí không? Không Có
27. (chọn tối đa 3) Theo Ông/Bà, cơ quan cần ưu tiên: Mở rộng thông tin Cải thiện cơ sở vật chất Đơn giản hóa thủ tục Rút ngắn thời gian Giảm phí, lệ phí Nâng cao năng lực công chức Cải thiện thái độ công chức Xử lý tốt góp ý, phản ánh""",  # noqa: E501 - one sentence, one line
}


@pytest.fixture(scope="module", params=sorted(WORDING))
def form(request: pytest.FixtureRequest) -> Typeset:
    designed = load_form(find_form(request.param))
    assert isinstance(designed, DesignedForm)
    return typeset(designed)


def codes(form: Typeset, serial: int) -> tuple[bytes, ...]:
    version = form.layout.version
    return tuple(
        encode_page(PageIdentity(SURVEY, version, serial, page.number), KEY)
        for page in form.layout.pages
    )


def sheets(form: Typeset, count: int) -> Iterator[SheetToPrint]:
    for serial in range(1, count + 1):
        yield SheetToPrint(serial, "UBND xã Cẩm Vinh", "Tư pháp - Hộ tịch", codes(form, serial))


def printed(form: Typeset, count: int) -> bytes:
    buffer = io.BytesIO()
    assert print_sheets(form, sheets(form, count), buffer) == count * len(form.pages)
    return buffer.getvalue()


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [re.sub(r"\s+", " ", text) for text in texts]


def rendered(form: Typeset) -> list[NDArray[np.uint8]]:
    return render_pdf(printed(form, 1), PIXELS_PER_MM)


def test_the_wording_is_on_the_paper_letter_by_letter(form: Typeset) -> None:
    text = " ".join(page_texts(printed(form, 1)))
    assert unicodedata.is_normalized("NFC", text)
    for sentence in f"{COMMON}\n{WORDING[form.form.id]}".splitlines():
        assert sentence in text


def test_the_scale_stands_above_every_table(form: Typeset) -> None:
    text = " ".join(page_texts(printed(form, 1)))
    for words in (
        "Rất hài lòng",
        "Hài lòng",
        "Bình thường",
        "Không hài lòng",
        "Rất không hài lòng",
    ):
        assert words in text


def test_serial_unit_and_field_are_printed_on_their_sheet(form: Typeset) -> None:
    texts = page_texts(printed(form, 2))
    pages = len(form.pages)
    for serial in (1, 2):
        for text in texts[(serial - 1) * pages : serial * pages]:
            assert "Số phiếu:" in text
            assert format_serial(serial) in text
        assert "Đơn vị: UBND xã Cẩm Vinh" in texts[(serial - 1) * pages]
        assert "Lĩnh vực: Tư pháp - Hộ tịch" in texts[(serial - 1) * pages]


def test_nothing_is_printed_for_a_unit_that_is_not_named(form: Typeset) -> None:
    buffer = io.BytesIO()
    print_sheets(form, [SheetToPrint(1, "", "", codes(form, 1))], buffer)
    assert "Đơn vị" not in page_texts(buffer.getvalue())[0]


def test_a_master_has_dots_in_the_place_of_the_serial(form: Typeset) -> None:
    buffer = io.BytesIO()
    print_sheets(form, [SheetToPrint(None, "Xã Cẩm Vinh", "", codes(form, 1))], buffer)
    texts = page_texts(buffer.getvalue())
    assert not re.search(r"\d{6}[A-Z]", " ".join(texts))
    assert "Số phiếu:" in texts[0]
    assert "Đơn vị: Xã Cẩm Vinh" in texts[0]
    numbered = rendered(form)
    for number, image in enumerate(render_pdf(buffer.getvalue(), PIXELS_PER_MM)):
        box = form.layout.pages[number].serial
        assert box is not None
        rows, columns = (
            slice(round(low * PIXELS_PER_MM), round(high * PIXELS_PER_MM))
            for low, high in ((box.y, box.bottom), (box.x, box.right))
        )
        slot = image[rows, columns]
        dark = np.flatnonzero((slot < 128).any(axis=1))
        assert 0 < np.ptp(dark) + 1 < 0.5 * PIXELS_PER_MM, "one thin row of dots"
        assert (slot[dark] < 128).any(axis=0).mean() < 0.5, "with white between them"
        assert not np.array_equal(slot, numbered[number][rows, columns])


def test_a_page_added_for_duplex_stays_empty() -> None:
    designed = load_form(find_form("t1-mot-cua"))
    assert isinstance(designed, DesignedForm)
    form = typeset(replace(designed, paper=replace(designed.paper, even_pages=True)))
    assert [page.code is None for page in form.layout.pages] == [False, True]
    code = encode_page(PageIdentity(SURVEY, form.layout.version, 1, 1), KEY)
    buffer = io.BytesIO()
    assert print_sheets(form, [SheetToPrint(1, "Xã", "", (code, b""))], buffer) == 2
    front, back = render_pdf(buffer.getvalue(), PIXELS_PER_MM)
    assert front.min() < 50
    assert back.min() == 255


def test_the_page_code_reads_back_byte_for_byte(form: Typeset) -> None:
    for image, layout, code in zip(rendered(form), form.layout.pages, codes(form, 1), strict=True):
        (found,) = zxingcpp.read_barcodes(image)
        assert found.bytes == code
        assert layout.code is not None
        corners = (found.position.top_left, found.position.bottom_right)
        (x1, y1), (x2, y2) = ((p.x / PIXELS_PER_MM, p.y / PIXELS_PER_MM) for p in corners)
        assert (x1, y1) == pytest.approx((layout.code.x, layout.code.y), abs=0.35)
        assert (x2, y2) == pytest.approx((layout.code.right, layout.code.bottom), abs=0.35)


def test_the_corner_marks_are_found_where_the_layout_has_them(form: Typeset) -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    detector = cv2.aruco.ArucoDetector(dictionary)
    for image, layout in zip(rendered(form), form.layout.pages, strict=True):
        corners, ids, _ = detector.detectMarkers(image)
        assert sorted(int(one) for one in ids.ravel()) == [0, 1, 2, 3]
        found = {int(i): quad[0].mean(axis=0) for i, quad in zip(ids.ravel(), corners, strict=True)}
        for mark in layout.marks:
            centre = (found[mark.marker_id] + 0.5) / PIXELS_PER_MM
            assert np.allclose(centre, mark.box.centre, atol=0.1)


def test_the_same_sheets_give_the_same_bytes(form: Typeset) -> None:
    assert printed(form, 3) == printed(form, 3)


def test_a_sheet_adds_no_more_than_4_kb_a_page(form: Typeset) -> None:
    growth = len(printed(form, 60)) - len(printed(form, 10))
    assert growth / (50 * len(form.pages)) <= 4096


def test_a_sheet_takes_no_more_than_5_ms_of_processor_time(form: Typeset) -> None:
    began = time.process_time()
    printed(form, 100)
    assert (time.process_time() - began) / 100 <= 0.005


def test_memory_does_not_grow_with_the_number_of_sheets(form: Typeset, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            print_sheets(form, sheets(form, count), tmp_path / f"{count}.pdf")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)  # fonts and caches
    assert peak(120) - peak(20) < 100 * 100 * len(form.pages), "more than 100 bytes a page"


def test_static_pages_and_names_are_stored_once(form: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed(form, 5))) as pdf:
        forms = {
            image.objgen
            for page in pdf.pages
            for image in page.resources.XObject.as_dict().values()
            if image.Subtype == "/Form"
        }
    assert len(forms) == len(form.pages) + 1, "unit and field stand on the first page"


def test_the_file_is_sound_and_its_page_tree_counts_right(form: Typeset) -> None:
    count = PAGES_PER_NODE // len(form.pages) + 3  # more than one node
    with pikepdf.open(io.BytesIO(printed(form, count))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == pdf.Root.Pages.Count == count * len(form.pages)
        assert [int(node.Count) for node in pdf.Root.Pages.Kids] == [
            PAGES_PER_NODE,
            len(pdf.pages) - PAGES_PER_NODE,
        ]
        assert not pdf.is_linearized
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_poppler_reads_the_same_text(form: Typeset, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler is not installed")
    path = tmp_path / "sheets.pdf"
    print_sheets(form, sheets(form, 2), path)
    done = subprocess.run([program, "-raw", path, "-"], check=True, capture_output=True)
    assert done.stderr == b""
    text = re.sub(r"\s+", " ", done.stdout.decode())
    for serial in (1, 2):
        assert text.count(format_serial(serial)) == len(form.pages)
    assert text.count("Lĩnh vực: Tư pháp - Hộ tịch") == 2


def test_names_that_change_within_a_run_stand_on_their_own_sheets(form: Typeset) -> None:
    given = [("Xã Cẩm Vinh", "Đất đai"), ("Xã Phú Lộc", ""), ("Xã Cẩm Vinh", "Đất đai")]
    buffer = io.BytesIO()
    named = [SheetToPrint(s, *pair, codes(form, s)) for s, pair in enumerate(given, start=1)]
    print_sheets(form, named, buffer)
    for text, (unit, field) in zip(
        page_texts(buffer.getvalue())[:: len(form.pages)], given, strict=True
    ):
        assert f"Đơn vị: {unit}" in text
        assert text.count("Lĩnh vực: ") == bool(field)
        assert f"Lĩnh vực: {field}" in text or not field


def test_pages_are_a4_and_the_document_says_what_it_is(form: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed(form, 1))) as pdf:
        for page in pdf.pages:
            box = [float(value) * 25.4 / 72 for value in page.mediabox]
            assert box == pytest.approx([0, 0, 210, 297], abs=0.001)
        assert pdf.docinfo["/Title"] == form.form.title
        assert str(pdf.docinfo["/Author"]).startswith("ỦY BAN NHÂN DÂN")
        assert pdf.Root.Lang == "vi"
        fonts = {
            str(font.BaseFont)
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"
            for font in [obj]
        }
    assert all("Tinos" in font for font in fonts)


def test_an_interrupted_run_leaves_what_was_there(form: Typeset, tmp_path: Path) -> None:
    def interrupted() -> Iterator[SheetToPrint]:
        yield from sheets(form, 2)
        raise KeyboardInterrupt

    path = tmp_path / "phiếu.pdf"
    path.write_bytes(b"as before")
    with pytest.raises(KeyboardInterrupt):
        print_sheets(form, interrupted(), path)
    assert path.read_bytes() == b"as before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_no_half_file(form: Typeset) -> None:
    class Full(io.BytesIO):
        def write(self, content: Buffer, /) -> int:
            if self.tell() > 50_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(content)

    full = Full()
    with pytest.raises(OSError, match="No space left"):
        print_sheets(form, sheets(form, 100), full)
    with pytest.raises(pikepdf.PdfError), pikepdf.open(io.BytesIO(full.getvalue())) as pdf:
        len(pdf.pages)


def test_printing_to_a_path_writes_that_file(form: Typeset, tmp_path: Path) -> None:
    path = tmp_path / "phiếu.pdf"
    print_sheets(form, sheets(form, 1), path)
    assert path.read_bytes() == printed(form, 1)


def test_unit_and_field_share_a_line_and_are_refused_where_it_is_too_short(form: Typeset) -> None:
    text = page_texts(printed(form, 1))[0]
    assert "Đơn vị: UBND xã Cẩm Vinh – Lĩnh vực: Tư pháp - Hộ tịch" in text
    name = "Trung tâm " * 4
    print_sheets(form, [SheetToPrint(1, name, "", codes(form, 1))], io.BytesIO())
    with pytest.raises(UsageError, match="156 mm"):
        print_sheets(form, [SheetToPrint(1, name, name, codes(form, 1))], io.BytesIO())


@pytest.mark.parametrize(
    ("unit", "says"), [("Trung tâm " * 12, "use a shorter name"), ("UBND ☑", "U\\+2611")]
)
def test_a_name_that_cannot_be_printed_is_refused(form: Typeset, unit: str, says: str) -> None:
    before = language.current()
    language.use(language.Language.ENGLISH)
    try:
        with pytest.raises(UsageError, match=says):
            print_sheets(form, [SheetToPrint(1, unit, "", codes(form, 1))], io.BytesIO())
    finally:
        language.use(before)
