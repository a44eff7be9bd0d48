"""The keys of template.json as pydantic models; their names are those of the file.

Keys that are not known are kept (``extra``), because OMRChecker passes over them too: the parser
says what it ignored, and takes a near miss of a known key for a slip of the pen.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StrictBool, StrictStr
from pydantic.alias_generators import to_camel

LARGEST = 100_000.0
Number = Annotated[float, Field(strict=True, ge=0, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, le=LARGEST, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Words = Annotated[StrictStr, Field(min_length=1)]
Place = tuple[Number, Number]
Extent = tuple[Positive, Positive]


class Entry(BaseModel):
    """One object of the file."""

    model_config = ConfigDict(
        extra="allow", frozen=True, alias_generator=to_camel, protected_namespaces=()
    )


class FieldTypeEntry(Entry):
    """A field type of the template's own (``customBubbleFieldTypes``, version 2)."""

    bubble_values: Annotated[tuple[Words, ...], Field(min_length=1)]
    direction: Literal["horizontal", "vertical"] = "vertical"


class BlockEntry(Entry):
    """One of ``fieldBlocks``: version 1 calls the type fieldType, version 2 bubbleFieldType."""

    origin: Place
    field_labels: Annotated[tuple[Words, ...], Field(min_length=1)]
    bubbles_gap: Number
    labels_gap: Number | tuple[Number, ...]
    field_type: Words | None = Field(
        None, validation_alias=AliasChoices("fieldType", "bubbleFieldType")
    )
    bubble_values: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    direction: Literal["horizontal", "vertical"] | None = None
    bubble_dimensions: Extent | None = None
    empty_value: StrictStr = ""
    field_detection_type: StrictStr = "BUBBLES_THRESHOLD"
    alignment: Any = None


class TemplateEntry(Entry):
    """The whole file. Version 1 calls the size pageDimensions, version 2 templateDimensions."""

    page_dimensions: Extent = Field(
        validation_alias=AliasChoices("pageDimensions", "templateDimensions")
    )
    bubble_dimensions: Extent
    field_blocks: Annotated[dict[str, BlockEntry], Field(min_length=1)]
    pre_processors: tuple[Any, ...] = ()
    custom_labels: dict[str, tuple[Words, ...]] = {}
    output_columns: tuple[Words, ...] = ()
    empty_value: StrictStr = ""
    custom_bubble_field_types: dict[str, FieldTypeEntry] = {}
    processing_image_shape: Extent | None = None
    output_image_shape: Any = None
    alignment: Any = None


class EarlyBlockEntry(Entry):
    """One of ``qblocks`` (until 2022; keys in small letters, whatever the file has).

    ``qnos`` is a grid of groups of fields: lists of columns of lists of field names. ``gaps`` are
    the distances between bubbles along x and y, ``biggaps`` those between groups.
    """

    model_config = ConfigDict(alias_generator=None)
    orig: Place
    gaps: Place
    biggaps: Place = (0.0, 0.0)
    qnos: Annotated[tuple[tuple[tuple[Words, ...], ...], ...], Field(min_length=1)]
    qtype: Words | None = None
    vals: Annotated[tuple[StrictStr | int, ...], Field(min_length=1)] | None = None
    orient: Literal["H", "V"] | None = None
    col_orient: Any = None
    numquestions: Any = None


class EarlyTemplateEntry(Entry):
    """The whole file of the first generation, keys in small letters."""

    model_config = ConfigDict(alias_generator=None)
    dimensions: Extent
    bubbledimensions: Extent
    qblocks: Annotated[dict[str, EarlyBlockEntry], Field(min_length=1)]
    concatenations: dict[str, tuple[Words, ...]] = {}
    singles: Any = None
    preprocessors: tuple[Any, ...] | dict[str, Any] = ()
    globals: Any = None
    mapper: Any = None


class CropPageOptions(Entry):
    """Options of CropPage: they tune OMRChecker's own search, which is not done here."""

    morph_kernel: Extent | None = None


class MarkerOptions(Entry):
    """Options of CropOnMarkers in version 1 (markers as wide as the page over a ratio)."""

    model_config = ConfigDict(alias_generator=None)
    relativePath: Words = "omr_marker.jpg"  # noqa: N815 - the file's own name
    sheetToMarkerWidthRatio: Positive | None = None  # noqa: N815
    marker_rescale_range: Extent = (35.0, 100.0)
    min_matching_threshold: Share = 0.3


class MarkerTuning(Entry):
    """``tuningOptions`` of CropOnMarkers in version 2, in both of its spellings."""

    marker_rescale_range: Extent = Field(
        (85.0, 115.0), validation_alias=AliasChoices("markerRescaleRange", "marker_rescale_range")
    )
    min_matching_threshold: Share = Field(
        0.3, validation_alias=AliasChoices("minMatchingThreshold", "min_matching_threshold")
    )


class FourMarkersOptions(Entry):
    """Options of CropOnMarkers in version 2 for ``type`` FOUR_MARKERS."""

    reference_image: Words
    marker_dimensions: Extent
    tuning_options: MarkerTuning = MarkerTuning.model_validate({})


class AlignmentOptions(Entry):
    """Options of FeatureBasedAlignment. The others tune a search that is not done here."""

    reference: Words
    two_d: StrictBool | None = Field(None, validation_alias="2d")
