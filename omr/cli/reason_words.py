"""Why a page or file was not read, as a sentence for the person who scanned it."""

import re

from omr.language import say
from omr.refusal import Reason


def reason_sentence(reason: str) -> str:
    """The sentence for ``slug`` or ``slug:detail``; an unknown slug is given back as it is.

    The detail follows in brackets where it says more.
    """
    slug, _, detail = reason.partition(":")
    if slug not in tuple(Reason):
        return reason
    sentence = _sentence(Reason(slug))
    return f"{sentence} ({_detail_words(detail)})" if detail else sentence


def _detail_words(detail: str) -> str:
    """A count of marks or targets in words; any other detail as it is."""
    counted = _COUNTED.fullmatch(detail)
    if counted is None:
        return detail
    found, printed, targets = counted.groups()
    if targets:
        return say(f"thấy {found} trong {printed} ô", f"{found} of {printed} boxes found")
    return say(f"thấy {found} trong {printed} dấu", f"{found} of {printed} marks found")


_COUNTED = re.compile(r"(\d+)-of-(\d+)(-targets)?")


def _sentence(reason: Reason) -> str:
    return say(*_SENTENCES[reason])


_SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.UNREADABLE_FILE: (
        "Tệp bị hỏng, rỗng hoặc không đúng loại; hãy quét lại và lưu thành PDF, TIFF hoặc JPEG.",
        "The file is damaged, empty or of another kind; scan again to PDF, TIFF or JPEG.",
    ),
    Reason.ENCRYPTED_FILE: (
        "Tệp có mật khẩu; hãy lưu lại không đặt mật khẩu.",
        "The file asks for a password; save it again without one.",
    ),
    Reason.TOO_LARGE: (
        "Ảnh quá lớn; hãy quét lại ở 200 hoặc 300 dpi.",
        "The image is too large; scan again at 200 or 300 dpi.",
    ),
    Reason.UNSAFE_NAME: (
        "Tên tệp trong ZIP trỏ ra ngoài tệp nén nên không được mở.",
        "A name in the ZIP points outside it, so it was not opened.",
    ),
    Reason.NO_MARKS_FOUND: (
        "Không thấy đủ dấu định vị ở góc trang: không phải phiếu của cuộc khảo sát, hoặc trang bị "
        "che, bị rách.",
        "Too few registration marks were found: not one of our pages, or covered or torn.",
    ),
    Reason.MARKS_DISAGREE: (
        "Các dấu định vị không nằm đúng chỗ đã in; hãy vuốt phẳng giấy rồi quét lại.",
        "The registration marks do not lie where they were printed; flatten and scan again.",
    ),
    Reason.NO_PAGE_CODE: (
        "Không đọc được mã trang; hãy quét lại rõ hơn.",
        "The page code could not be read; scan the page again, more clearly.",
    ),
    Reason.BAD_MAC: (
        "Mã trang không do cuộc khảo sát này tạo ra: mã bị sửa hoặc bị hỏng.",
        "The page code was not made by this survey: forged or damaged.",
    ),
    Reason.OTHER_SURVEY: (
        "Phiếu thuộc cuộc khảo sát khác; hãy đọc trong thư mục của cuộc khảo sát đó.",
        "The page belongs to another survey; read it into that survey's folder.",
    ),
    Reason.OTHER_FORM: (
        "Phiếu theo mẫu hoặc phiên bản mà cuộc khảo sát này không có.",
        "The page is of a form or version that this survey does not have.",
    ),
    Reason.NOT_ISSUED: (
        "Số phiếu này chưa từng được in trong cuộc khảo sát.",
        "This serial was never printed in this survey.",
    ),
    Reason.NO_FORM_MATCHES: (
        "Trang không giống mẫu phiếu nào của cuộc khảo sát.",
        "The page looks like none of the survey's forms.",
    ),
    Reason.FORMS_ALIKE: (
        "Trang giống nhiều mẫu phiếu như nhau nên không thể chọn một mẫu.",
        "The page looks like several forms alike, and nothing tells them apart.",
    ),
    Reason.BAD_REGISTRATION: (
        "Nội dung in không nằm đúng chỗ nên không đọc dấu nào; hãy vuốt phẳng giấy rồi quét lại.",
        "The print does not lie where it should, so nothing was read; flatten and scan again.",
    ),
    Reason.INTERNAL_ERROR: (
        "Chương trình gặp lỗi khi đọc trang này; hãy báo cho người phát triển.",
        "The program failed on this page; please report it.",
    ),
    Reason.WITHDRAWN: (
        "Tệp đã được rút ra bằng omr withdraw.",
        "The file was withdrawn with omr withdraw.",
    ),
    Reason.TEST_DECK: (
        "Phiếu thử máy của omr deck: đã đọc, không tính vào kết quả.",
        "A test sheet of omr deck: it was read, and does not count.",
    ),
}
