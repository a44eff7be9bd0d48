"""What the eight shipped forms must ask, typed from the field's text and not from the forms.

A line is one question: ``id ; label ; factor ; kind ; text | option | option …``. The kinds ``S5``
and ``S5+NA`` are rows of the five-level scale. An option is ``text`` (its place is its code),
``text =score`` (which is its code too), ``text =NA`` (code NA, no score) or ``text #code``.
"""

from __future__ import annotations

from dataclasses import dataclass

from omr.form.model import Option

S5 = (
    Option("5", "Rất hài lòng", 5),
    Option("4", "Hài lòng", 4),
    Option("3", "Bình thường", 3),
    Option("2", "Không hài lòng", 2),
    Option("1", "Rất không hài lòng", 1),
)
NOT_RELEVANT = Option("NA", "Không liên quan")


@dataclass(frozen=True)
class Asks:
    """A question as a form must ask it."""

    id: str
    label: str
    factor: str
    kind: str
    text: str
    options: tuple[Option, ...]
    is_row: bool


A1 = "a1 ; A1 ; ; single ; Ông/Bà là: | Người dân | Đại diện tổ chức | Đại diện doanh nghiệp"
A2 = "a2 ; A2 ; ; single ; Giới tính: | Nam | Nữ"
A3 = "a3 ; A3 ; ; single ; Tuổi: | Dưới 25 | 25 - 34 | 35 - 49 | 50 - 60 | Trên 60"
A4 = (
    "a4 ; A4 ; ; single ; Trình độ học vấn: | Tiểu học | Trung học cơ sở | Trung học phổ thông "
    "| Trung cấp, cao đẳng | Đại học | Trên đại học | Khác"
)
A5 = (
    "a5 ; A5 ; ; single ; Nghề nghiệp: | Nông dân, lao động tự do | Công nhân, nhân viên "
    "| Kinh doanh | Cán bộ, công chức, viên chức, lực lượng vũ trang | Học sinh, sinh viên "
    "| Nghỉ hưu, nội trợ | Khác"
)
L = (
    "l ; ; ; single ; Ông/Bà đến giải quyết thủ tục thuộc lĩnh vực: | Tư pháp - Hộ tịch "
    "| Văn hóa - Chính sách | Công an | Tài nguyên và Môi trường | Quốc phòng (Quân sự) | Khác"
)
L_2025 = (
    "l ; ; ; single ; Ông/Bà đến giải quyết thủ tục thuộc lĩnh vực: | Tư pháp - Hộ tịch "
    "| Văn hóa - Xã hội | Đất đai - Môi trường | Kinh tế, xây dựng | Công an | Quân sự | Khác"
)
Z = "z ; ; ; text ; Ý kiến góp ý khác (nếu có):"

TITLES = {
    "t1-mot-cua": (
        "PHIẾU ĐÁNH GIÁ",
        "Mức độ hài lòng của cá nhân, tổ chức đối với việc giải quyết thủ tục hành chính tại "
        "Bộ phận Tiếp nhận và Trả kết quả",
    ),
    "t2-giai-quyet-tthc": ("PHIẾU ĐÁNH GIÁ", "Việc giải quyết thủ tục hành chính"),
    "t3-sipas": (
        "PHIẾU KHẢO SÁT",
        "Sự hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước",
    ),
    "t4-tu-phap-ho-tich": (
        "PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG",
        "Lĩnh vực Tư pháp - Hộ tịch, chứng thực",
    ),
    "t5-dat-dai": (
        "PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG",
        "Lĩnh vực Đất đai, tài nguyên và môi trường",
    ),
    "t6-van-hoa-chinh-sach": (
        "PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG",
        "Lĩnh vực Văn hóa - Chính sách (người có công, bảo trợ xã hội)",
    ),
    "t7-doanh-nghiep": (
        "PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG",
        "Dành cho doanh nghiệp, hộ kinh doanh",
    ),
    "t8-trung-tam-hcc": (
        "PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG",
        "Tại Trung tâm Phục vụ hành chính công xã/phường",
    ),
}

