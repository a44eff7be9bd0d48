"""A page's outcome as one small blob: zlib over JSON. Pictures (ink, crops) are kept beside it.

Name and digest stand in columns of their own. Numbers come back exactly: Python writes a float
with the digits that tell it from every other.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from omr.gauge.model import GaugeReading
from omr.identity import PageIdentity
from omr.marks.model import Mark, State
from omr.outcome import PageBlank, PageRead, PageRefused
from omr.refusal import Reason, Refusal
from omr.registration.model import PageGeometry
from omr.responses.model import Doubt, Response

if TYPE_CHECKING:
    from omr.outcome import PageOutcome
    from omr.scan.model import PageName


def encode_outcome(outcome: PageOutcome) -> bytes:
    """The blob of an outcome, without name, digest and pictures."""
    match outcome:
        case PageRead():
            content = _encode_read(outcome)
        case PageBlank():
            content = {"blank": outcome.dpi}
        case PageRefused():
            refusal = outcome.refusal
            content = {"refused": [refusal.reason.value, refusal.detail], "dpi": outcome.dpi}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def decode_outcome(
    blob: bytes,
    name: PageName,
    sha256: str,
    ink: bytes = b"",
    crops: tuple[tuple[str, bytes], ...] = (),
) -> PageOutcome:
    """The outcome behind a blob, put together with its name, digest and pictures."""
    content = json.loads(zlib.decompress(blob))
    if "blank" in content:
        return PageBlank(name, sha256, content["blank"])
    if "refused" in content:
        slug, detail = content["refused"]
        return PageRefused(name, sha256, Refusal(Reason(slug), detail), content["dpi"])
    return _decode_read(content, name, sha256, ink, crops)


def _encode_read(page: PageRead) -> dict[str, Any]:
    who, lies = page.identity, page.geometry
    return {
        "form": page.form_version,
        "page": page.page,
        "identity": who and [who.survey, who.form, who.serial, who.page, who.run],
        "geometry": [lies.dpi, lies.rotation, lies.scale_x, lies.scale_y, lies.residual_mm],
        "marks": [
            [mark.question, mark.option, mark.state.value, mark.ink, mark.confidence]
            for mark in page.marks
        ],
        "responses": [
            [answer.question, answer.codes, [doubt.value for doubt in answer.doubts]]
            for answer in page.responses
        ],
        "gauge": page.gauge and list(astuple(page.gauge)),
    }


def _decode_read(
    content: dict[str, Any],
    name: PageName,
    sha256: str,
    ink: bytes,
    crops: tuple[tuple[str, bytes], ...],
) -> PageRead:
    identity = content["identity"]
    return PageRead(
        name=name,
        sha256=sha256,
        form_version=content["form"],
        page=content["page"],
        identity=identity and PageIdentity(*identity),
        geometry=PageGeometry(*content["geometry"]),
        marks=tuple(
            Mark(question, option, State(state), ink_share, confidence)
            for question, option, state, ink_share, confidence in content["marks"]
        ),
        responses=tuple(
            Response(question, tuple(codes), tuple(Doubt(doubt) for doubt in doubts))
            for question, codes, doubts in content["responses"]
        ),
        ink=ink,
        crops=crops,
        gauge=_decode_gauge(content),
    )


def _decode_gauge(content: dict[str, Any]) -> GaugeReading | None:
    """None also where the page was read before there were gauges."""
    figures = content.get("gauge")
    return GaugeReading(*figures) if figures else None
