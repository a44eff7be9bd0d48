"""template.json of all generations: what is understood, passed over, and refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from omr.errors import FormError, UsageError
from omr.measuring.omrchecker.blocks import bubble_boxes
from omr.measuring.omrchecker.folder import find_project, sample_pictures
from omr.measuring.omrchecker.model import AlignToReference, CropOnMarkers, CropPage
from omr.measuring.omrchecker.parse import read_template
from tests.measuring.omrchecker.sheets import BLOCKS, TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

    from omr.measuring.omrchecker.model import Template

QUESTIONS = BLOCKS["Questions"]


def written(folder: Path, tree: Any) -> Path:
    path = folder / "template.json"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    return path


def template(folder: Path, **changes: Any) -> Template:
    return read_template(written(folder, TEMPLATE | changes))


def with_block(**changes: Any) -> dict[str, Any]:
    """The template with keys of its block of questions changed; None takes a key out."""
    block = {key: value for key, value in (QUESTIONS | changes).items() if value is not None}
    return TEMPLATE | {"fieldBlocks": {"Questions": block}, "customLabels": {}}


def refusal(folder: Path, tree: Any) -> str:
    path = written(folder, tree)
    with pytest.raises(FormError) as caught:
        read_template(path)
    return str(caught.value).replace(f"{path}:", "").strip()


def test_blocks_are_read_with_their_types_and_ranges(tmp_path: Path) -> None:
    found = template(tmp_path)
    roll, questions, service = found.blocks
    assert roll.labels == ("roll1", "roll2", "roll3")
    assert roll.vertical
    assert roll.values == tuple("0123456789")
    assert questions.values == tuple("ABCD")
    assert service.values[0] == "Rất hài lòng"
    assert found.joined == (("Roll", ("roll1", "roll2", "roll3")),)
    assert found.processing == (666, 820)


def test_digits_may_begin_with_one(tmp_path: Path) -> None:
    path = written(tmp_path, with_block(fieldType="QTYPE_INT_FROM_1", labelsGap=30))
    assert read_template(path).blocks[0].values == tuple("1234567890")


def test_a_block_may_have_its_own_bubbles_and_uneven_gaps(tmp_path: Path) -> None:
    changed = with_block(bubbleDimensions=[24, 12], fieldLabels=["a", "b", "c"], labelsGap=[30, 50])
    block = read_template(written(tmp_path, changed)).blocks[0]
    assert [row[0].y for row in bubble_boxes(block)] == [140, 170, 220]
    assert bubble_boxes(block)[0][0].w == 24


def test_version_2_says_the_same_in_other_words(tmp_path: Path) -> None:
    block = {key: value for key, value in QUESTIONS.items() if key != "fieldType"}
    tree = {
        "templateDimensions": [600, 800],
        "bubbleDimensions": [20, 20],
        "processingImageShape": [900, 700],
        "customBubbleFieldTypes": {
            "CUSTOM_YES": {"bubbleValues": ["yes", "no"], "direction": "horizontal"}
        },
        "fieldBlocks": {
            "Own": block
            | {"bubbleFieldType": "CUSTOM_YES", "fieldDetectionType": "BUBBLES_THRESHOLD"},
            "Name": {"fieldDetectionType": "OCR", "origin": [1, 1], "fieldLabels": ["name"]},
        },
        "preProcessors": [],
    }
    found = read_template(written(tmp_path, tree))
    assert found.blocks[0].values == ("yes", "no")
    assert found.processing == (700, 900)
    assert found.ignored == ("fieldBlocks.Name (OCR)",)


EARLY = {
    "Dimensions": [1846, 1500],
    "BubbleDimensions": [40, 40],
    "Concatenations": {"q5": ["q5.1", "q5.2"]},
    "Singles": ["q1"],
    "QBlocks": {
        "Int": {
            "qType": "QTYPE_INT",
            "orig": [903, 285],
            "bigGaps": [128, 11],
            "gaps": [59, 46],
            "qNos": [[["q5.1", "q5.2"], ["q6.1", "q6.2"], ["q7.1", "q7.2"]]],
        },
        "Mcq": {
            "qType": "QTYPE_MCQ4",
            "orig": [118, 857],
            "bigGaps": [115, 181],
            "gaps": [59, 53],
            "qNos": [[["q1", "q2"], ["q3", "q4"]], [["q8"], ["q9"]]],
        },
        "Set": {
            "vals": ["E", "H"],
            "orient": "V",
            "orig": [160, 285],
            "bigGaps": [1, 1],
            "gaps": [59, 46],
            "qNos": [[["set"]]],
        },
    },
    "PreProcessors": {"CropPage": {"morphKernel": [10, 10]}},
}


def test_templates_of_the_first_generation_are_read_too(tmp_path: Path) -> None:
    found = read_template(written(tmp_path, EARLY))
    assert found.steps == (CropPage(),)
    assert found.joined == (("q5", ("q5.1", "q5.2")),)
    assert {block.name: block.origin for block in found.blocks} == {
        "Int.1": (903, 285),
        "Int.2": (903 + 128 + 46, 285),
        "Int.3": (903 + 2 * (128 + 46), 285),
        "Mcq.1": (118, 857),
        "Mcq.2": (118, 857 + 181 + 53),
        "Mcq.3": (118 + 115 + 3 * 59, 857),
        "Mcq.4": (118 + 115 + 3 * 59, 857 + 181),
        "Set": (160, 285),
    }
    int_1 = np.array([[(b.x, b.y) for b in row] for row in bubble_boxes(found.blocks[0])])
    assert int_1[1, 9].tolist() == [903 + 59, 285 + 9 * 46]


def test_preprocessors_become_steps_and_filters_are_passed_over(tmp_path: Path) -> None:
    for name in ("omr_marker.jpg", "reference.png"):
        (tmp_path / name).write_bytes(b"any")
    found = template(
        tmp_path,
        preProcessors=[
            {"name": "Levels", "options": {"low": 0.7, "high": 0.8}},
            {"name": "GaussianBlur", "options": {"kSize": [3, 3], "sigmaX": 0}},
            {"name": "MedianBlur", "options": {"kSize": 5}},
            {"name": "CropPage", "options": {"morphKernel": [10, 10]}},
            {
                "name": "CropOnMarkers",
                "options": {
                    "relativePath": "omr_marker.jpg",
                    "sheetToMarkerWidthRatio": 18,
                    "marker_rescale_range": [80, 120],
                    "min_matching_threshold": 0.4,
                    "max_matching_variation": 0.41,
                },
            },
            {
                "name": "FeatureBasedAlignment",
                "options": {"reference": "reference.png", "maxFeatures": 1000, "2d": True},
            },
        ],
    )
    assert found.steps == (
        CropPage(),
        CropOnMarkers(tmp_path / "omr_marker.jpg", 666 / 18, (0.8, 1.2), 0.4),
        AlignToReference(tmp_path / "reference.png"),
    )
    assert found.ignored[:3] == ("Levels", "GaussianBlur", "MedianBlur")


def test_config_gives_the_processing_size(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text('{"dimensions": {"processing_width": 1000, "processing_height": 1400}}')
    assert read_template(written(tmp_path, TEMPLATE), config).processing == (1000, 1400)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ("{]", "1:2: not JSON"),
        ("[1, 2]", "must be a JSON object"),
        ('{"emptyValue": "", "emptyValue": "x"}', "emptyValue: this key stands twice"),
        ({}, "pageDimensions: the key 'pageDimensions' is missing"),
        (TEMPLATE | {"pageDimensions": [600]}, "pageDimensions[1]: the key"),
        (TEMPLATE | {"pageDimensions": ["600", 800]}, "pageDimensions[0]: must be a number"),
        (
            TEMPLATE | {"fieldBlock": {}},
            "fieldBlock: the key 'fieldBlock' is not known in a "
            "template.json; did you mean 'fieldBlocks'?",
        ),
        (
            with_block(bubblesGap=None),
            "fieldBlocks.Questions.bubblesGap: the key 'bubblesGap' is missing",
        ),
        (
            with_block(bubbleDimension=[3, 3]),
            "fieldBlocks.Questions.bubbleDimension: the key "
            "'bubbleDimension' is not known in a template.json; did you mean 'bubbleDimensions'?",
        ),
        (
            with_block(fieldType="QTYPE_MCQ_4"),
            "fieldBlocks.Questions.fieldType: there is no field "
            "type 'QTYPE_MCQ_4'; did you mean 'QTYPE_MCQ4'?",
        ),
        (with_block(fieldType=None), "fieldBlocks.Questions: this block needs a fieldType"),
        (with_block(bubbleValues=["A", "B"]), "fieldBlocks.Questions.bubbleValues: the fieldType"),
        (
            with_block(direction="sideways"),
            "fieldBlocks.Questions.direction: 'sideways' cannot be "
            "used; choose one of: 'horizontal' or 'vertical'",
        ),
        (
            with_block(fieldLabels=["q9..2"]),
            "fieldBlocks.Questions.fieldLabels[0]: 'q9..2': the first number must be less",
        ),
        (
            with_block(fieldLabels=["a", "q1.2"]),
            "fieldBlocks.Questions.fieldLabels[1]: 'q1.2' has a dot",
        ),
        (
            with_block(fieldLabels=["q1", "q1"]),
            "fieldBlocks.Questions: the field 'q1' stands already at Questions",
        ),
        (with_block(labelsGap=[1, 2]), "fieldBlocks.Questions.labelsGap: has 2 gaps but needs 7"),
        (with_block(labelsGap="wide"), "fieldBlocks.Questions.labelsGap: must be a number"),
        (with_block(labelsGap=0), "fieldBlocks.Questions.labelsGap: a gap of 0 puts"),
        (
            with_block(origin=[500, 140]),
            "fieldBlocks.Questions: the block covers [500, 140, 146, "
            "286] (x, y, width, height) and leaves the page of 600 x 800",
        ),
        (
            TEMPLATE | {"customLabels": {"Roll": ["rol1..2"]}},
            "customLabels.Roll: no block has the field 'rol1'; did you mean 'roll1'?",
        ),
        (
            TEMPLATE | {"preProcessors": [{"name": "CropPages", "options": {}}]},
            "preProcessors[0].name: there is no preprocessor 'CropPages'; did you mean 'CropPage'?",
        ),
        (
            TEMPLATE | {"preProcessors": [{"name": "WarpOnPoints", "options": {}}]},
            "preProcessors[0].name: templates with 'WarpOnPoints' cannot be imported",
        ),
        (
            TEMPLATE
            | {"preProcessors": [{"name": "CropOnMarkers", "options": {"type": "TWO_LINES"}}]},
            "preProcessors[0].options.type: templates with 'CropOnMarkers TWO_LINES' cannot",
        ),
        (
            TEMPLATE
            | {"preProcessors": [{"name": "CropOnMarkers", "options": {"relativePath": "no.jpg"}}]},
            "preProcessors[0].options.relativePath: there is no picture",
        ),
        (
            TEMPLATE | {"preProcessors": [{"name": "FeatureBasedAlignment", "options": {}}]},
            "preProcessors[0].options.reference: the key 'reference' is missing",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_nearest_word(
    tmp_path: Path, tree: Any, expected: str, english: None
) -> None:
    assert refusal(tmp_path, tree).startswith(expected)


def test_a_slip_of_the_pen_in_a_required_key_is_told(tmp_path: Path, english: None) -> None:
    block = {("bublesGap" if key == "bubblesGap" else key): QUESTIONS[key] for key in QUESTIONS}
    lines = refusal(tmp_path, TEMPLATE | {"fieldBlocks": {"Q": block}}).splitlines()
    assert lines[0].endswith(
        "fieldBlocks.Q.bubblesGap: the key 'bubblesGap' is missing, and it is required; add it."
    )
    assert lines[1].endswith("did you mean 'bubblesGap'?")


def test_a_flood_of_fields_is_refused(tmp_path: Path, english: None) -> None:
    many = [f"a{number}x1..1999" for number in range(50)]
    assert "too many fields" in refusal(tmp_path, with_block(fieldLabels=["q1..1500", "r1..1500"]))
    assert "fieldLabels[0]" in refusal(tmp_path, with_block(fieldLabels=many))


def test_everything_wrong_is_said_at_once(tmp_path: Path, english: None) -> None:
    tree = with_block(fieldType="QTYPE_X", fieldLabels=["q3..1"]) | {
        "preProcessors": [{"name": "Crop", "options": {}}]
    }
    lines = refusal(tmp_path, tree).splitlines()
    assert len(lines) == 3


def test_a_folder_takes_the_template_from_above(tmp_path: Path) -> None:
    written(tmp_path, TEMPLATE)
    batch = tmp_path / "batch" / "one"
    batch.mkdir(parents=True)
    project = find_project(batch)
    assert project.template.resolve() == (tmp_path / "template.json").resolve()


def test_folders_below_with_templates_are_named(tmp_path: Path, english: None) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    written(inner, TEMPLATE)
    with pytest.raises(UsageError, match=r"these folders below have one: .*inner"):
        find_project(tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        find_project(tmp_path / "nothing")


def test_samples_are_the_pictures_that_the_template_does_not_use(tmp_path: Path) -> None:
    written(tmp_path, TEMPLATE)
    other = tmp_path / "other"
    inputs = tmp_path / "inputs"
    for folder in (other, inputs):
        folder.mkdir()
    written(other, TEMPLATE)
    for path in (tmp_path / "omr_marker.jpg", other / "a.png", inputs / "b.png", inputs / "a.JPG"):
        path.write_bytes(b"any")
    found = sample_pictures(find_project(tmp_path), frozenset({tmp_path / "omr_marker.jpg"}))
    assert [path.name for path in found] == ["a.JPG", "b.png"]