SECTION_TITLES = (
    "I. Tiếp cận dịch vụ",
    "II. Thủ tục hành chính",
    "III. Công chức giải quyết công việc",
    "IV. Kết quả",
    "V. Góp ý, phản ánh, kiến nghị",
)
"""Of T3; the others have no titles."""

_LINES = {
    "t1-mot-cua": f"""
{A1}
{A2}
{A3}
{L}
q1 ; 1 ; TC ; S5 ; Nơi đón tiếp, chỗ ngồi chờ, bàn viết hồ sơ
q2 ; 2 ; TC ; S5 ; Trang thiết bị phục vụ người dân, tổ chức
q3 ; 3 ; TT ; S5 ; Thủ tục hành chính được niêm yết công khai đầy đủ, dễ xem
q4 ; 4 ; TT ; S5 ; Thành phần hồ sơ, phí, lệ phí phải nộp đúng quy định
q5 ; 5 ; TT ; S5 ; Thời hạn giải quyết, trả kết quả so với giấy hẹn
q6 ; 6 ; CC ; S5 ; Thái độ giao tiếp của công chức
q7 ; 7 ; CC ; S5 ; Công chức hướng dẫn hồ sơ dễ hiểu, tận tình
q8 ; 8 ; KQ ; S5 ; Kết quả nhận được đầy đủ, chính xác
q9 ; 9 ; GY ; S5 ; Việc tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị
q10 ; 10 ; CHUNG ; S5 ; Đánh giá chung về sự phục vụ của cơ quan
{Z}
""",
    "t2-giai-quyet-tthc": f"""
{A1}
{A2}
{A3}
{L}
cs1 ; 1 ; TT ; single ; Tổng thời gian giải quyết so với thời gian quy định \
| Ngắn hơn =2 | Bằng =1 | Dài hơn =0
cs2 ; 2 ; TT ; single ; Thời gian thực hiện của từng cơ quan, đơn vị tham gia giải quyết so với \
quy định | Ngắn hơn =2 | Bằng =1 | Dài hơn =0 | Không biết =NA
cs3 ; 3 ; TT ; single ; Số lần phải liên hệ với nơi tiếp nhận hồ sơ để hoàn thiện hồ sơ (kể cả \
trực tuyến) | Không lần nào =2 | Một lần =1 | Hơn một lần =0
cs4 ; 4 ; TT ; single ; Số cơ quan, đơn vị, tổ chức phải liên hệ để hoàn thiện hồ sơ (kể cả trực \
tuyến) | Không =2 | Một =1 | Hơn một =0
cs6 ; 5 ; TT ; single ; Thủ tục hành chính được công khai chính xác, đầy đủ, kịp thời \
| Cả niêm yết và điện tử =2 | Niêm yết hoặc điện tử =1 | Không =0
cs7 ; 6 ; CC ; single ; Thái độ của cán bộ, công chức, viên chức khi hướng dẫn, tiếp nhận và giải \
quyết | Không phiền hà, trả kết quả sớm hạn =2 | Không phiền hà, trả kết quả đúng hạn =1 \
| Có thái độ nhũng nhiễu, gây phiền hà =0
cs10 ; 7 ; TC ; single ; Mức độ thuận tiện khi sử dụng dịch vụ (dễ sử dụng, thời gian đáp ứng khi \
giao tiếp, xử lý hồ sơ) | Rất hài lòng =2 | Hài lòng =1 | Không hài lòng =0
cs11 ; 8 ; CHUNG ; single ; Đánh giá tổng thể dịch vụ \
| Rất hài lòng =2 | Hài lòng =1 | Không hài lòng =0
q9 ; 9 ; ; multi ; Nếu chưa hài lòng, lý do (chọn nhiều ô): | Hướng dẫn không rõ \
| Yêu cầu thêm giấy tờ | Chậm hẹn | Thái độ | Cơ sở vật chất | Khác
{Z}
""",
    "t3-sipas": f"""
{A1}
{A2}
{A3}
{A4}
{A5}
{L}
q1 ; 1 ; TC ; S5 ; Nơi ngồi chờ giải quyết công việc có đủ chỗ ngồi
q2 ; 2 ; TC ; S5 ; Trang thiết bị phục vụ người dân, tổ chức đầy đủ
q3 ; 3 ; TC ; S5 ; Trang thiết bị phục vụ người dân, tổ chức hiện đại
q4 ; 4 ; TC ; S5 ; Trang thiết bị phục vụ người dân, tổ chức dễ sử dụng
q5 ; 5 ; TT ; S5 ; Thủ tục hành chính được niêm yết công khai đầy đủ
q6 ; 6 ; TT ; S5 ; Thủ tục hành chính được niêm yết công khai chính xác
q7 ; 7 ; TT ; S5 ; Thành phần hồ sơ phải nộp đúng quy định
q8 ; 8 ; TT ; S5 ; Phí, lệ phí phải nộp đúng quy định
q9 ; 9 ; TT ; S5 ; Thời hạn giải quyết đúng quy định
q10 ; 10 ; CC ; S5 ; Công chức có thái độ giao tiếp lịch sự
q11 ; 11 ; CC ; S5 ; Công chức chú ý lắng nghe ý kiến của người dân, tổ chức
q12 ; 12 ; CC ; S5 ; Công chức trả lời, giải đáp đầy đủ các ý kiến của người dân, tổ chức
q13 ; 13 ; CC ; S5 ; Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo
q14 ; 14 ; CC ; S5 ; Công chức hướng dẫn hồ sơ dễ hiểu
q15 ; 15 ; CC ; S5 ; Công chức tuân thủ đúng quy định trong giải quyết công việc
q16 ; 16 ; KQ ; S5 ; Kết quả đúng quy định
q17 ; 17 ; KQ ; S5 ; Kết quả có thông tin đầy đủ
q18 ; 18 ; KQ ; S5 ; Kết quả có thông tin chính xác
q19 ; 19 ; GY ; S5+NA ; Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị
q20 ; 20 ; GY ; S5+NA ; Việc thực hiện góp ý, phản ánh, kiến nghị dễ dàng
q21 ; 21 ; GY ; S5+NA ; Cơ quan tiếp nhận, xử lý tích cực các góp ý, phản ánh, kiến nghị
q22 ; 22 ; GY ; S5+NA ; Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị
q23 ; 23 ; ; single ; Ông/Bà biết đến cơ quan qua: | Người thân | Chính quyền xã, thôn \
| Phương tiện thông tin | Mạng Internet | Khác
q24 ; 24 ; ; single ; Số lần Ông/Bà phải đi lại để giải quyết công việc: \
| 1 | 2 | 3 | 4 lần trở lên
q25 ; 25 ; ; single ; Công chức có gây phiền hà, sách nhiễu không? | Không #0 | Có #1
q26 ; 26 ; ; single ; Công chức có gợi ý nộp tiền ngoài phí, lệ phí không? | Không #0 | Có #1
q27 ; 27 ; ; multi 3 ; (chọn tối đa 3) Theo Ông/Bà, cơ quan cần ưu tiên: | Mở rộng thông tin \
| Cải thiện cơ sở vật chất | Đơn giản hóa thủ tục | Rút ngắn thời gian | Giảm phí, lệ phí \
| Nâng cao năng lực công chức | Cải thiện thái độ công chức | Xử lý tốt góp ý, phản ánh
{Z}
""",
    "t4-tu-phap-ho-tich": f"""
{A1}
{A2}
{A3}
q0 ; 0 ; ; single ; Thủ tục đã làm: | Khai sinh | Kết hôn | Khai tử \
| Xác nhận tình trạng hôn nhân | Cải chính hộ tịch | Chứng thực | Khác
q1 ; 1 ; CC ; S5 ; Hướng dẫn giấy tờ phải nộp rõ ràng ngay từ lần đầu
q2 ; 2 ; TT ; S5 ; Biểu mẫu, tờ khai dễ điền
q3 ; 3 ; TC ; S5 ; Thời gian chờ đến lượt
q4 ; 4 ; TT ; S5 ; Thời gian giải quyết so với quy định
q5 ; 5 ; CC ; S5 ; Thái độ của công chức Tư pháp - Hộ tịch
q6 ; 6 ; KQ ; S5 ; Thông tin trên giấy tờ được cấp chính xác
q7 ; 7 ; TT ; S5 ; Mức thu phí, lệ phí công khai, đúng quy định
q8 ; 8 ; TC ; S5+NA ; Việc nộp hồ sơ trực tuyến, liên thông (khai sinh, cư trú, bảo hiểm y tế)
q9 ; 9 ; CHUNG ; S5 ; Đánh giá chung
q10 ; 10 ; ; single ; Số lần phải đi lại: | 1 | 2 | 3 trở lên
{Z}
""",
    "t5-dat-dai": f"""
q0 ; 0 ; ; single ; Thủ tục đã làm: | Cấp Giấy chứng nhận lần đầu | Đăng ký biến động \
| Chuyển mục đích | Hòa giải tranh chấp | Xác nhận nguồn gốc | Khác
q1 ; 1 ; TT ; S5 ; Thủ tục, quy hoạch được công khai đầy đủ
q2 ; 2 ; TT ; S5 ; Thành phần hồ sơ đúng quy định, không yêu cầu thêm giấy tờ
q3 ; 3 ; CC ; S5 ; Hướng dẫn của công chức dễ hiểu
q4 ; 4 ; CC ; S5 ; Thái độ phục vụ
q5 ; 5 ; TT ; S5 ; Thời hạn giải quyết
q6 ; 6 ; TT ; S5 ; Được thông báo lý do khi chậm hoặc phải bổ sung hồ sơ
q7 ; 7 ; TT ; S5 ; Nghĩa vụ tài chính được thông báo rõ ràng
q8 ; 8 ; KQ ; S5 ; Kết quả đúng với hồ sơ
q9 ; 9 ; GY ; S5+NA ; Việc tiếp nhận phản ánh, kiến nghị
q10 ; 10 ; CHUNG ; S5 ; Đánh giá chung
q11 ; 11 ; ; single ; Kết quả: | Trước hẹn | Đúng hẹn | Trễ hẹn, có thư xin lỗi \
| Trễ hẹn, không có thư xin lỗi
q12 ; 12 ; ; single ; Có phải chi khoản nào ngoài quy định không? | Không #0 | Có #1
{A1}
{A2}
{A3}
{Z}
""",
    "t6-van-hoa-chinh-sach": f"""
q0 ; 0 ; ; single ; Thủ tục đã làm: | Người có công | Bảo trợ xã hội | Hộ nghèo, cận nghèo \
| Trẻ em | Việc làm | Văn hóa, thể thao | Khác
q1 ; 1 ; TT ; S5 ; Chính sách, điều kiện hưởng được phổ biến rõ ràng
q2 ; 2 ; TT ; S5 ; Danh sách, mức hưởng được niêm yết công khai
q3 ; 3 ; TT ; S5 ; Hồ sơ đơn giản, dễ chuẩn bị
q4 ; 4 ; CC ; S5 ; Công chức hướng dẫn tận tình, nhất là với người cao tuổi, người khuyết tật
q5 ; 5 ; CC ; S5 ; Thái độ tôn trọng, lịch sự
q6 ; 6 ; TT ; S5 ; Thời gian giải quyết
q7 ; 7 ; KQ ; S5 ; Việc chi trả đúng, đủ, kịp thời
q8 ; 8 ; GY ; S5+NA ; Giải đáp thắc mắc, khiếu nại
q9 ; 9 ; CHUNG ; S5 ; Đánh giá chung
q10 ; 10 ; ; single ; Phiếu do: | Tự điền | Người khác điền giúp
{A2}
{A3}
{Z}
""",
    "t7-doanh-nghiep": f"""
loai_hinh ; A1 ; ; single ; Loại hình: | Doanh nghiệp | Hợp tác xã | Hộ kinh doanh
quy_mo ; A2 ; ; single ; Quy mô lao động: | Dưới 10 | 10 - 50 | 51 - 200 | Trên 200
q0 ; 0 ; ; single ; Thủ tục đã làm: | Đăng ký thành lập | Thay đổi đăng ký \
| Tạm ngừng, giải thể | Giấy phép con | Đầu tư, xây dựng | Khác
cach_nop ; ; ; single ; Cách nộp: | Trực tiếp | Trực tuyến | Bưu chính
q1 ; 1 ; TC ; S5 ; Thông tin, biểu mẫu dễ tìm, dễ hiểu
q2 ; 2 ; TC ; S5 ; Hệ thống nộp hồ sơ trực tuyến
q3 ; 3 ; TT ; S5 ; Yêu cầu hồ sơ đúng quy định
q4 ; 4 ; CC ; S5 ; Hướng dẫn bổ sung một lần, đầy đủ
q5 ; 5 ; TT ; S5 ; Thời hạn giải quyết
q6 ; 6 ; TT ; S5 ; Chi phí tuân thủ
q7 ; 7 ; CC ; S5 ; Chuyên môn của công chức
q8 ; 8 ; CC ; S5 ; Thái độ của công chức
q9 ; 9 ; KQ ; S5 ; Kết quả chính xác
q10 ; 10 ; GY ; S5 ; Giải đáp vướng mắc sau cấp phép
q11 ; 11 ; CHUNG ; S5 ; Đánh giá chung
q12 ; 12 ; ; single ; Số lần sửa đổi, bổ sung hồ sơ: | 0 #0 | 1 #1 | 2 #2 | 3 trở lên #3
{Z}
""",
    "t8-trung-tam-hcc": f"""
{L_2025}
b1 ; B1 ; ; single ; Trước đây thủ tục này do: | Cấp xã | Cấp huyện | Không rõ
b2 ; B2 ; ; single ; Quãng đường từ nhà đến Trung tâm: | Dưới 3 km | 3 - 10 km | Trên 10 km
b3 ; B3 ; ; single ; Cách thực hiện: | Nộp giấy | Trực tuyến tại nhà \
| Trực tuyến có cán bộ hỗ trợ
q1 ; 1 ; TC ; S5 ; Biển chỉ dẫn, bố trí quầy
q2 ; 2 ; TC ; S5 ; Chỗ ngồi chờ, bàn viết
q3 ; 3 ; TC ; S5 ; Lấy số, thời gian chờ
q4 ; 4 ; CC ; S5 ; Hướng dẫn nộp hồ sơ trực tuyến
q5 ; 5 ; TT ; S5 ; Thủ tục được công khai
q6 ; 6 ; TT ; S5 ; Giấy tờ đã có trên cơ sở dữ liệu không phải nộp lại
q7 ; 7 ; CC ; S5 ; Thái độ công chức
q8 ; 8 ; CC ; S5 ; Năng lực giải quyết công việc
q9 ; 9 ; TT ; S5 ; Đúng hẹn
q10 ; 10 ; KQ ; S5 ; Kết quả chính xác
q11 ; 11 ; GY ; S5+NA ; Tiếp nhận phản ánh, kiến nghị
q12 ; 12 ; CHUNG ; S5 ; Đánh giá chung
{A1}
{A2}
{A3}
{A4}
{Z}
""",
}


def _option(written: str, place: int) -> Option:
    if " =" in written:
        text, score = written.split(" =")
        return Option(score, text, None if score == "NA" else float(score))
    text, _, code = written.partition(" #")
    return Option(code or str(place), text)


def _asks(line: str) -> Asks:
    question_id, label, factor, kind, rest = (part.strip() for part in line.split(";", 4))
    text, *written = (part.strip() for part in rest.split(" | "))
    if kind.startswith("S5"):
        options = (*S5, NOT_RELEVANT) if kind.endswith("NA") else S5
        return Asks(question_id, label, factor, "single", text, options, is_row=True)
    options = tuple(_option(one, place) for place, one in enumerate(written, start=1))
    return Asks(question_id, label, factor, kind, text, options, is_row=False)


QUESTIONS = {
    name: tuple(_asks(line) for line in text.strip().splitlines()) for name, text in _LINES.items()
}
