"""The form language as JSON Schema, for editors that complete and check YAML.

It is made from the models that check the forms, and published as
``form_templates/schema/phieu.schema.json``: ``omr forms --schema`` prints it.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from omr.form.schema import DesignedEntry, MeasuredEntry, SharedEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"

WORDS = {
    "id": "Mã: tên của mẫu phiếu, hoặc tên cột của câu hỏi trong ratings.csv",
    "include": "Tệp chung: khoi-chung, hoặc đường dẫn tính từ tệp này; một tên hoặc danh sách",
    "variables": "Biến, dùng như {co_quan} trong mọi chữ; đổi bằng --set tên=giá-trị",
    "form_number": "Số của mẫu, in ở góc trên bên phải",
    "attachment": "Dòng ghi công văn kèm theo, ví dụ (Kèm theo Công văn số …)",
    "heading": "Tên cơ quan, quốc hiệu, tiêu ngữ",
    "authority": "Cơ quan chủ quản",
    "office": "Cơ quan ban hành phiếu",
    "nation": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "title": "Tên phiếu, hoặc tên phần",
    "subtitle": "Dòng dưới tên phiếu",
    "bases": "Các căn cứ, mỗi mục một dòng",
    "intro": "Lời mở đầu",
    "instruction": "Cách ghi; không ghi khóa này thì in lời chung",
    "correction": "Cách sửa dấu chọn nhầm: circle (khoanh tròn), fill (tô kín), none (đổi phiếu)",
    "double": "Câu bị đánh thừa ô: person (chờ người xem), void (ghi nhận, không tính)",
    "scales": "Các thang: tên và danh sách phương án",
    "blocks": "Các câu hỏi dùng chung: use: tên",
    "sections": "Các phần của phiếu",
    "date_line": "Dòng ngày tháng ở cuối phiếu",
    "paper": "Kích thước in, mm; omr check kiểm chứng",
    "box": "Cạnh của ô, mm",
    "row": "Khoảng cách nhỏ nhất giữa hai dòng ô, mm",
    "column": "Bề rộng nhỏ nhất của cột thang điểm, mm",
    "code": "Mã của phương án; trong paper: cạnh của mã trang, mm",
    "even_pages": "Thêm trang trống để số trang chẵn (in hai mặt)",
    "notes": "Ghi chú đặt ở chỗ tùy chọn",
    "page": "Trang, từ 1",
    "x": "Cách mép trái của giấy, mm",
    "y": "Cách mép trên của giấy, mm",
    "points": "Cỡ chữ",
    "scale": "Tên thang; phần có scale thành bảng",
    "order": "Xếp cột theo điểm: ascending (thấp trước), descending (cao trước)",
    "head": "Tiêu đề cột câu hỏi của bảng",
    "factor": "Mã yếu tố: TC, TT, CC, KQ, GY, CHUNG",
    "also": "Phương án thêm sau thang, ví dụ Không liên quan: NA",
    "questions": "Các câu hỏi",
    "use": "Tên khối câu hỏi trong tệp chung; một tên hoặc danh sách",
    "text": "Chữ in trên phiếu",
    "label": "Số in trước câu hỏi",
    "kind": "single (một), multi (nhiều), yesno (Không/Có), number (ghi số), text (ghi chữ)",
    "options": "Các phương án",
    "maximum": "Số phương án nhiều nhất được chọn (multi)",
    "digits": "Số ô chữ số (number)",
    "lines": "Số dòng để viết (text)",
    "score": "Điểm; không ghi thì không tính",
    "measured": "Mẫu phiếu đo từ giấy có sẵn",
    "reference": "Ảnh mẫu, đường dẫn tính từ tệp này",
    "blank": "Ảnh mẫu là phiếu trống: true hoặc false",
    "capture": "Ghi chú: feeder, flatbed, phone, app",
    "shape": "Hình của ô: box hoặc oval",
    "box_px": "Chỗ của ô trên ảnh mẫu: x, y, rộng, cao, điểm ảnh",
}
"""What an editor shows beside each key."""


def form_schema() -> dict[str, Any]:
    """One schema for all YAML files of the language, told apart by the key that only one has."""
    models = (DesignedEntry, MeasuredEntry, SharedEntry)
    references, definitions = models_json_schema([(model, "validation") for model in models])
    designed, measured, shared = (references[model, "validation"] for model in models)
    for definition in definitions["$defs"].values():
        for key, value in definition.get("properties", {}).items():
            value["description"] = WORDS[key]
    # What a form includes may bring the heading.
    written = definitions["$defs"][DesignedEntry.__name__]
    written["required"].remove("heading")
    written["anyOf"] = [{"required": ["include"]}, {"required": ["heading"]}]
    return {
        "$schema": DIALECT,
        "title": "Mẫu phiếu (phieu-omr)",
        "type": "object",
        "if": {"required": ["measured"]},
        "then": measured,
        "else": {
            "if": {"required": ["sections"]},
            "then": designed,
            "else": _without_sections(shared),
        },
        **definitions,
    }


def form_schema_json() -> str:
    """The schema as the text of the published file."""
    return json.dumps(form_schema(), ensure_ascii=False, indent=1) + "\n"


def _without_sections(shared: dict[str, Any]) -> dict[str, Any]:
    """A file to include, unless it has the title of a form."""
    return {
        "if": {"required": ["title"]},
        "then": {"required": ["sections"]},
        "else": shared,
    }
