"""The preprocessors of a template: which of them make the frame, and which only tune a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omr.language import say
from omr.measuring.omrchecker import words
from omr.measuring.omrchecker.model import AlignToReference, CropOnMarkers, CropPage
from omr.measuring.omrchecker.schema import (
    AlignmentOptions,
    CropPageOptions,
    FourMarkersOptions,
    MarkerOptions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from omr.measuring.omrchecker.checking import Findings, Place
    from omr.measuring.omrchecker.model import Pair, Step

_MAKE_FRAME = ("CropPage", "CropOnMarkers", "FeatureBasedAlignment")
_TUNE_PICTURE = ("GaussianBlur", "MedianBlur", "Levels", "Contrast")
_TURN_PICTURE = ("AutoRotate",)
_NOT_IMPORTED = ("CropOnLogo", "WarpOnPoints", "CropOnCustomMarkers", "CropOnDotLines")
_FOUR_MARKERS = "FOUR_MARKERS"


class StepReader:
    """Reads preprocessors; ``folder`` is that of the template, ``width`` the processing width."""

    def __init__(self, findings: Findings, folder: Path, width: float) -> None:
        """Read nothing yet."""
        self._findings = findings
        self._folder = folder
        self._width = width

    def read(self, named: Iterable[tuple[Any, Any, Place]]) -> tuple[Step, ...]:
        """The steps that make the frame, in order, of (name, options, place) each."""
        steps = (self._step(name, options, place) for name, options, place in named)
        return tuple(step for step in steps if step is not None)

    def _step(self, name: Any, options: Any, place: Place) -> Step | None:
        if name == "CropPage":
            self._findings.validated(CropPageOptions, options, (*place, "options"))
            return CropPage()
        if name == "CropOnMarkers":
            return self._markers(options, (*place, "options"))
        if name == "FeatureBasedAlignment":
            return self._alignment(options, (*place, "options"))
        if name in (*_TUNE_PICTURE, *_TURN_PICTURE):
            self._findings.ignored.append(str(name))
        elif name in _NOT_IMPORTED:
            self._findings.add((*place, "name"), _cannot(str(name)))
        else:
            self._findings.add((*place, "name"), _no_such(str(name)))
        return None

    def _markers(self, options: Any, place: Place) -> CropOnMarkers | None:
        if not isinstance(options, dict) or not {"type", "markerDimensions"} & options.keys():
            return self._ratio_markers(options, place)
        kind = options.get("type", _FOUR_MARKERS)
        if kind != _FOUR_MARKERS:
            self._findings.add((*place, "type"), _cannot(f"CropOnMarkers {kind}"))
            return None
        entry = self._findings.validated(FourMarkersOptions, options, place)
        if entry is None:
            return None
        low, high = entry.tuning_options.marker_rescale_range
        return CropOnMarkers(
            self._file(entry.reference_image, (*place, "referenceImage")),
            entry.marker_dimensions[0],
            self._scales((low, high), (*place, "tuningOptions", "markerRescaleRange")),
            entry.tuning_options.min_matching_threshold,
        )

    def _ratio_markers(self, options: Any, place: Place) -> CropOnMarkers | None:
        entry = self._findings.validated(MarkerOptions, options, place)
        if entry is None:
            return None
        # Without a ratio OMRChecker takes the marker's picture at its own size: width 0 says so.
        ratio = entry.sheetToMarkerWidthRatio
        return CropOnMarkers(
            self._file(entry.relativePath, (*place, "relativePath")),
            self._width / ratio if ratio else 0.0,
            self._scales(entry.marker_rescale_range, (*place, "marker_rescale_range")),
            entry.min_matching_threshold,
        )

    def _alignment(self, options: Any, place: Place) -> AlignToReference | None:
        entry = self._findings.validated(AlignmentOptions, options, place)
        if entry is None:
            return None
        return AlignToReference(self._file(entry.reference, (*place, "reference")))

    def _scales(self, percent: Pair, place: Place) -> Pair:
        if percent[0] > percent[1]:
            self._findings.add(place, _falling(percent))
        return percent[0] / 100, percent[1] / 100

    def _file(self, name: str, place: Place) -> Path:
        path = self._folder / name
        if not path.is_file():
            self._findings.add(place, _no_file(path))
        return path


def named_steps(tree: Any, place: Place) -> list[tuple[Any, Any, Place]]:
    """(name, options, place) of each preprocessor: a list of objects, or an object by name."""
    if isinstance(tree, dict):
        return [(name, options, (*place, name)) for name, options in tree.items()]
    named = []
    for position, entry in enumerate(tree):
        inner = entry if isinstance(entry, dict) else {"name": entry}
        named.append((inner.get("name"), inner.get("options", {}), (*place, position)))
    return named


def _no_such(name: str) -> str:
    every = (*_MAKE_FRAME, *_TUNE_PICTURE, *_TURN_PICTURE)
    near = words.nearest(name, every)
    if near:
        return say(
            f"không có bước xử lý ảnh “{name}”; có phải là “{near}”?",
            f"there is no preprocessor '{name}'; did you mean '{near}'?",
        )
    return say(
        f"không có bước xử lý ảnh “{name}”; ở đây dùng được: {', '.join(every)}.",
        f"there is no preprocessor '{name}'; these are known here: {', '.join(every)}.",
    )


def _cannot(name: str) -> str:
    return say(
        f"chưa chuyển được mẫu dùng “{name}” (chỉ chuyển được {', '.join(_MAKE_FRAME)}); hãy quét "
        "một phiếu trắng rồi chạy “omr measure” với bản quét đó.",
        f"templates with '{name}' cannot be imported ({', '.join(_MAKE_FRAME)} can); scan a blank "
        "sheet and run 'omr measure' on that scan instead.",
    )


def _no_file(path: Path) -> str:
    return say(
        f"không có tệp ảnh {path}; đường dẫn tính từ thư mục của template.json, hãy kiểm tra lại.",
        f"there is no picture {path}; its path is relative to template.json, check it.",
    )


def _falling(percent: Pair) -> str:
    return say(
        f"[{percent[0]:g}, {percent[1]:g}] phải đi từ nhỏ đến lớn; hãy đổi lại.",
        f"[{percent[0]:g}, {percent[1]:g}] must go from small to large; turn it round.",
    )
