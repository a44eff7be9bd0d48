"""Form and layout as JSON: the public layout JSON, and the frozen form of a survey folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from omr.form.model import Correction, DoubleMarks, Form, Kind, Option, Question
from omr.geometry import NOMINAL_WIDTH_MM, Box, Size
from omr.layout.model import (
    Corner,
    Gauge,
    GreyStep,
    Layout,
    LinePattern,
    PageLayout,
    RegistrationMark,
    Shape,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FREEZE_FORMAT = 2
"""2 added the correction rule and the gauge; 1 is still read."""
DECIMALS_PX = 3


def layout_json(form: Form, layout: Layout) -> dict[str, Any]:
    """The public layout JSON: millimetres as printed at 100 %, or the reference's pixels."""
    document: dict[str, Any] = {"form": form.id, "version": layout.version}
    if layout.reference_size_px is None:
        document["page_size_mm"] = [layout.size.width, layout.size.height]
    else:
        document["reference_size_px"] = list(layout.reference_size_px)
    document["questions"] = [_public_question(question) for question in form.questions]
    document["pages"] = [
        {"page": page.number, "targets": [_public_target(t, layout) for t in page.targets]}
        for page in layout.pages
    ]
    return document


def freeze_json(form: Form, layout: Layout) -> str:
    """Form and layout as text that :func:`thaw_json` reads back without loss."""
    document = {
        "format": FREEZE_FORMAT,
        "form": {
            "id": form.id,
            "title": form.title,
            "questions": [asdict(question) for question in form.questions],
            "correction": form.correction.value,
            "double": form.double.value,
        },
        "layout": asdict(layout),
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def thaw_json(text: str) -> tuple[Form, Layout]:
    """Form and layout from :func:`freeze_json`; ValueError if the text is not of this format."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("format") not in (1, FREEZE_FORMAT):
        message = f"not a frozen form of format {FREEZE_FORMAT}"
        raise ValueError(message)
    form, layout = document["form"], document["layout"]
    size_px = layout["reference_size_px"]
    return (
        Form(
            form["id"],
            form["title"],
            tuple(_question(one) for one in form["questions"]),
            Correction(form.get("correction", Correction.CIRCLE)),
            DoubleMarks(form.get("double", DoubleMarks.PERSON)),
        ),
        Layout(
            form_id=layout["form_id"],
            version=layout["version"],
            size=Size(**layout["size"]),
            pages=tuple(_page(page) for page in layout["pages"]),
            reference_size_px=(size_px[0], size_px[1]) if size_px else None,
        ),
    )


def _public_question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": question.text,
        "options": [
            {"code": option.code, "text": option.text, "score": option.score}
            for option in question.options
        ],
    }


def _public_target(target: Target, layout: Layout) -> dict[str, Any]:
    box, unit = target.box, "mm"
    if layout.reference_size_px is not None:
        scaled = box.scaled(layout.reference_size_px[0] / NOMINAL_WIDTH_MM)
        box = Box(
            *(round(value, DECIMALS_PX) for value in (scaled.x, scaled.y, scaled.w, scaled.h))
        )
        unit = "px"
    return {
        "question": target.question,
        "option": target.option,
        "shape": target.shape.value,
        f"x_{unit}": box.x,
        f"y_{unit}": box.y,
        f"w_{unit}": box.w,
        f"h_{unit}": box.h,
    }


def _question(data: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in data["options"])
    return Question(**{**data, "kind": Kind(data["kind"]), "options": options})


def _page(data: Mapping[str, Any]) -> PageLayout:
    return PageLayout(
        number=data["number"],
        targets=tuple(
            Target(one["question"], one["option"], Shape(one["shape"]), Box(**one["box"]))
            for one in data["targets"]
        ),
        marks=tuple(
            RegistrationMark(Corner(one["corner"]), one["marker_id"], Box(**one["box"]))
            for one in data["marks"]
        ),
        code=Box(**data["code"]) if data["code"] else None,
        serial=Box(**data["serial"]) if data["serial"] else None,
        varying=tuple(Box(**box) for box in data["varying"]),
        gauge=_gauge(data["gauge"]) if data.get("gauge") else None,
    )


def _gauge(data: Mapping[str, Any]) -> Gauge:
    return Gauge(
        box=Box(**data["box"]),
        steps=tuple(GreyStep(Box(**one["box"]), one["darkness"]) for one in data["steps"]),
        lines=tuple(
            LinePattern(Box(**one["box"]), one["pitch"], one["upright"]) for one in data["lines"]
        ),
        empties=tuple(Box(**box) for box in data["empties"]),
    )
